#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/load_changes.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

std::vector<Finding> checkEstimateMismatch(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Requirements& needs = snapshot.design().header.requirements;
    if (!needs.dau || !needs.requestsPerUserDay || !needs.peakFactor) return {};
    const double estimated = *needs.dau * *needs.requestsPerUserDay / 86400 * *needs.peakFactor;
    double drawn = 0;
    for (const FlowPath& flow : graph.flows)
        if (!flow.derived && at(graph.nodes, flow.entry).behaviour == Behaviour::client) drawn += flow.rateRps;
    std::vector<int> clients;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        if (graph.nodes[i].behaviour == Behaviour::client) clients.push_back(static_cast<int>(i));
    const double share = evidence.threshold(estimate_mismatch, "difference");
    if (clients.empty() || !(estimated > 0) || !std::isfinite(estimated) ||
        !(std::abs(drawn - estimated) > share * estimated * (1 + 1e-12)))
        return {};

    Finding finding{estimate_mismatch.id, estimate_mismatch.severity};
    std::vector<std::string> names;
    Placement placement(snapshot.design());
    FixBuilder fix(snapshot, placement);
    for (const int client : clients) {
        const Node& node = at(graph.nodes, client);
        finding.components.push_back(node.id);
        names.push_back(node.name);
        double own = 0;
        for (const FlowPath& flow : graph.flows)
            if (!flow.derived && flow.entry == client) own += flow.rateRps;
        const double wanted = drawn > 0 ? own * estimated / drawn : estimated / static_cast<double>(clients.size());
        fix.set(node.id, keys::rateRps.name, std::round(wanted * 100) / 100);
    }
    std::sort(names.begin(), names.end());
    finding.message = fill(
        "At peak {} come from {}, but {} users with {} requests a day each and a peak of {} times the average make {}",
        {rate(drawn), listed(names), compact(*needs.dau), compact(*needs.requestsPerUserDay),
         compact(*needs.peakFactor), rate(estimated)});
    if (drawn > 0 && holdsTimes(evidence.capacity, std::max(1.0, estimated / drawn)))
        finding.fix = fix.titled("Send " + rate(estimated) + " as estimated");
    return {std::move(finding)};
}

}  // namespace

const Rule estimate_mismatch{
    "estimate-mismatch",
    "Drawn load is not the estimated one",
    "The estimate says what will come, the drawing says what was planned for. Where they differ, one of them is out of "
    "date, and every figure below rests on the drawn one: utilisation, queues, cost, and whether the target is met.",
    "Google SRE Workbook, ch. 12: non-abstract large system design",
    Severity::warning,
    checkEstimateMismatch,
    {{"difference", 0.2, 0.001, 10, "differs from the estimate by more than this share of it"}},
};

}  // namespace loadpath::checks
