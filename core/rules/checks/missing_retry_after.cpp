#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/limiters.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkMissingRetryAfter(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        FixBuilder fix(snapshot, placement);
        bool any = false;
        for (const RateLimit& limit : rateLimitsOf(snapshot, static_cast<int>(i))) {
            if (limit.response != "429" || limit.retryAfter) continue;
            any = true;
            setLimitField(fix, limit, "retry_after", true);
        }
        if (!any) continue;
        Finding finding{missing_retry_after.id, missing_retry_after.severity};
        finding.message = fill("{} refuses with 429 and does not say when to come back", {graph.nodes[i].name});
        finding.components = {graph.nodes[i].id};
        finding.fix = fix.titled("Send Retry-After");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule missing_retry_after{
    "missing-retry-after",
    "Refusal without Retry-After",
    "A client that is told only that it asked too often has to guess when to try again, and most guess too early: the "
    "requests that were refused come back at once and are refused again. One header tells well-behaved clients how "
    "long to wait.",
    "RFC 6585, section 4; RFC 9110, section 10.2.3",
    Severity::info,
    checkMissingRetryAfter,
};

}  // namespace loadpath::checks
