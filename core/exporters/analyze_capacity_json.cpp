#include "exporters/analyze_capacity_json.h"

#include "analysis/capacity_explain.h"
#include "analysis/consistency.h"
#include "analysis/what_if.h"
#include "exporters/result_parts.h"
#include "support/index.h"

namespace loadpath {
namespace {

using json::Object;

class Sections {
public:
    explicit Sections(const Report& report)
        : m_graph(report.snapshot->graph()),
          m_limits(analyseLimits(*report.snapshot, report.capacity)),
          m_whatIf(analyseWhatIf(*report.snapshot, report.capacity, m_limits)) {}

    JsonNode limits() const {
        JsonNode all = json::list();
        for (std::size_t i = 0; i < m_limits.limits.size(); ++i) {
            const Limit& limit = m_limits.limits[i];
            Object item;
            item.add("component", id(limit.node)).add("kind", name(limit.kind)).add("name", Value(limit.name));
            if (limit.link >= 0) item.add("connection", Value(m_graph.links[at(limit.link)].id.value));
            item.add("demand", figure(limit.demand)).add("limit", figure(limit.limit)).add("unit", Value(limit.unit));
            item.add("use", figure(limit.use)).add("headroom", limit.use > 0 ? figure(1 / limit.use) : Value());
            item.add("binds", Value(m_limits.binding[at(limit.node)] == static_cast<int>(i)));
            if (!std::isnan(limit.waitMs)) item.add("wait_ms", figure(limit.waitMs));
            if (!limit.suggestion.empty()) item.add("suggestion", Value(limit.suggestion));
            all.items.push_back(item.take());
        }
        return all;
    }

    JsonNode whatIf() const {
        JsonNode growth = json::list(), instances = json::list(), zones = json::list(), retries = json::list();
        for (const Growth& g : m_whatIf.growth) growth.items.push_back(growthTree(g));
        for (const LossCase& loss : m_whatIf.instances) instances.items.push_back(lossTree(loss));
        for (const LossCase& loss : m_whatIf.domains) zones.items.push_back(lossTree(loss));
        for (const Amplification& a : m_whatIf.retries) {
            JsonNode links = json::list();
            for (const int link : a.links) links.items.push_back(json::leaf(m_graph.links[at(link)].id.value));
            Object item;
            item.add("flow", Value(m_graph.flows[at(a.flow)].id.value)).add("component", id(a.node));
            item.add("worst_calls", figure(a.worst)).add("half_failing_calls", figure(a.half));
            item.add("connections", std::move(links));
            retries.items.push_back(item.take());
        }
        Object all;
        all.add("growth", std::move(growth)).add("instance_loss", std::move(instances));
        all.add("all_instances", Value(m_whatIf.allInstances));
        all.add("zone_loss", std::move(zones)).add("retries", std::move(retries));
        return all.take();
    }

private:
    Value id(int node) const { return m_graph.nodes[at(node)].id.value; }
    JsonNode ids(const std::vector<int>& nodes) const {
        JsonNode all = json::list();
        for (const int node : nodes) all.items.push_back(json::leaf(id(node)));
        return all;
    }

    JsonNode growthTree(const Growth& growth) const {
        JsonNode breaks = json::list();
        for (const Break& broken : growth.breaks) {
            const Limit& limit = m_limits.limits[at(broken.limit)];
            Object item;
            item.add("component", id(limit.node)).add("kind", name(limit.kind)).add("name", Value(limit.name));
            item.add("at_factor", figure(broken.atFactor)).add("use", figure(broken.use));
            item.add("needed", figure(broken.needed));
            if (!limit.counted.empty()) item.add("counted", Value(limit.counted)).add("now", figure(limit.count));
            breaks.items.push_back(item.take());
        }
        Object tree;
        tree.add("factor", figure(growth.factor)).add("breaks", std::move(breaks));
        return tree.take();
    }

