// Taking over the values of a product, and telling which product a component's values are. Knows
// types and values; no design, no undo.
#pragma once

#include "model/catalog.h"

namespace loadpath {

const Preset* findPreset(const ComponentType& type, std::string_view id);

/// The product whose values are all stated: of several the one that says most. Null: none.
const Preset* presetOf(const ComponentType& type, const Parameters& stated);

/// `stated` with the values of the preset; what an earlier preset had stated goes with it.
Parameters withPreset(const ComponentType& type, const Preset& preset, Parameters stated);

/// `stated` without the values of the preset it has; unchanged when it has none.
Parameters withoutPreset(const ComponentType& type, Parameters stated);

}  // namespace loadpath
