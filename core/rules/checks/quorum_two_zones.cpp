#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/redundancy.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

bool votesByMajority(const Node& node) {
    if (node.managed) return false;
    return node.behaviour == Behaviour::ensemble || isType(node, "rabbitmq");
}

std::vector<Finding> checkQuorumTwoZones(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        const Serving& serving = node.serving[static_cast<int>(Purpose::write)];
        if (!votesByMajority(node) || serving.units < 2 || 2 * serving.need <= serving.units) continue;
        std::vector<std::pair<int, int>> members;  // domain, voters in it; in the order in which it names them
        for (int unit = 0; unit < serving.units && !node.zones.empty(); ++unit) {
            const int domain = node.zones[static_cast<std::size_t>(unit) % node.zones.size()];
            if (!at(graph.domains, domain).hasVariable) continue;
            const auto known = std::find_if(members.begin(), members.end(),
                                            [domain](const auto& member) { return member.first == domain; });
            if (known == members.end())
                members.emplace_back(domain, 1);
            else
                ++known->second;
        }
        if (members.size() < 2) continue;
        const auto fullest = std::max_element(members.begin(), members.end(),
                                              [](const auto& a, const auto& b) { return a.second < b.second; });
        const int held = fullest->second;
        if (held < serving.units - serving.need + 1) continue;
        Finding finding{quorum_two_zones.id, quorum_two_zones.severity};
        finding.message = fill("{} holds {} of the {} voters of {}, which needs {}: without it there is no majority",
                               {at(graph.domains, fullest->first).name, std::to_string(held),
                                std::to_string(serving.units), node.name, std::to_string(serving.need)});
        finding.components = {node.id};
        finding.zones = {at(graph.domains, fullest->first).id};
        FixBuilder fix(snapshot, placement);
        const std::string title = makeRedundant(fix, static_cast<int>(i), Survive::zone);
        if (!title.empty() && !fix.empty()) finding.fix = fix.titled(title);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule quorum_two_zones{
    "quorum-two-zones",
    "One zone holds the majority",
    "Voters spread over two zones look redundant, but one of the two always has so many of them that the rest is no "
    "majority. When that zone is lost the group stops, however healthy the other one is. With a third zone any one "
    "can go.",
    "etcd documentation: failure modes; Availability and Beyond (AWS whitepaper)",
    Severity::warning,
    checkQuorumTwoZones,
    {},
    Proof::loseZone,
};

}  // namespace loadpath::checks
