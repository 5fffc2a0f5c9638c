#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>
#include <map>

namespace loadpath::checks {
namespace {

std::vector<Finding> checkFlowShares(const Evidence& evidence) {
    const Design& design = evidence.snapshot.design();
    std::map<ComponentId, std::vector<const Flow*>> byClient;
    for (const Flow& flow : design.flows) byClient[flow.entry].push_back(&flow);

    std::vector<Finding> findings;
    Placement placement(design);
    for (const auto& [client, flows] : byClient) {
        const int node = evidence.snapshot.graph().node(client);
        if (node < 0) continue;
        double sum = 0;
        for (const Flow* flow : flows) sum += std::max(0.0, flow->share);
        if (std::abs(sum - 1) <= 1e-6) continue;
        Finding finding{flow_shares.id, flow_shares.severity};
        finding.message = fill("The shares of the flows of {} sum to {} instead of 100 %; they are scaled to fit",
                               {evidence.snapshot.nameOf(node), percent(sum)});
        finding.components = {client};
        FixBuilder fix(evidence.snapshot, placement);
        for (const Flow* flow : flows) {
            Flow scaled = *flow;
            scaled.share = sum > 0 ? std::max(0.0, flow->share) / sum : 1.0 / static_cast<double>(flows.size());
            fix.put(std::move(scaled));
        }
        finding.fix = fix.titled("Scale the shares to 100 %");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule flow_shares{
    "flow-shares",
    "Shares of flows do not sum to one",
    "The flows of a client divide its requests among them. Shares that sum to less leave requests that go nowhere, "
    "shares that sum to more invent some; either way the load of every component behind is off by that factor.",
    "Design file, version 1",
    Severity::warning,
    checkFlowShares,
};

}  // namespace loadpath::checks
