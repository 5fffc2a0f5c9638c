#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/table_checks.h"
#include "rules/text.h"
#include "rules/wide_tables.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

/// Takes the index away and gives the queries that use it a table by that column.
void replaceIndex(StoreCase& store, const StoreTable& table, const std::vector<std::string>& columns) {
    std::vector<MovedQuery> moved;
    for (std::size_t i = 0; i < table.queries.size(); ++i)
        if (std::any_of(columns.begin(), columns.end(),
                        [&](const std::string& column) { return holdsColumn(table.queries[i].where, column); }))
            moved.push_back({&table, i});
    giveTables(store, moved);
    Value::List& indexes = listIn(tableIn(store, table), "secondary_indexes");
    std::erase_if(indexes, [&columns](const Value& index) {
        const Value* column = index.find("col");
        return column && column->text() && holdsColumn(columns, *column->text());
    });
}

void findManyValuedIndexes(StoreCase& store) {
    if (!store.isType("cassandra")) return;
    const double most = store.evidence.threshold(cassandra_secondary_index, "values");
    for (const StoreTable& table : store.tables) {
        std::vector<std::string> columns;
        for (const SecondaryIndex& index : table.secondaryIndexes) {
            if (!hasManyValues(table, index, most)) continue;
            columns.push_back(index.column);
            store.cases.push_back(
                fill("the secondary index on {} of {} has {} values: each look-up asks all nodes for "
                     "a handful of rows",
                     {index.column, table.shown(), compact(*index.cardinality)}));
        }
        if (!columns.empty()) replaceIndex(store, table, columns);
    }
    store.fixTitle = "Look up through a table of its own";
}

std::vector<Finding> checkCassandraSecondaryIndex(const Evidence& evidence) {
    return eachStore(evidence, cassandra_secondary_index, findManyValuedIndexes);
}

}  // namespace

const Rule cassandra_secondary_index{
    "cassandra-secondary-index",
    "Secondary index with many values",
    "A secondary index is local: every node indexes its own rows, so a look-up without the partition key asks all of "
    "them. For a column with few values each has something to say; for one like an e-mail address a hundred nodes are "
    "asked to find one row. A second table by that column asks one.",
    "DataStax documentation: when not to use a secondary index",
    Severity::warning,
    checkCassandraSecondaryIndex,
    {{"values", 1000, 1, 1e15, "columns with more values than this"}},
};

}  // namespace loadpath::checks
