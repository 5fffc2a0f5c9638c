// Networks of fallible lines between perfect places, as graphs of alternatives: a flow works where its
// source reaches its sink. For comparison with published and enumerated network reliabilities.
#pragma once

#include "support/graph_builder.h"

namespace loadpath::test {

struct Network {
    int nodes = 0, source = 0, sink = 0;
    bool directed = false;
    std::vector<std::pair<int, int>> edges;
};

/// Places in rows, each connected to its right and lower neighbour, corner to corner.
inline Network gridNetwork(int rows, int columns) {
    Network grid{rows * columns, 0, rows * columns - 1, false, {}};
    for (int i = 0; i < rows; ++i)
        for (int j = 0; j < columns; ++j) {
            if (j + 1 < columns) grid.edges.emplace_back(i * columns + j, i * columns + j + 1);
            if (i + 1 < rows) grid.edges.emplace_back(i * columns + j, (i + 1) * columns + j);
        }
    return grid;
}

/// Perfect components for the places, fallible ones in the middle of the lines between them.
inline FlowGraph graphOf(const Network& network, double p, double ofPlaces = 1) {
    GraphBuilder build;
    const int client = build.client();
    std::vector<int> place, line;
    for (int i = 0; i < network.nodes; ++i) place.push_back(build.node("v" + std::to_string(i), ofPlaces));
    for (std::size_t e = 0; e < network.edges.size(); ++e) line.push_back(build.node("e" + std::to_string(e), p));
    build.flow(client);
    build.call(client, place[std::size_t(network.source)]);
    std::vector<std::vector<int>> onward(std::size_t(network.nodes));
    for (std::size_t e = 0; e < network.edges.size(); ++e) {
        const auto [from, to] = network.edges[e];
        std::vector<int> ends{place[std::size_t(to)]};
        if (from != network.sink) onward[std::size_t(from)].push_back(line[e]);
        if (!network.directed) {
            if (to != network.sink) onward[std::size_t(to)].push_back(line[e]);
            ends.push_back(place[std::size_t(from)]);
        }
        build.alternatives(line[e], ends);
    }
    for (int i = 0; i < network.nodes; ++i)
        if (i != network.sink) build.alternatives(place[std::size_t(i)], onward[std::size_t(i)]);
    return build.graph;
}

}  // namespace loadpath::test
