#include "explore_scale.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

constexpr double decade = 10;  // as far as one explores in each direction
constexpr double wideRange = 100;
constexpr double mostNines = 6;  // 99.9999 %

double toDigits(double value, int digits) {
    if (value == 0 || !std::isfinite(value)) return value;
    const double step = std::pow(10, std::floor(std::log10(std::abs(value))) - digits + 1);
    // Through the shortest decimal text of that step, so that no trace of binary is left.
    const double rounded = std::round(value / step);
    return step < 1 ? rounded / std::round(1 / step) : rounded * step;
}

}  // namespace

double ExploreScale::position(double value) const {
    double at = 0;
    if (kind == Kind::linear) at = (value - from) / (to - from);
    if (kind == Kind::factors) at = std::log(std::max(value, from) / from) / std::log(to / from);
    if (kind == Kind::nines) at = value >= 1 ? 1 : -std::log10(1 - std::max(0.0, value)) / mostNines;
    return std::isfinite(at) ? std::clamp(at, 0.0, 1.0) : 0;
}

double ExploreScale::value(double position) const {
    const double at = std::clamp(position, 0.0, 1.0);
    double value = 0;
    if (kind == Kind::linear) {
        value = from + at * (to - from);
        value = to - from <= 1 ? std::round(value * 1000) / 1000 : toDigits(value, 3);
    }
    if (kind == Kind::factors) value = at <= 0 ? from : at >= 1 ? to : toDigits(from * std::pow(to / from, at), 2);
    // Tenths of a nine: 99 %, 99.2 %, 99.37 % …
    if (kind == Kind::nines) {
        const double out = toDigits(std::pow(10, -at * mostNines), 2);
        value = std::round((1 - out) * 1e9) / 1e9;
    }
    if (whole) value = std::round(value);
    return kind == Kind::nines ? value : std::clamp(value, std::min(from, to), std::max(from, to));
}

ExploreScale exploreScale(const ParameterSpec& spec, const Value& now) {
    ExploreScale scale;
    if (spec.kind != ValueKind::number && spec.kind != ValueKind::integer) return scale;
    scale.whole = spec.kind == ValueKind::integer;
    if (spec.unit == "share" && spec.range.minimum == 0 && spec.range.maximum == 1) {
        const bool nines = spec.key.find("availability") != std::string::npos;
        scale.kind = nines ? ExploreScale::Kind::nines : ExploreScale::Kind::linear;
        scale.beside = !nines;
        return scale;
    }
    if (!now.isNumber() || !std::isfinite(now.number()) || now.number() < 0) return scale;
    const double least = spec.range.minimum, most = spec.range.maximum, value = now.number();
    if (std::isfinite(least) && std::isfinite(most) && most > least && (least <= 0 || most / least <= wideRange) &&
        most - least <= wideRange * std::max(1.0, value)) {
        scale.kind = ExploreScale::Kind::linear;
        scale.from = least;
        scale.to = most;
        return scale;
    }
    if (value <= 0) return scale;
    scale.kind = ExploreScale::Kind::factors;
    scale.from = value / decade;
    scale.to = value * decade;
    if (scale.whole) scale.from = std::max(1.0, std::round(scale.from));
    if (std::isfinite(least) && least > 0) scale.from = std::max(scale.from, least);
    if (std::isfinite(most)) scale.to = std::min(scale.to, most);
    if (scale.to <= scale.from) scale.kind = ExploreScale::Kind::none;
    return scale;
}

}  // namespace loadpath