    JsonNode lossTree(const LossCase& loss) const {
        JsonNode flows = json::list(), changed = json::list();
        for (const int flow : loss.failingFlows) flows.items.push_back(json::leaf(m_graph.flows[at(flow)].id.value));
        for (const Survivor& survivor : loss.changed) {
            Object item;
            item.add("component", id(survivor.node)).add("instances_left", Value(survivor.instancesLeft));
            item.add("utilisation", figure(survivor.utilisation));
            changed.items.push_back(item.take());
        }
        Object tree;
        if (loss.domain >= 0)
            tree.add("zone", Value(m_graph.domains[at(loss.domain)].id.value));
        else
            tree.add("component", id(loss.node));
        tree.add("down", ids(loss.down)).add("failing_flows", std::move(flows)).add("changed", std::move(changed));
        tree.add("worst", loss.worst < 0 ? Value() : id(loss.worst));
        tree.add("worst_utilisation", figure(loss.worstUtilisation));
        return tree.take();
    }

    const FlowGraph& m_graph;
    LimitReport m_limits;
    WhatIf m_whatIf;
};

JsonNode consistencyTree(const Report& report) {
    const FlowGraph& graph = report.snapshot->graph();
    const ConsistencyReport consistency = analyseConsistency(*report.snapshot);
    JsonNode stores = json::list(), invisible = json::list();
    for (const StoreConsistency& store : consistency.stores) {
        Object item;
        item.add("component", Value(graph.nodes[at(store.node)].id.value));
        item.add("cap", Value(store.cap)).add("pacelc", Value(store.pacelc)).add("strong", Value(store.isStrong));
        item.add("stale_probability", figure(store.staleProbability));
        if (store.replicas > 0)
            item.add("n", Value(store.replicas)).add("r", Value(store.readers)).add("w", Value(store.writers));
        if (!store.isolation.empty())
            item.add("isolation", Value(store.isolation)).add("anomalies", json::texts(store.anomalies));
        item.add("derivation", derivationTree(store.derivation));
        stores.items.push_back(item.take());
    }
    for (const ReadYourWrites& miss : consistency.invisible) {
        Object item;
        item.add("read_flow", Value(graph.flows[at(miss.readFlow)].id.value));
        item.add("write_flow", Value(graph.flows[at(miss.writeFlow)].id.value));
        item.add("written_to", Value(graph.nodes[at(miss.source)].id.value));
        item.add("read_from", Value(graph.nodes[at(miss.copy)].id.value)).add("lag_ms", figure(miss.lagMs));
        invisible.items.push_back(item.take());
    }
    Object tree;
    tree.add("stores", std::move(stores)).add("own_writes_invisible", std::move(invisible));
    return tree.take();
}

// Worked steps are for people to read; beyond this many components nobody does.
constexpr std::size_t mostExplained = 200;

}  // namespace

std::vector<Derivation> capacityDerivations(const Report& report) {
    const Snapshot& snapshot = *report.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Derivation> all{explainHeadroom(snapshot, report.capacity)};
    for (std::size_t f = 0; f < std::min(mostExplained, graph.flows.size()); ++f)
        all.push_back(explainLatency(snapshot, report.capacity, static_cast<int>(f)));
    std::size_t explained = 0;
    for (std::size_t i = 0; i < graph.nodes.size() && explained < mostExplained; ++i) {
        if (graph.nodes[i].behaviour == Behaviour::client || !(report.capacity.nodes[i].arrivalRps > 0)) continue;
        ++explained;
        for (const auto explain : {explainLoad, explainUtilisation, explainWait})
            all.push_back(explain(snapshot, report.capacity, static_cast<int>(i)));
    }
    return all;
}

void addCapacitySections(Object& root, const Report& report) {
    const Sections sections(report);
    JsonNode derivations = json::list();
    for (const Derivation& derivation : capacityDerivations(report))
        derivations.items.push_back(derivationTree(derivation));
    root.add("limits", sections.limits()).add("what_if", sections.whatIf());
    root.add("consistency", consistencyTree(report)).add("derivations", std::move(derivations));
}

}  // namespace loadpath
