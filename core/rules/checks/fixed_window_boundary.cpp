#include "model/keys.h"
#include "rules/balancing.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/limiters.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>
#include <limits>

namespace loadpath::checks {
namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();

/// Requests a second that what stands behind can serve: members of a balancer together, else the weakest.
double capacityBehind(const Evidence& evidence, int index, int depth) {
    constexpr int deepest = 20;
    const FlowGraph& graph = evidence.snapshot.graph();
    const bool balances = isIn(at(graph.nodes, index), "balancer");
    double sum = 0, least = unlimited;
    for (const int target : balancedTargets(graph, index)) {
        const Node& node = at(graph.nodes, target);
        if (isIn(node, "store") || isIn(node, "platform")) continue;  // what it looks up, not what it guards
        double capacity = at(evidence.capacity.nodes, target).capacityRps;
        if (!std::isfinite(capacity))
            capacity = depth < deepest ? capacityBehind(evidence, target, depth + 1) : unlimited;
        sum += capacity;
        least = std::min(least, capacity);
    }
    return balances && sum > 0 ? sum : least;
}

/// Clients counted apart, where the design says how many there are; else one.
double countedApart(const Snapshot& snapshot, const RateLimit& limit) {
    if (limit.key == "global" || limit.key == "endpoint") return 1;
    const FlowGraph& graph = snapshot.graph();
    double most = 1;
    for (const FlowPath& flow : graph.flows) {
        if (flow.derived || !flow.visit(limit.node)) continue;
        const ParameterView client = viewOf(snapshot, flow.entry);
        for (const std::string_view key : {keys::users.name, keys::dau.name})
            if (client.isStated(key)) most = std::max(most, client.value(key).number());
    }
    return most;
}

/// Most that one counter lets through within a second: what is left of one window and all of the next.
double mostInOneSecond(const RateLimit& limit) {
    const double count = limit.limit > 0 ? limit.limit : limit.ratePerS * limit.windowS;
    return limit.windowS > 0 ? count * (std::floor(1 / limit.windowS) + (limit.windowS > 1 ? 2 : 1)) : 0;
}

std::vector<Finding> checkFixedWindowBoundary(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        const int index = static_cast<int>(i);
        FixBuilder fix(snapshot, placement);
        std::string what;
        double burst = 0, clients = 1, capacity = unlimited;
        for (const RateLimit& limit : rateLimitsOf(snapshot, index)) {
            if (limit.algorithm != "fixed_window") continue;
            const bool guardsItself = isIn(node, "compute");
            capacity = guardsItself ? evidence.capacity.nodes[i].capacityRps : capacityBehind(evidence, index, 0);
            const double apart = countedApart(snapshot, limit);
            const double most = mostInOneSecond(limit) * apart;
            if (!(most > capacity * (1 + 1e-9))) continue;
            setLimitField(fix, limit, "algorithm", "sliding_counter");
            if (what.empty()) what = limit.shown();
            clients = std::max(clients, apart);
            burst = std::max(burst, most);
        }
        if (burst == 0) continue;
        Finding finding{fixed_window_boundary.id, fixed_window_boundary.severity};
        finding.message = fill(
            "{} allows {}{}: twice that around the end of a window, {} within a second, and what is behind it serves "
            "{}",
            {node.name, what, clients > 1 ? " to each of " + compact(clients) + " clients" : "", compact(burst),
             rate(capacity)});
        finding.components = {node.id};
        finding.fix = fix.titled("Count over a sliding window");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule fixed_window_boundary{
    "fixed-window-boundary",
    "Twice the limit at the end of a window",
    "A counter that starts again at fixed times forgets what was just used: the whole limit in the last moment of one "
    "window and the whole limit in the first of the next come within a second. What stands behind has to bear that, "
    "or the limit protects it only on average.",
    "Cloudflare blog: How we built rate limiting capable of scaling to millions of domains",
    Severity::info,
    checkFixedWindowBoundary,
};

}  // namespace loadpath::checks
