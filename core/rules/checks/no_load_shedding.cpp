#include "model/keys.h"
#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/scaling.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

/// Takes requests itself, rather than through the pools of its callers.
bool takesRequests(const Node& node) {
    return isIn(node, "compute") || isIn(node, "ws") || isIn(node, "lb_gw") || isIn(node, "gateway");
}

std::vector<Finding> checkNoLoadShedding(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double busy = evidence.threshold(no_load_shedding, "utilisation");
    std::vector<char> facesUsers(graph.nodes.size(), 0);
    for (const FlowPath& flow : graph.flows)
        if (!flow.derived)
            for (const Visit& visit : flow.visits) at(facesUsers, visit.node) = 1;
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (int i = 0; i < static_cast<int>(graph.nodes.size()); ++i) {
        const Node& node = at(graph.nodes, i);
        const ComponentLoad& load = at(evidence.capacity.nodes, i);
        if (node.queueLimit >= 0 || !at(facesUsers, i) || !takesRequests(node)) continue;
        if (!(load.utilisation > busy + 1e-9)) continue;
        Finding finding{no_load_shedding.id, no_load_shedding.severity};
        finding.components = {node.id};
        finding.message =
            load.utilisation < 1
                ? fill(
                      "{} is {} busy and lets its queue grow without bound: in a burst everybody waits, and nobody is "
                      "told to come back later",
                      {node.name, percent(load.utilisation)})
                : fill(
                      "{} is offered {} times what it can serve and queues all of it: everybody waits ever longer, "
                      "instead of some being told to come back later",
                      {node.name, fixed(load.utilisation, 2)});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, keys::queueLimit.name, 2 * std::max(1, node.concurrency));
        finding.fix = fix.titled("Queue at most twice as many requests as are worked on");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule no_load_shedding{
    "no-load-shedding",
    "Queue without a bound",
    "A queue in front of a busy server turns overload into waiting. Requests that have waited longer than their "
    "callers do "
    "are still worked on, for nobody, and new ones wait behind them. A bound, a little more than what can be worked on "
    "at "
    "once, turns the excess away at once and keeps the answers to the others fast.",
    "Google SRE Book, ch. 21 (handling overload) and 22",
    Severity::warning,
    checkNoLoadShedding,
    {{"utilisation", comfortableUtilisation, 0.05, 0.99, "busier than this at peak"}},
};

}  // namespace loadpath::checks
