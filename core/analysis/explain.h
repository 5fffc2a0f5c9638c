// How the availability of a flow comes about: its formula in one line and its derivation in a few.
#pragma once

#include "analysis/solved_flow.h"

namespace loadpath {

/// Fills formula and derivation of a flow whose figures are there. Cheap: no new diagram.
void explain(const FlowGraph& graph, const SolvedFlow& solved, FlowAvailability& flow);

}  // namespace loadpath
