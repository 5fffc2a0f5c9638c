#include "graph/popularity.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/stores.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

struct HotShard {
    int node = 0;
    double shards = 1, factor = 1;  // its load over the mean
    double demandRps = 0, capacityRps = 0;
    bool byKey = true;  // the most popular key, not a range
};

/// The shard with the most popular key has that key and an even part of the rest.
std::vector<HotShard> hottestOfRouters(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    std::vector<HotShard> found;
    for (const ShardedStore& sharded : shardedStores(snapshot)) {
        if (!sharded.isRouter || sharded.shards < 2 || sharded.stores.empty()) continue;
        HotShard hot{sharded.node, static_cast<double>(sharded.shards)};
        const ParameterView view = viewOf(snapshot, sharded.node);
        if (sharded.strategy == "range") {
            double most = 0;
            if (const Value ranges = view.value("ranges"); ranges.list())
                for (const Value& range : *ranges.list())
                    if (const Value* share = range.find("share")) most = std::max(most, share->number());
            hot.factor = most * hot.shards;
            hot.byKey = false;
        } else if (sharded.strategy == "hash_mod" || sharded.strategy == "consistent_hash") {
            const Value key = view.value("key");
            const Value* alpha = key.find("zipf_alpha");
            if (!alpha || !sharded.cardinality) continue;
            const double top = topShare(*sharded.cardinality, std::clamp(alpha->number(), 0.0, 2.0));
            hot.factor = (top + (1 - top) / hot.shards) * hot.shards;
        }
        double arrivals = 0;
        for (const int store : sharded.stores) {
            const ComponentLoad& load = at(evidence.capacity.nodes, store);
            arrivals += load.arrivalRps;
            hot.capacityRps += load.capacityRps;  // not a number where one has no limit
        }
        hot.demandRps = arrivals / hot.shards * hot.factor;
        hot.capacityRps /= hot.shards;
        found.push_back(hot);
    }
    return found;
}

/// Stores drawn once: the limits know the popularity of their clients' keys.
std::vector<HotShard> hottestOfStores(const Evidence& evidence) {
    const FlowGraph& graph = evidence.snapshot.graph();
    std::vector<HotShard> found;
    for (const Limit& limit : evidence.limits().limits) {
        const Node& node = at(graph.nodes, limit.node);
        if (limit.kind != Limit::Kind::hottestShard || !(isType(node, "postgres") || isType(node, "mongodb"))) continue;
        const ComponentLoad& load = at(evidence.capacity.nodes, limit.node);
        const double mean = (load.readRps + load.writeRps) / std::max(1.0, limit.count);
        if (mean > 0) found.push_back({limit.node, limit.count, limit.demand / mean, limit.demand, limit.limit});
    }
    return found;
}

std::vector<Finding> checkHotShard(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const double uneven = evidence.threshold(hot_shard, "factor");
    const double busy = evidence.threshold(hot_shard, "utilisation");
    std::vector<HotShard> all = hottestOfRouters(evidence);
    for (const HotShard& hot : hottestOfStores(evidence)) all.push_back(hot);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const HotShard& hot : all) {
        const double utilisation = hot.demandRps / hot.capacityRps;
        if (!(hot.factor > uneven + 1e-9 && utilisation > busy + 1e-9)) continue;
        const Node& node = at(snapshot.graph().nodes, hot.node);
        Finding finding{hot_shard.id, hot_shard.severity};
        finding.components = {node.id};
        finding.message =
            fill("The hottest of {} shards of {} gets {} of {} it can serve, {} times the mean: {}",
                 {compact(hot.shards), node.name, rate(hot.demandRps), rate(hot.capacityRps), fixed(hot.factor, 1),
                  hot.byKey ? "it has the most popular key" : "its range is the largest"});
        const Value key = viewOf(snapshot, hot.node).value("key");
        if (isType(node, "shard_router") && hot.byKey && key.object()) {
            FixBuilder fix(snapshot, placement);
            Value::Object salted = *key.object();
            const Value* name = key.find("name");
            salted["name"] = (name && name->text() ? *name->text() : std::string("key")) + " + salt";
            salted["zipf_alpha"] = 0;
            if (const Value* count = key.find("cardinality")) salted["cardinality"] = count->number() * hot.shards;
            fix.set(node.id, "key", salted);
            finding.fix = fix.titled("Salt the key, so that a hot one spreads");
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule hot_shard{
    "hot-shard",
    "One shard is much busier",
    "A hash spreads keys evenly, not load: the most popular key has one home, and everybody asks for it. That shard "
    "saturates while the mean looks fine, and more shards spread only the others. Split the hot key by a suffix, keep "
    "it "
    "in a cache in front, or give it a shard of its own.",
    "Kleppmann, Designing Data-Intensive Applications, ch. 6 (skewed workloads and hot spots)",
    Severity::warning,
    checkHotShard,
    {{"factor", 1.5, 1, 1000, "busier than this many times the mean"},
     {"utilisation", 0.7, 0.05, 1, "and used more than this at peak"}},
};

}  // namespace loadpath::checks
