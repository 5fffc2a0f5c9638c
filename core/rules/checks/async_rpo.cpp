#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/stores.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

struct Copies {
    std::vector<int> late;  // promotable, and a commit does not wait for them
    bool anySync = false;
    double leastLagMs = 0;
};

Copies copiesToPromote(const Snapshot& snapshot, int primary) {
    const FlowGraph& graph = snapshot.graph();
    Copies copies;
    for (const int out : at(graph.outgoing, primary)) {
        const Link& link = at(graph.links, out);
        if (!link.legal || (link.mode != Mode::standby && link.mode != Mode::replicate)) continue;
        if (!isType(at(graph.nodes, link.to), "postgres_replica")) continue;
        const ParameterView view = viewOf(snapshot, link.to);
        if (view.value("promotable") == Value(false)) continue;
        if (view.value("sync") == Value(true)) {
            copies.anySync = true;
            continue;
        }
        const double lag = view.value("lag_ms").number();
        copies.leastLagMs = copies.late.empty() ? lag : std::min(copies.leastLagMs, lag);
        copies.late.push_back(link.to);
    }
    return copies;
}

std::vector<Finding> checkAsyncRpo(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const std::optional<double> rpo = snapshot.design().header.requirements.rpoS;
    if (!rpo || *rpo > 0) return {};
    const Passing passing(snapshot);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const int node = static_cast<int>(i);
        if (!isType(graph.nodes[i], "postgres")) continue;
        const ParameterView view = viewOf(snapshot, node);
        if (view.value("replication") != Value("async")) continue;
        const Copies copies = copiesToPromote(snapshot, node);
        // Without a copy nothing can be promoted; what is then lost is a matter of backups.
        if (copies.anySync || (copies.late.empty() && !view.isStated("replication"))) continue;
        if (!dataHasTag(evidence, passing, node, "durable")) continue;
        Finding finding{async_rpo.id, async_rpo.severity};
        finding.components = {graph.nodes[i].id};
        const double writes = evidence.capacity.nodes[i].writeRps;
        const std::string loss = copies.late.empty()
                                     ? "the copy may lack what was acknowledged last"
                                     : "up to " + compact(std::ceil(copies.leastLagMs / 1000 * writes)) +
                                           " acknowledged writes are gone (" + duration(copies.leastLagMs) +
                                           " behind at " + rate(writes) + ")";
        finding.message = fill("No write to {} may be lost, but it replicates asynchronously: after a failover {}",
                               {graph.nodes[i].name, loss});
        FixBuilder fix(snapshot, placement);
        fix.set(graph.nodes[i].id, "replication", "sync");
        if (!copies.late.empty()) { fix.set(at(graph.nodes, copies.late.front()).id, "sync", true); }
        finding.fix = fix.titled("Replicate synchronously");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule async_rpo{
    "async-rpo",
    "A failover loses writes",
    "With asynchronous replication a commit is acknowledged before any copy has it. When the primary is lost in that "
    "moment the copy that takes over does not know the write, and nobody can tell the client. A recovery point of zero "
    "needs a commit that waits for at least one copy.",
    "PostgreSQL documentation, 27.2.8 (synchronous replication)",
    Severity::warning,
    checkAsyncRpo,
};

}  // namespace loadpath::checks
