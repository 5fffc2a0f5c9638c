// Working data of the layered drawing: nodes with their stand-ins on the layers that edges pass.
#pragma once

#include "layout/layered.h"

namespace loadpath::layered {

struct Vertex {
    int layer = 0;
    int cluster = -1;
    int node = -1;  // of the graph; −1: an edge passes here, or a cluster holds its place
    bool spine = false;
    double value = 0;
    int place = 0;                   // in its layer
    std::vector<int> before, after;  // neighbours on the layers next to it
};

struct Link {
    int from = 0, to = 0, weight = 1;
};

struct Layers {
    const LayeredGraph* graph = nullptr;
    std::vector<Vertex> vertices;  // those of the graph's nodes first
    std::vector<Link> links;       // from one layer to the next
    std::vector<std::vector<int>> order;

    bool isInside(int cluster, int outer) const {
        for (; cluster >= 0; cluster = graph->clusters[std::size_t(cluster)].parent)
            if (cluster == outer) return true;
        return outer < 0;
    }
    int parent(int cluster) const { return graph->clusters[std::size_t(cluster)].parent; }
};

/// Layers of the nodes, and stand-ins for edges that pass layers.
Layers assignLayers(const LayeredGraph& graph);
/// Orders every layer with few crossings, clusters together and in one order throughout.
void orderLayers(Layers& layers);
long long countCrossings(const Layers& layers);

}  // namespace loadpath::layered
