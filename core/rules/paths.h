// What requests of clients need on their way. Follows the compiled flows; knows no rule.
#pragma once

#include "graph/flow_graph.h"

#include <optional>
#include <vector>

namespace loadpath {

/// By node: whether requests of some client's flow, of one kind where `op` says so, cannot do without it or
/// one of its alternatives.
std::vector<char> neededNodes(const FlowGraph& graph, std::optional<Op> op = {});

}  // namespace loadpath
