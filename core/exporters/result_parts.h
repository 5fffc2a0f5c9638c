// Pieces that the JSON results have in common.
#pragma once

#include "json/json_build.h"
#include "support/derivation.h"
#include "support/result.h"

#include <cmath>

namespace loadpath {

/// The figure, or null where there is none (NaN, infinite).
inline Value figure(double value) { return std::isfinite(value) ? Value(value) : Value(); }

JsonNode warningTree(const Problems& warnings);
/// The steps of a worked calculation.
JsonNode stepsTree(const Derivation& derivation);
/// Title, result and steps.
JsonNode derivationTree(const Derivation& derivation);

}  // namespace loadpath
