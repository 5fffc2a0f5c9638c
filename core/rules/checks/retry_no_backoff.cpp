#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

enum class PauseFlaw { none, noPause, fixedPause, inStep };

PauseFlaw pauseFlawOf(const Link& link) {
    if (link.retries < 1 || !link.legal || (link.mode != Mode::sync && link.mode != Mode::publish))
        return PauseFlaw::none;
    if (link.backoff == Link::Backoff::none) return PauseFlaw::noPause;
    if (link.backoff == Link::Backoff::fixed) return PauseFlaw::fixedPause;
    return link.jitter == Link::Jitter::none ? PauseFlaw::inStep : PauseFlaw::none;
}

std::vector<Finding> checkRetryNoBackoff(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        Finding finding{retry_no_backoff.id, retry_no_backoff.severity};
        FixBuilder fix(snapshot, placement);
        PauseFlaw worst = PauseFlaw::none;
        std::vector<std::string> targets;
        for (const int out : graph.outgoing[i]) {
            const Link& link = at(graph.links, out);
            const PauseFlaw flaw = pauseFlawOf(link);
            if (flaw == PauseFlaw::none) continue;
            if (worst == PauseFlaw::none || flaw < worst) worst = flaw;
            finding.connections.push_back(link.id);
            targets.push_back(snapshot.nameOf(link.to));
            fix.set(link.id, keys::backoff.name, "exp");
            fix.set(link.id, keys::jitter.name, "full");
        }
        if (worst == PauseFlaw::none) continue;
        const Node& node = graph.nodes[i];
        finding.components = {node.id};
        std::sort(targets.begin(), targets.end());
        targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
        const std::string how = worst == PauseFlaw::noPause      ? "at once, without a pause"
                                : worst == PauseFlaw::fixedPause ? "after a pause that never grows"
                                                                 : "in step: their pauses grow, but have no jitter";
        finding.message = fill("{} repeats failed calls to {} {}", {node.name, listed(targets), how});
        finding.fix = fix.titled(worst == PauseFlaw::inStep ? "Spread the pauses with full jitter"
                                                            : "Double the pause each time, with full jitter");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule retry_no_backoff{
    "retry-no-backoff",
    "Retries without growing, random pauses",
    "A target that fails because it is busy needs fewer calls for a while, and immediate retries give it more. Pauses "
    "that double leave it time; randomness keeps thousands of callers that failed together from coming back together. "
    "One without the other only moves the wave.",
    "Timeouts, retries and backoff with jitter (Amazon Builders' Library)",
    Severity::warning,
    checkRetryNoBackoff,
};

}  // namespace loadpath::checks
