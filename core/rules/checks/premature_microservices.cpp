#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <map>

namespace loadpath::checks {
namespace {

std::vector<Finding> checkPrematureMicroservices(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::map<std::string, int> teams;
    Finding finding{premature_microservices.id, premature_microservices.severity};
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!isType(graph.nodes[i], "service") && !isType(graph.nodes[i], "graphql_server")) continue;
        const Value team = viewOf(snapshot, static_cast<int>(i)).value("team");
        if (!team.text() || team.text()->empty()) continue;
        ++teams[*team.text()];
        finding.components.push_back(graph.nodes[i].id);
    }
    const double services = static_cast<double>(finding.components.size());
    const double most = evidence.threshold(premature_microservices, "services_per_team");
    if (teams.empty() || services <= most * static_cast<double>(teams.size())) return {};
    std::vector<std::string> shown;
    for (const auto& [team, count] : teams) shown.push_back(team + " (" + std::to_string(count) + ")");
    finding.message =
        fill("{} for {}: {}", {plural(static_cast<long long>(services), "service", "services"),
                               plural(static_cast<long long>(teams.size()), "team", "teams"), listed(shown)});
    return {std::move(finding)};
}

}  // namespace

const Rule premature_microservices{
    "premature-microservices",
    "More services than the teams can run",
    "Each service wants its own deployment, monitoring, on-call knowledge and compatible interfaces. Services pay off "
    "where teams can work and release without each other; a single team that owns many of them pays for the network "
    "between and gets nothing in return. A modular monolith can be split later, along boundaries that have proven "
    "right.",
    "MonolithFirst (M. Fowler); Building Microservices (S. Newman), ch. 1",
    Severity::info,
    checkPrematureMicroservices,
    {{"services_per_team", 3, 1, 100, "more services than this for each team that is named"}},
};

}  // namespace loadpath::checks
