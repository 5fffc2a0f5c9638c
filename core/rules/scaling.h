// Edits that give an overloaded component enough capacity, where one honest edit can.
#pragma once

#include "rules/fix_builder.h"

namespace loadpath {

/// Above this share of its capacity a component is considered too busy.
inline constexpr double comfortableUtilisation = 0.7;

std::optional<Fix> moreCapacity(const Evidence& evidence, Placement& placement, int node);
/// The same for another utilisation than today's: after a loss, or to keep more room than usual.
std::optional<Fix> moreCapacity(const Evidence& evidence, Placement& placement, int node, double utilisation);

}  // namespace loadpath
