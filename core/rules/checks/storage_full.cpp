#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

constexpr double usualHorizonY = 3, secondsAYear = 365 * 86400.0, indexOverhead = 1.3, gigabyte = 1e9;

std::string sizeText(double bytes) {
    if (bytes >= 1e15) return fixed(bytes / 1e15, 1) + " PB";
    if (bytes >= 1e12) return fixed(bytes / 1e12, 1) + " TB";
    return fixed(bytes / gigabyte, 0) + " GB";
}

double horizonOf(const Snapshot& snapshot) {
    return snapshot.design().header.requirements.horizonY.value_or(usualHorizonY);
}

/// Mean size of what is written, by the connections that write.
double writtenBytes(const Evidence& evidence, int index) {
    const FlowGraph& graph = evidence.snapshot.graph();
    double bytes = 0, rate = 0;
    for (const int in : at(graph.incoming, index)) {
        const ParameterView view = viewOfLink(evidence.snapshot, in);
        const double rps = at(evidence.averageLoad().linkRps, in);
        if (!(rps > 0) || !std::isfinite(rps) || view(keys::ops) == "read") continue;
        bytes += rps * view.value("payload_kb").number(1) * 1000;
        rate += rps;
    }
    return rate > 0 ? bytes / rate : 1000;
}

/// Stores that the estimates leave out: the same sum for what one machine of them will hold.
double heldByMachine(const Evidence& evidence, int index) {
    const Node& node = at(evidence.snapshot.graph().nodes, index);
    const ParameterView view = viewOf(evidence.snapshot, index);
    const double writes = at(evidence.averageLoad().nodes, index).writeRps;
    const bool ofDocuments = view.value("doc_bytes").isNumber();
    const double record = ofDocuments ? view.value("doc_bytes").number() : writtenBytes(evidence, index);
    double machines = 1, copies = 1;
    if (node.behaviour == Behaviour::ensemble) machines = std::max(1.0, view.value("shards").number(1));
    if (node.behaviour == Behaviour::search_store) copies = 1 + view.value("replicas").number(0);
    if (node.behaviour == Behaviour::search_store || node.behaviour == Behaviour::chunk_store)
        machines = node.instances;
    return writes * record * secondsAYear * horizonOf(evidence.snapshot) * indexOverhead * copies / machines;
}

/// Bytes on one machine at the end of the years to plan for; NaN where nothing is known.
double estimatedBytes(const Evidence& evidence, int index) {
    const Node& node = at(evidence.snapshot.graph().nodes, index);
    if (const EstimateLine* disk = evidence.estimates().find(node.id.value + ".disk")) return disk->exact;
    const bool isOther = node.behaviour == Behaviour::ensemble || node.behaviour == Behaviour::search_store ||
                         node.behaviour == Behaviour::chunk_store;
    return isOther && isIn(node, "store") ? heldByMachine(evidence, index) : noFigure;
}

std::optional<Fix> largerDisk(const Snapshot& snapshot, Placement& placement, const Node& node, double bytes,
                              double share) {
    constexpr double largestOfDatabase = 64e12;  // where vendors stop: more wants shards, which is a design
    const double wanted = std::ceil(bytes / (share * gigabyte) / 100) * 100;
    if (isIn(node, "sql") && wanted * gigabyte > largestOfDatabase) return std::nullopt;
    if (!(wanted < 1e9)) return std::nullopt;
    FixBuilder fix(snapshot, placement);
    fix.set(node.id, "storage_gb", wanted);
    return fix.titled("Give " + node.name + " " + sizeText(wanted * gigabyte));
}

std::vector<Finding> checkStorageFull(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double share = evidence.threshold(storage_full, "share");
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (!isIn(node, "store") || !componentOf(snapshot, static_cast<int>(i)).properties.contains("storage_gb"))
            continue;
        const double storage = viewOf(snapshot, static_cast<int>(i)).value("storage_gb").number() * gigabyte;
        if (!(storage > 0)) continue;
        const double bytes = estimatedBytes(evidence, static_cast<int>(i));
        if (!(bytes > share * storage * (1 + 1e-9)) || std::isinf(bytes)) continue;
        Finding finding{storage_full.id, storage_full.severity};
        const double years = horizonOf(snapshot);
        finding.message =
            fill("{} will hold {} on each machine in {} years, with indexes, and has {}: it is {} full after {}",
                 {node.name, sizeText(bytes), shortest(years), sizeText(storage), percent(share, 0),
                  duration(years * share * storage / bytes * secondsAYear * 1000)});
        finding.components = {node.id};
        finding.fix = largerDisk(snapshot, placement, node, bytes, share);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule storage_full{
    "storage-full",
    "Disk full before its time",
    "Data only ever seems to grow slowly. Indexes, copies and the space that compaction and vacuum need come on top, "
    "and a database that cannot write any more is down as surely as one that has crashed, with a repair that takes "
    "hours because there is so much to move.",
    "PostgreSQL documentation: routine vacuuming, disk full failure; back-of-the-envelope estimates",
    Severity::warning,
    checkStorageFull,
    {{"share", 0.8, 0.1, 1, "of the disk that may be used"}},
};

}  // namespace loadpath::checks
