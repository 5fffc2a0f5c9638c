#include "rules/checks.h"
#include "rules/culprits.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/redundancy.h"
#include "rules/text.h"
#include "support/format.h"

#include <map>

namespace loadpath::checks {
namespace {

constexpr double noImpact = 1e-9, wholeImpact = 0.999;

struct PartialImpact {
    double impact = 0;  // the largest, over units and flows
    const FlowPath* flow = nullptr;

    void take(double other, const FlowPath& of) {
        if (flow && (other < impact || (other == impact && !(of.id < flow->id)))) return;
        impact = other;
        flow = &of;
    }
};

Finding partOfFlow(const Snapshot& snapshot, const std::string& what, const PartialImpact& part) {
    Finding finding{partial_spof.id, partial_spof.severity};
    const std::string share = percent(part.impact);
    finding.message = fill("If {} fails, {} of {} {} with it",
                           {what, share == "0.0 %" ? "less than 0.1 %" : share, shownFlow(snapshot, *part.flow),
                            part.flow->derived || snapshot.design().flows.contains(part.flow->id) ? "fails" : "fail"});
    return finding;
}

std::vector<Finding> checkPartialSpof(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::map<ComponentId, PartialImpact> byComponent;
    std::map<ZoneId, PartialImpact> byZone;
    const auto regions =
        std::count_if(graph.domains.begin(), graph.domains.end(), [](const Domain& domain) { return domain.isRegion; });
    for (const FlowAvailability& result : evidence.availability.flows) {
        const FlowPath& flow = at(graph.flows, result.flow);
        for (const UnitFigures& unit : result.units) {
            if (unit.managed || unit.window || !(unit.impact > noImpact && unit.impact < wholeImpact)) continue;
            if (unit.node >= 0) {
                const Node& node = at(graph.nodes, unit.node);
                if (isKnown(node)) byComponent[node.id].take(unit.impact, flow);
            } else if (unit.domain >= 0) {
                const Domain& domain = at(graph.domains, unit.domain);
                if (!domain.isRegion || regions >= 2) byZone[domain.id].take(unit.impact, flow);
            }
        }
    }

    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const auto& [id, part] : byComponent) {
        const int index = graph.node(id);
        const Node& node = at(graph.nodes, index);
        Finding finding = partOfFlow(snapshot, node.units == 1 ? node.name : "one unit of " + node.name, part);
        finding.components = {id};
        FixBuilder fix(snapshot, placement);
        const std::string title = makeRedundant(fix, index, Survive::unit);
        if (!title.empty() && !fix.empty()) finding.fix = fix.titled(title);
        findings.push_back(std::move(finding));
    }
    for (const auto& [id, part] : byZone) {
        const int index = graph.domainById.at(id.value);
        const Domain& domain = at(graph.domains, index);
        Finding finding = partOfFlow(snapshot, (domain.isRegion ? "region " : "zone ") + domain.name, part);
        finding.zones = {id};
        const std::set<int> culprits = culpritsOf(graph, *part.flow, index, Losing::sometimes);
        if (!domain.isRegion && culprits.size() == 1) {
            FixBuilder fix(snapshot, placement);
            const std::string title = makeRedundant(fix, *culprits.begin(), Survive::zone);
            if (!title.empty() && !fix.empty()) finding.fix = fix.titled(title);
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule partial_spof{
    "partial-spof",
    "Single point of failure for some requests",
    "A cache, a CDN or a call that not every request makes hides the failure of what lies behind it from most users, "
    "not from all: whoever misses the cache gets an error. Whether that share is acceptable should be decided, not "
    "found out.",
    "Availability and Beyond (AWS whitepaper): reducing the impact of failures",
    Severity::info,
    checkPartialSpof,
    {},
    Proof::killInstance,
};

}  // namespace loadpath::checks
