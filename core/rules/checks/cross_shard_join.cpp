#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/lookup.h"
#include "rules/stores.h"
#include "rules/table_checks.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>
#include <map>

namespace loadpath::checks {
namespace {

constexpr double smallTable = 10000;  // rows that every shard can keep a copy of
constexpr double slowShare = 0.01;    // of the answers of one shard

/// The column by which rows of the table are spread; empty: nobody says.
std::string shardKeyOf(const StoreTable& table, const ShardedStore& sharded) {
    if (!table.shardKey.empty()) return table.shardKey;
    return holdsColumn(table.columns, sharded.key) ? sharded.key : std::string();
}

/// Rows of the two cannot be sure to lie on one shard.
bool lieApart(const StoreTable& table, const StoreTable& other, const ShardedStore& sharded) {
    const std::string mine = shardKeyOf(table, sharded), theirs = shardKeyOf(other, sharded);
    if (!mine.empty() && !theirs.empty()) return mine != theirs;
    if (other.shardKey.empty() && other.rows && *other.rows <= smallTable) return false;
    const bool lacksKey = !sharded.key.empty() && !other.columns.empty() && theirs.empty();
    return !mine.empty() && lacksKey;
}

std::vector<const StoreTable*> partnersOf(const std::vector<const StoreTable*>& all, const StoreTable& table,
                                          const TableQuery& query) {
    const std::vector<std::string>& named = query.joins.empty() ? table.foreignKeys : query.joins;
    std::vector<const StoreTable*> partners;
    for (const StoreTable* other : all)
        if (other != &table && (named.empty() || holdsColumn(named, other->name))) partners.push_back(other);
    return partners;
}

/// Tables of all shards of the same data.
std::vector<const StoreTable*> tablesBeside(const Evidence& evidence, const ShardedStore& sharded) {
    std::vector<const StoreTable*> all;
    for (const int store : sharded.stores)
        for (const StoreTable& table : evidence.tables().of(store)) all.push_back(&table);
    return all;
}

void findJoins(StoreCase& store, const ShardedStore& sharded) {
    const std::vector<const StoreTable*> all = tablesBeside(store.evidence, sharded);
    bool onlyJoins = true;
    for (const StoreTable& table : store.tables)
        for (std::size_t i = 0; i < table.queries.size(); ++i) {
            const TableQuery& query = table.queries[i];
            std::vector<std::string> apart;
            if (query.usesJoin)
                for (const StoreTable* other : partnersOf(all, table, query))
                    if (lieApart(table, *other, sharded) && !holdsColumn(apart, other->shown()))
                        apart.push_back(other->shown());
            if (!apart.empty()) {
                const std::string mine = shardKeyOf(table, sharded);
                store.cases.push_back(fill("{}{} is joined with {}, whose rows lie on other shards",
                                           {table.shown(), mine.empty() ? "" : " (by " + mine + ")", listed(apart)}));
                Value::Object& raw = queryIn(store, table, i);
                raw["uses_join"] = false;
                raw.erase("joins");
                continue;
            }
            const std::string key = table.shardKey.empty() ? sharded.key : table.shardKey;
            if (!query.aggregatesAcross || key.empty() || holdsColumn(query.where, key)) continue;
            store.cases.push_back(
                fill("{} is summed up {} without its shard key {}", {table.shown(), shownQuery(query), key}));
            onlyJoins = false;
        }
    if (onlyJoins) store.fixTitle = "Keep a copy of the joined columns in the table";
}

std::string price(const ShardedStore& sharded) {
    const double n = sharded.shards;
    return fill("; each such query asks all {} shards, and if one answer in a hundred is slow, {} of the queries are",
                {compact(n), percent(1 - std::pow(1 - slowShare, n))});
}

/// Reads that scatter over a sharded store by what the drawing says.
std::map<int, std::vector<int>> scattered(const Snapshot& snapshot, const Shards& shards, const Passing& passing) {
    const FlowGraph& graph = snapshot.graph();
    std::map<int, std::vector<int>> links;  // by node that stands for the shards
    for (const ShardedStore& sharded : shards.all()) {
        if (sharded.shards < 2) continue;
        for (const int in : at(graph.incoming, sharded.node)) {
            const auto& over = passing.over(in);
            const bool reads =
                std::any_of(over.begin(), over.end(), [](const Passing::Flow& f) { return f.op == Op::read; });
            if (reads && viewOfLink(snapshot, in).value("scatter") == Value(true)) links[sharded.node].push_back(in);
        }
    }
    return links;
}

std::vector<Finding> checkCrossShardJoin(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const Shards shards(snapshot);
    if (shards.all().empty()) return {};
    std::vector<Finding> findings = eachStore(evidence, cross_shard_join, [&shards](StoreCase& store) {
        if (const ShardedStore* sharded = shards.of(store.node)) findJoins(store, *sharded);
    });
    for (Finding& finding : findings)
        finding.message += price(*shards.of(snapshot.graph().node(finding.components.front())));
    for (const auto& [node, links] : scattered(snapshot, shards, Passing(snapshot))) {
        const ComponentId& id = at(snapshot.graph().nodes, node).id;
        Finding finding{cross_shard_join.id, cross_shard_join.severity};
        finding.components = {id};
        std::vector<std::string> callers;
        for (const int link : links) {
            finding.connections.push_back(at(snapshot.graph().links, link).id);
            callers.push_back(snapshot.nameOf(at(snapshot.graph().links, link).from));
        }
        std::sort(callers.begin(), callers.end());
        callers.erase(std::unique(callers.begin(), callers.end()), callers.end());
        const auto sharded = std::find_if(shards.all().begin(), shards.all().end(),
                                          [n = node](const ShardedStore& s) { return s.node == n; });
        finding.message =
            fill("{} asks {} without the shard key{}", {listed(callers), snapshot.nameOf(node), price(*sharded)});
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cross_shard_join{
    "cross-shard-join",
    "Query touches every shard",
    "A join of rows that lie on different shards, or a sum without the shard key, asks all of them and puts the answer "
    "together outside: it is as slow as the slowest, fails when any fails, and grows more expensive with every shard "
    "added. Rows that are read together belong on one shard, or the columns are copied.",
    "Dean and Barroso, The Tail at Scale (2013); Vitess documentation: joins",
    Severity::warning,
    checkCrossShardJoin,
};

}  // namespace loadpath::checks
