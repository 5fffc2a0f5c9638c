#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/table_checks.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

bool holdsAny(const std::vector<std::string>& indexed, const std::vector<std::string>& asked) {
    return std::any_of(indexed.begin(), indexed.end(),
                       [&asked](const std::string& column) { return holdsColumn(asked, column); });
}

/// What this index cannot do for the query although it is on its columns; empty: nothing.
std::string impossible(const TableIndex& index, const TableQuery& query) {
    const bool on = holdsAny(index.columns, query.where);
    if (index.type == "hash" && on && query.op == "range") return "a range";
    if (index.type == "hash" && !query.order.empty() && holdsColumn(index.columns, query.order) &&
        !holdsColumn(query.where, query.order))
        return "an order";
    if (!on) return {};
    if (query.op == "fulltext" && (index.type == "btree" || index.type == "hash")) return "words inside a text";
    if (query.op == "json" && index.type != "gin") return "what a document or list contains";
    if (query.op == "geo" && index.type != "gist" && index.type != "spgist") return "what is near";
    return {};
}

bool isOrdered(const StoreTable& table, const TableQuery& query) {
    return (!table.keyColumns.empty() && table.keyColumns.front() == query.order) ||
           std::any_of(table.indexes.begin(), table.indexes.end(), [&query](const TableIndex& index) {
               return index.type == "btree" && holdsColumn(index.columns, query.order);
           });
}

bool servesOthers(const StoreTable& table, const TableIndex& index, const TableQuery& except) {
    return std::any_of(table.queries.begin(), table.queries.end(), [&](const TableQuery& query) {
        return &query != &except && !query.where.empty() && serves(index, query);
    });
}

void mendIndexType(StoreCase& store, const StoreTable& table, std::size_t at, const TableQuery& query) {
    const std::string type = indexTypeFor(store, query.op);
    if (servesOthers(table, table.indexes[at], query)) {
        Value::Object index;
        index["type"] = type;
        index["columns"] = asValue(query.where.empty() ? std::vector<std::string>{query.order} : query.where);
        indexesIn(store, table).emplace_back(index);
        return;
    }
    std::size_t place = at;
    for (Value& item : indexesIn(store, table))
        if (item.object() && place-- == 0) std::get<Value::Object>(item.data)["type"] = type;
}

void findWrongIndexTypes(StoreCase& store) {
    for (const StoreTable& table : store.tables)
        for (const TableQuery& query : table.queries) {
            const bool found = !query.where.empty() && isIndexed(table, query);
            for (std::size_t i = 0; i < table.indexes.size(); ++i) {
                const TableIndex& index = table.indexes[i];
                const std::string what = impossible(index, query);
                if (what.empty() || (what == "an order" ? isOrdered(table, query) : found)) continue;
                store.cases.push_back(
                    fill("the {} index on {} of {} cannot find {} ({})",
                         {index.type, shownColumns(index.columns), table.shown(), what, shownQuery(query)}));
                mendIndexType(store, table, i, query);
                break;
            }
        }
    store.fixTitle = store.cases.size() == 1 ? "Use an index of the right type" : "Use indexes of the right type";
}

std::vector<Finding> checkIndexTypeMismatch(const Evidence& evidence) {
    return eachStore(evidence, index_type_mismatch, findWrongIndexTypes);
}

}  // namespace

const Rule index_type_mismatch{
    "index-type-mismatch",
    "Index of the wrong type",
    "Each type of index answers its own kind of question: B-tree equality, ranges and order; hash equality alone; GIN "
    "words, lists and documents; GiST what is near or overlaps. The planner ignores the others, so the query scans the "
    "table while every write still pays for the index.",
    "PostgreSQL documentation, 11.2 (index types)",
    Severity::warning,
    checkIndexTypeMismatch,
};

}  // namespace loadpath::checks
