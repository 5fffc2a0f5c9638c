// Tables of wide-column stores: a table for each query, and the order inside a partition. Knows no rule.
#pragma once

#include "rules/table_checks.h"

#include <vector>

namespace loadpath {

/// A secondary index on one of its columns, and few enough values that asking it is acceptable.
bool usesFewValuedIndex(const StoreTable& table, const TableQuery& query);
/// More values than a secondary index bears; false where nothing says how many.
bool hasManyValues(const StoreTable& table, const SecondaryIndex& index, double most = 1000);

/// The clustering columns that the query leaves open, in order.
std::vector<std::string> openClustering(const StoreTable& table, const TableQuery& query);
/// Rows of a partition already lie as the query wants them.
bool isClusteredFor(const StoreTable& table, const TableQuery& query);

struct MovedQuery {
    const StoreTable* table = nullptr;
    std::size_t query = 0;
};
/// Takes the queries away from their tables and gives each a table of its own, keyed by what it compares.
void giveTables(StoreCase& store, const std::vector<MovedQuery>& queries);

}  // namespace loadpath
