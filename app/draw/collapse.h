// A design as it is drawn: what stands in a collapsed zone gives way to one card. Knows no scene.
#pragma once

#include "model/design.h"

#include <unordered_map>

namespace loadpath {

struct Collapsed {
    Design design;  // cards of zones have the id of their zone
    std::unordered_map<std::string, std::vector<ComponentId>> members;
};

bool hasCollapsed(const Design& design);
/// Lines from and to the inside hang on the card; those inside are gone, and of several between the
/// same two in one mode the first stands for all.
Collapsed collapsed(const Design& design);

/// What the card of a zone says below its name; empty for any other component.
std::string groupLine(const Component& component);

}  // namespace loadpath
