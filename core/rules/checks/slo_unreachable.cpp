#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <map>

namespace loadpath::checks {
namespace {

constexpr double minutesPerYear = 525600;

/// What costs the flow most, worst first: components with all their units, and zones.
std::vector<std::string> contributors(const Snapshot& snapshot, const FlowAvailability& result) {
    std::map<std::string, std::pair<std::string, double>> costs;  // id → name, minutes
    for (const UnitFigures& unit : result.units) {
        const FlowGraph& graph = snapshot.graph();
        const std::string id = unit.node >= 0     ? "component:" + at(graph.nodes, unit.node).id.value
                               : unit.domain >= 0 ? "zone:" + at(graph.domains, unit.domain).id.value
                                                  : unit.unit;
        const std::string shown = unit.node >= 0     ? at(graph.nodes, unit.node).name
                                  : unit.domain >= 0 ? "zone " + at(graph.domains, unit.domain).name
                                                     : unit.unit;
        auto& cost = costs[id];
        cost.first = shown;
        cost.second += unit.downtimeMinYear;
    }
    std::vector<std::pair<std::string, double>> sorted;
    for (const auto& [id, cost] : costs) sorted.push_back(cost);
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    std::vector<std::string> texts;
    for (const auto& [shown, minutes] : sorted) {
        if (texts.size() == 3 || minutes <= 0) break;
        texts.push_back(shown + " (" + downtime(minutes) + ")");
    }
    return texts;
}

/// Both with as many digits as it takes to tell them apart.
std::pair<std::string, std::string> told(double best, double target) {
    std::pair<std::string, std::string> texts{availability(best), availability(target)};
    for (int decimals = 3; texts.first == texts.second && decimals < 14; ++decimals)
        texts = {percent(best, decimals), percent(target, decimals)};
    return texts;
}

std::vector<Finding> checkSloUnreachable(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    std::vector<Finding> findings;
    for (const FlowAvailability& result : evidence.availability.flows) {
        const FlowPath& flow = at(snapshot.graph().flows, result.flow);
        const double best = result.exact ? result.availability : result.bounds.second;
        if (flow.derived || flow.availabilitySlo <= 0 || !(best < flow.availabilitySlo)) continue;
        Finding finding{slo_unreachable.id, slo_unreachable.severity};
        const auto shown = told(best, flow.availabilitySlo);
        const std::vector<std::string> costs = contributors(snapshot, result);
        finding.message = fill("Best case for {}: {} (down {}) is below the target {} (down {}){}",
                               {shownFlow(snapshot, flow), shown.first, downtime((1 - best) * minutesPerYear),
                                shown.second, downtime((1 - flow.availabilitySlo) * minutesPerYear),
                                costs.empty() ? "" : "; what costs most: " + listed(costs)});
        finding.components = {at(snapshot.graph().nodes, flow.entry).id};
        finding.flow = flow.id;
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule slo_unreachable{
    "slo-unreachable",
    "Availability target out of reach",
    "Even if nothing goes wrong but the failures that are stated, the flow is down for longer than was promised. No "
    "care in operation makes up for that; the design needs another copy of what costs most, or one dependency fewer, "
    "or the promise must change.",
    "Google SRE Book, ch. 3 and 4; The Calculus of Service Availability",
    Severity::error,
    checkSloUnreachable,
};

}  // namespace loadpath::checks
