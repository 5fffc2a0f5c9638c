#include "layout/layers.h"
#include "layout/network_simplex.h"

#include <algorithm>
#include <limits>

namespace loadpath::layered {
namespace {

constexpr int exchanges = 4000;

/// Edges that close a cycle are turned around; what nobody calls comes first.
std::vector<LayeredGraph::Edge> withoutCycles(const LayeredGraph& graph) {
    const std::size_t count = graph.nodes.size();
    std::vector<std::vector<std::size_t>> out(count);
    std::vector<int> callers(count, 0);
    std::vector<LayeredGraph::Edge> edges;
    for (const LayeredGraph::Edge& edge : graph.edges) {
        if (edge.from == edge.to) continue;
        out[std::size_t(edge.from)].push_back(edges.size());
        ++callers[std::size_t(edge.to)];
        edges.push_back(edge);
    }
    std::vector<char> state(count, 0);  // 1: on the way, 2: done
    struct Visit {
        int node;
        std::size_t next;
    };
    std::vector<Visit> stack;
    const auto visit = [&](std::size_t root) {
        if (state[root] != 0) return;
        state[root] = 1;
        stack.push_back({int(root), 0});
        while (!stack.empty()) {
            Visit& top = stack.back();
            const std::size_t node = std::size_t(top.node);
            if (top.next == out[node].size()) {
                state[node] = 2;
                stack.pop_back();
                continue;
            }
            LayeredGraph::Edge& edge = edges[out[node][top.next++]];
            const std::size_t to = std::size_t(edge.to);
            if (state[to] == 1) {
                std::swap(edge.from, edge.to);
            } else if (state[to] == 0) {
                state[to] = 1;
                stack.push_back({edge.to, 0});
            }
        }
    };
    for (std::size_t i = 0; i < count; ++i)
        if (callers[i] == 0) visit(i);
    for (std::size_t i = 0; i < count; ++i) visit(i);
    return edges;
}

struct Span {
    int first = std::numeric_limits<int>::max(), last = -1;
};

/// The cluster in which an edge passes a layer: that of its start or end as long as it reaches so far.
int clusterOnTheWay(const Layers& layers, const std::vector<Span>& spans, int from, int to, int layer) {
    for (const int end : {from, to})
        for (int cluster = layers.vertices[std::size_t(end)].cluster; cluster >= 0; cluster = layers.parent(cluster))
            if (spans[std::size_t(cluster)].first <= layer && layer <= spans[std::size_t(cluster)].last) return cluster;
    return -1;
}

void join(Layers& layers, int from, int to, int weight) {
    layers.links.push_back({from, to, weight});
    layers.vertices[std::size_t(from)].after.push_back(to);
    layers.vertices[std::size_t(to)].before.push_back(from);
}

/// Where a cluster has nothing on a layer between its first and last, something holds its place.
void addSpines(Layers& layers, const std::vector<Span>& spans, int layerCount) {
    for (std::size_t c = 0; c < spans.size(); ++c) {
        std::vector<int> present(std::size_t(layerCount), -1);
        for (std::size_t v = 0; v < layers.vertices.size(); ++v)
            if (layers.isInside(layers.vertices[v].cluster, int(c)))
                present[std::size_t(layers.vertices[v].layer)] = int(v);
        for (int layer = spans[c].first; layer <= spans[c].last; ++layer) {
            if (present[std::size_t(layer)] >= 0) continue;
            Vertex spine;
            spine.layer = layer;
            spine.cluster = int(c);
            spine.spine = true;
            layers.vertices.push_back(spine);
        }
    }
}

}  // namespace

Layers assignLayers(const LayeredGraph& graph) {
    Layers layers;
    layers.graph = &graph;
    const std::vector<LayeredGraph::Edge> edges = withoutCycles(graph);
    NetworkSimplex simplex(int(graph.nodes.size()));
    for (const LayeredGraph::Edge& edge : edges) {
        const bool together = graph.nodes[std::size_t(edge.from)].cluster == graph.nodes[std::size_t(edge.to)].cluster;
        simplex.add(edge.from, edge.to, 1, edge.weight * (together ? 2 : 1));
    }
    std::vector<int> ranks = simplex.solve(graph.nodes.size() > 3000 ? 0 : exchanges);
    // What hangs on nothing stands at the front.
    std::vector<char> joined(graph.nodes.size(), 0);
    for (const LayeredGraph::Edge& edge : edges) joined[std::size_t(edge.from)] = joined[std::size_t(edge.to)] = 1;
    int least = std::numeric_limits<int>::max();
    for (std::size_t i = 0; i < ranks.size(); ++i)
        if (joined[i]) least = std::min(least, ranks[i]);
    for (std::size_t i = 0; i < ranks.size(); ++i) ranks[i] = joined[i] ? ranks[i] - least : 0;

    int layerCount = 1;
    std::vector<Span> spans(graph.clusters.size());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        Vertex vertex;
        vertex.layer = ranks[i];
        vertex.cluster = graph.nodes[i].cluster;
        vertex.node = int(i);
        layers.vertices.push_back(vertex);
        layerCount = std::max(layerCount, ranks[i] + 1);
        for (int c = vertex.cluster; c >= 0; c = layers.parent(c)) {
            spans[std::size_t(c)].first = std::min(spans[std::size_t(c)].first, ranks[i]);
            spans[std::size_t(c)].last = std::max(spans[std::size_t(c)].last, ranks[i]);
        }
    }
    for (const LayeredGraph::Edge& edge : edges) {
        int previous = edge.from;
        const int last = ranks[std::size_t(edge.to)];
        for (int layer = ranks[std::size_t(edge.from)] + 1; layer < last; ++layer) {
            Vertex passing;
            passing.layer = layer;
            passing.cluster = clusterOnTheWay(layers, spans, edge.from, edge.to, layer);
            layers.vertices.push_back(passing);
            const int now = int(layers.vertices.size()) - 1;
            join(layers, previous, now, edge.weight * (previous == edge.from ? 2 : 8));
            previous = now;
        }
        join(layers, previous, edge.to, edge.weight * (previous == edge.from ? 1 : 2));
    }
    addSpines(layers, spans, layerCount);
    layers.order.resize(std::size_t(layerCount));
    for (std::size_t v = 0; v < layers.vertices.size(); ++v)
        layers.order[std::size_t(layers.vertices[v].layer)].push_back(int(v));
    return layers;
}

}  // namespace loadpath::layered
