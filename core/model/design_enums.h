// Words of the design file that engines switch on.
#pragma once

#include <optional>
#include <string_view>

namespace loadpath {

/// Arrow = direction of the call (sync, publish, control) or of the data (the others).
enum class Mode { sync, publish, consume, replicate, standby, telemetry, control };
enum class Op { read, write };

std::string_view name(Mode mode);
std::string_view name(Op op);
std::optional<Mode> modeNamed(std::string_view name);
std::optional<Op> opNamed(std::string_view name);

}  // namespace loadpath
