#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/table_checks.h"
#include "rules/text.h"
#include "rules/wide_tables.h"

namespace loadpath::checks {
namespace {

/// With this column first among those left open, do the table's other queries still find their order?
bool canLead(const StoreTable& table, const TableQuery& query) {
    return std::all_of(table.queries.begin(), table.queries.end(), [&](const TableQuery& other) {
        return other.order.empty() || other.order == query.order || holdsColumn(other.where, other.order);
    });
}

void findWrongOrder(StoreCase& store) {
    if (!store.isType("cassandra")) return;
    std::vector<MovedQuery> moved;
    bool canFix = true;
    for (const StoreTable& table : store.tables)
        for (std::size_t i = 0; i < table.queries.size(); ++i) {
            const TableQuery& query = table.queries[i];
            if (isClusteredFor(table, query)) continue;
            store.cases.push_back(fill(
                "{} is wanted in the order of {}, but its partitions lie in the order of {}",
                {table.shown(), query.order, table.clustering.empty() ? "nothing" : shownColumns(table.clustering)}));
            if (canLead(table, query)) {
                std::vector<std::string> clustering;
                for (const std::string& column : table.clustering)
                    if (holdsColumn(query.where, column)) clustering.push_back(column);
                clustering.push_back(query.order);
                for (const std::string& column : table.clustering)
                    if (!holdsColumn(clustering, column)) clustering.push_back(column);
                tableIn(store, table)["clustering"] = asValue(clustering);
            } else {
                canFix = canFix && !query.where.empty();
                moved.push_back({&table, i});
            }
        }
    if (!canFix) return;
    giveTables(store, moved);
    store.fixTitle = moved.empty() ? "Cluster by what the query orders by" : "Add a table in that order";
}

std::vector<Finding> checkCassandraClusteringOrder(const Evidence& evidence) {
    return eachStore(evidence, cassandra_clustering_order, findWrongOrder);
}

}  // namespace

const Rule cassandra_clustering_order{
    "cassandra-clustering-order",
    "Order other than on disk",
    "Inside a partition rows lie sorted by the clustering columns, and the store reads them in that order or "
    "backwards; "
    "it never sorts. Another order means fetching the partition and sorting in the caller, which for the newest ten of "
    "a "
    "million rows reads a million.",
    "Apache Cassandra documentation, CQL: clustering order",
    Severity::warning,
    checkCassandraClusteringOrder,
};

}  // namespace loadpath::checks
