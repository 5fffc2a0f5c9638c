#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/lookup.h"
#include "rules/stores.h"
#include "rules/text.h"

#include <set>

namespace loadpath::checks {
namespace {

bool isTeamDatabase(const Node& node) {
    return isType(node, "postgres") || isType(node, "mongodb") || isType(node, "cassandra") ||
           isType(node, "dynamodb") || isType(node, "neo4j");
}

std::set<std::string> ownedData(const ParameterView& view) {
    std::set<std::string> owned;
    if (const Value list = view.value("owns_data"); list.list())
        for (const Value& item : *list.list())
            if (item.text()) owned.insert(*item.text());
    return owned;
}

/// Both say whose they are, or what they own, and do not say the same.
bool areApart(const Snapshot& snapshot, int a, int b) {
    const ParameterView first = viewOf(snapshot, a), second = viewOf(snapshot, b);
    const Value teamA = first.value("team"), teamB = second.value("team");
    if (teamA.text() && teamB.text() && !teamA.text()->empty() && !teamB.text()->empty() && teamA != teamB) return true;
    const std::set<std::string> ownedA = ownedData(first), ownedB = ownedData(second);
    return !ownedA.empty() && !ownedB.empty() && ownedA != ownedB;
}

std::vector<Finding> checkSharedDatabase(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Passing passing(snapshot);
    std::vector<Finding> findings;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!isTeamDatabase(graph.nodes[i])) continue;
        std::vector<int> writers;
        for (const Caller& caller : callersOf(graph, static_cast<int>(i)))
            if (isIn(at(graph.nodes, caller.node), "compute") && passing.writes(caller.link) &&
                std::find(writers.begin(), writers.end(), caller.node) == writers.end())
                writers.push_back(caller.node);
        std::set<int> apart;
        for (std::size_t a = 0; a < writers.size() && writers.size() > 1; ++a)
            if (const auto other = std::find_if(writers.begin(), writers.end(),
                                                [&](int b) { return areApart(snapshot, writers[a], b); });
                other != writers.end()) {
                apart.insert(writers[a]);
                apart.insert(*other);
            }
        if (apart.size() < 2) continue;
        Finding finding{shared_database.id, shared_database.severity};
        finding.components = {graph.nodes[i].id};
        std::vector<std::string> names;
        for (const int writer : apart) names.push_back(snapshot.nameOf(writer));
        std::sort(names.begin(), names.end());
        finding.message = fill("{} all write to {}: none of them can change its tables without the others",
                               {listed(names), graph.nodes[i].name});
        if (apart.size() == 2)
            finding.message = fill("{} both write to {}: neither can change its tables without the other",
                                   {listed(names), graph.nodes[i].name});
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

// No fix: whether the data is split or one of them asks the other is for the teams to decide.
const Rule shared_database{
    "shared-database",
    "Services share a database",
    "A database that several teams write to is an interface nobody designed: a column cannot change without all of "
    "them, "
    "one team's migration locks the other's tables, and rules that one service enforces another breaks. Each data set "
    "needs one owner; the others ask it or keep a copy fed by its changes.",
    "Newman, Building Microservices, ch. 4; Richardson, microservices.io: database per service",
    Severity::warning,
    checkSharedDatabase,
};

}  // namespace loadpath::checks
