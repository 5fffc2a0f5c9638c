// Words of the design file that engines switch on.
#pragma once

#include <optional>
#include <string_view>

namespace loadpath {

/// Arrow = direction of the call (sync, publish, control) or of the data (the others).
enum class Mode { sync, publish, consume, replicate, standby, telemetry, control };
enum class Op { read, write };
/// How loudly a design wants to hear of a rule.
enum class RuleLevel { off, error, warning, info };

std::string_view name(Mode mode);
std::string_view name(Op op);
std::string_view name(RuleLevel level);
std::optional<Mode> modeNamed(std::string_view name);
std::optional<Op> opNamed(std::string_view name);
std::optional<RuleLevel> ruleLevelNamed(std::string_view name);

}  // namespace loadpath
