// Questions about the shape of the graph, answered by Boost.Graph.
#include "graph/flow_graph.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/strong_components.hpp>

#include <algorithm>
#include <map>

namespace loadpath {
namespace {

using Digraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

/// A shortest cycle through `start` that stays inside its component of the partition.
std::vector<int> cycleThrough(const Digraph& graph, int start, const std::vector<int>& part) {
    std::vector<int> before(boost::num_vertices(graph), -1);
    std::vector<int> waiting{start};
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        const int at = waiting[i];
        for (auto [edge, end] = boost::out_edges(static_cast<std::size_t>(at), graph); edge != end; ++edge) {
            const int next = static_cast<int>(boost::target(*edge, graph));
            if (next == start) {
                std::vector<int> cycle;
                for (int v = at; v != -1; v = before[static_cast<std::size_t>(v)]) cycle.push_back(v);
                std::reverse(cycle.begin(), cycle.end());
                return cycle;
            }
            const bool same = part[static_cast<std::size_t>(next)] == part[static_cast<std::size_t>(start)];
            if (!same || before[static_cast<std::size_t>(next)] != -1) continue;
            before[static_cast<std::size_t>(next)] = at;
            waiting.push_back(next);
        }
    }
    return {};
}

}  // namespace

std::vector<std::vector<int>> synchronousCycles(const FlowGraph&, const FlowPath& flow) {
    const auto count = flow.visits.size();
    std::map<int, int> local;  // node → index into visits
    for (std::size_t i = 0; i < count; ++i) local[flow.visits[i].node] = static_cast<int>(i);
    Digraph calls(count);
    for (std::size_t i = 0; i < count; ++i)
        for (const Call& call : flow.visits[i].calls)
            if (call.kind == Call::Kind::request)
                boost::add_edge(i, static_cast<std::size_t>(local.at(call.target)), calls);
    std::vector<int> part(count);
    if (count > 0) boost::strong_components(calls, part.data());
    std::vector<std::vector<int>> cycles;
    std::vector<char> done(count, 0);
    for (std::size_t i = 0; i < count; ++i) {  // visits are ordered by node: the smallest comes first
        const auto p = static_cast<std::size_t>(part[i]);
        if (done[p]) continue;
        std::vector<int> cycle = cycleThrough(calls, static_cast<int>(i), part);
        if (cycle.empty()) continue;
        done[p] = 1;
        for (int& v : cycle) v = flow.visits[static_cast<std::size_t>(v)].node;
        cycles.push_back(std::move(cycle));
    }
    return cycles;
}

std::vector<char> reachedNodes(const FlowGraph& graph) {
    const std::size_t origin = graph.nodes.size();  // an extra vertex from which all work starts
    Digraph lines(origin + 1);
    for (const Link& link : graph.links)
        if (link.mode != Mode::telemetry)
            boost::add_edge(static_cast<std::size_t>(link.from), static_cast<std::size_t>(link.to), lines);
    for (std::size_t i = 0; i < origin; ++i) {
        const Node& node = graph.nodes[i];
        const bool starts = node.behaviour == Behaviour::client || node.type->id == "batch_job" ||
                            node.type->id == "scheduler" || node.type->id == "payment_provider";
        if (starts) boost::add_edge(origin, i, lines);
    }
    std::vector<boost::default_color_type> colour(origin + 1);
    boost::breadth_first_search(lines, origin, boost::color_map(colour.data()));
    std::vector<char> reached(origin);
    for (std::size_t i = 0; i < origin; ++i) reached[i] = colour[i] == boost::black_color;
    return reached;
}

}  // namespace loadpath
