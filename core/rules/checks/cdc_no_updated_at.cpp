#include "rules/cdc.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

bool saysWhenChanged(const StoreTable& table) { return table.hasUpdatedAt || holdsColumn(table.columns, "updated_at"); }

std::vector<Finding> checkCdcNoUpdatedAt(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const Capture& capture : captures(evidence)) {
        if (!isIn(at(graph.nodes, capture.source), "sql")) continue;
        const bool isPolled = capture.method == "polling";
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> names;
        for (const StoreTable* table : capture.tables) {
            if (saysWhenChanged(*table)) continue;
            names.push_back(table->shown());
            setTableField(fix, capture.source, table->place, "updated_at", true);
        }
        if (names.empty()) continue;
        Finding finding{cdc_no_updated_at.id, isPolled ? Severity::error : cdc_no_updated_at.severity};
        finding.components = {at(graph.nodes, capture.source).id, at(graph.nodes, capture.connector).id};
        finding.message =
            isPolled ? fill(
                           "{} asks {} of {} for what changed since the last time, but nothing there says when a row "
                           "was changed",
                           {snapshot.nameOf(capture.connector), listed(names), snapshot.nameOf(capture.source)})
                     : fill("{} of {}, captured by {}, {} no updated_at: copies cannot be compared with it by time",
                            {listed(names), snapshot.nameOf(capture.source), snapshot.nameOf(capture.connector),
                             names.size() == 1 ? "has" : "have"});
        finding.fix = fix.titled("Add updated_at");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cdc_no_updated_at{
    "cdc-no-updated-at",
    "Captured table does not say when rows changed",
    "A connector that polls finds changes by their time alone and captures nothing without it. One that reads the log "
    "does not need it, but whoever checks or repairs a copy does: the time of the last change tells which rows to "
    "compare, to send again and to trust.",
    "Debezium documentation; Designing Data-Intensive Applications (Kleppmann), ch. 11",
    Severity::info,
    checkCdcNoUpdatedAt,
};

}  // namespace loadpath::checks
