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
    return {asked.replicationFactor, purpose == Purpose::publish ? asked.acknowledging : 1};
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
    compile::hitRatios(graph, design, catalog);
    compile::flows(graph, design, catalog);
    return graph;
}

}  // namespace loadpath
