#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/stores.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

struct Ring {
    int node = 0;
    double servers = 0, points = 0;
};

std::vector<Ring> ringsOf(const Snapshot& snapshot) {
    std::vector<Ring> rings;
    for (const ShardedStore& sharded : shardedStores(snapshot))
        if (sharded.strategy == "consistent_hash")
            rings.push_back({sharded.node, static_cast<double>(sharded.shards),
                             viewOf(snapshot, sharded.node).value("vnodes").number()});
    for (std::size_t i = 0; i < snapshot.graph().nodes.size(); ++i) {
        const Node& node = snapshot.graph().nodes[i];
        if (!isType(node, "block_node")) continue;
        const ParameterView view = viewOf(snapshot, static_cast<int>(i));
        if (view.value("placement") == Value("consistent_hash"))
            rings.push_back({static_cast<int>(i), static_cast<double>(node.instances), view.value("vnodes").number()});
    }
    return rings;
}

std::vector<Finding> checkFewVirtualNodes(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const double few = evidence.threshold(few_virtual_nodes, "vnodes");
    const double many = evidence.threshold(few_virtual_nodes, "servers");
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const Ring& ring : ringsOf(snapshot)) {
        if (!(ring.points < few && ring.servers < many) || ring.servers < 2 || !(ring.points > 0)) continue;
        const Node& node = at(snapshot.graph().nodes, ring.node);
        Finding finding{few_virtual_nodes.id, few_virtual_nodes.severity};
        finding.components = {node.id};
        finding.message = fill(
            "{} places {} on the ring: their shares of the keys spread by ±{}, with 150 each by ±8.2 %",
            {node.name, plural(static_cast<long long>(ring.points), "point for each server", "points for each server"),
             percent(1 / std::sqrt(ring.points))});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "vnodes", std::max(150.0, std::ceil(few)));
        finding.fix = fix.titled("Use 150 points for each server");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

// Cassandra is left out: it does not choose its tokens at random but so that loads are even, for which 16 do.
const Rule few_virtual_nodes{
    "few-virtual-nodes",
    "Few virtual nodes",
    "Each server takes the arcs of the ring before its points. With few points the arcs differ widely, so one server "
    "holds and answers far more than another, and when one fails a single neighbour inherits all of it. The spread "
    "shrinks with the square root of the number of points.",
    "Karger et al. (1997); DeCandia et al., Dynamo (2007), section 4.2",
    Severity::info,
    checkFewVirtualNodes,
    {{"vnodes", 100, 1, 1e6, "fewer points for each server than this"},
     {"servers", 50, 1, 1e6, "fewer servers than this"}},
};

}  // namespace loadpath::checks
