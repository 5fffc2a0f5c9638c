#include "model/keys.h"
#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/stores.h"
#include "rules/text.h"
#include "rules/wiring.h"

#include <map>

namespace loadpath::checks {
namespace {

bool takesNoWrites(const Snapshot& snapshot, int node) {
    const Node& store = at(snapshot.graph().nodes, node);
    if (isType(store, "postgres_replica")) return true;
    return isType(store, "mongodb") && viewOf(snapshot, node).value("secondary") == Value(true);
}

/// Sends the writes to the primary instead: over the connection that is there, a new one, or this one.
bool retarget(FixBuilder& fix, TimeoutAdvice& advice, const Passing& passing, int link) {
    const FlowGraph& graph = fix.snapshot().graph();
    const Link& l = at(graph.links, link);
    const std::vector<int> primaries = primariesOf(graph, l.to);
    if (primaries.size() != 1) return false;
    const int primary = primaries.front();
    const Connection& drawn = connectionOf(fix.snapshot(), link);
    if (!fix.snapshot()
             .catalog()
             .legality(at(graph.nodes, l.from).type->id, Mode::sync, at(graph.nodes, primary).type->id, l.protocol)
             .legal)
        return false;
    const auto& over = passing.over(link);
    const bool reads = std::any_of(over.begin(), over.end(), [](const Passing::Flow& f) { return f.op == Op::read; });
    const auto& out = at(graph.outgoing, l.from);
    const bool asksPrimary = std::any_of(out.begin(), out.end(), [&](int other) {
        return at(graph.links, other).to == primary && passing.writes(other);
    });
    if (!reads && !asksPrimary) {
        fix.edit(drawn.id).to = at(graph.nodes, primary).id;
        return true;
    }
    fix.set(drawn.id, keys::ops.name, "read");
    if (asksPrimary) return true;
    const ConnectionId added = connectSafely(fix, advice, l.from, primary, Mode::sync);
    fix.set(added, keys::ops.name, "write");
    for (const std::string_view kept : {keys::flows.name, keys::poolSize.name, keys::timeoutMs.name, keys::calls.name,
                                        keys::protocol.name, std::string_view("idempotent")})
        if (const auto it = drawn.properties.find(kept); it != drawn.properties.end()) fix.set(added, kept, it->second);
    return true;
}

std::vector<Finding> checkWriteToReplica(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Passing passing(snapshot);
    std::map<int, std::vector<int>> bySource;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!takesNoWrites(snapshot, static_cast<int>(i))) continue;
        for (const int in : graph.incoming[i])
            if (at(graph.links, in).mode == Mode::sync && at(graph.links, in).legal && passing.writes(in))
                bySource[at(graph.links, in).from].push_back(in);
    }
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    TimeoutAdvice advice(evidence);
    for (const auto& [source, links] : bySource) {
        Finding finding{write_to_replica.id, write_to_replica.severity};
        finding.components = {at(graph.nodes, source).id};
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> targets;
        std::string flow;
        bool canMend = true;
        for (const int link : links) {
            finding.connections.push_back(at(graph.links, link).id);
            targets.push_back(snapshot.nameOf(at(graph.links, link).to));
            for (const Passing::Flow& over : passing.over(link))
                if (over.op == Op::write && flow.empty()) flow = shownFlow(snapshot, at(graph.flows, over.flow));
            canMend = retarget(fix, advice, passing, link) && canMend;
        }
        std::sort(targets.begin(), targets.end());
        targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
        finding.message = fill("{} sends the writes of {} to {}, which only follows and refuses them",
                               {snapshot.nameOf(source), flow, listed(targets)});
        if (canMend) finding.fix = fix.titled("Write to the primary");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule write_to_replica{
    "write-to-replica",
    "Writes go to a replica",
    "A replica replays what its primary did and accepts no writes of its own: every such request fails with an error. "
    "Split the connection: writes, and reads that must see them, go to the primary, the other reads to replicas.",
    "PostgreSQL documentation, 27.4 (hot standby); MongoDB manual: replica set members",
    Severity::error,
    checkWriteToReplica,
};

}  // namespace loadpath::checks
