#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/table_checks.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

void addBucket(StoreCase& store, const StoreTable& table, double rows) {
    std::string bucket = "bucket";
    while (holdsColumn(table.partitionKey, bucket) || holdsColumn(table.columns, bucket)) bucket += "_2";
    Value::Object& raw = tableIn(store, table);
    raw["rows_per_partition"] = rows;
    listIn(raw, "partition_key").emplace_back(bucket);
    if (!table.columns.empty()) listIn(raw, "columns").emplace_back(bucket);
    for (std::size_t i = 0; i < table.queries.size(); ++i) {
        const TableQuery& query = table.queries[i];
        const bool byKey =
            std::all_of(table.partitionKey.begin(), table.partitionKey.end(),
                        [&query](const std::string& column) { return holdsColumn(query.where, column); });
        if (byKey) listIn(queryIn(store, table, i), "where").emplace_back(bucket);
    }
}

void findWidePartitions(StoreCase& store) {
    if (!store.isType("cassandra")) return;
    const double mostBytes = store.evidence.threshold(cassandra_wide_partition, "partition_mb") * 1e6;
    const double mostRows = store.evidence.threshold(cassandra_wide_partition, "rows");
    for (const StoreTable& table : store.tables) {
        const double rows = table.rowsPerPartition.value_or(0), bytes = rows * table.rowBytes;
        const double parts = std::max(bytes / mostBytes, rows / mostRows);
        if (!(parts > 1)) continue;
        store.cases.push_back(
            fill("a partition of {} grows to {} rows, {} MB", {table.shown(), compact(rows), compact(bytes / 1e6)}));
        const double each = std::floor(rows / std::ceil(parts));
        if (each > 0 && each * table.rowBytes <= mostBytes) addBucket(store, table, each);
    }
    store.fixTitle = "Bucket the partition key (by month, say)";
}

std::vector<Finding> checkCassandraWidePartition(const Evidence& evidence) {
    return eachStore(evidence, cassandra_wide_partition, findWidePartitions);
}

}  // namespace

const Rule cassandra_wide_partition{
    "cassandra-wide-partition",
    "Partition grows too wide",
    "A partition is never split over nodes: a wide one is read, repaired, compacted and streamed in one piece, fills "
    "the "
    "heap while that happens and makes one set of replicas hot. A bucket in the key, a month or a number, bounds it "
    "however long the conversation lasts.",
    "DataStax documentation: data modelling best practices (100 MB, 100,000 rows)",
    Severity::warning,
    checkCassandraWidePartition,
    {{"partition_mb", 100, 0.001, 1e9, "partitions larger than this"},
     {"rows", 100000, 1, 1e15, "partitions with more rows than this"}},
};

}  // namespace loadpath::checks
