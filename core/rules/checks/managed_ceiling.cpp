#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

/// The same graph where only what vendors run can fail.
FlowGraph withPerfectOwnParts(const FlowGraph& graph, const std::vector<char>& wanted) {
    FlowGraph ideal = graph;
    for (Node& node : ideal.nodes) {
        if (!node.managed) node.availability = 1;
        for (Standby& standby : node.standbys) standby.windowShare = 0;
    }
    for (Domain& domain : ideal.domains) domain.availability = 1;
    // Flows that are not asked about ask for nothing.
    for (std::size_t f = 0; f < ideal.flows.size(); ++f)
        if (!wanted[f])
            for (Visit& visit : ideal.flows[f].visits) {
                visit.calls.clear();
                visit.groups.clear();
            }
    return ideal;
}

std::vector<Finding> checkManagedCeiling(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    // Perfect parts make nothing worse, so only flows that miss their target today can miss it then.
    std::vector<char> wanted(graph.flows.size(), 0);
    bool any = false;
    for (const FlowAvailability& result : evidence.availability.flows) {
        const FlowPath& flow = at(graph.flows, result.flow);
        const double today = result.exact ? result.availability : result.bounds.first;
        any |= at(wanted, result.flow) = !flow.derived && flow.availabilitySlo > 0 && today < flow.availabilitySlo;
    }
    if (!any) return {};

    AvailabilityOptions options;
    options.cutSetOrder = 1;
    const AvailabilityReport ideal = analyseAvailability(withPerfectOwnParts(graph, wanted), options);
    std::vector<Finding> findings;
    for (const FlowAvailability& result : ideal.flows) {
        if (!at(wanted, result.flow)) continue;
        const FlowPath& flow = at(graph.flows, result.flow);
        const double best = result.exact ? result.availability : result.bounds.second;
        if (!(best < flow.availabilitySlo)) continue;
        Finding finding{managed_ceiling.id, managed_ceiling.severity};
        std::vector<std::string> vendors;
        for (const UnitFigures& unit : result.units) {
            if (unit.node < 0 || !unit.managed || !(unit.birnbaum > 0) || unit.availability >= 1) continue;
            const Node& node = at(graph.nodes, unit.node);
            vendors.push_back(node.name + " (" + availability(node.availability) + ")");
            finding.components.push_back(node.id);
        }
        if (finding.components.empty()) continue;
        std::sort(vendors.begin(), vendors.end());
        finding.message =
            fill("Even if nothing else ever fails, what vendors promise caps {} at {}, below the target {}: {}",
                 {shownFlow(snapshot, flow), availability(best), availability(flow.availabilitySlo), listed(vendors)});
        finding.flow = flow.id;
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule managed_ceiling{
    "managed-ceiling",
    "Vendors promise less than the target",
    "The availability that a provider commits to is an upper bound for everything that cannot do without it. No care "
    "with one's own parts lifts a flow above the product of those promises: it takes a second provider or region, a "
    "way to go on without the service, or a target that fits.",
    "Service level agreements of the providers; The Calculus of Service Availability (ACM Queue, 2017)",
    Severity::info,
    checkManagedCeiling,
};

}  // namespace loadpath::checks
