// Mean time of one request without simulation (model §4a): sums of means along sequences, the largest
// mean where calls run together, so a lower bound.
#pragma once

#include "analysis/capacity.h"

namespace loadpath {

/// `ownMs` holds wait and own work of each node. Infinite where a queue or a cycle has no end.
double meanLatencyMs(const FlowGraph& graph, const FlowPath& flow, const std::vector<double>& ownMs);

/// By visit of the flow: mean time that all its calls take.
std::vector<double> timesBehindMs(const FlowGraph& graph, const FlowPath& flow, const std::vector<double>& ownMs);
/// Wait and own work of each node under this load, as both functions take it.
std::vector<double> ownTimesMs(const CapacityReport& report);

}  // namespace loadpath
