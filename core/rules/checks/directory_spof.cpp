#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/redundancy.h"
#include "rules/tags.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

bool isSingle(const Node& node) { return !node.managed && node.instances == 1; }

/// The service that keeps the map of shards, where it has one member; −1: none such.
int singleMap(const Snapshot& snapshot) {
    for (std::size_t i = 0; i < snapshot.graph().nodes.size(); ++i) {
        const Node& node = snapshot.graph().nodes[i];
        if (isType(node, "coordination") && isSingle(node) &&
            hasTag(viewOf(snapshot, static_cast<int>(i)).value("role"), "shard_map"))
            return static_cast<int>(i);
    }
    return -1;
}

std::vector<Finding> checkDirectorySpof(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    const int map = singleMap(snapshot);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const int router = static_cast<int>(i);
        const Node& node = graph.nodes[i];
        if (!isType(node, "shard_router")) continue;
        const ParameterView view = viewOf(snapshot, router);
        if (view.value("strategy") != Value("directory")) continue;
        if (!isSingle(node) && map < 0) continue;
        const double cachedS = view.value("map_cache_ttl_s").number();
        Finding finding{directory_spof.id, cachedS > 0 ? Severity::warning : Severity::error};
        finding.components = {node.id};
        const std::string single = isSingle(node) ? node.name : snapshot.nameOf(map);
        finding.message = fill(
            "Where a row lies only {} knows, which runs once{}",
            {single, cachedS > 0 ? ": when it is down, callers live on what they cached for " + duration(cachedS * 1000)
                                 : ", and nobody caches it: when it is down, every shard is out of reach"});
        FixBuilder fix(snapshot, placement);
        if (isSingle(node)) setInstances(fix, router, 2);
        if (map >= 0) setInstances(fix, map, 3);
        if (!(cachedS > 0)) fix.set(node.id, "map_cache_ttl_s", 30);
        finding.fix = fix.titled(isSingle(node) ? "Run two and cache the map for 30 s" : "Run three members");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule directory_spof{
    "directory-spof",
    "Directory of shards fails alone",
    "With a directory every request asks first where its row lies. It is small and changes rarely, so callers can keep "
    "a "
    "copy; if they do not, and it runs once, the least redundant part of the system decides over all shards, however "
    "many "
    "copies those have.",
    "Kleppmann, Designing Data-Intensive Applications, ch. 6 (request routing)",
    Severity::error,
    checkDirectorySpof,
};

}  // namespace loadpath::checks
