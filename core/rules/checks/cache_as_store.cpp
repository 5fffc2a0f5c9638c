#include "model/keys.h"
#include "rules/caches.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

/// It writes to a store, reads from one, or somebody asks a store when it does not know.
bool hasOriginal(const Snapshot& snapshot, int node, const std::vector<char>& missed) {
    if (at(missed, node)) return true;
    const FlowGraph& graph = snapshot.graph();
    const auto& out = at(graph.outgoing, node);
    return std::any_of(out.begin(), out.end(), [&graph](int link) {
        const Link& l = at(graph.links, link);
        return l.legal && l.mode == Mode::sync && isIn(at(graph.nodes, l.to), "store");
    });
}

std::vector<Finding> checkCacheAsStore(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    std::vector<char> missed(graph.nodes.size(), 0);
    for (const FlowPath& flow : graph.flows)
        for (const Visit& visit : flow.visits)
            for (const Call& call : visit.calls)
                if (call.missOf >= 0) at(missed, call.missOf) = 1;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        const int index = static_cast<int>(i);
        if (!isType(node, "redis") || node.managed) continue;  // several zones, run by the vendor
        std::vector<std::string> kept;
        const std::pair<const char*, const char*> roles[] = {
            {"session", "sessions"}, {"queue", "queues"}, {"leaderboard", "leaderboards"}, {"counter", "counters"}};
        for (const auto& [role, shown] : roles)
            if (hasRole(snapshot, index, role)) kept.emplace_back(shown);
        const ParameterView view = viewOf(snapshot, index);
        if (kept.empty() || view.value("persistence") != Value("none") || view(keys::replicas) > 0 ||
            hasOriginal(snapshot, index, missed))
            continue;
        Finding finding{cache_as_store.id, cache_as_store.severity};
        finding.components = {node.id};
        finding.message =
            fill("{} holds the only copy of {} in memory: a restart loses it all", {node.name, listed(kept)});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "persistence", "aof_everysec");
        fix.set(node.id, keys::replicas.name, 1);
        if (view(keys::topology) == "single") fix.set(node.id, keys::topology.name, "sentinel");
        finding.fix = fix.titled("Persist every second and keep a replica");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cache_as_store{
    "cache-as-store",
    "Only copy lives in memory",
    "Sessions, queues, rankings and counters in Redis are no cache when nothing else knows them: there is no store to "
    "load them from again. Without a log on disk and without a replica, a restart logs everybody out, drops every job "
    "and sets every counter to zero.",
    "Redis documentation, persistence and replication",
    Severity::error,
    checkCacheAsStore,
};

}  // namespace loadpath::checks
