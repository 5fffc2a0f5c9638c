// The one line of a card: the template of its type filled with the values that hold. Knows no colour
// and no position.
#pragma once

#include "model/catalog.h"
#include "model/design.h"

#include <string>

namespace loadpath {

/// Parts (between " · ") whose value is unset are left out.
std::string cardLine(const ComponentType& type, const Component& component);
/// A value as people read it: in its unit, words instead of keys.
std::string displayText(const ParameterSpec& spec, const Value& value);
/// How many cards stand for it: 1 for one instance or a managed service, at most 3.
int stackSize(const ComponentType& type, const Component& component);

}  // namespace loadpath
