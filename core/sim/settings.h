// What a run needs beyond the flow graph: properties that only the simulator reads. The defaults are
// those of the catalogue, so hand-made graphs run without a design.
#pragma once

#include "graph/flow_graph.h"
#include "sim/breaker.h"
#include "sim/cache_store.h"
#include "sim/limiter.h"

#include <optional>

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

/// When the requests of a client come (simulation §1).
enum class Arrivals { poisson, deterministic, diurnal, modulated, closed, trace };

struct ClientSettings {
    Arrivals arrivals = Arrivals::poisson;
    double amplitude = 0.5;   // diurnal: m
    double averageShare = 1;  // of the peak rate: what diurnal varies around
    double flashAtS = 0, flashFactor = 1, flashDurationS = 0;
    double burstFactor = 3, burstS = 10, calmS = 30;  // modulated: the rate in bursts, mean lengths
    int users = 0;                                    // closed
    double thinkS = 1;
    double population = 0;  // whose requests these are; 0 = unknown
    std::vector<double> traceS;
};

/// How a cache decides what it has.
struct CacheSettings {
    bool isReal = false;  // holds keys; else it hits by chance
    std::size_t capacity = 0;
    Eviction eviction = Eviction::leastRecent;
    bool coalesces = false;  // one fetch of a key at a time
    double ttlJitter = 0;    // share of the time to live that is random
    bool writesBehind = false;
    double flushIntervalS = 1;
    int flushBatch = 0;  // writes that are flushed together; 0: only the interval counts
};

/// What may happen to a message when its consumer fails.
enum class Guarantee { atMostOnce, atLeastOnce, exactlyOnce };

struct NodeSettings {
    HealthCheck health;
    ClientSettings client;
    CacheSettings cache;
    std::vector<LimiterSpec> limits;  // all must admit
    double lagMs = 100;               // of a copy
    double keys = 1e6, zipf = 0.9;    // of a client: what its requests are about
    double ttlS = 300;                // of cache entries: how fast a flushed cache fills
    bool fillsAside = true;           // cache_aside: a miss is followed by a SET
    double slowStartS = 0;            // of a balancer: until a new target has its full share
    double retentionS = 0;            // of a broker; 0: for ever
    std::vector<char> keyed;          // by topic: partition by key, else round robin
};

struct LinkSettings {
    std::optional<BreakerSpec> breaker;
    int bulkhead = 0;      // calls in flight per caller instance; 0 = any number
    int pool = 0;          // connections per caller instance; 0 = any number
    double poolWaitS = 0;  // longest wait for one; 0 = no limit
    double hedgeAfterMs = 0;
};

struct Settings {
    std::vector<NodeSettings> nodes;
    std::vector<LinkSettings> links;
    std::vector<double> visibilityS;    // by link: how long a failed message of a queue stays hidden
    std::vector<Guarantee> guarantees;  // by link

    static Settings usual(const FlowGraph& graph);
    static Settings of(const Snapshot& snapshot);
};

}  // namespace loadpath::sim
