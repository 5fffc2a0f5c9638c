// How a slider goes through the values of a property: evenly, by factors, or by nines. Plain numbers;
// knows no design.
#pragma once

#include "model/catalog.h"

namespace loadpath {

struct ExploreScale {
    enum class Kind { none, linear, factors, nines };
    Kind kind = Kind::none;
    double from = 0, to = 1;
    bool whole = false;   // whole numbers only
    bool beside = false;  // stands beside its field, not below it
    friend bool operator==(const ExploreScale&, const ExploreScale&) = default;

    /// 0 … 1 along the slider.
    double position(double value) const;
    /// Rounded as a person would write it.
    double value(double position) const;
};

/// Around what holds now; none for what is no number, is read best as it is typed, or has no scale.
ExploreScale exploreScale(const ParameterSpec& spec, const Value& now);

}  // namespace loadpath
