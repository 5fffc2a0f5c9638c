#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/shared_state.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

double mostInstances(const Snapshot& snapshot, int index) {
    const double now = at(snapshot.graph().nodes, index).instances;
    const Value autoscale = viewOf(snapshot, index).value("autoscale");
    const Value* most = autoscale.find("max");
    return most ? std::max(now, most->number()) : now;
}

std::vector<Finding> checkStatefulScaleOut(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        const int index = static_cast<int>(i);
        if (!isIn(node, "compute") || !keepsStateInMemory(snapshot, index) || hasStickyCaller(snapshot, index))
            continue;
        const double instances = mostInstances(snapshot, index);
        if (instances < 2) continue;
        Finding finding{stateful_scale_out.id, stateful_scale_out.severity};
        finding.message = fill(
            "{} keeps state in memory and runs {}{} instances: a request that comes to another one does not find it",
            {node.name, node.instances < instances ? "up to " : "", fixed(instances, 0)});
        finding.components = {node.id};
        FixBuilder fix(snapshot, placement);
        moveStateOut(fix, index);
        finding.fix = fix.titled("Keep the state in Redis");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule stateful_scale_out{
    "stateful-scale-out",
    "State in memory behind a load balancer",
    "With several instances the next request of a user may come to one that has never seen them: carts are empty, "
    "sessions are gone, counters disagree. Every deployment and every crash loses what was in memory as well. State "
    "that several instances need belongs where all of them can reach it.",
    "The Twelve-Factor App: VI. Processes",
    Severity::error,
    checkStatefulScaleOut,
};

}  // namespace loadpath::checks
