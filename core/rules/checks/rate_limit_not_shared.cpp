#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/limiters.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkRateLimitNotShared(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (node.managed || node.instances < 2) continue;
        FixBuilder fix(snapshot, placement);
        std::string shown;
        int local = 0;
        for (const RateLimit& limit : rateLimitsOf(snapshot, static_cast<int>(i))) {
            if (limit.store != "local") continue;
            ++local;
            if (shown.empty()) shown = limit.shown();
            setLimitField(fix, limit, "store", "redis");
        }
        if (local == 0) continue;
        Finding finding{rate_limit_not_shared.id, rate_limit_not_shared.severity};
        const std::string count = std::to_string(node.instances);
        finding.message = fill("Every instance of {} counts for itself: the limit is {} times {}",
                               {node.name, count, shown.empty() ? "what is stated" : shown});
        finding.components = {node.id};
        finding.fix = fix.titled("Count in Redis");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule rate_limit_not_shared{
    "rate-limit-not-shared",
    "Limit counted by each instance",
    "When every instance keeps its own counter, a caller whose requests are spread over n of them gets n times the "
    "limit, and the limit moves whenever instances are added or removed. A counter that all share makes the number "
    "mean what it says.",
    "Cloudflare blog: Counting things, a lot of different things; Stripe: Scaling your API with rate limiters",
    Severity::warning,
    checkRateLimitNotShared,
};

}  // namespace loadpath::checks
