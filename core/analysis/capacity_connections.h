// Connections that callers keep open to a component against those it accepts. Knows no load: pools are
// open whether or not they are used.
#pragma once

#include "graph/snapshot.h"

#include <vector>

namespace loadpath {

struct OpenConnections {
    double used = 0, accepted = 0;  // accepted 0: not limited
    bool growsWithUsers = false;    // sockets of users rather than pools of callers
    std::vector<int> links;         // that hold connections
    std::vector<int> pools;         // one link for each pool: links of one caller share it unless they state their own
    bool exceeded() const { return accepted > 0 && used > accepted; }
};

/// Connections a caller opens over one link: all its instances, each with its pool.
double connectionsOver(const Snapshot& snapshot, int link);
OpenConnections openConnections(const Snapshot& snapshot, int node);

}  // namespace loadpath
