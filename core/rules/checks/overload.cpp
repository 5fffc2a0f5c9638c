#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/scaling.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkOverload(const Evidence& evidence) {
    const FlowGraph& graph = evidence.snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(evidence.snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const ComponentLoad& load = evidence.capacity.nodes[i];
        if (!(load.utilisation >= 1 - 1e-12)) continue;  // also: no figure
        const Node& node = graph.nodes[i];
        Finding finding{overload.id, overload.severity};
        finding.message = fill(
            "{} is offered {} at peak and can serve {}: it is {} times overbooked, and its queue grows without end",
            {node.name, rate(load.arrivalRps), rate(load.capacityRps), fixed(load.utilisation, 2)});
        if (load.utilisation < 1.01)
            finding.message = fill("{} is offered {} at peak, all that it can serve: its queue grows without end",
                                   {node.name, rate(load.arrivalRps)});
        finding.components = {node.id};
        finding.fix = moreCapacity(evidence, placement, static_cast<int>(i));
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule overload{
    "overload",
    "More load than capacity",
    "Work arrives faster than it can be done, so the queue never empties: waiting times rise until callers give up, "
    "and their retries add to the load. No tuning of timeouts helps; only more capacity or fewer requests do.",
    "Stability of M/M/c queues; Google SRE Book, ch. 22 (cascading failures)",
    Severity::error,
    checkOverload,
    {},
    Proof::peakLoad,
};

}  // namespace loadpath::checks
