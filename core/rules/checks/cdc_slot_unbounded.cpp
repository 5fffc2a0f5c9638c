#include "model/keys.h"
#include "rules/cdc.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

constexpr double indexOverhead = 1.3;

bool keepsSlots(const Snapshot& snapshot, const Capture& capture) {
    const Node& source = at(snapshot.graph().nodes, capture.source);
    if (!isType(source, "postgres") || capture.method != "log") return false;
    const Value engine = viewOf(snapshot, capture.source).value("engine");
    return (engine == "postgres" || engine == "aurora") &&
           at(snapshot.graph().links, capture.link).protocol != "binlog";
}

/// Hours until the change log has filled what the data leave of the disk; nothing where that is not known.
std::optional<double> hoursUntilFull(const Evidence& evidence, int database) {
    const ParameterView view = viewOf(evidence.snapshot, database);
    const Value disk = view.value("storage_gb"), log = view.value("wal_gb_per_h");
    if (!disk.isNumber() || !log.isNumber() || !(log.number() > 0)) return std::nullopt;
    double left = disk.number();
    for (const StoreTable& table : evidence.tables().of(database))
        left -= table.rows.value_or(0) * table.rowBytes * indexOverhead / 1e9;
    return left > 0 ? std::optional(left / log.number()) : std::nullopt;
}

std::vector<Finding> checkCdcSlotUnbounded(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const Capture& capture : captures(evidence)) {
        if (!keepsSlots(snapshot, capture)) continue;
        const Value kept = viewOf(snapshot, capture.source).value("max_slot_wal_keep_gb");
        if (!kept.isNumber() || kept.number() >= 0) continue;
        const bool isWatched = viewOf(snapshot, capture.connector).value("slot_alarm") == true;
        Finding finding{cdc_slot_unbounded.id, isWatched ? Severity::warning : cdc_slot_unbounded.severity};
        const Node& source = at(graph.nodes, capture.source);
        finding.components = {source.id, at(graph.nodes, capture.connector).id};
        const std::optional<double> hours = hoursUntilFull(evidence, capture.source);
        finding.message = fill("While {} is down, {} keeps its change log without bound{}",
                               {snapshot.nameOf(capture.connector), source.name,
                                hours ? ": its disk is full after " + duration(*hours * 3600000)
                                      : " until its disk is full and it stops"});
        FixBuilder fix(snapshot, placement);
        boundSlots(fix, capture.source);
        fix.set(at(graph.nodes, capture.connector).id, "slot_alarm", true);
        finding.fix = fix.titled("Keep at most 30 % of the disk for slots, with an alarm");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cdc_slot_unbounded{
    "cdc-slot-unbounded",
    "A stopped connector fills the database's disk",
    "A replication slot makes the database keep every change that its reader has not confirmed. When the connector "
    "stops, the log grows until the disk is full, and then the database that everything depends on stops writing, "
    "because of a copy. A bound turns that into a new snapshot for the connector.",
    "PostgreSQL documentation: max_slot_wal_keep_size; Debezium documentation: PostgreSQL connector",
    Severity::error,
    checkCdcSlotUnbounded,
};

}  // namespace loadpath::checks
