#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

std::vector<Finding> checkOptionalWithoutBulkhead(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Meshes meshes(snapshot);
    const double allowed = evidence.threshold(optional_without_bulkhead, "threads");
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (node.threads <= 0) continue;
        const double threads = static_cast<double>(node.instances) * node.threads;
        Finding finding{optional_without_bulkhead.id, optional_without_bulkhead.severity};
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> targets;
        double held = 0;
        for (const int out : graph.outgoing[i]) {
            const Link& link = at(graph.links, out);
            if (link.mode != Mode::sync || !link.legal || !link.optional || !(link.timeoutMs > 0)) continue;
            const double waiting = at(evidence.capacity.linkRps, out) * link.timeoutMs / 1000;
            if (!(waiting > allowed * threads * (1 + 1e-12))) continue;
            if (hasBreaker(snapshot, meshes, out) || hasBulkhead(snapshot, out)) continue;
            finding.connections.push_back(link.id);
            targets.push_back(snapshot.nameOf(link.to));
            held += waiting;
            fix.set(link.id, "bulkhead", std::max(1, node.threads / 10));
        }
        if (targets.empty()) continue;
        finding.components = {node.id};
        std::sort(targets.begin(), targets.end());
        targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
        finding.message =
            fill("If {} hangs, optional calls hold {} of the {} threads of {}",
                 {listed(targets), held >= threads ? "all" : compact(std::ceil(held)), compact(threads), node.name});
        finding.fix = fix.titled("Keep " + plural(std::max(1, node.threads / 10), "call", "calls") +
                                 " in flight at most per instance");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule optional_without_bulkhead{
    "optional-without-bulkhead",
    "Optional call can take all threads",
    "What the request could do without must not be able to stop it. When an optional target hangs, every call to it "
    "holds a thread until its timeout, and soon none are left for the calls that matter. A bulkhead bounds how many "
    "may "
    "wait for it; a breaker stops them altogether.",
    "Release It! (Nygard), ch. 5; Little's law",
    Severity::warning,
    checkOptionalWithoutBulkhead,
    {{"threads", 0.2, 0.01, 1, "share of the threads that may wait for it"}},
    Proof::slowDependency,
};

}  // namespace loadpath::checks
