#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/stores.h"
#include "rules/tags.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

bool needsBackup(const Node& node) {
    for (const char* type : {"postgres", "mongodb", "cassandra", "dynamodb", "neo4j", "timeseries_db"})
        if (isType(node, type)) return true;
    return false;
}

std::vector<Finding> checkNoBackup(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Passing passing(snapshot);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const int node = static_cast<int>(i);
        if (!needsBackup(graph.nodes[i]) || viewOf(snapshot, node).value("backup") != Value("none")) continue;
        if (componentHasTag(snapshot, node, "lossy_ok") || !receivesWrites(graph, passing, node)) continue;
        Finding finding{no_backup.id, no_backup.severity};
        finding.components = {graph.nodes[i].id};
        finding.message =
            fill("{} is written to and has no backup: what is deleted or damaged is gone", {graph.nodes[i].name});
        FixBuilder fix(snapshot, placement);
        fix.set(graph.nodes[i].id, "backup", "pitr");
        finding.fix = fix.titled("Back up, with recovery to any moment");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule no_backup{
    "no-backup",
    "No backup",
    "Replicas copy mistakes as faithfully as data: a wrong DELETE, a faulty release or an intruder reaches every copy "
    "within milliseconds. Only a backup of yesterday, or a log from which any moment can be restored, brings the data "
    "back, and only if restoring is tried now and then.",
    "Google SRE Book, ch. 26 (data integrity); PostgreSQL documentation, ch. 26",
    Severity::error,
    checkNoBackup,
};

}  // namespace loadpath::checks
