#include "exporters/analyze_sections.h"

#include "analysis/capacity_explain.h"
#include "analysis/consistency.h"
#include "analysis/what_if.h"
#include "exporters/analyze_capacity_json.h"
#include "support/format.h"
#include "support/index.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

using Align = TextTable::Align;

constexpr std::size_t mostBreaks = 3;
constexpr double tightUse = 0.8;

Ink inkOf(double use) { return use >= 1 ? Ink::error : use > tightUse ? Ink::warning : Ink::plain; }
std::string amountOf(double value, const std::string& unit) {
    return unit == "1/s" ? rate(value) : compact(value) + (unit.empty() ? "" : ' ' + unit);
}

class SectionMaker {
public:
    SectionMaker(const Report& report, const CostReport& cost)
        : m_report(report),
          m_cost(cost),
          m_graph(report.snapshot->graph()),
          m_limits(analyseLimits(*report.snapshot, report.capacity)) {}

    std::vector<ReportSection> all() {
        std::vector<ReportSection> sections;
        for (ReportSection& section : std::vector<ReportSection>{limits(), whatIf(), consistency(), costs()})
            if (!section.rows.empty()) sections.push_back(std::move(section));
        return sections;
    }

private:
    const std::string& nodeName(int node) const { return m_graph.nodes[at(node)].name; }
    std::string names(const std::vector<int>& nodes) const {
        std::string all;
        for (const int node : nodes) all += (all.empty() ? "" : ", ") + nodeName(node);
        return all;
    }
    std::string flowNames(const std::vector<int>& flows) const {
        std::string all;
        for (const int flow : flows) all += (all.empty() ? "" : ", ") + m_graph.flows[at(flow)].name;
        return all;
    }

    ReportSection limits() const {
        ReportSection section{"What binds first",
                              {"component", "limit", "demand", "of", "used", "what gives room"},
                              {Align::left, Align::left, Align::right, Align::right, Align::right, Align::left},
                              {},
                              {},
                              false,
                              {}};
        std::vector<int> binding;
        for (const int index : m_limits.binding)
            if (index >= 0 && m_limits.limits[at(index)].use > 0) binding.push_back(index);
        std::stable_sort(binding.begin(), binding.end(),
                         [this](int a, int b) { return m_limits.limits[at(a)].use > m_limits.limits[at(b)].use; });
        for (const int index : binding) {
            const Limit& limit = m_limits.limits[at(index)];
            section.rows.push_back({{nodeName(limit.node)},
                                    {limit.name},
                                    {amountOf(limit.demand, limit.unit)},
                                    {amountOf(limit.limit, limit.unit)},
                                    {percent(limit.use), inkOf(limit.use)},
                                    {limit.suggestion}});
            section.derivations.push_back(explainLimit(*m_report.snapshot, limit));
        }
        for (Derivation& derivation : capacityDerivations(m_report))
            section.derivations.push_back(std::move(derivation));
        return section;
    }

    ReportSection whatIf() const {
        const WhatIf whatIf = analyseWhatIf(*m_report.snapshot, m_report.capacity, m_limits);
        ReportSection section{"What if", {"case", "what happens"}, {Align::left, Align::left}, {}, {}, false, {}};
        for (const Growth& growth : whatIf.growth) section.rows.push_back(growthRow(growth));
        addWorst(section, whatIf.instances, "one instance lost");
        addWorst(section, whatIf.domains, "one zone lost");
        for (const Amplification& retries : whatIf.retries)
            if (retries.worst > 1)
                section.rows.push_back({{m_graph.flows[at(retries.flow)].name + ", everything fails and is retried"},
                                        {factor(retries.worst) + " the calls reach " + nodeName(retries.node),
                                         retries.worst > 3 ? Ink::warning : Ink::plain}});
        if (!whatIf.allInstances) section.remarks.push_back("Not every single instance was followed through.");
        return section;
    }

    std::vector<TextTable::Cell> growthRow(const Growth& growth) const {
        const std::string title = compact(growth.factor) + "× the load";
        if (growth.breaks.empty()) return {{title}, {"holds", Ink::good}};
        std::string text;
        for (std::size_t i = 0; i < std::min(mostBreaks, growth.breaks.size()); ++i) {
            const Break& broken = growth.breaks[i];
            const Limit& limit = m_limits.limits[at(broken.limit)];
            text += (i ? "; " : "") + nodeName(limit.node) + " (" + limit.name + ") full at " + factor(broken.atFactor);
            if (std::isfinite(broken.needed) && !limit.counted.empty())
                text += ", needs " + compact(std::ceil(broken.needed)) + ' ' + limit.counted;
        }
        if (growth.breaks.size() > mostBreaks)
            text += "; and " + std::to_string(growth.breaks.size() - mostBreaks) + " more";
        return {{title}, {std::move(text), Ink::warning}};
    }

