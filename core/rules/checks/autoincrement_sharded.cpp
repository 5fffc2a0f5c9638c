#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/stores.h"
#include "rules/table_checks.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

/// Stores that number rows by themselves although others do so too, with what they are part of.
std::vector<std::string> situations(const Snapshot& snapshot, const Shards& shards) {
    const FlowGraph& graph = snapshot.graph();
    std::vector<std::string> by(graph.nodes.size());
    for (const ShardedStore& sharded : shards.all())
        if (sharded.shards > 1)
            for (const int store : sharded.stores)
                at(by, store) = "on each of " + plural(sharded.shards, "shard", "shards");
    for (const LeaderGroup& group : leaderGroups(graph))
        for (const int node : group.members)
            if (isType(at(graph.nodes, node), "postgres"))
                at(by, node) =
                    "on each of " + plural(static_cast<long long>(group.members.size()), "leader", "leaders");
    return by;
}

/// Generators that hand out numbers of a sequence which each shard has for itself.
std::vector<Finding> sequences(const Evidence& evidence, const std::vector<std::string>& by) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!isType(graph.nodes[i], "id_generator")) continue;
        if (viewOf(snapshot, static_cast<int>(i)).value("scheme") != Value("db_sequence")) continue;
        std::string where, store;
        for (const int in : graph.incoming[i])
            for (const int out : at(graph.outgoing, at(graph.links, in).from)) {
                int target = at(graph.links, out).to;
                if (isType(at(graph.nodes, target), "shard_router"))
                    for (const int behind : at(graph.outgoing, target))
                        if (!at(by, at(graph.links, behind).to).empty()) target = at(graph.links, behind).to;
                if (at(by, target).empty() || !(store.empty() || snapshot.nameOf(target) < store)) continue;
                where = at(by, target);
                store = snapshot.nameOf(target);
            }
        if (store.empty()) continue;
        Finding finding{autoincrement_sharded.id, autoincrement_sharded.severity};
        finding.components = {graph.nodes[i].id};
        finding.message = fill("{} takes numbers from a sequence of the database, and {} has one {}: ids repeat",
                               {graph.nodes[i].name, store, where});
        FixBuilder fix(snapshot, placement);
        fix.set(graph.nodes[i].id, "scheme", "snowflake");
        finding.fix = fix.titled("Use Snowflake ids");
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<Finding> checkAutoincrementSharded(const Evidence& evidence) {
    const Shards shards(evidence.snapshot);
    const std::vector<std::string> by = situations(evidence.snapshot, shards);
    std::vector<Finding> findings = eachStore(evidence, autoincrement_sharded, [&by](StoreCase& store) {
        if (at(by, store.node).empty()) return;
        for (const StoreTable& table : store.tables) {
            if (table.keyType != "serial") continue;
            store.cases.push_back(
                fill("{} counts its rows up {}, so two rows get the same id", {table.shown(), at(by, store.node)}));
            Value& key = tableIn(store, table)["pk"];
            std::get<Value::Object>(key.data)["type"] = "snowflake";
        }
        store.fixTitle = "Use Snowflake ids";
    });
    for (Finding& finding : sequences(evidence, by)) findings.push_back(std::move(finding));
    return findings;
}

}  // namespace

const Rule autoincrement_sharded{
    "autoincrement-sharded",
    "Counting ids on several nodes",
    "Each shard, and each leader, counts for itself, so the same number is given to different rows: references become "
    "ambiguous, merging shards is impossible, and moving a row collides. Ids must be unique without asking the others: "
    "a "
    "machine number inside (Snowflake) or enough random bits (UUIDv7).",
    "Instagram Engineering, Sharding and IDs (2012); Twitter, Announcing Snowflake (2010)",
    Severity::error,
    checkAutoincrementSharded,
};

}  // namespace loadpath::checks
