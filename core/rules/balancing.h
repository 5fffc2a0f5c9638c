// To whom a balancer hands requests. Knows no rule.
#pragma once

#include "graph/flow_graph.h"

#include <vector>

namespace loadpath {

/// Components behind its legal synchronous connections, each once, in the order of the design.
std::vector<int> balancedTargets(const FlowGraph& graph, int balancer);

}  // namespace loadpath
