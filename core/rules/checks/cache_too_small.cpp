#include "graph/popularity.h"
#include "model/keys.h"
#include "rules/caches.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

/// The keys of the client that asks most, as the hit ratio was worked out of them.
struct AskedKeys {
    double keys = 0, alpha = 0, rps = -1;
};

std::vector<AskedKeys> askedKeys(const Snapshot& snapshot) {
    const FlowGraph& graph = snapshot.graph();
    std::vector<double> rates(graph.nodes.size(), 0);
    for (const FlowPath& flow : graph.flows)
        if (!flow.derived) at(rates, flow.entry) += flow.rateRps;
    std::vector<AskedKeys> asked(graph.nodes.size());
    for (const FlowPath& flow : graph.flows) {
        if (flow.derived) continue;
        const ParameterView client = viewOf(snapshot, flow.entry);
        const AskedKeys own{client.value("key_space").number(1e6), client.value("zipf_alpha").number(0.9),
                            at(rates, flow.entry)};
        for (const Visit& visit : flow.visits)
            if (own.rps > at(asked, visit.node).rps) at(asked, visit.node) = own;
    }
    return asked;
}

Eviction evictionOf(const ParameterView& view) {
    const Value word = view.value("eviction");
    if (word == Value("lfu")) return Eviction::lfu;
    return word == Value("random") || word == Value("noeviction") ? Eviction::fifo : Eviction::lru;
}

/// Entries that are enough for the ratio; all keys where nothing less is.
double itemsFor(Eviction eviction, const AskedKeys& asked, double ratio) {
    double few = 1, enough = asked.keys;
    for (int step = 0; step < 60 && enough > few * 1.001 + 1; ++step) {
        const double middle = std::sqrt(few * enough);
        (hitRatioOf(eviction, asked.keys, asked.alpha, middle) >= ratio ? enough : few) = middle;
    }
    return std::ceil(enough);
}

/// How much of what is stated must grow, and to what.
void enlarge(FixBuilder& fix, const Node& node, const ParameterView& view, double items) {
    const double shards = view(keys::topology) == "cluster" ? node.instances : 1;
    if (view.isSet("size_items"))
        fix.set(node.id, "size_items", items);
    else if (view.value("capacity_items").number() > 0)
        fix.set(node.id, "capacity_items", std::ceil(items / shards));
    else
        fix.set(node.id, "memory_gb",
                std::ceil(items / shards * view.value("value_bytes").number(1024) / 1e6 + 1e-9) / 1e3);
}

std::vector<Finding> checkCacheTooSmall(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const double target = evidence.threshold(cache_too_small, "hit_ratio");
    std::vector<Finding> findings;
    std::vector<AskedKeys> asked;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < snapshot.graph().nodes.size(); ++i) {
        const Node& node = snapshot.graph().nodes[i];
        const int index = static_cast<int>(i);
        if (node.behaviour != Behaviour::cache || !hasRole(snapshot, index, "cache")) continue;
        const ParameterView view = viewOf(snapshot, index);
        if (view.value("hit_model") != Value("real") || view.value("eviction") == Value("ttl") ||
            !(node.hitRatio < target - 1e-9))
            continue;
        if (asked.empty()) asked = askedKeys(snapshot);
        if (!(asked[i].rps >= 0)) continue;
        const double items = itemsFor(evictionOf(view), asked[i], target);
        Finding finding{cache_too_small.id, cache_too_small.severity};
        finding.components = {node.id};
        finding.message =
            fill("{} answers {} of what is asked; {} of {} keys in it would make that {}",
                 {node.name, percent(node.hitRatio), compact(items), compact(asked[i].keys), percent(target)});
        FixBuilder fix(snapshot, placement);
        enlarge(fix, node, view, items);
        finding.fix = fix.titled("Make room for " + compact(items) + " entries");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cache_too_small{
    "cache-too-small",
    "Cache too small for its keys",
    "How much a cache answers depends on how many of the keys fit and how uneven their popularity is. Below a certain "
    "size most requests pay for the look-up and for the store as well, and the store has to be built for nearly the "
    "whole load.",
    "Fricker, Robert and Roberts, A versatile and accurate approximation for LRU cache performance (2012)",
    Severity::info,
    checkCacheTooSmall,
    {{"hit_ratio", 0.8, 0, 1, "answers less than this share"}},
};

}  // namespace loadpath::checks
