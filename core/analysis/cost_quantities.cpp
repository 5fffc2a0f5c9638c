#include "analysis/cost_quantities.h"

#include "analysis/estimate_units.h"
#include "analysis/latency.h"
#include "model/keys.h"
#include "support/format.h"
#include "support/index.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

std::optional<double> propertyOf(const ParameterView& view, std::string_view key) {
    const Value value = view.value(key);
    if (!value.isNumber()) return std::nullopt;
    return value.number();
}

std::string gigabytes(double gb) { return exactFigure(gb * 1e9, "B"); }
double nothingTimes(double rate, double factor) { return rate > 0 && factor > 0 ? rate * factor : 0; }

}  // namespace

CostQuantities::CostQuantities(const Snapshot& snapshot, const CapacityReport& average)
    : m_snapshot(snapshot), m_average(average), m_sent(snapshot.graph().nodes.size(), 0.0) {
    // What clients get back leaves the system at the component that they call; what is pushed to them, at the
    // gateway that holds their connection.
    const FlowGraph& graph = snapshot.graph();
    for (std::size_t f = 0; f < graph.flows.size(); ++f)
        for (std::size_t v = 0; v < graph.flows[f].visits.size(); ++v) {
            const Visit& visit = graph.flows[f].visits[v];
            const bool fromClient = graph.nodes[at(visit.node)].behaviour == Behaviour::client;
            const double visits = nothingTimes(average.flowRps[f], average.flowVisits[f][v]);
            for (const Call& call : visit.calls)
                if (call.kind == Call::Kind::push || (fromClient && call.kind == Call::Kind::request))
                    m_sent[at(call.target)] += sent(call.link, nothingTimes(visits, call.mean()));
        }
}

double CostQuantities::sent(int link, double rps) const {
    const double kilobytes =
        m_snapshot.parameters(m_snapshot.design().connections[at(link)]).value("payload_kb").number();
    return nothingTimes(rps, kilobytes * 1000);
}

CostQuantity CostQuantities::of(PriceUnit unit, int node, const std::string& count) {
    switch (unit) {
        case PriceUnit::componentMonth:
            return {1, {}};
        case PriceUnit::machineMonth:
            return machines(node, count);
        case PriceUnit::gbMemoryMonth:
            return memory(node);
        case PriceUnit::gbMonth:
            return stored(node);
        case PriceUnit::gbEgress:
            return egress(node);
        case PriceUnit::gbLogs:
            if (const auto daily = propertyOf(m_snapshot.parameters(node), "gb_per_day"))
                return {*daily * 30, gigabytes(*daily) + " a day · 30 days"};
            return {};
        case PriceUnit::millionRequests:
        case PriceUnit::millionReads:
        case PriceUnit::millionWrites:
        case PriceUnit::millionMessages:
            return millions(node, unit);
        case PriceUnit::readUnitMonth:
            return reserved(node, "rcu");
        case PriceUnit::writeUnitMonth:
            return reserved(node, "wcu");
        case PriceUnit::busyHour:
            return busyHours(node);
        case PriceUnit::thousandUsers:
            return users();
    }
    return {};
}

CostQuantity CostQuantities::machines(int index, const std::string& count) const {
    const Node& node = m_snapshot.graph().nodes[at(index)];
    const ParameterView view = m_snapshot.parameters(index);
    if (!count.empty()) {
        const double stated = std::max(0.0, propertyOf(view, count).value_or(0));
        return {stated, grouped(stated, 0)};
    }
    double all = node.instances;
    std::string basis = std::to_string(node.instances);
    const auto multiply = [&](double factor, const char* word) {
        if (factor == 1) return;
        all *= factor;
        basis += " · " + grouped(factor, 0) + ' ' + word;
    };
    const double shards = std::max(1.0, propertyOf(view, "shards").value_or(1));
    if (const auto members = propertyOf(view, "replica_set"); members && node.behaviour == Behaviour::ensemble) {
        all = std::max(1.0, *members);
        basis = grouped(all, 0);
        multiply(shards, "shards");
    } else if (node.behaviour == Behaviour::cache || node.behaviour == Behaviour::shard_store) {
        const double copies = 1 + std::max(0, view(keys::replicas));
        if (view(keys::topology) != "single") multiply(copies, "copies");
    } else if (node.behaviour == Behaviour::store) {
        multiply(shards, "shards");
    }
    return {all, basis};
}

CostQuantity CostQuantities::memory(int node) const {
    const auto each = propertyOf(m_snapshot.parameters(node), "memory_gb");
    if (!each) return {};
    const CostQuantity machine = machines(node, {});
    return {machine.amount * *each, machine.basis + " · " + gigabytes(*each)};
}

std::optional<CostQuantity> CostQuantities::provisioned(int index) const {
    const Node& node = m_snapshot.graph().nodes[at(index)];
    const auto each = propertyOf(m_snapshot.parameters(index), "storage_gb");
    if (!each) return std::nullopt;
    // A service that grows by itself is billed by what it holds, whatever number of instances is drawn.
    if (node.type->elastic != ComponentType::Elastic::never && node.managed)
        return CostQuantity{*each, gigabytes(*each)};
    const CostQuantity machine = machines(index, {});
    return CostQuantity{machine.amount * *each, machine.basis + " · " + gigabytes(*each)};
}

