#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/lookup.h"
#include "rules/stores.h"
#include "rules/table_checks.h"
#include "rules/tags.h"
#include "rules/text.h"
#include "support/format.h"

#include <set>

namespace loadpath::checks {
namespace {

constexpr const char* priceOfTwoPhases =
    "; that takes two-phase commit: a round trip more, and rows stay locked while its coordinator is down";

std::string keyOfTable(const StoreTable& table, const ShardedStore& sharded) {
    return table.shardKey.empty() ? sharded.key : table.shardKey;
}

/// Why one transaction of this query reaches several shards; empty: it does not, or nothing says so.
std::string leavesShard(StoreCase& store, const ShardedStore& sharded, const StoreTable& table, std::size_t place) {
    const TableQuery& query = table.queries[place];
    const std::string key = keyOfTable(table, sharded);
    if (query.crossShard)
        return fill("{} {} changes rows of several values of {} in one transaction",
                    {table.shown(), shownQuery(query), key.empty() ? "the shard key" : key});
    for (const StoreTable& other : store.tables)
        if (holdsColumn(query.writesAlso, other.name) && !key.empty() && !keyOfTable(other, sharded).empty() &&
            keyOfTable(other, sharded) != key)
            return fill("one transaction changes {} (by {}) and {} (by {})",
                        {table.shown(), key, other.shown(), keyOfTable(other, sharded)});
    if (query.readsThenWrites && !key.empty() && !query.where.empty() && !holdsColumn(query.where, key))
        return fill("{} is changed {} without its shard key {}", {table.shown(), shownQuery(query), key});
    return {};
}

/// Tables written in the same transaction move to the shard key of the first.
void moveTogether(StoreCase& store, const ShardedStore& sharded, const StoreTable& table, const TableQuery& query) {
    for (const StoreTable& other : store.tables)
        if (holdsColumn(query.writesAlso, other.name) && keyOfTable(other, sharded) != keyOfTable(table, sharded))
            tableIn(store, other)["shard_key"] = keyOfTable(table, sharded);
}

void findTransactions(StoreCase& store, const ShardedStore& sharded) {
    bool byKeyAlone = true;
    for (const StoreTable& table : store.tables)
        for (std::size_t i = 0; i < table.queries.size(); ++i) {
            const std::string why = leavesShard(store, sharded, table, i);
            if (why.empty()) continue;
            store.cases.push_back(why);
            const TableQuery& query = table.queries[i];
            if (query.crossShard || query.writesAlso.empty())
                byKeyAlone = false;
            else
                moveTogether(store, sharded, table, query);
        }
    if (byKeyAlone) store.fixTitle = "Spread both by the same key";
}

bool isTransaction(const Snapshot& snapshot, const FlowPath& flow) {
    for (const char* tag : {"transaction", "transactional", "atomic", "two_phase_commit", "2pc"})
        if (flowHasTag(snapshot, flow, tag)) return true;
    return false;
}

/// Databases that a flow changes by calls of its own, not by messages.
std::vector<int> writtenBy(const FlowGraph& graph, const FlowPath& flow) {
    std::set<int> stores;
    for (const Visit& visit : flow.visits)
        for (const Call& call : visit.calls) {
            const Node& node = at(graph.nodes, call.target);
            const bool database = isIn(node, "sql_node") || isType(node, "mongodb") || isType(node, "cassandra") ||
                                  isType(node, "dynamodb");
            if (call.kind == Call::Kind::request && call.purpose == Purpose::write && database)
                stores.insert(call.target);
        }
    return {stores.begin(), stores.end()};
}

std::vector<Finding> transactionsOfFlows(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    for (const FlowPath& flow : graph.flows) {
        if (flow.derived || flow.op != Op::write || !isTransaction(snapshot, flow)) continue;
        const std::vector<int> stores = writtenBy(graph, flow);
        if (stores.size() < 2) continue;
        const bool isSaga = std::any_of(flow.visits.begin(), flow.visits.end(), [&graph](const Visit& visit) {
            return isType(at(graph.nodes, visit.node), "saga_orchestrator");
        });
        if (isSaga) continue;
        Finding finding{cross_shard_transaction.id, cross_shard_transaction.severity};
        finding.flow = flow.id;
        std::vector<std::string> names;
        for (const int store : stores) {
            finding.components.push_back(at(graph.nodes, store).id);
            names.push_back(snapshot.nameOf(store));
        }
        std::sort(names.begin(), names.end());
        finding.message =
            fill("One transaction of {} changes {}{}", {shownFlow(snapshot, flow), listed(names), priceOfTwoPhases});
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<Finding> scatteredWrites(const Snapshot& snapshot, const Shards& shards) {
    const FlowGraph& graph = snapshot.graph();
    const Passing passing(snapshot);
    std::vector<Finding> findings;
    for (const ShardedStore& sharded : shards.all()) {
        if (sharded.shards < 2) continue;
        Finding finding{cross_shard_transaction.id, cross_shard_transaction.severity};
        finding.components = {at(graph.nodes, sharded.node).id};
        for (const int in : at(graph.incoming, sharded.node))
            if (passing.writes(in) && viewOfLink(snapshot, in).value("scatter") == Value(true))
                finding.connections.push_back(at(graph.links, in).id);
        if (finding.connections.empty()) continue;
        finding.message = fill("A write to {} touches all {} shards{}",
                               {snapshot.nameOf(sharded.node), compact(sharded.shards), priceOfTwoPhases});
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<Finding> checkCrossShardTransaction(const Evidence& evidence) {
    const Shards shards(evidence.snapshot);
    std::vector<Finding> findings = transactionsOfFlows(evidence);
    if (shards.all().empty()) return findings;
    for (Finding& finding : scatteredWrites(evidence.snapshot, shards)) findings.push_back(std::move(finding));
    for (Finding& finding : eachStore(evidence, cross_shard_transaction, [&shards](StoreCase& store) {
             if (const ShardedStore* sharded = shards.of(store.node)) findTransactions(store, *sharded);
         })) {
        finding.message += priceOfTwoPhases;
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cross_shard_transaction{
    "cross-shard-transaction",
    "Transaction over several shards",
    "A database commits alone in one step; several must first all promise and then all commit. Between the two, rows "
    "stay "
    "locked, and if the coordinator dies then, they stay locked until it returns. Keep what changes together on one "
    "shard, or split the change into steps with compensations: a saga.",
    "Gray and Lamport, Consensus on Transaction Commit (2006); Richardson, Microservices Patterns, ch. 4",
    Severity::warning,
    checkCrossShardTransaction,
};

}  // namespace loadpath::checks
