#include "rules/balancing.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/redundancy.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

/// Runs on one machine today and is not set up to run on more when it gets busy.
bool isAlone(const Snapshot& snapshot, int index) {
    const Node& node = at(snapshot.graph().nodes, index);
    if (node.managed || node.instances != 1) return false;
    const Value autoscale = viewOf(snapshot, index).value("autoscale");
    const Value* most = autoscale.find("max");
    return !most || most->number() < 2;
}

std::vector<Finding> checkLbSingleTarget(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (!isIn(node, "balancer")) continue;
        const std::vector<int> targets = balancedTargets(graph, static_cast<int>(i));
        if (targets.size() != 1 || !isAlone(snapshot, targets.front())) continue;
        const Node& target = at(graph.nodes, targets.front());
        Finding finding{lb_single_target.id, lb_single_target.severity};
        finding.message = fill("{} has one target, {}, with one instance: that adds a hop and no redundancy",
                               {node.name, target.name});
        finding.components = {node.id};
        FixBuilder fix(snapshot, placement);
        const std::string title = makeRedundant(fix, targets.front(), Survive::unit);
        const bool grows = !title.empty() && !fix.empty() && !isIn(target, "store");
        if (grows) finding.fix = fix.titled(title);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule lb_single_target{
    "lb-single-target",
    "Balancer with nothing to balance",
    "A load balancer in front of a single instance can neither spread load nor go around a failure; it is one more "
    "thing to pay for and to pass through. It starts to earn its place with the second instance, which also lets "
    "deployments happen without an outage.",
    "Elastic Load Balancing documentation: how load balancing works",
    Severity::info,
    checkLbSingleTarget,
};

}  // namespace loadpath::checks
