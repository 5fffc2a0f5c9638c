#include "model/keys.h"
#include "rules/caches.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

/// By node: the largest number of different keys that a client whose requests come by asks for.
std::vector<double> keySpaces(const Snapshot& snapshot, const CapacityReport& capacity) {
    const FlowGraph& graph = snapshot.graph();
    std::vector<double> keys(graph.nodes.size(), 0);
    const KeyDemand demand(snapshot, capacity);
    for (std::size_t f = 0; f < graph.flows.size(); ++f)
        for (const Visit& visit : graph.flows[f].visits) {
            double& most = at(keys, visit.node);
            most = std::max(most, demand.popularity[f].keys);
        }
    return keys;
}

std::vector<Finding> checkCacheNoEviction(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    std::vector<Finding> findings;
    std::vector<double> asked;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < snapshot.graph().nodes.size(); ++i) {
        const Node& node = snapshot.graph().nodes[i];
        const int index = static_cast<int>(i);
        if (!isType(node, "redis") || !hasRole(snapshot, index, "cache")) continue;
        const ParameterView view = viewOf(snapshot, index);
        if (view.value("eviction") != Value("noeviction")) continue;
        if (asked.empty()) asked = keySpaces(snapshot, evidence.capacity);
        const double needed = asked[i] * view.value("value_bytes").number(1024) / 1e9;
        const double memory = view.value("memory_gb").number(16) * node.instances;
        if (!(needed > memory * (1 + 1e-9))) continue;
        Finding finding{cache_no_eviction.id, cache_no_eviction.severity};
        finding.components = {node.id};
        finding.message = fill("{} evicts nothing: {} keys need {} GB, it has {} GB, and once full it refuses writes",
                               {node.name, compact(asked[i]), compact(needed), compact(memory)});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "eviction", "lru");
        finding.fix = fix.titled("Evict what was not used for longest");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cache_no_eviction{
    "cache-no-eviction",
    "Cache fills up and refuses writes",
    "Redis evicts nothing unless told to. A cache of more keys than fit in its memory is full one day, and from then "
    "on "
    "every write to it fails: nothing new is cached, and a service that does not expect this error fails with it. A "
    "cache may forget; let it drop what is used least.",
    "Redis documentation, key eviction (maxmemory-policy)",
    Severity::error,
    checkCacheNoEviction,
};

}  // namespace loadpath::checks
