#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/redundancy.h"
#include "rules/text.h"
#include "support/format.h"

#include <map>

namespace loadpath::checks {
namespace {

struct Blame {
    const FlowPath* flow = nullptr;  // the busiest one it stops
    int flows = 0;
    double downtimeMinYear = 0;
};

int needOf(const Node& node) {
    int need = 1;
    for (const Serving& serving : node.serving) need = std::max(need, serving.need);
    return need;
}

std::string situation(const Node& node) {
    if (node.units == 1) return "it has one instance";
    const int need = needOf(node);
    if (need >= node.units) return "it needs all of its " + inWords(node.units) + " units";
    return "it cannot spare one of its units";
}

std::vector<Finding> checkSpof(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::map<ComponentId, Blame> blamed;
    for (const FlowAvailability& result : evidence.availability.flows) {
        if (result.spofNodes.empty()) continue;
        const FlowPath& flow = at(graph.flows, result.flow);
        std::map<int, double> downtime;
        for (const UnitFigures& unit : result.units)
            if (unit.node >= 0) downtime[unit.node] += unit.downtimeMinYear;
        for (const int node : result.spofNodes) {
            if (!isKnown(at(graph.nodes, node))) continue;  // unknown-type says what there is to say
            Blame& blame = blamed[at(graph.nodes, node).id];
            ++blame.flows;
            blame.downtimeMinYear = std::max(blame.downtimeMinYear, downtime[node]);
            const bool busier = !blame.flow || flow.rateRps > blame.flow->rateRps ||
                                (flow.rateRps == blame.flow->rateRps && flow.id < blame.flow->id);
            if (busier) blame.flow = &flow;
        }
    }

    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const auto& [id, blame] : blamed) {
        const int index = graph.node(id);
        const Node& node = at(graph.nodes, index);
        Finding finding{spof.id, spof.severity};
        const std::string others =
            blame.flows > 1 ? " and " + plural(blame.flows - 1, "other flow", "other flows") : "";
        finding.message = fill(
            "{} is a single point of failure for {}{}: {}, and its failures alone cost {}",
            {node.name, shownFlow(snapshot, *blame.flow), others, situation(node), downtime(blame.downtimeMinYear)});
        finding.components = {id};
        FixBuilder fix(snapshot, placement);
        const std::string title = makeRedundant(fix, index, Survive::unit);
        if (!title.empty() && !fix.empty()) finding.fix = fix.titled(title);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule spof{
    "spof",
    "Single point of failure",
    "When this one thing stops, every request of the flow fails with it, however redundant the rest is. Machines fail "
    "and are restarted for updates, so it is not a question of whether. A second unit that takes over turns an outage "
    "into a moment of reduced capacity.",
    "Availability and Beyond (AWS whitepaper): redundancy",
    Severity::error,
    checkSpof,
    {},
    Proof::killInstance,
};

}  // namespace loadpath::checks
