// What the loss of one thing does while everything else works, asked of the structure itself: needs no
// diagram of the flow, so it holds where that is out of reach or leaves out what cannot fail.
#pragma once

#include "analysis/solved_flow.h"

namespace loadpath {

/// Where the diagram does not tell, sets the impact of the units, and takes away an importance that
/// was not worked out. To be called when the diagram of `solved` is needed no more.
void addStructuralImpact(const FlowGraph& graph, SolvedFlow& solved, FlowFigures& figures);

}  // namespace loadpath
