#include "model/keys.h"
#include "rules/balancing.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkLbNoHealthCheck(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (!isIn(node, "balancer")) continue;
        const Value check = viewOf(snapshot, static_cast<int>(i))(keys::healthCheck);
        const Value* enabled = check.find("enabled");
        if (!enabled || !(*enabled == Value(false))) continue;
        long long instances = 0;
        for (const int target : balancedTargets(graph, static_cast<int>(i)))
            instances += at(graph.nodes, target).instances;
        if (instances < 2) continue;
        Finding finding{lb_no_health_check.id, lb_no_health_check.severity};
        finding.message =
            fill("{} does not check its {} targets: one that is dead keeps getting its share of the requests",
                 {node.name, inWords(instances)});
        finding.components = {node.id};
        Value::Object enabledCheck = check.object() ? *check.object() : Value::Object{};
        enabledCheck.insert_or_assign("enabled", true);
        if (!(check.find("interval_s") && check.find("interval_s")->number() > 0))
            enabledCheck.insert_or_assign("interval_s", 30);
        if (!(check.find("unhealthy") && check.find("unhealthy")->number() > 0))
            enabledCheck.insert_or_assign("unhealthy", 2);
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, keys::healthCheck.name, std::move(enabledCheck));
        finding.fix = fix.titled("Check the health of the targets");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule lb_no_health_check{
    "lb-no-health-check",
    "Balancer that does not look",
    "A balancer knows that a target is dead only because it asks. Without health checks one failed instance of n "
    "turns every n-th request into an error for as long as nobody removes it by hand, although the others could have "
    "taken its share.",
    "Elastic Load Balancing documentation: health checks for target groups",
    Severity::warning,
    checkLbNoHealthCheck,
    {},
    Proof::killInstance,
};

}  // namespace loadpath::checks
