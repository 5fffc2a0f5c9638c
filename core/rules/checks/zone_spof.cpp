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

struct Loss {
    int domain = 0;
    std::vector<const FlowPath*> flows;  // it stops, busiest first
};

std::vector<Finding> checkZoneSpof(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::map<ZoneId, Loss> losses;
    for (const FlowAvailability& result : evidence.availability.flows)
        for (const int domain : result.spofDomains) {
            Loss& loss = losses[at(graph.domains, domain).id];
            loss.domain = domain;
            loss.flows.push_back(&at(graph.flows, result.flow));
        }
    int regions = 0;
    for (const Domain& domain : graph.domains) regions += domain.isRegion;

    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (auto& [id, loss] : losses) {
        const Domain& domain = at(graph.domains, loss.domain);
        if (domain.isRegion && regions < 2) continue;
        std::sort(loss.flows.begin(), loss.flows.end(), [](const FlowPath* a, const FlowPath* b) {
            return a->rateRps != b->rateRps ? a->rateRps > b->rateRps : a->id < b->id;
        });
        std::map<ComponentId, int> culprits;
        for (const FlowPath* flow : loss.flows)
            for (const int node : culpritsOf(graph, *flow, loss.domain, Losing::always))
                culprits[at(graph.nodes, node).id] = node;
        std::vector<std::string> names;
        for (const auto& [component, node] : culprits) names.push_back(at(graph.nodes, node).name);
        std::sort(names.begin(), names.end());

        Finding finding{zone_spof.id, domain.isRegion ? Severity::info : zone_spof.severity};
        const auto more = static_cast<long long>(loss.flows.size()) - 1;
        finding.message = fill(
            "Loss of {} {} stops {}{}{}",
            {domain.isRegion ? "region" : "zone", domain.name, shownFlow(snapshot, *loss.flows.front()),
             more > 0 ? " and " + plural(more, "other flow", "other flows") : "",
             names.empty() ? "" : ": " + listed(names) + (names.size() == 1 ? " does" : " do") + " not survive it"});
        finding.zones = {id};
        if (!domain.isRegion) {
            FixBuilder fix(snapshot, placement);
            std::string title;
            bool all = !culprits.empty();
            for (const auto& [component, node] : culprits) {
                title = makeRedundant(fix, node, Survive::zone);
                all = all && !title.empty();
            }
            if (all && !fix.empty())
                finding.fix = fix.titled(culprits.size() == 1 ? title : "Spread " + listed(names) + " over zones");
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule zone_spof{
    "zone-spof",
    "Flow that hangs on one zone",
    "A zone is a building with its own power and network, and now and then one goes dark with all that is in it. "
    "Replicas side by side in the same zone do not help against that; the same number of them in two zones does, and "
    "what needs a majority needs three.",
    "Availability and Beyond (AWS whitepaper): availability zones",
    Severity::error,
    checkZoneSpof,
    {},
    Proof::loseZone,
};

}  // namespace loadpath::checks
