// Connections that callers keep open to a component against those it accepts. Knows no load: pools are
// open whether or not they are used.
#pragma once

#include "graph/snapshot.h"

namespace loadpath {

struct OpenConnections {
    double used = 0, accepted = 0;  // accepted 0: not limited
    bool growsWithUsers = false;    // sockets of users rather than pools of callers
};
OpenConnections openConnections(const Snapshot& snapshot, int node);

}  // namespace loadpath
