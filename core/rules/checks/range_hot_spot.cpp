#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/stores.h"
#include "rules/tables.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

bool countsUp(const std::string& keyType) {
    for (const char* type : {"serial", "snowflake", "ulid", "uuid7", "objectid"})
        if (keyType == type) return true;
    return false;
}

/// By its name, or because a table makes its primary key so.
bool isMonotonic(const Evidence& evidence, const ShardedStore& sharded) {
    if (sharded.key.empty()) return false;
    if (soundsMonotonic(sharded.key)) return true;
    bool isKey = false;
    for (const int store : sharded.stores)
        for (const StoreTable& table : evidence.tables().of(store))
            if (table.keyColumns.size() == 1 && table.keyColumns.front() == sharded.key) {
                isKey = true;
                if (countsUp(table.keyType)) return true;
            }
    return !isKey && sharded.key == "id";
}

double largestRange(const Value& ranges) {
    double most = 0;
    if (ranges.list())
        for (const Value& range : *ranges.list())
            if (const Value* share = range.find("share")) most = std::max(most, share->number());
    return most;
}

/// A document store spreads by ranges of its key unless the key is hashed.
bool isHashed(const Evidence& evidence, const ShardedStore& sharded) {
    const Value indexes = viewOf(evidence.snapshot, sharded.node).value("indexes");
    return indexes.list() &&
           std::any_of(indexes.list()->begin(), indexes.list()->end(), [&sharded](const Value& index) {
               const Value *type = index.find("type"), *columns = index.find("columns");
               return type && *type == Value("hashed") && columns && columns->list() && !columns->list()->empty() &&
                      columns->list()->front() == Value(sharded.key);
           });
}

bool isByRange(const Evidence& evidence, const ShardedStore& sharded) {
    if (sharded.isRouter) return sharded.strategy == "range";
    return isType(at(evidence.snapshot.graph().nodes, sharded.node), "mongodb") && !isHashed(evidence, sharded);
}

void spreadByHash(FixBuilder& fix, const Node& node, const ShardedStore& sharded) {
    if (sharded.isRouter) {
        fix.set(node.id, "strategy", "consistent_hash");
        if (viewOf(fix.snapshot(), sharded.node).value("vnodes").number() < 100) fix.set(node.id, "vnodes", 150);
        return;
    }
    const Value stated = viewOf(fix.snapshot(), sharded.node).value("indexes");
    Value::List indexes = stated.list() ? *stated.list() : Value::List{};
    Value::Object hashed;
    hashed["type"] = "hashed";
    hashed["columns"] = Value::List{Value(sharded.key)};
    indexes.emplace_back(hashed);
    fix.set(node.id, "indexes", indexes);
}

std::vector<Finding> checkRangeHotSpot(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const double uneven = evidence.threshold(range_hot_spot, "factor");
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const ShardedStore& sharded : shardedStores(snapshot)) {
        if (sharded.shards < 2 || !isByRange(evidence, sharded)) continue;
        const Node& node = at(snapshot.graph().nodes, sharded.node);
        const double most = largestRange(viewOf(snapshot, sharded.node).value("ranges"));
        const bool monotonic = isMonotonic(evidence, sharded);
        if (!monotonic && !(most > uneven / sharded.shards + 1e-12)) continue;
        Finding finding{range_hot_spot.id, range_hot_spot.severity};
        finding.components = {node.id};
        finding.message =
            monotonic
                ? fill("{} spreads rows by ranges of {}, which only grows: all new ones go to the last of {} shards",
                       {node.name, sharded.key, compact(sharded.shards)})
                : fill("One range of {} gets {} of the load, {} times its part of {} shards",
                       {node.name, percent(most), fixed(most * sharded.shards, 1), compact(sharded.shards)});
        FixBuilder fix(snapshot, placement);
        spreadByHash(fix, node, sharded);
        finding.fix = fix.titled("Spread by a hash of the key");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule range_hot_spot{
    "range-hot-spot",
    "One range gets all the writes",
    "Ranges keep neighbours together, which is good for scans and bad for keys that grow: a time or a counter sends "
    "every "
    "insert to the last range, so one shard works while the others rest, and splitting it only moves the problem on. A "
    "hash of the key, or another column in front of the time, spreads the writes.",
    "Kleppmann, Designing Data-Intensive Applications, ch. 6; MongoDB manual: monotonically changing shard keys",
    Severity::warning,
    checkRangeHotSpot,
    {{"factor", 2, 1, 1000, "a range with more than this many times its even part"}},
};

}  // namespace loadpath::checks
