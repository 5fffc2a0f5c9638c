// How many connections a component is asked to hold, and how many it can (databases, poolers, caches,
// gateways that keep sockets open).
#pragma once

#include "graph/snapshot.h"

#include <vector>

namespace loadpath {

struct ConnectionUse {
    double used = 0;
    double limit = 0;        // 0 = none known
    std::vector<int> links;  // that hold connections
    std::vector<int> pools;  // one link for each pool: links of one caller share it unless they state their own
    bool exceeded() const { return limit > 0 && used > limit; }
};

/// Connections a caller opens over one link: all its instances, each with its pool.
double connectionsOver(const Snapshot& snapshot, int link);
ConnectionUse connectionUse(const Snapshot& snapshot, int node);

}  // namespace loadpath
