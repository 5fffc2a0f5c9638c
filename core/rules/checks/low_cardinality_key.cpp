#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/stores.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

/// Partitions that a DynamoDB table needs: 1,000 writes or 3,000 reads a second and 10 GB each.
double partitionsOf(const Evidence& evidence, int node) {
    const ParameterView view = viewOf(evidence.snapshot, node);
    const ComponentLoad& load = at(evidence.capacity.nodes, node);
    const double bytes = std::max(1.0, view.value("item_bytes").number(1024));
    const double strong = view.value("consistency") == Value("strong") ? 1 : 0.5;
    const double units =
        load.writeRps * std::ceil(bytes / 1024) / 1000 + load.readRps * std::ceil(bytes / 4096) * strong / 3000;
    const double partitions = std::ceil(std::max(units, view.value("storage_gb").number() / 10));
    return std::isfinite(partitions) ? std::max(1.0, partitions) : 1;
}

struct KeySpread {
    int node = 0;
    double shards = 1;
    std::string name;
    double cardinality = 0;
    std::string property;  // where the key stands
};

std::vector<KeySpread> keySpreads(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    std::vector<KeySpread> keys;
    for (const ShardedStore& sharded : shardedStores(snapshot))
        if (sharded.cardinality && sharded.shards > 1)
            keys.push_back({sharded.node, static_cast<double>(sharded.shards), sharded.key, *sharded.cardinality,
                            sharded.isRouter ? "key" : "shard_key"});
    for (std::size_t i = 0; i < snapshot.graph().nodes.size(); ++i) {
        if (!isType(snapshot.graph().nodes[i], "dynamodb")) continue;
        const int node = static_cast<int>(i);
        const Value key = viewOf(snapshot, node).value("partition_key");
        const Value *count = key.find("cardinality"), *name = key.find("name");
        if (!count || !count->isNumber()) continue;
        keys.push_back({node, partitionsOf(evidence, node), name && name->text() ? *name->text() : "", count->number(),
                        "partition_key"});
    }
    return keys;
}

double mostUsers(const Snapshot& snapshot) {
    double users = 0;
    for (std::size_t i = 0; i < snapshot.graph().nodes.size(); ++i)
        if (snapshot.graph().nodes[i].behaviour == Behaviour::client)
            users = std::max(users, viewOf(snapshot, static_cast<int>(i)).value("dau").number());
    return users;
}

std::vector<Finding> checkLowCardinalityKey(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const double perShard = evidence.threshold(low_cardinality_key, "values_per_shard");
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const KeySpread& key : keySpreads(evidence)) {
        if (!(key.cardinality < perShard * key.shards)) continue;
        const Node& node = at(snapshot.graph().nodes, key.node);
        Finding finding{low_cardinality_key.id, low_cardinality_key.severity};
        finding.components = {node.id};
        const std::string name = key.name.empty() ? "The key" : "“" + key.name + "”";
        finding.message =
            key.shards > 1 ? fill("{} of {} has {} values for {} shards: some stay empty, others get several of them",
                                  {name, node.name, compact(key.cardinality), compact(key.shards)})
                           : fill("{} of {} has only {} values: the table cannot spread over more partitions than that",
                                  {name, node.name, compact(key.cardinality)});
        if (const double users = mostUsers(snapshot); users >= perShard * key.shards && key.name != "user_id") {
            FixBuilder fix(snapshot, placement);
            Value::Object better;
            const Value stated = viewOf(snapshot, key.node).value(key.property);
            if (stated.object()) better = *stated.object();
            better["name"] = "user_id";
            better["cardinality"] = users;
            fix.set(node.id, key.property, better);
            finding.fix = fix.titled("Spread by user_id");
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule low_cardinality_key{
    "low-cardinality-key",
    "Shard key with too few values",
    "All rows with one value of the key lie on one shard. With few values, and some far more common than others, "
    "shards "
    "cannot be filled evenly, the largest value sets the limit, and adding shards changes nothing. Users, tenants or "
    "orders have enough values to spread; countries, states and flags have not.",
    "MongoDB manual: choose a shard key; DynamoDB developer guide: partition keys",
    Severity::error,
    checkLowCardinalityKey,
    {{"values_per_shard", 10, 1, 1e6, "fewer values for each shard than this"}},
};

}  // namespace loadpath::checks
