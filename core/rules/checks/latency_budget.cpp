#include "analysis/latency.h"
#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <cctype>
#include <cmath>
#include <map>

namespace loadpath::checks {
namespace {

/// What takes longest in a request, most first: work and waiting at components, time on the wire.
std::vector<std::string> longestHops(const Evidence& evidence, int flowIndex) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const FlowPath& flow = at(graph.flows, flowIndex);
    const std::vector<double> own = ownTimesMs(evidence.capacity);
    const std::vector<double>& visits = at(evidence.capacity.flowVisits, flowIndex);
    std::map<std::string, double> times;  // by what is shown
    for (std::size_t v = 0; v < flow.visits.size(); ++v) {
        const Visit& visit = flow.visits[v];
        if (!(visits[v] > 0)) continue;
        times[graph.nodes[static_cast<std::size_t>(visit.node)].name] += visits[v] * at(own, visit.node);
        for (const Call& call : visit.calls) {
            const Link& link = at(graph.links, call.link);
            times[arrow(snapshot, call.link)] += visits[v] * call.mean() * (link.rttMs + link.meshMs);
        }
    }
    std::vector<std::pair<double, std::string>> order;
    for (const auto& [what, ms] : times)
        if (std::isfinite(ms) && ms > 0) order.emplace_back(-ms, what);
    std::sort(order.begin(), order.end());
    std::vector<std::string> hops;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, order.size()); ++i)
        hops.push_back(order[i].second + " (" + duration(-order[i].first) + ")");
    return hops;
}

std::vector<Finding> checkLatencyBudget(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    for (std::size_t f = 0; f < graph.flows.size(); ++f) {
        const FlowPath& flow = graph.flows[f];
        const double mean = evidence.capacity.flowLatencyMs[f];
        // Without end means overloaded, which is said already.
        if (flow.derived || !(flow.p99Ms > 0) || !(mean > flow.p99Ms * (1 + 1e-9)) || std::isinf(mean)) continue;
        Finding finding{latency_budget.id, latency_budget.severity};
        finding.message = fill("{} takes {} on average, more than the {} that 99 % of requests may take; longest: {}",
                               {shownFlow(snapshot, flow), duration(mean), duration(flow.p99Ms),
                                listed(longestHops(evidence, static_cast<int>(f)))});
        finding.message.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(finding.message.front())));
        finding.components = {at(graph.nodes, flow.entry).id};
        finding.flow = flow.id;
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule latency_budget{
    "latency-budget",
    "Slower on average than the target allows",
    "The 99th percentile is always above the mean, so a mean beyond the target means that the target is missed by "
    "almost everybody, before any queue, pause or retry. Hops add up, and distance cannot be optimised away: something "
    "has to leave the path, be cached or move closer.",
    "Dean, Barroso: The Tail at Scale (CACM, 2013); Numbers everyone should know (J. Dean)",
    Severity::warning,
    checkLatencyBudget,
    {},
    Proof::peakLoad,
};

}  // namespace loadpath::checks
