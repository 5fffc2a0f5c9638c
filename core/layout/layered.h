// Layered drawing of a directed graph with nested clusters (after Sugiyama): layers in the direction of
// the calls, few crossings, clusters as rectangles that hold their own nodes and no others. Plain
// geometry; knows no design.
#pragma once

#include "model/design.h"

#include <vector>

namespace loadpath {

constexpr double layoutUnit = 24;  // what is drawn stands on this grid

enum class Direction { right, down };

struct LayeredGraph {
    struct Node {
        double width = 0, height = 0;
        int cluster = -1;
        double hint = 0;  // where it stood across the direction: similar is kept where it costs nothing
    };
    struct Cluster {
        int parent = -1;  // parents stand before their children
    };
    struct Edge {
        int from = 0, to = 0;
        int weight = 2;  // how much it wants to be short and straight
        double labelLength = 0;
    };
    std::vector<Node> nodes;
    std::vector<Cluster> clusters;
    std::vector<Edge> edges;
    Direction direction = Direction::right;
};

struct LayeredDrawing {
    std::vector<Point> nodes;     // top left corners
    std::vector<Frame> clusters;  // of those that hold a node; others have no width
};

LayeredDrawing drawLayered(const LayeredGraph& graph);

}  // namespace loadpath
