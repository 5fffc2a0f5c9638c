// The availability of a flow written out in series/parallel notation, where its structure allows that.
#pragma once

#include "analysis/variables.h"

#include <string>

namespace loadpath {

/// "A = lb · gw₍1 of 3₎ = 0.9999 × 0.99999 = 0.9999"; empty where shared parts, zones or cycles make the
/// product of the factors wrong, or where it would be too long to read.
std::string formulaOf(const FlowGraph& graph, const Structure& structure, double availability);

}  // namespace loadpath
