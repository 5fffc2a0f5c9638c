// How figures of estimates are written: exact with thousands apart ("11,574/s", "33.3 GB") and
// round as one says them aloud ("≈ 10 k/s"). Knows no sheet.
#pragma once

#include <string>
#include <string_view>

namespace loadpath {

/// 1 GB = 10^9 bytes; binary: 1 GiB = 2^30. Bits and counts are always decimal.
enum class ByteUnits { decimal, binary };

/// Units with a meaning: "B" and "bit" take prefixes, also in "B/s", "B/day", …; "1/s" and its like
/// are written "/s"; "share" as a percentage; "s" and "ms" as a duration; all others stand behind the number.
std::string exactFigure(double value, std::string_view unit, ByteUnits bytes = ByteUnits::decimal);
/// Two significant digits.
std::string roundFigure(double value, std::string_view unit, ByteUnits bytes = ByteUnits::decimal);
/// "11,574.5": thousands apart, at most `decimals` decimals.
std::string grouped(double value, int decimals);

}  // namespace loadpath
