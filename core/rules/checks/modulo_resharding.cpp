#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/stores.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

bool scalesByItself(const Snapshot& snapshot, int node) {
    const Value scale = viewOf(snapshot, node).value("autoscale");
    if (!scale.object()) return false;
    const Value *least = scale.find("min"), *most = scale.find("max");
    return !least || !most || most->number() > least->number();
}

/// Data that is written grows; so do shards, one day. What is loaded once and only read stays as it is.
bool grows(const Snapshot& snapshot, const Passing& passing, const ShardedStore& sharded) {
    if (scalesByItself(snapshot, sharded.node) || receivesWrites(snapshot.graph(), passing, sharded.node)) return true;
    return std::any_of(sharded.stores.begin(), sharded.stores.end(), [&](int store) {
        return scalesByItself(snapshot, store) || receivesWrites(snapshot.graph(), passing, store);
    });
}

std::vector<Finding> checkModuloResharding(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const Passing passing(snapshot);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const ShardedStore& sharded : shardedStores(snapshot)) {
        if (sharded.strategy != "hash_mod" || !grows(snapshot, passing, sharded)) continue;
        const Node& node = at(snapshot.graph().nodes, sharded.node);
        const double n = sharded.shards;
        Finding finding{modulo_resharding.id, modulo_resharding.severity};
        finding.components = {node.id};
        finding.message = fill(
            "{} divides keys by hash mod {}: adding one shard moves {} of them, with consistent "
            "hashing {}",
            {node.name, compact(n), percent(n / (n + 1)), percent(1 / (n + 1))});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "strategy", "consistent_hash");
        if (viewOf(snapshot, sharded.node).value("vnodes").number() < 100) fix.set(node.id, "vnodes", 150);
        finding.fix = fix.titled("Hash consistently");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule modulo_resharding{
    "modulo-resharding",
    "Adding a shard moves almost everything",
    "With the remainder of a hash the place of nearly every key depends on the number of shards: one more, or one less "
    "after a failure, and N of N+1 keys must move while traffic goes on, and every cache is cold. On a ring only the "
    "keys that the new shard takes over move, one in N+1.",
    "Karger et al., Consistent Hashing and Random Trees (1997)",
    Severity::warning,
    checkModuloResharding,
};

}  // namespace loadpath::checks
