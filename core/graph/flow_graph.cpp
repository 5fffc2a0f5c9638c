#include "graph/flow_graph.h"

#include "graph/compile.h"

#include <algorithm>

namespace loadpath {

double Node::capacityRps(double readRps, double writeRps) const {
    const double total = readRps + writeRps;
    const double share = total > 0 ? writeRps / total : 0;
    const double meanMs = serviceMs[0] * (1 - share) + serviceMs[1] * share;
    return static_cast<double>(instances) * concurrency * 1000 / meanMs;
}

const Visit* FlowPath::visit(int node) const {
    const auto it = std::lower_bound(visits.begin(), visits.end(), node,
                                     [](const Visit& visit, int wanted) { return visit.node < wanted; });
    return it != visits.end() && it->node == node ? &*it : nullptr;
}

int FlowGraph::node(const ComponentId& id) const {
    const auto it = nodeById.find(id.value);
    return it == nodeById.end() ? -1 : it->second;
}

Serving FlowGraph::servingOf(int index, Purpose purpose, int topic) const {
    const Node& node = nodes[static_cast<std::size_t>(index)];
    const Serving usual = node.serving[static_cast<std::size_t>(purpose)];
    const bool asksTopic = purpose == Purpose::publish || purpose == Purpose::consume;
    if (!asksTopic || topic < 0 || topic >= static_cast<int>(node.topics.size())) return usual;
    const Topic& asked = node.topics[static_cast<std::size_t>(topic)];
    if (asked.acknowledging == 0) return usual;
    return {asked.replicationFactor, purpose == Purpose::publish ? asked.acknowledging : asked.delivering};
}

std::vector<std::vector<int>> FlowGraph::partitions(int index, Purpose purpose, int topic) const {
    const Node& node = nodes[static_cast<std::size_t>(index)];
    if (node.managed) return {{0}};
    const int copies = node.layout == Node::Layout::shards ? node.copies : servingOf(index, purpose, topic).units;
    int count = 1;
    if (node.layout == Node::Layout::shards) count = node.units / std::max(1, copies);
    if (node.layout == Node::Layout::ring && copies < node.units) {
        const bool asksTopic = purpose == Purpose::publish || purpose == Purpose::consume;
        count = node.ringPartitions;
        if (asksTopic && topic >= 0 && topic < static_cast<int>(node.topics.size()))
            count = std::max(1, node.topics[static_cast<std::size_t>(topic)].partitions);
        count = std::min(count, node.units);
    }
    const int step = node.layout == Node::Layout::shards ? copies : 1;
    std::vector<std::vector<int>> result;
    result.reserve(static_cast<std::size_t>(count));
    for (int j = 0; j < count; ++j) {
        std::vector<int> units;
        for (int i = 0; i < copies; ++i) units.push_back((j * step + i) % node.units);
        result.push_back(std::move(units));
    }
    return result;
}

std::vector<int> FlowGraph::domainsOfUnit(int index, int unit) const {
    const Node& node = nodes[static_cast<std::size_t>(index)];
    std::vector<int> chain;
    if (node.zones.empty()) return chain;
    int domain = node.zones[static_cast<std::size_t>(unit) % node.zones.size()];
    for (; domain >= 0; domain = domains[static_cast<std::size_t>(domain)].parent)
        if (domains[static_cast<std::size_t>(domain)].hasVariable) chain.push_back(domain);
    return chain;
}

std::string FlowGraph::unitName(int index, int unit) const {
    const Node& node = nodes[static_cast<std::size_t>(index)];
    return node.managed ? node.id.value : node.id.value + '#' + std::to_string(unit);
}

FlowGraph compileFlowGraph(const Design& design, const Catalog& catalog) {
    FlowGraph graph;
    compile::domains(graph, design, catalog);
    compile::nodes(graph, design, catalog);
    compile::links(graph, design, catalog);
    compile::subscriptions(graph, design, catalog);
    compile::changeFeeds(graph, design, catalog);
    compile::meshes(graph, design, catalog);
    compile::hitRatios(graph, design, catalog);
    compile::flows(graph, design, catalog);
    return graph;
}

}  // namespace loadpath
