// Questions about one connection that several checks ask: what guards it, how long its attempts may take
// in all, who passes over it, whether it may be repeated. Knows no rule.
#pragma once

#include "rules/mesh.h"

#include <vector>

namespace loadpath {

/// A breaker of its own, of the mesh its source stands in, or of a gateway that has the feature.
bool hasBreaker(const Snapshot& snapshot, const Meshes& meshes, int link);
bool hasBulkhead(const Snapshot& snapshot, int link);

/// Pauses between all attempts, as configured: what jitter takes away is left out.
double nominalPausesMs(const Link& link);
/// All attempts with their pauses; 0: never given up.
double allAttemptsMs(const Link& link);
/// How many calls one call can become: its attempts, or what a retry budget lets through.
double mostAttempts(const Link& link);

/// Which flows pass over which connection, and whether they read or write there.
class Passing {
public:
    explicit Passing(const Snapshot& snapshot);

    struct Flow {
        int flow = 0;  // index into FlowGraph::flows
        Op op = Op::read;
        bool optional = false;
    };
    const std::vector<Flow>& over(int link) const { return m_flows[static_cast<std::size_t>(link)]; }
    bool any(int link) const { return !over(link).empty(); }
    /// A client's write passes, or the processing of messages where the connection is for writes alone.
    bool writes(int link) const;
    bool onlyReads(int link) const;
    /// Requests of a client pass, not messages alone.
    bool serveClients(int link) const;

private:
    const FlowGraph* m_graph;
    std::vector<std::vector<Flow>> m_flows;
    std::vector<char> m_writes;
};

/// As stated, else true where nothing but reads passes.
bool isIdempotent(const Snapshot& snapshot, const Passing& passing, int link);

}  // namespace loadpath
