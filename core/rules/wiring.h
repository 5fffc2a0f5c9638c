// Connections that a fix draws: in a mode the pair allows, bounded and optional where it should be, so
// that mending one finding does not cause another.
#pragma once

#include "rules/fix_builder.h"
#include "rules/timeouts.h"

#include <optional>
#include <string>
#include <vector>

namespace loadpath {

/// The mode in which requests, messages or data can pass from one type to the other.
std::optional<Mode> carryingMode(const Catalog& catalog, std::string_view from, std::string_view to);

/// Types to put between two that cannot be connected, in order of the path; empty where none is known.
std::vector<std::string> intermediaries(const Catalog& catalog, const ComponentType& from, const ComponentType& to);

ConnectionId connectSafely(FixBuilder& fix, TimeoutAdvice& advice, int from, int to, Mode mode);

/// Adds a dead-letter queue for the broker; `broker` may be a component that the same fix adds.
ComponentId addDeadLetter(FixBuilder& fix, const ComponentId& broker, const std::string& brokerName);

/// Attempts after which a message is set aside.
inline constexpr int usualAttempts = 5;

}  // namespace loadpath
