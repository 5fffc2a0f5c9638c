#include "analysis/binomial.h"
#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

/// A quorum store that waits for every replica.
std::optional<Finding> quorumWritingAll(const Snapshot& snapshot, Placement& placement, const StoreConsistency& store) {
    const Node& node = at(snapshot.graph().nodes, store.node);
    const ParameterView view = viewOf(snapshot, store.node);
    if (node.managed || view(keys::writeCl) != "all" || store.replicas < 2) return std::nullopt;
    const int quorum = store.replicas / 2 + 1;
    Finding finding{write_all_fragile.id, write_all_fragile.severity};
    finding.components = {node.id};
    finding.message =
        fill("A write to {} needs all {} replicas and fails when one is down: {} available, with a quorum {}",
             {node.name, inWords(store.replicas), availability(std::pow(node.availability, store.replicas)),
              availability(binomialTail(store.replicas, quorum, node.availability))});
    FixBuilder fix(snapshot, placement);
    fix.set(node.id, keys::writeCl.name, "quorum");
    // Reads relied on the writes having reached everybody.
    if (store.readers + quorum <= store.replicas) fix.set(node.id, keys::readCl.name, "quorum");
    finding.fix = fix.titled("Write at QUORUM");
    return finding;
}

/// A primary whose commits wait for each of several replicas.
std::optional<Finding> primaryWaitingForAll(const Snapshot& snapshot, Placement& placement, int index) {
    const FlowGraph& graph = snapshot.graph();
    const Node& node = at(graph.nodes, index);
    if (!isType(node, "postgres") || node.managed) return std::nullopt;
    const bool allSync = viewOf(snapshot, index).value("replication") == Value("sync");
    double all = node.availability;
    int replicas = 0;
    std::vector<int> own;
    for (const int out : at(graph.outgoing, index)) {
        const Link& link = at(graph.links, out);
        const Node& target = at(graph.nodes, link.to);
        if (!link.legal || !isType(target, "postgres_replica") || std::count(own.begin(), own.end(), link.to) > 0)
            continue;
        if (!allSync && viewOf(snapshot, link.to).value("sync") != Value(true)) return std::nullopt;
        own.push_back(link.to);
        replicas += target.instances;
        all *= std::pow(target.availability, target.instances);
    }
    // One synchronous standby is how a failover loses nothing.
    if (replicas < 2) return std::nullopt;
    Finding finding{write_all_fragile.id, write_all_fragile.severity};
    finding.components = {node.id};
    finding.message = fill("A commit on {} waits for all {} replicas and hangs when one is down: {} available",
                           {node.name, inWords(replicas), availability(all)});
    if (own.size() > 1 && at(graph.nodes, own.front()).instances == 1) {
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "replication", "async");
        for (const int replica : own) fix.set(at(graph.nodes, replica).id, "sync", replica == own.front());
        finding.fix = fix.titled("Wait for " + at(graph.nodes, own.front()).name + " alone");
    }
    return finding;
}

std::vector<Finding> checkWriteAllFragile(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const StoreConsistency& store : evidence.consistency().stores) {
        const bool isQuorum = at(snapshot.graph().nodes, store.node).behaviour == Behaviour::quorum_store;
        std::optional<Finding> finding = isQuorum ? quorumWritingAll(snapshot, placement, store)
                                                  : primaryWaitingForAll(snapshot, placement, store.node);
        if (finding) findings.push_back(std::move(*finding));
    }
    return findings;
}

}  // namespace

const Rule write_all_fragile{
    "write-all-fragile",
    "A write needs every copy",
    "More copies should make data safer. When a write must reach all of them, each further copy makes writing less "
    "available instead: the availabilities multiply, and one slow or dead replica stops every write. A majority gives "
    "the same consistency together with majority reads and survives the loss of the rest.",
    "Apache Cassandra documentation, tunable consistency",
    Severity::warning,
    checkWriteAllFragile,
};

}  // namespace loadpath::checks
