#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/table_checks.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

/// Has a column of the query, but not in front (of a hash index: not all it hashes).
bool holdsBehind(const TableIndex& index, const TableQuery& query) {
    if (index.type != "btree" && !(index.type == "hash" && query.op == "eq")) return false;
    return index.columns.size() > 1 &&
           std::any_of(index.columns.begin(), index.columns.end(),
                       [&query](const std::string& column) { return holdsColumn(query.where, column); });
}

void findUselessPrefixes(StoreCase& store) {
    const double fewRows = store.evidence.threshold(index_prefix_mismatch, "rows");
    int missing = 0;
    for (const StoreTable& table : store.tables) {
        if (table.rows && !(*table.rows > fewRows)) continue;
        std::vector<TableIndex> indexes = table.indexes;
        indexes.push_back({"btree", table.keyColumns, {}, {}});
        for (const TableQuery& query : table.queries) {
            if ((query.op != "eq" && query.op != "range") || isIndexed(table, query)) continue;
            const auto index = std::find_if(indexes.begin(), indexes.end(),
                                            [&query](const TableIndex& i) { return holdsBehind(i, query); });
            if (index == indexes.end()) continue;
            store.cases.push_back(
                fill("{} is asked {}, but its index {} begins with {}",
                     {table.shown(), shownQuery(query), shownColumns(index->columns), index->columns.front()}));
            addIndexFor(store, table, query);
            ++missing;
        }
    }
    store.fixTitle = missing == 1 ? "Create an index that begins with it" : "Create indexes that begin with them";
}

std::vector<Finding> checkIndexPrefixMismatch(const Evidence& evidence) {
    return eachStore(evidence, index_prefix_mismatch, findUselessPrefixes);
}

}  // namespace

const Rule index_prefix_mismatch{
    "index-prefix-mismatch",
    "Index in the wrong order",
    "A composite index is sorted by its first column, then the second inside it, like a telephone book by surname and "
    "first name: it finds nothing by first name alone. It costs every write and does not help the query it seems to be "
    "there for.",
    "PostgreSQL documentation, 11.3 (multicolumn indexes); Winand, SQL Performance Explained",
    Severity::warning,
    checkIndexPrefixMismatch,
    {{"rows", 10000, 0, 1e15, "tables that are known to have more rows than this, or an unknown number"}},
};

}  // namespace loadpath::checks
