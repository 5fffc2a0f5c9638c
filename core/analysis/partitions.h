// Stores that keep their data in partitions: what one partition is worth, and all of them together
// (model §7.1). Knows single stores, not flows.
#pragma once

#include "analysis/availability.h"

#include <optional>
#include <span>

namespace loadpath {

/// P(every partition has `need` of its units up), units up independently. Empty: too many to count exactly.
std::optional<double> allPartitionsUp(const std::vector<std::vector<int>>& partitions, int need,
                                      std::span<const double> unitUp);

/// Every store of more than one partition, by component; reads and writes apart where they need different units.
std::vector<PartitionAvailability> partitionAvailability(const FlowGraph& graph, const AvailabilityOptions& options);

}  // namespace loadpath
