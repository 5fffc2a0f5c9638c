#include "analysis/capacity_connections.h"
#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>
#include <limits>
#include <map>

namespace loadpath::checks {
namespace {

/// Connections that the target still accepts beside those open now; infinite where it sets no limit.
double roomAt(const Snapshot& snapshot, int target) {
    const OpenConnections open = openConnections(snapshot, target);
    return open.accepted > 0 ? open.accepted - open.used : std::numeric_limits<double>::infinity();
}

/// Larger pools for all of them, as far as every target accepts that.
std::optional<Fix> largerPools(const Snapshot& snapshot, Placement& placement, int index,
                               const std::vector<const Limit*>& pools) {
    const FlowGraph& graph = snapshot.graph();
    const Node& node = at(graph.nodes, index);
    FixBuilder fix(snapshot, placement);
    std::map<int, double> room;  // by target
    double largest = 0;
    for (const Limit* pool : pools) {
        const double size = pool->needed();
        const int target = at(graph.links, pool->link).to;
        const auto [entry, isNew] = room.try_emplace(target, 0.0);
        if (isNew) entry->second = roomAt(snapshot, target);
        entry->second -= (size - pool->count) * node.instances;
        if (!(size < 1e6) || entry->second < 0) return std::nullopt;
        largest = std::max(largest, size);
        if (node.behaviour != Behaviour::pooler)
            fix.set(at(graph.links, pool->link).id, keys::poolSize.name, static_cast<int>(size));
    }
    if (node.behaviour == Behaviour::pooler) fix.set(node.id, keys::defaultPoolSize.name, static_cast<int>(largest));
    return fix.titled("Keep " + fixed(largest, 0) + " connections open in each pool");
}

std::vector<Finding> checkPoolSaturated(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double busy = evidence.threshold(pool_saturated, "utilisation");
    std::map<int, std::vector<const Limit*>> byNode;
    for (const Limit& limit : evidence.limits().limits)
        if (limit.kind == Limit::Kind::pool && limit.use > busy + 1e-9) byNode[limit.node].push_back(&limit);

    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const auto& [index, pools] : byNode) {
        const Node& node = at(graph.nodes, index);
        Finding finding{pool_saturated.id, pool_saturated.severity};
        std::vector<std::string> texts;
        for (const Limit* pool : pools) {
            finding.connections.push_back(at(graph.links, pool->link).id);
            texts.push_back(
                fill("{} of {} in use to {}{}",
                     {compact(pool->demand), compact(pool->limit), at(graph.nodes, at(graph.links, pool->link).to).name,
                      std::isfinite(pool->waitMs) ? ", a request waits " + duration(pool->waitMs) + " for one"
                                                  : ", and requests queue for one without end"}));
        }
        std::sort(texts.begin(), texts.end());
        finding.message = fill("The connections of {} run out: {}", {node.name, listed(texts)});
        finding.components = {node.id};
        finding.fix = largerPools(snapshot, placement, index, pools);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule pool_saturated{
    "pool-saturated",
    "Connection pool nearly used up",
    "A pool is a queue with as many servers as connections. Each is held for the round trip and the work of the "
    "database, so requests a second times that time are in use; close to the size of the pool, callers wait for a "
    "connection although the database itself has nothing to do.",
    "Little's law; Erlang C; HikariCP documentation: about pool sizing",
    Severity::warning,
    checkPoolSaturated,
    {{"utilisation", 0.8, 0.05, 1, "more of the pool in use than this"}},
    Proof::peakLoad,
};

}  // namespace loadpath::checks
