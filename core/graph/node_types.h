// Asks what a compiled component is, by type id or group of the catalogue. Unknown types are nothing.
#pragma once

#include "graph/flow_graph.h"

#include <algorithm>
#include <string_view>

namespace loadpath {

inline bool isIn(const Node& node, std::string_view group) {
    return node.type && std::find(node.type->groups.begin(), node.type->groups.end(), group) != node.type->groups.end();
}
inline bool isType(const Node& node, std::string_view type) { return node.type && node.type->id == type; }

}  // namespace loadpath
