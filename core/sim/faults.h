// Kinds of faults that a run knows, and what each may aim at.
#pragma once

#include "graph/flow_graph.h"

#include <string>
#include <string_view>
#include <vector>

namespace loadpath::sim {

enum class FaultKind {
    instanceDown,
    componentDown,
    zoneDown,
    slow,
    errorRate,
    latency,
    cacheFlush,
    load,
    poison,
    backlog,
    random,
    packetLoss,
    partition,
    hotKey,
    replicaLag,
    diskFull,
    connectionLeak,
    dnsStale,
    providerLimit,
    clockSkew,
    deploy,
    retryBug,
    unknown
};

FaultKind faultKindNamed(std::string_view word);

/// What a fault acts on; `problem` says why it cannot.
struct FaultTarget {
    FaultKind kind = FaultKind::unknown;
    std::vector<int> nodes, links;
    int domain = -1;
    int otherNode = -1, otherDomain = -1;  // the far side of a partition
    std::string problem;
};

FaultTarget targetOf(const Fault& fault, const FlowGraph& graph);

}  // namespace loadpath::sim
