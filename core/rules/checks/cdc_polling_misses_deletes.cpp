#include "rules/cdc.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkCdcPollingMissesDeletes(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const std::vector<Capture> all = captures(evidence);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (int i = 0; i < static_cast<int>(graph.nodes.size()); ++i) {
        const Node& node = at(graph.nodes, i);
        if (!isIn(node, "cdc")) continue;
        const ParameterView view = viewOf(snapshot, i);
        if (!(view.value("method") == "polling")) continue;
        Finding finding{cdc_polling_misses_deletes.id, cdc_polling_misses_deletes.severity};
        finding.components = {node.id};
        finding.message =
            fill("{} asks every {} what has changed: it never sees deletes, nor what changed twice in between",
                 {node.name, duration(view.value("poll_s").number() * 1000)});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "method", "log");
        for (const Capture& capture : all)
            if (capture.connector == i && isType(at(graph.nodes, capture.source), "postgres"))
                boundSlots(fix, capture.source);
        finding.fix = fix.titled("Read the change log");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cdc_polling_misses_deletes{
    "cdc-polling-misses-deletes",
    "Polling does not see deletes",
    "A row that was deleted is not among those that changed: it is not there. A connector that polls therefore leaves "
    "it in "
    "every copy for ever, and of a row that changed three times between two polls it sees one state. The change log of "
    "the "
    "database holds every change, deletes included, in order.",
    "Debezium documentation: features of log-based capture",
    Severity::warning,
    checkCdcPollingMissesDeletes,
};

}  // namespace loadpath::checks
