// The same design with some of its units gone: what still serves, and where its load goes then. Detection
// and rerouting count as instant. Knows no queueing.
#pragma once

#include "graph/flow_graph.h"

#include <vector>

namespace loadpath {

struct Loss {
    int domain = -1;  // everything in it, and in what lies inside it
    int node = -1;    // its first unit
};

struct Degraded {
    FlowGraph graph;                 // without the lost units; what is down is called no more
    std::vector<int> instancesLeft;  // by node; 0: none serves
    std::vector<char> isDown;        // by node: does not serve, a standby neither
    std::vector<int> failingFlows;   // those of clients that cannot be answered in full
};

Degraded degraded(const FlowGraph& graph, const Loss& loss);

}  // namespace loadpath
