#include "rules/cdc.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkCdcNoPrimaryKey(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const Capture& capture : captures(evidence)) {
        if (!isIn(at(graph.nodes, capture.source), "sql")) continue;  // the others cannot be without a key
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> names;
        for (const StoreTable* table : capture.tables) {
            if (table->statesKey) continue;
            names.push_back(table->shown());
            setTableField(fix, capture.source, table->place, "pk",
                          Value::Object{{"cols", Value::List{Value("id")}}, {"type", Value("bigint")}});
        }
        if (names.empty()) continue;
        Finding finding{cdc_no_primary_key.id, cdc_no_primary_key.severity};
        finding.components = {at(graph.nodes, capture.source).id, at(graph.nodes, capture.connector).id};
        finding.message = fill("{} captures {} of {}, which {} no primary key: changes cannot be told apart",
                               {snapshot.nameOf(capture.connector), listed(names), snapshot.nameOf(capture.source),
                                names.size() == 1 ? "has" : "have"});
        finding.fix = fix.titled("Add a primary key");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cdc_no_primary_key{
    "cdc-no-primary-key",
    "Captured table without a primary key",
    "The primary key is what a change is about: it keys the messages, keeps the changes of one row in order, and tells "
    "the receiver which row to replace or to remove. Without one, PostgreSQL refuses updates and deletes of a "
    "published "
    "table or logs the whole row, and copies drift from the original.",
    "PostgreSQL documentation: logical replication, replica identity; Debezium documentation",
    Severity::error,
    checkCdcNoPrimaryKey,
};

}  // namespace loadpath::checks
