#include "analysis/cost.h"

#include "analysis/cost_quantities.h"
#include "model/keys.h"
#include "support/index.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

// One more pass over the load for each flow: more than this many visits in all are not worth the wait.
constexpr std::size_t mostFlowWork = 200'000;

PriceRange priceTimes(const PriceRange& price, double quantity) {
    return {price.low * quantity, price.typical * quantity, price.high * quantity};
}
void addTo(PriceRange& sum, const PriceRange& more) {
    sum.low += more.low;
    sum.typical += more.typical;
    sum.high += more.high;
}

class CostPass {
public:
    explicit CostPass(const Snapshot& snapshot)
        : m_snapshot(snapshot), m_average(analyseAverageLoad(snapshot.graph())), m_quantities(snapshot, m_average) {}

    CostReport run() {
        const Design& design = m_snapshot.design();
        m_report.pricesAsOf = m_snapshot.catalog().prices.asOf;
        m_report.budget = design.header.requirements.budgetUsdMonth;
        for (std::size_t i = 0; i < m_snapshot.graph().nodes.size(); ++i)
            if (m_snapshot.graph().nodes[i].behaviour != Behaviour::client) addComponent(static_cast<int>(i));
        for (std::size_t i = 0; i < m_report.components.size(); ++i) {
            addTo(m_report.total, m_report.components[i].usd);
            if (m_report.components[i].usd.typical > 0) m_report.biggest.push_back(static_cast<int>(i));
        }
        std::stable_sort(m_report.biggest.begin(), m_report.biggest.end(), [this](int a, int b) {
            return m_report.components[at(a)].usd.typical > m_report.components[at(b)].usd.typical;
        });
        addFlows();
        return std::move(m_report);
    }

private:
    void addComponent(int index) {
        const Node& node = m_snapshot.graph().nodes[at(index)];
        const PriceList& prices = m_snapshot.catalog().prices;
        const std::string& type = node.type ? node.type->id : std::string();
        if (addStated(index)) return;
        if (const auto reason = prices.unpriced.find(type); reason != prices.unpriced.end()) {
            m_report.unpriced.push_back({index, reason->second});
            return;
        }
        ComponentCost cost;
        cost.node = index;
        if (const auto reason = prices.free.find(type); reason != prices.free.end()) {
            cost.remark = reason->second;
            m_report.components.push_back(std::move(cost));
            return;
        }
        const auto charges = prices.charges.find(type);
        if (charges == prices.charges.end()) {
            m_report.unpriced.push_back({index, "no price is known for this type"});
            return;
        }
        for (const Charge& charge : charges->second) {
            if (!applies(charge, index)) continue;
            CostItem item = itemOf(charge, index);
            if (!std::isfinite(item.quantity)) {
                m_report.unpriced.push_back({index, "its load grows without end"});
                return;
            }
            if (item.quantity <= 0) continue;
            addTo(cost.usd, item.usd);
            cost.items.push_back(std::move(item));
        }
        if (cost.items.empty()) cost.remark = "nothing to pay for at this load";
        std::stable_sort(cost.items.begin(), cost.items.end(),
                         [](const CostItem& a, const CostItem& b) { return a.usd.typical > b.usd.typical; });
        m_report.components.push_back(std::move(cost));
    }

    bool addStated(int index) {
        const Value stated = m_snapshot.parameters(index).value(keys::costUsdMonth.name);
        if (!stated.isNumber()) return false;
        // What is stated is the cost of one instance, or of the whole service where a vendor runs it.
        const bool isManaged = m_snapshot.graph().nodes[at(index)].managed;
        CostItem item;
        item.name = "Stated cost";
        item.unit = name(isManaged ? PriceUnit::componentMonth : PriceUnit::machineMonth);
        const CostQuantity quantity =
            m_quantities.of(isManaged ? PriceUnit::componentMonth : PriceUnit::machineMonth, index, {});
        item.quantity = quantity.amount;
        item.basis = quantity.basis;
        item.price = {stated.number(), stated.number(), stated.number()};
        item.usd = priceTimes(item.price, item.quantity);
        ComponentCost cost;
        cost.node = index;
        cost.isStated = true;
        cost.usd = item.usd;
        cost.items.push_back(std::move(item));
        m_report.components.push_back(std::move(cost));
        return true;
    }

    bool applies(const Charge& charge, int index) const {
        const ParameterView view = m_snapshot.parameters(index);
        return std::all_of(charge.when.begin(), charge.when.end(),
                           [&view](const auto& condition) { return view.value(condition.first) == condition.second; });
    }

    CostItem itemOf(const Charge& charge, int index) {
        const PriceClass& price = m_snapshot.catalog().prices.classes[at(charge.priceClass)];
        const CostQuantity quantity = m_quantities.of(price.unit, index, charge.count);
        CostItem item;
        item.priceClass = price.id;
        item.name = price.name;
        item.unit = name(price.unit);
        item.quantity = quantity.amount;
        item.basis = quantity.basis;
        item.price = price.usd;
        const auto& own = m_snapshot.design().header.prices;
        if (const auto stated = own.find(price.id); stated != own.end()) {
            item.price = {stated->second, stated->second, stated->second};
            item.isOverridden = true;
        }
        item.usd = priceTimes(item.price, item.quantity);
        return item;
    }

    double callsOf(const CapacityReport& load, int index) const {
        return load.nodes[at(index)].readRps + load.nodes[at(index)].writeRps;
    }

    /// Load is linear in the flows, so a component's cost divides like the load that each flow alone puts on it.
    void addFlows() {
        const FlowGraph& graph = m_snapshot.graph();
        for (const ComponentCost& cost : m_report.components)
            if (!(callsOf(m_average, cost.node) > 0)) m_report.unsharedUsd += cost.usd.typical;
        std::vector<int> senders;
        std::size_t work = 0;
        for (std::size_t f = 0; f < graph.flows.size(); ++f) {
            if (graph.flows[f].derived || !(graph.flows[f].averageRps > 0)) continue;
            senders.push_back(static_cast<int>(f));
            work += graph.nodes.size();
        }
        if (m_average.diverges || work > mostFlowWork) return;
        FlowGraph alone = graph;
        for (const int f : senders) {
            const double rate = graph.flows[at(f)].averageRps;
            for (FlowPath& flow : alone.flows) flow.rateRps = 0;
            alone.flows[at(f)].rateRps = rate;
            // The only flow there is makes all of the load.
            const CapacityReport load = senders.size() == 1 ? m_average : analyseCapacity(alone);
            double usd = 0;
            for (const ComponentCost& cost : m_report.components)
                if (const double all = callsOf(m_average, cost.node); all > 0)
                    usd += cost.usd.typical * callsOf(load, cost.node) / all;
            m_report.flows.push_back({f, usd / (rate * secondsOfMonth) * 1e6});
        }
    }

    const Snapshot& m_snapshot;
    CapacityReport m_average;
    CostQuantities m_quantities;
    CostReport m_report;
};

}  // namespace

const ComponentCost* CostReport::of(int node) const {
    const auto it =
        std::find_if(components.begin(), components.end(), [node](const ComponentCost& c) { return c.node == node; });
    return it == components.end() ? nullptr : &*it;
}

CostReport analyseCost(const Snapshot& snapshot) { return CostPass(snapshot).run(); }

}  // namespace loadpath
