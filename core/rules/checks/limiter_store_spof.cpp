#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/limiters.h"
#include "rules/lookup.h"
#include "rules/paths.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

/// Links to a Redis that nothing takes over for.
std::vector<int> linksToSingleRedis(const Snapshot& snapshot, int index) {
    const FlowGraph& graph = snapshot.graph();
    std::vector<int> found;
    for (const int out : at(graph.outgoing, index)) {
        const Link& link = at(graph.links, out);
        const Node& redis = at(graph.nodes, link.to);
        if (link.legal && link.mode == Mode::sync && isType(redis, "redis") && !redis.managed &&
            viewOf(snapshot, link.to)(keys::topology) == "single")
            found.push_back(out);
    }
    return found;
}

std::vector<Finding> checkLimiterStoreSpof(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const std::vector<char> needed = neededNodes(graph);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!needed[i]) continue;
        const int index = static_cast<int>(i);
        FixBuilder fix(snapshot, placement);
        bool closes = false;
        for (const RateLimit& limit : rateLimitsOf(snapshot, index)) {
            if (limit.store != "redis" || limit.onStoreFailure != "fail_closed") continue;
            closes = true;
            setLimitField(fix, limit, "on_store_failure", "fail_open");
        }
        if (!closes) continue;
        const std::vector<int> links = linksToSingleRedis(snapshot, index);
        if (links.empty()) continue;
        Finding finding{limiter_store_spof.id, limiter_store_spof.severity};
        finding.components = {graph.nodes[i].id};
        std::vector<std::string> names;
        for (const int link : links) {
            const Node& redis = at(graph.nodes, at(graph.links, link).to);
            if (std::find(finding.components.begin(), finding.components.end(), redis.id) == finding.components.end()) {
                finding.components.push_back(redis.id);
                names.push_back(redis.name);
            }
            fix.set(at(graph.links, link).id, keys::criticality.name, "optional");
        }
        std::sort(names.begin(), names.end());
        finding.message = fill("{} refuses every request while {} is down, and nothing takes over for it",
                               {graph.nodes[i].name, listed(names)});
        finding.fix = fix.titled("Let requests pass while the counters are down");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule limiter_store_spof{
    "limiter-store-spof",
    "Limiter that fails closed on one Redis",
    "A rate limiter is there to protect the service; failing closed on a store without a second copy turns it into "
    "the reason for an outage. Letting requests pass for the minutes in which nobody counts, or counting locally "
    "meanwhile, is nearly always the lesser harm.",
    "Stripe: Scaling your API with rate limiters (fail open)",
    Severity::warning,
    checkLimiterStoreSpof,
    {},
    Proof::killInstance,
};

}  // namespace loadpath::checks
