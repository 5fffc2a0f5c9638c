#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/table_checks.h"
#include "rules/text.h"
#include "rules/wide_tables.h"

namespace loadpath::checks {
namespace {

std::string wrongShape(const StoreTable& table, const TableQuery& query) {
    std::vector<std::string> missing;
    for (const std::string& column : table.partitionKey)
        if (!holdsColumn(query.where, column)) missing.push_back(column);
    if (!missing.empty() && !usesFewValuedIndex(table, query))
        return "lacks " + shownColumns(missing) + " of the partition key, so every node is asked";
    if (query.allowFiltering) return "filters: it reads far more rows than it returns";
    if (query.usesJoin) return "needs a join, which there is not";
    if (query.aggregatesAcross) return "aggregates over partitions, so every node is asked";
    return {};
}

void findWrongShapes(StoreCase& store) {
    if (!store.isType("cassandra")) return;
    std::vector<MovedQuery> moved;
    bool allMovable = true;
    for (const StoreTable& table : store.tables)
        for (std::size_t i = 0; i < table.queries.size(); ++i) {
            const std::string what = wrongShape(table, table.queries[i]);
            if (what.empty()) continue;
            store.cases.push_back(fill("{} {} {}", {table.shown(), shownQuery(table.queries[i]), what}));
            allMovable = allMovable && !table.queries[i].where.empty();
            moved.push_back({&table, i});
        }
    if (!allMovable || moved.empty()) return;
    giveTables(store, moved);
    store.fixTitle = moved.size() == 1 ? "Add a table for the query" : "Add a table for each query";
}

std::vector<Finding> checkCassandraQueryShape(const Evidence& evidence) {
    return eachStore(evidence, cassandra_query_shape, findWrongShapes);
}

}  // namespace

const Rule cassandra_query_shape{
    "cassandra-query-shape",
    "Query does not fit the table",
    "Rows live on the nodes that the partition key names. A query that gives the whole key asks those few; any other "
    "asks every node, grows slower with each one added and fails when one of them is slow. So tables are made for "
    "queries, one for each, and the same data is written to several.",
    "Apache Cassandra documentation, data modelling: query-driven design",
    Severity::error,
    checkCassandraQueryShape,
};

}  // namespace loadpath::checks
