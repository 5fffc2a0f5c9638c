#include "model/keys.h"
#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

std::string counted(double number) { return number < 1e5 ? fixed(std::ceil(number - 1e-9), 0) : compact(number); }

std::vector<Finding> checkThreadPoolExhaustion(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Meshes meshes(snapshot);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (node.threads <= 0 || node.behaviour == Behaviour::client) continue;
        const double threads = static_cast<double>(node.instances) * node.threads;
        Finding finding{thread_pool_exhaustion.id, thread_pool_exhaustion.severity};
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> targets;
        double needed = 0;
        for (const int out : graph.outgoing[i]) {
            const Link& link = at(graph.links, out);
            if (!link.legal || link.mode != Mode::sync || !(link.timeoutMs > 0)) continue;
            const double held = at(evidence.capacity.linkRps, out) * link.timeoutMs / 1000;
            if (!(held > threads + 1e-9) || std::isinf(held)) continue;
            if (hasBulkhead(snapshot, out) || hasBreaker(snapshot, meshes, out)) continue;
            finding.connections.push_back(link.id);
            targets.push_back(at(graph.nodes, link.to).name);
            needed = std::max(needed, held);
            // Half of the threads stay free for everything else while this call hangs.
            fix.set(link.id, "bulkhead", std::max(1, node.threads / 2));
            fix.set(link.id, "circuit_breaker", Value::Object{{"failure_percent", 50}, {"open_s", 60}});
        }
        if (finding.connections.empty()) continue;
        std::sort(targets.begin(), targets.end());
        targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
        finding.message = fill("If {} hangs, {} needs {} threads until its timeouts pass and has {}",
                               {targets.size() == 1 ? targets.front() : "one of " + listed(targets), node.name,
                                counted(needed), counted(threads)});
        finding.components = {node.id};
        finding.fix = fix.titled("Add a circuit breaker and a bulkhead");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule thread_pool_exhaustion{
    "thread-pool-exhaustion",
    "One slow dependency takes all threads",
    "While a dependency hangs, every call to it holds a thread until the timeout passes: requests a second times the "
    "timeout are held at once. When that is more than there are, requests that never needed the dependency wait too, "
    "and one failure has become the failure of the whole service.",
    "Little's law; Nygard, Release It!: bulkheads and circuit breakers",
    Severity::warning,
    checkThreadPoolExhaustion,
    {},
    Proof::slowDependency,
};

}  // namespace loadpath::checks
