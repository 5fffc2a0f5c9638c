// All partitions of a store up at once (model §7.1): information beside φ, where a request touches one.
#pragma once

#include "analysis/availability.h"

namespace loadpath {

/// Stores and topics with more units than one partition has.
std::vector<StoreAvailability> storesOf(const FlowGraph& graph);

}  // namespace loadpath
