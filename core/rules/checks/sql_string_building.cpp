#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkSqlStringBuilding(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (viewOf(snapshot, static_cast<int>(i)).value("sql") != Value("string_concat")) continue;
        const Node& node = graph.nodes[i];
        Finding finding{sql_string_building.id, sql_string_building.severity};
        finding.components = {node.id};
        finding.message = fill(
            "{} puts values into the text of its SQL: what a user types can become part of the statement", {node.name});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "sql", "parameterised");
        finding.fix = fix.titled("Use parameterised statements");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule sql_string_building{
    "sql-string-building",
    "SQL put together from strings",
    "A statement built by joining strings cannot tell the developer's words from the user's: a quote in the right "
    "place reads, changes or drops any table that the account may touch. Parameters travel beside the statement and "
    "are never read as SQL; they also let the database reuse its plan.",
    "OWASP SQL Injection Prevention cheat sheet; CWE-89",
    Severity::error,
    checkSqlStringBuilding,
};

}  // namespace loadpath::checks
