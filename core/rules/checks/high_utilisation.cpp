#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/scaling.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkHighUtilisation(const Evidence& evidence) {
    const FlowGraph& graph = evidence.snapshot.graph();
    const double busy = evidence.threshold(high_utilisation, "utilisation");
    std::vector<Finding> findings;
    Placement placement(evidence.snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const ComponentLoad& load = evidence.capacity.nodes[i];
        if (!(load.utilisation > busy + 1e-9 && load.utilisation < 1 - 1e-12)) continue;
        const Node& node = graph.nodes[i];
        Finding finding{high_utilisation.id, high_utilisation.severity};
        finding.message = fill("{} is {} busy at peak ({} of {}); a request waits {} on average before its turn",
                               {node.name, percent(load.utilisation), rate(load.arrivalRps), rate(load.capacityRps),
                                duration(load.waitMs)});
        finding.components = {node.id};
        finding.fix = moreCapacity(evidence, placement, static_cast<int>(i));
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule high_utilisation{
    "high-utilisation",
    "Little headroom",
    "Queueing grows with one over what is left, so the last thirty percent of a server cost the most waiting: a small "
    "burst, a slow dependency or the loss of one instance is enough to tip it over.",
    "Erlang C; Google SRE Book, ch. 6 (saturation)",
    Severity::warning,
    checkHighUtilisation,
    {{"utilisation", comfortableUtilisation, 0.05, 0.99, "busier than this at peak"}},
    Proof::peakLoad,
};

}  // namespace loadpath::checks
