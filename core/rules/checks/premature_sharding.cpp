#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/stores.h"
#include "rules/tables.h"
#include "rules/text.h"
#include "support/format.h"

#include <optional>

namespace loadpath::checks {
namespace {

/// Of tables with a known number of rows, else at most what the disk holds; nothing where neither is said.
std::optional<double> dataBytes(const Evidence& evidence, int store) {
    double bytes = 0;
    bool known = false;
    for (const StoreTable& table : evidence.tables().of(store)) {
        if (!table.rows) continue;
        known = true;
        bytes += *table.rows * table.rowBytes;
    }
    if (known) return bytes;
    const ParameterView view = viewOf(evidence.snapshot, store);
    if (view.isStated("storage_gb") && view.value("storage_gb").isNumber())
        return view.value("storage_gb").number() * 1e9;
    return std::nullopt;
}

struct ShardSum {
    std::optional<double> bytes = 0.0;
    double reads = 0, writes = 0;
    double readCapacity = 0, writeCapacity = 0;  // of one node; the copies included for reads
};

ShardSum sumOf(const Evidence& evidence, const ShardedStore& sharded) {
    const FlowGraph& graph = evidence.snapshot.graph();
    ShardSum sum;
    for (const int store : sharded.stores) {
        const auto bytes = dataBytes(evidence, store);
        sum.bytes = bytes && sum.bytes ? std::optional(*sum.bytes + *bytes) : std::nullopt;
        sum.reads += at(evidence.capacity.nodes, store).readRps;
        sum.writes += at(evidence.capacity.nodes, store).writeRps;
        const Node& node = at(graph.nodes, store);
        double nodes = 1;
        for (const int out : at(graph.outgoing, store)) {
            const Link& link = at(graph.links, out);
            if (!link.legal || (link.mode != Mode::replicate && link.mode != Mode::standby)) continue;
            if (!isType(at(graph.nodes, link.to), "postgres_replica")) continue;
            nodes += at(graph.nodes, link.to).instances;
            sum.reads += at(evidence.capacity.nodes, link.to).readRps;
        }
        const auto each = [&node](Op op) {
            const double ms = node.serviceMs[op == Op::read ? 0 : 1];
            return node.concurrency > 0 && ms > 0 ? node.concurrency * 1000 / ms : 0.0;
        };
        sum.writeCapacity = std::max(sum.writeCapacity, each(Op::write));
        sum.readCapacity = std::max(sum.readCapacity, each(Op::read) * nodes);
    }
    return sum;
}

std::vector<Finding> checkPrematureSharding(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const double muchBytes = evidence.threshold(premature_sharding, "data_gb") * 1e9;
    const double busy = evidence.threshold(premature_sharding, "utilisation");
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const ShardedStore& sharded : shardedStores(snapshot)) {
        if (sharded.shards < 2 || sharded.stores.empty()) continue;
        const ShardSum sum = sumOf(evidence, sharded);
        if (!sum.bytes || !(*sum.bytes < muchBytes)) continue;
        // Both are done by the same servers.
        if (!(sum.writes < busy * sum.writeCapacity) ||
            !(sum.reads / sum.readCapacity + sum.writes / sum.writeCapacity < 1))
            continue;
        const Node& node = at(snapshot.graph().nodes, sharded.node);
        Finding finding{premature_sharding.id, premature_sharding.severity};
        finding.components = {node.id};
        finding.message = fill(
            "{} is spread over {} shards for {} GB and {} writes a second: one node takes {} and holds "
            "them all",
            {node.name, compact(sharded.shards), compact(*sum.bytes / 1e9), compact(sum.writes),
             compact(sum.writeCapacity)});
        if (sharded.stores.size() == 1) {
            FixBuilder fix(snapshot, placement);
            fix.set(node.id, "shards", 1);
            finding.fix = fix.titled("Keep it on one node");
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule premature_sharding{
    "premature-sharding",
    "Sharded before it must be",
    "Sharding takes joins, transactions, unique keys and simple backups away and adds a router, a map and resharding. "
    "One node with copies for reading carries some hundred gigabytes and thousands of writes a second; indexes, "
    "caching "
    "and a larger machine come first.",
    "Kleppmann, Designing Data-Intensive Applications, ch. 6; Vitess documentation",
    Severity::info,
    checkPrematureSharding,
    {{"data_gb", 500, 0, 1e9, "less data than this"},
     {"utilisation", 0.5, 0, 1, "writes take less of one node than this"}},
};

}  // namespace loadpath::checks
