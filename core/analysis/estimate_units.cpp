#include "analysis/estimate_units.h"

#include "support/format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace loadpath {
namespace {

constexpr int exactDigits = 4, roundDigits = 2;
enum class Precision { exact, round };

std::string trimmed(std::string text) {
    if (text.find('.') == std::string::npos) return text;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

int exponentOf(double value) { return static_cast<int>(std::floor(std::log10(std::abs(value)))); }

double significant(double value, int digits) {
    if (value == 0 || !std::isfinite(value)) return value;
    const double scale = std::pow(10.0, digits - 1 - exponentOf(value));
    if (!std::isfinite(scale) || scale == 0) return value;
    return std::round(value * scale) / scale;
}

std::string withPrefix(double value, double base, const std::array<std::string_view, 9>& prefixes, int digits) {
    const double size = std::abs(significant(value, digits));
    std::size_t at = 0;
    double unit = 1;
    while (at + 1 < prefixes.size() && size >= unit * base * (1 - 1e-12)) {
        unit *= base;
        ++at;
    }
    const double scaled = value / unit;
    if (scaled != 0 && (std::abs(scaled) >= 1e7 || std::abs(scaled) < 1e-4))
        return shortest(significant(value, digits)) + ' ';
    const int decimals = scaled == 0 ? 0 : std::clamp(digits - 1 - exponentOf(scaled), 0, 9);
    return trimmed(grouped(scaled, decimals)) + ' ' + std::string(prefixes[at]);
}

std::string prefixed(double value, int digits) {
    static constexpr std::array<std::string_view, 9> prefixes{"", "k", "M", "G", "T", "P", "E", "Z", "Y"};
    return withPrefix(value, 1000, prefixes, digits);
}
std::string binary(double value, int digits) {
    static constexpr std::array<std::string_view, 9> prefixes{"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"};
    return withPrefix(value, 1024, prefixes, digits);
}

/// Counts and rates: whole below ten million, so that 11,574 stays 11,574.
std::string counted(double value, Precision precision) {
    if (precision == Precision::round) {
        std::string text = prefixed(significant(value, roundDigits), roundDigits);
        return text.back() == ' ' ? text.substr(0, text.size() - 1) : text;
    }
    const double size = std::abs(value);
    if (size >= 1e7 || (size != 0 && size < 1e-4)) {
        std::string text = prefixed(value, exactDigits);
        return text.back() == ' ' ? text.substr(0, text.size() - 1) : text;
    }
    // What stands in front of the point counts as written; 3 digits at least.
    const int decimals = size == 0 ? 0 : std::clamp(exactDigits - 2 - exponentOf(value), 0, 6);
    return trimmed(grouped(value, decimals));
}

std::string timed(double seconds, Precision precision) {
    struct Unit {
        double seconds;
        const char* name;
    };
    static constexpr std::array<Unit, 8> units{{{1e-9, "ns"},
                                                {1e-6, "µs"},
                                                {1e-3, "ms"},
                                                {1, "s"},
                                                {60, "min"},
                                                {3600, "h"},
                                                {86400, "days"},
                                                {31536000, "years"}}};
    if (seconds == 0) return "0 s";
    const double size = std::abs(seconds);
    std::size_t at = 0;
    while (at + 1 < units.size() && size >= units[at + 1].seconds * (1 - 1e-9)) ++at;
    // Two days read better as 48 h only below them; 90 s reads better than 1.5 min.
    if (at > 3 && size < 2 * units[at].seconds) --at;
    return counted(seconds / units[at].seconds, precision) + ' ' + units[at].name;
}

/// As a percentage; just below one, what is missing decides how many digits are worth reading.
std::string shareText(double value, int digits) {
    const double percentage = value * 100;
    if (percentage != 0 && std::abs(percentage) < 1e-4) return shortest(significant(percentage, digits)) + " %";
    int decimals = percentage == 0 ? 0 : std::clamp(digits - 1 - exponentOf(percentage), 0, 9);
    if (value > 0.99 && value < 1) decimals = std::clamp(1 - exponentOf(100 - percentage), decimals, 9);
    return trimmed(grouped(percentage, decimals)) + " %";
}

std::string written(double value, std::string_view unit, ByteUnits bytes, Precision precision) {
    if (std::isnan(value)) return "–";
    if (!std::isfinite(value)) return value < 0 ? "−∞" : "∞";
    const int digits = precision == Precision::round ? roundDigits : exactDigits;
    if (unit == "share") return shareText(value, digits);
    if (unit == "s") return timed(value, precision);
    if (unit == "ms") return timed(value / 1000, precision);
    if (unit == "bool") return value != 0 ? "yes" : "no";
    const std::string_view stem = unit.substr(0, unit.find('/'));
    const std::string rest(unit.substr(std::min(stem.size(), unit.size())));
    if (stem == "B" || stem == "bit" || stem == "bits") {
        const bool isBinary = stem == "B" && bytes == ByteUnits::binary;
        return (isBinary ? binary(value, digits) : prefixed(value, digits)) + std::string(stem) + rest;
    }
    if (stem == "1" && !rest.empty()) return counted(value, precision) + rest;
    const std::string number = counted(value, precision);
    return unit.empty() ? number : number + ' ' + std::string(unit);
}

}  // namespace

std::string grouped(double value, int decimals) {
    std::string text = fixed(value, decimals);
    std::size_t end = text.find('.');
    if (end == std::string::npos) end = text.size();
    const std::size_t start = text.front() == '-' ? 1 : 0;
    if (!std::isfinite(value)) return text;
    for (std::size_t at = end; at > start + 3; at -= 3) text.insert(at - 3, ",");
    return text;
}

std::string exactFigure(double value, std::string_view unit, ByteUnits bytes) {
    return written(value, unit, bytes, Precision::exact);
}

std::string roundFigure(double value, std::string_view unit, ByteUnits bytes) {
    return written(value, unit, bytes, Precision::round);
}

}  // namespace loadpath
