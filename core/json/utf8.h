// UTF-8, as far as reading and writing JSON needs it. Knows no JSON.
#pragma once

#include <optional>
#include <string_view>

namespace loadpath {

/// Length of the well-formed sequence that starts at `offset` (1 to 4); 0 where it is ill-formed:
/// overlong, a surrogate, beyond U+10FFFF, cut off.
std::size_t utf8Length(std::string_view text, std::size_t offset);
/// Where the first ill-formed sequence starts.
std::optional<std::size_t> firstInvalidUtf8(std::string_view text);

}  // namespace loadpath
