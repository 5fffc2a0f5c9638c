// Whose requests come by a component. Follows the compiled flows; knows no rule.
#pragma once

#include "graph/snapshot.h"

#include <vector>

namespace loadpath {

enum class Callers {
    people,     // clients of kind browser or mobile
    outsiders,  // clients of any kind but server
    anyone,
};

/// By node: whether a request of such a client comes by, the client itself included.
std::vector<char> reachedBy(const Snapshot& snapshot, Callers callers);

}  // namespace loadpath