    /// The case in which most flows fail, then the one that leaves the least room.
    void addWorst(ReportSection& section, const std::vector<LossCase>& cases, const char* title) const {
        const LossCase* worst = nullptr;
        const auto use = [](const LossCase& loss) {
            return std::isnan(loss.worstUtilisation) ? 0 : loss.worstUtilisation;
        };
        for (const LossCase& loss : cases)
            if (!worst ||
                std::pair(loss.failingFlows.size(), use(loss)) > std::pair(worst->failingFlows.size(), use(*worst)))
                worst = &loss;
        if (!worst) return;
        const std::string what = worst->domain >= 0 ? m_graph.domains[at(worst->domain)].name : nodeName(worst->node);
        std::string text;
        if (!worst->failingFlows.empty()) text = flowNames(worst->failingFlows) + " fails";
        if (!worst->down.empty()) text += (text.empty() ? "" : "; ") + std::string("down: ") + names(worst->down);
        if (worst->worst >= 0)
            text += (text.empty() ? "" : "; ") + std::string("fullest then ") + nodeName(worst->worst) + " at " +
                    percent(worst->worstUtilisation);
        const Ink ink = worst->failingFlows.empty() ? inkOf(use(*worst)) : Ink::error;
        section.rows.push_back({{std::string(title) + " (worst: " + what + ')'}, {text.empty() ? "holds" : text, ink}});
    }

    ReportSection consistency() const {
        const ConsistencyReport report = analyseConsistency(*m_report.snapshot);
        ReportSection section{"What readers may see",
                              {"store", "CAP", "PACELC", "reads", "isolation"},
                              {Align::left, Align::left, Align::left, Align::left, Align::left},
                              {},
                              {},
                              false,
                              {}};
        for (const StoreConsistency& store : report.stores) {
            std::string reads = store.isStrong ? "the last write" : "may be stale";
            if (!store.isStrong && std::isfinite(store.staleProbability))
                reads += " (" + percent(store.staleProbability, 2) + " right after a write)";
            if (store.replicas > 0)
                reads += ", R " + std::to_string(store.readers) + " + W " + std::to_string(store.writers) +
                         (store.readers + store.writers > store.replicas ? " > N " : " ≤ N ") +
                         std::to_string(store.replicas);
            section.rows.push_back({{nodeName(store.node)},
                                    {store.cap},
                                    {store.pacelc},
                                    {std::move(reads), store.isStrong ? Ink::plain : Ink::info},
                                    {store.isolation}});
            section.derivations.push_back(store.derivation);
        }
        for (const ReadYourWrites& miss : report.invisible)
            section.remarks.push_back(m_graph.flows[at(miss.readFlow)].name + " reads " + nodeName(miss.copy) +
                                      " while " + m_graph.flows[at(miss.writeFlow)].name + " writes " +
                                      nodeName(miss.source) + ": users may not see their own writes" +
                                      (std::isfinite(miss.lagMs) ? " for " + duration(miss.lagMs) : std::string()) +
                                      '.');
        return section;
    }

    ReportSection costs() const {
        ReportSection section{"Cost a month",
                              {"component", "typical", "low", "high", "mostly"},
                              {Align::left, Align::right, Align::right, Align::right, Align::left},
                              {},
                              {},
                              false,
                              {}};
        if (!m_cost.isKnown()) return section;
        for (const int index : m_cost.biggest) {
            const ComponentCost& cost = m_cost.components[at(index)];
            const std::string mostly = cost.items.empty() ? std::string() : cost.items.front().name;
            section.rows.push_back(
                {{nodeName(cost.node)}, {usd(cost.usd.typical)}, {usd(cost.usd.low)}, {usd(cost.usd.high)}, {mostly}});
            section.derivations.push_back(explainCost(*m_report.snapshot, m_cost, cost.node));
        }
        section.endsWithSum = true;
        section.rows.push_back({{"Together", Ink::strong},
                                {usd(m_cost.total.typical), exceedsBudget(m_cost) ? Ink::error : Ink::strong},
                                {usd(m_cost.total.low)},
                                {usd(m_cost.total.high)},
                                {m_cost.budget ? costRemark(m_cost) : std::string()}});
        for (const FlowCost& flow : m_cost.flows)
            section.remarks.push_back(m_graph.flows[at(flow.flow)].name + ": " + usd(flow.usdPerMillion) +
                                      " a million requests");
        for (const UnpricedComponent& other : m_cost.unpriced)
            section.remarks.push_back("Not counted: " + nodeName(other.node) + ", " + other.reason);
        if (!m_cost.pricesAsOf.empty())
            section.remarks.push_back("Orders of magnitude at average load, prices of " + m_cost.pricesAsOf);
        section.derivations.push_back(explainTotalCost(*m_report.snapshot, m_cost));
        return section;
    }

    const Report& m_report;
    const CostReport& m_cost;
    const FlowGraph& m_graph;
    LimitReport m_limits;
};

}  // namespace

std::vector<ReportSection> analysisSections(const Report& report, const CostReport& cost) {
    return SectionMaker(report, cost).all();
}

bool exceedsBudget(const CostReport& cost) { return cost.budget && cost.total.typical > *cost.budget; }

std::string costRemark(const CostReport& cost) {
    if (cost.budget)
        return "budget " + usd(*cost.budget) +
               (exceedsBudget(cost) ? ", exceeded by " + usd(cost.total.typical - *cost.budget) : std::string());
    return cost.total.low == cost.total.high ? std::string() : usd(cost.total.low) + " to " + usd(cost.total.high);
}

}  // namespace loadpath
