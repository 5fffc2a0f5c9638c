#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/table_checks.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

/// Columns that the query returns and the index does not hold.
std::vector<std::string> beyond(const TableIndex& index, const TableQuery& query) {
    std::vector<std::string> extra;
    for (const std::string& column : query.select)
        if (!holdsColumn(index.columns, column) && !holdsColumn(index.include, column)) extra.push_back(column);
    return extra;
}

Value::Object& rawIndexIn(StoreCase& store, const StoreTable& table, std::size_t place) {
    for (Value& item : indexesIn(store, table))
        if (item.object() && place-- == 0) return std::get<Value::Object>(item.data);
    throw std::logic_error("no such index");
}

void hintAt(StoreCase& store, const StoreTable& table, const TableQuery& query) {
    const double hot = store.evidence.threshold(index_covering_hint, "rate_rps");
    const double columns = store.evidence.threshold(index_covering_hint, "columns");
    const double rare = store.evidence.threshold(index_covering_hint, "share");
    const double rps = store.rps(query);
    int best = -1;
    for (std::size_t i = 0; i < table.indexes.size(); ++i) {
        const TableIndex& index = table.indexes[i];
        if (index.type != "btree" || !serves(index, query)) continue;
        if (best < 0 || beyond(index, query).size() < beyond(table.indexes[std::size_t(best)], query).size())
            best = static_cast<int>(i);
    }
    if (best < 0) return;
    const TableIndex& index = at(table.indexes, best);
    const std::vector<std::string> extra = beyond(index, query);
    if (rps > hot && !extra.empty() && static_cast<double>(extra.size()) <= columns) {
        store.cases.push_back(fill("{} {} runs {} times a second and fetches each row only for {}",
                                   {table.shown(), shownQuery(query), compact(rps), listed(extra)}));
        Value::List& include = listIn(rawIndexIn(store, table, std::size_t(best)), "include");
        for (const std::string& column : extra) include.emplace_back(column);
    }
    if (!query.flag.empty() && query.flagShare && *query.flagShare < rare && index.where.empty()) {
        store.cases.push_back(fill("{} {} only ever wants the {} of rows with {}, but its index holds all of them",
                                   {table.shown(), shownQuery(query), percent(*query.flagShare), query.flag}));
        rawIndexIn(store, table, std::size_t(best))["where"] = query.flag;
    }
}

void findHints(StoreCase& store) {
    if (!isIn(store.store(), "sql_node")) return;
    for (const StoreTable& table : store.tables)
        for (const TableQuery& query : table.queries) hintAt(store, table, query);
    store.fixTitle = "Let the index answer alone";
}

std::vector<Finding> checkIndexCoveringHint(const Evidence& evidence) {
    return eachStore(evidence, index_covering_hint, findHints);
}

}  // namespace

const Rule index_covering_hint{
    "index-covering-hint",
    "Index could answer alone",
    "An index that carries the few further columns a hot query returns (INCLUDE) answers without touching the table, "
    "one "
    "random read less for each row. A partial index on the rare rows a query is always after is a fraction of the size "
    "and is written only when such a row changes.",
    "PostgreSQL documentation, 11.9 (index-only scans) and 11.8 (partial indexes)",
    Severity::info,
    checkIndexCoveringHint,
    {{"rate_rps", 500, 0, 1e9, "queries that run more often than this a second"},
     {"columns", 3, 1, 100, "at most this many further columns"},
     {"share", 0.1, 0, 1, "conditions that fewer rows than this meet"}},
};

}  // namespace loadpath::checks
