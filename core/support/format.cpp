#include "support/format.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace loadpath {
namespace {

constexpr std::string_view noFigureText = "–";

std::string exceptional(double value) {
    if (std::isnan(value)) return std::string(noFigureText);
    return value < 0 ? "−∞" : "∞";
}

std::string withoutTrailingZeros(std::string text) {
    if (text.find('.') == std::string::npos) return text;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

/// Decimals that leave `digits` significant ones; never negative.
int decimalsFor(double value, int digits) {
    if (value == 0) return 0;
    const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value))));
    return std::clamp(digits - 1 - exponent, 0, 17);
}

std::string significant(double value, int digits) {
    return withoutTrailingZeros(fixed(value, decimalsFor(value, digits)));
}

struct Step {
    double factor;  // how many base units one of this unit is
    const char* suffix;
};

/// The value in the largest unit of which there is at least one, after rounding to `digits` digits.
template <std::size_t n>
std::string inUnits(double value, const Step (&steps)[n], int digits) {
    const double magnitude = std::abs(value);
    std::size_t at = 0;
    while (at + 1 < n) {
        const double inThis = magnitude / steps[at].factor;
        const double decimals = std::pow(10.0, decimalsFor(inThis, digits));
        const double rounded = std::round(inThis * decimals) / decimals;
        if (rounded * steps[at].factor < steps[at + 1].factor) break;
        ++at;
    }
    return significant(value / steps[at].factor, digits) + steps[at].suffix;
}

}  // namespace

std::string shortest(double value) {
    if (!std::isfinite(value)) return exceptional(value);
    if (value == 0) return "0";
    const double magnitude = std::abs(value);
    // Beyond 2^53 the digits of a double are not all its own; the exponent also tells it from an integer.
    const bool plain = magnitude >= 1e-6 && magnitude <= 9007199254740992.0;
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value,
                                   plain ? std::chars_format::fixed : std::chars_format::scientific);
    return {buffer, end.ptr};
}

std::string fixed(double value, int decimals) {
    if (!std::isfinite(value)) return exceptional(value);
    char buffer[512];
    const auto end =
        std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, std::clamp(decimals, 0, 100));
    std::string text(buffer, end.ptr);
    if (text.front() == '-' && text.find_first_not_of("-0.") == std::string::npos) text.erase(0, 1);
    return text;
}

std::string compact(double value) {
    static constexpr Step steps[] = {{1, ""},      {1e3, " k"},  {1e6, " M"}, {1e9, " G"},
                                     {1e12, " T"}, {1e15, " P"}, {1e18, " E"}};
    if (!std::isfinite(value)) return exceptional(value);
    if (std::abs(value) >= 1e21 || (value != 0 && std::abs(value) < 1e-6)) {
        char buffer[64];
        const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific, 2);
        return {buffer, end.ptr};
    }
    return inUnits(value, steps, 3);
}

std::string rate(double perSecond) {
    return std::isnan(perSecond) ? std::string(noFigureText) : compact(perSecond) + "/s";
}

std::string duration(double milliseconds) {
    static constexpr Step steps[] = {{1e-6, " ns"}, {1e-3, " µs"}, {1, " ms"},     {1e3, " s"},
                                     {6e4, " min"}, {3.6e6, " h"}, {1.728e8, " d"}};
    if (!std::isfinite(milliseconds)) return exceptional(milliseconds);
    if (std::abs(milliseconds) < 1e-6) return "0 ms";
    if (std::abs(milliseconds) >= 1.728e8) return significant(milliseconds / 8.64e7, 3) + " d";
    return inUnits(milliseconds, steps, 3);
}

std::string percent(double share, int decimals) {
    return std::isnan(share) ? std::string(noFigureText) : fixed(share * 100, decimals) + " %";
}

std::string availability(double value) {
    if (std::isnan(value)) return std::string(noFigureText);
    if (value >= 1) return "100 %";
    // Two significant digits of what is missing tell designs apart; more would only be noise.
    constexpr int mostDecimals = 11;
    const double missing = (1 - value) * 100;
    const int decimals = std::clamp(decimalsFor(missing, 2), 1, mostDecimals);
    std::string text = fixed(value * 100, decimals);
    if (text.rfind("100", 0) == 0) text = "99." + std::string(static_cast<std::size_t>(decimals), '9');
    return withoutTrailingZeros(text) + " %";
}

std::string factor(double value) {
    if (!std::isfinite(value)) return exceptional(value);
    const int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
    const double scale = std::pow(10.0, decimals);
    // What floating point left below the digit it means (2.5899999999999999) still counts as that digit.
    constexpr double slack = 1e-9;
    return fixed(std::floor(value * scale + slack) / scale, decimals) + "×";
}

std::string downtime(double minutesPerYear) {
    static constexpr double minute = 1, hour = 60, day = 1440;
    if (!std::isfinite(minutesPerYear)) return exceptional(minutesPerYear);
    const auto twoDigits = [](double value) { return withoutTrailingZeros(fixed(value, value < 9.95 ? 1 : 0)); };
    if (minutesPerYear <= 0) return "0 s/yr";
    if (minutesPerYear >= day) return twoDigits(minutesPerYear / day) + " d/yr";
    if (minutesPerYear >= 2 * hour) return twoDigits(minutesPerYear / hour) + " h/yr";
    if (minutesPerYear >= minute) return twoDigits(minutesPerYear) + " min/yr";
    const double seconds = minutesPerYear * 60;
    if (seconds < 0.05) return "< 0.1 s/yr";
    return twoDigits(seconds) + " s/yr";
}

std::string plural(long long count, std::string_view one, std::string_view many) {
    return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

}  // namespace loadpath
