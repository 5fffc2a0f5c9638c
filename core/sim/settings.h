// What a run needs beyond the flow graph: properties that only the simulator reads. The defaults are
// those of the catalogue, so hand-made graphs run without a design.
#pragma once

#include "graph/flow_graph.h"

#include <vector>

namespace loadpath {
class Snapshot;
}

namespace loadpath::sim {

/// How a balancer finds out that an instance is dead.
struct HealthCheck {
    bool enabled = true, failOpen = true;
    double intervalS = 30, timeoutS = 5;
    int healthy = 5, unhealthy = 2;
};

struct NodeSettings {
    HealthCheck health;
    double ttlS = 300;        // of cache entries: how fast a flushed cache fills
    bool fillsAside = true;   // cache_aside: a miss is followed by a SET
    std::vector<char> keyed;  // by topic: partition by key, else round robin
};

struct Settings {
    std::vector<NodeSettings> nodes;
    std::vector<double> visibilityS;  // by link: how long a failed message of a queue stays hidden

    static Settings usual(const FlowGraph& graph);
    static Settings of(const Snapshot& snapshot);
};

}  // namespace loadpath::sim
