// How far requests from outside come without passing a check. Follows the compiled flows; knows no rule.
#pragma once

#include "graph/snapshot.h"

#include <functional>
#include <vector>

namespace loadpath {

/// Whether a client is somebody outside: any kind but server.
bool isOutsider(const Snapshot& snapshot, int client);

/// By node: whether a request from outside comes there. It does not go over a connection where `bars` and
/// goes no further than a component where `stops`, which is still reached.
std::vector<char> reachedFromOutside(const Snapshot& snapshot, const std::function<bool(int link)>& bars,
                                     const std::function<bool(int node)>& stops);

/// Whether an API gateway has switched a feature on.
bool hasFeature(const Snapshot& snapshot, int node, std::string_view feature);

}  // namespace loadpath
