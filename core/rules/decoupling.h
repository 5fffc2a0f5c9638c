// Turns a call into a message: the caller puts it into a queue and goes on, the callee takes it out.
#pragma once

#include "rules/fix_builder.h"

#include <optional>
#include <string>
#include <vector>

namespace loadpath {

/// Replaces the calls `links` from one component to another by a queue with a dead-letter queue, for the
/// given flows. Returns the words for a button, or nothing where the pair cannot speak over a queue.
std::optional<std::string> tellOverQueue(FixBuilder& fix, int from, int to, const std::vector<int>& links,
                                         const std::vector<FlowId>& flows);

}  // namespace loadpath