/// What the estimation sheet says will be kept at the end of the years planned for.
std::optional<CostQuantity> CostQuantities::estimated(int index) {
    const Node& node = m_snapshot.graph().nodes[at(index)];
    if (!m_sheet) m_sheet = estimate(m_snapshot);
    double bytes = 0;
    const auto add = [&](const std::string& key) {
        const EstimateLine* line = m_sheet->find(key);
        if (line && std::isfinite(line->exact)) bytes += line->exact;
    };
    if (node.isBroker()) {
        for (const Topic& topic : node.topics)
            add(node.id.value + (node.topics.size() > 1 ? '.' + topic.name : std::string()) + ".topic.kept");
        if (!(bytes > 0)) return std::nullopt;
        return CostQuantity{bytes / 1e9, gigabytes(bytes / 1e9) + " kept, all copies"};
    }
    // Prices of managed storage include the copies that the provider keeps.
    add(node.id.value + (node.managed ? ".bytes" : ".bytes_copies"));
    if (!(bytes > 0)) return std::nullopt;
    const EstimateLine* years = m_sheet->find("horizon_y");
    return CostQuantity{bytes / 1e9,
                        gigabytes(bytes / 1e9) + " kept after " + shortest(years ? years->exact : 0) + " years"};
}

CostQuantity CostQuantities::stored(int index) {
    if (const auto own = provisioned(index)) return *own;
    const FlowGraph& graph = m_snapshot.graph();
    for (const int in : graph.incoming[at(index)]) {
        const Link& link = graph.links[at(in)];
        if (link.mode != Mode::replicate && link.mode != Mode::standby) continue;
        const auto each = propertyOf(m_snapshot.parameters(link.from), "storage_gb");
        if (!each) continue;
        const CostQuantity machine = machines(index, {});
        return {machine.amount * *each,
                machine.basis + " · " + gigabytes(*each) + " as " + m_snapshot.nameOf(link.from)};
    }
    return estimated(index).value_or(CostQuantity{});
}

CostQuantity CostQuantities::egress(int node) const {
    const double bytes = m_sent[at(node)];
    if (!(bytes > 0)) return {};
    return {bytes * secondsOfMonth / 1e9, exactFigure(bytes, "B/s") + " · 30 days"};
}

CostQuantity CostQuantities::millions(int node, PriceUnit unit) const {
    const ComponentLoad& load = m_average.nodes[at(node)];
    double calls = load.readRps + load.writeRps, each = 1;
    if (unit == PriceUnit::millionReads || unit == PriceUnit::millionWrites) {
        const bool reads = unit == PriceUnit::millionReads;
        calls = reads ? load.readRps : load.writeRps;
        const ParameterView view = m_snapshot.parameters(node);
        if (const auto bytes = propertyOf(view, "item_bytes")) {
            each = std::max(1.0, std::ceil(*bytes / (reads ? 4096 : 1024)));
            if (reads && !(view.value("consistency") == Value("strong"))) each /= 2;
        }
    }
    if (!(calls > 0)) return {};
    std::string basis = rate(calls) + " · 30 days";
    if (each != 1) basis += " · " + shortest(each) + " units each";
    return {calls * each * secondsOfMonth / 1e6, std::move(basis)};
}

CostQuantity CostQuantities::reserved(int node, const char* property) const {
    const double units = std::max(0.0, propertyOf(m_snapshot.parameters(node), property).value_or(0));
    return {units, grouped(units, 0)};
}

/// By Little's law: rate times the time that each visit takes, its calls included.
CostQuantity CostQuantities::busyHours(int node) const {
    const FlowGraph& graph = m_snapshot.graph();
    const std::vector<double> own = ownTimesMs(m_average);
    double inside = 0;
    for (std::size_t f = 0; f < graph.flows.size(); ++f) {
        const FlowPath& flow = graph.flows[f];
        if (!(m_average.flowRps[f] > 0) || !flow.visit(node)) continue;
        const std::vector<double> behind = timesBehindMs(graph, flow, own);
        for (std::size_t v = 0; v < flow.visits.size(); ++v)
            if (flow.visits[v].node == node)
                inside += nothingTimes(nothingTimes(m_average.flowRps[f], m_average.flowVisits[f][v]),
                                       (own[at(node)] + behind[v]) / 1000);
    }
    return {inside * secondsOfMonth / 3600, shortest(std::round(inside * 1e4) / 1e4) + " at once · 720 hours"};
}

CostQuantity CostQuantities::users() const {
    double people = 0;
    if (const auto stated = m_snapshot.design().header.requirements.dau) {
        people = std::max(0.0, *stated);
    } else {
        const auto& nodes = m_snapshot.graph().nodes;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            if (nodes[i].behaviour != Behaviour::client) continue;
            const ParameterView view = m_snapshot.parameters(static_cast<int>(i));
            if (!view.isStated(keys::rateRps.name) || view.isStated(keys::dau.name)) people += view(keys::dau);
        }
    }
    return {people / 1000, grouped(people, 0) + " users"};
}

}  // namespace loadpath
