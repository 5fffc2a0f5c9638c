// Consumers one behind the other: what one does with a message is the next one's message.
#pragma once

#include "analysis/availability.h"

namespace loadpath {

/// From every first consumer to every last one; at most two hundred.
std::vector<AsyncChain> asyncChains(const FlowGraph& graph, const AvailabilityOptions& options);

}  // namespace loadpath
