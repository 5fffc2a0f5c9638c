// Everything that bounds what a component can take, not its servers alone: threads, pools, connections,
// partitions, the hottest key, quotas of vendors, network cards. Knows no rule and no way to mend a design,
// but says in words what would give room.
#pragma once

#include "analysis/capacity.h"

#include <string>

namespace loadpath {

/// Utilisation that leaves room for waiting to stay short; suggestions aim at it.
inline constexpr double comfortableUse = 0.7;

struct Limit {
    enum class Kind {
        servers,       // operations against servers: ρ
        threads,       // requests in progress (Little) against threads
        pool,          // connections in use (Little) against the pool of a caller
        connections,   // connections opened against those accepted; does not grow with load
        partitions,    // messages against consumers that can have a partition
        hottestKey,    // the most popular key against the one server group that has it
        hottestShard,  // the shard or partition of that key, with its part of the rest
        quota,         // what a vendor allows
        inFlight,      // concurrent executions (Little) against those allowed
        bandwidth,     // bytes against network cards
    };
    Kind kind = Kind::servers;
    int node = 0;
    int link = -1;  // of a pool or a consumer; −1: the component as a whole
    std::string name, unit;
    double demand = 0, limit = 0, use = 0;  // use = demand / limit
    double waitMs = noFigure;               // mean wait for a connection of a pool
    double count = 0;                       // how many there are of what can be made more; 0: nothing helps by number
    std::string counted;                    // what is counted: "instances", "connections", "partitions"
    bool growsWithLoad = true;
    std::string suggestion;  // what gives room; empty while there is enough

    /// How many keep the use at `comfortableUse` when the load is multiplied; NaN where number does not help.
    double needed(double loadFactor = 1) const;
};
const char* name(Limit::Kind kind);

struct LimitReport {
    std::vector<Limit> limits;   // by node, the one that binds first in front
    std::vector<int> binding;    // by node: index into limits; −1 = nothing bounds it
    int first = -1;              // the fullest of those that grow with load
    double headroom = noFigure;  // 1 / its use
};

LimitReport analyseLimits(const Snapshot& snapshot, const CapacityReport& capacity);

/// Popularity of the keys that a flow asks for: of its client, or of whoever publishes most into what it consumes.
struct KeyPopularity {
    double keys = 1, alpha = 0;
    double hottestShare = 1;  // of the requests
};
std::vector<KeyPopularity> keyPopularity(const Snapshot& snapshot, const std::vector<LoadShare>& shares);

}  // namespace loadpath
