#include "rules/wide_tables.h"

#include <algorithm>

namespace loadpath {
namespace {

std::string unusedTableName(const std::vector<StoreTable>& tables, const Value::List& raw, const std::string& wanted) {
    const auto taken = [&](const std::string& name) {
        return std::any_of(tables.begin(), tables.end(), [&](const StoreTable& t) { return t.name == name; }) ||
               std::any_of(raw.begin(), raw.end(), [&](const Value& item) {
                   const Value* other = item.find("name");
                   return other && *other == Value(name);
               });
    };
    std::string name = wanted;
    for (int i = 2; taken(name); ++i) name = wanted + "_" + std::to_string(i);
    return name;
}

/// "posts_by_user" asked where post_id → "posts_by_post_id".
std::string nameFor(const StoreTable& table, const TableQuery& query) {
    std::string name = table.name.empty() ? "rows" : table.name.substr(0, table.name.find("_by_"));
    for (std::size_t i = 0; i < query.where.size(); ++i) name += (i ? "_" : "_by_") + query.where[i];
    return name;
}

}  // namespace

bool hasManyValues(const StoreTable& table, const SecondaryIndex& index, double most) {
    if (!index.cardinality) return false;
    return *index.cardinality > most || (table.rows && *index.cardinality > *table.rows / 100);
}

bool usesFewValuedIndex(const StoreTable& table, const TableQuery& query) {
    return std::any_of(table.secondaryIndexes.begin(), table.secondaryIndexes.end(), [&](const SecondaryIndex& index) {
        return index.cardinality && !hasManyValues(table, index) && holdsColumn(query.where, index.column);
    });
}

std::vector<std::string> openClustering(const StoreTable& table, const TableQuery& query) {
    std::vector<std::string> open;
    for (const std::string& column : table.clustering)
        if (!holdsColumn(query.where, column)) open.push_back(column);
    return open;
}

bool isClusteredFor(const StoreTable& table, const TableQuery& query) {
    if (query.order.empty() || holdsColumn(query.where, query.order)) return true;
    const std::vector<std::string> open = openClustering(table, query);
    return !open.empty() && open.front() == query.order;
}

void giveTables(StoreCase& store, const std::vector<MovedQuery>& queries) {
    Value::List added;
    for (const MovedQuery& moved : queries) {
        const StoreTable& table = *moved.table;
        const TableQuery& query = table.queries[moved.query];
        const Value::Object original = tableIn(store, table);
        Value::Object fresh;
        Value::List& all = listIn(store.fix.edit(store.store().id).properties, "tables");
        Value::List named = all;
        named.insert(named.end(), added.begin(), added.end());
        fresh["name"] = unusedTableName(store.tables, named, nameFor(table, query));
        fresh["partition_key"] = asValue(query.where);
        std::vector<std::string> clustering;
        if (!query.order.empty() && !holdsColumn(query.where, query.order)) clustering.push_back(query.order);
        for (const auto* columns : {&table.clustering, &table.partitionKey})
            for (const std::string& column : *columns)
                if (!holdsColumn(query.where, column) && !holdsColumn(clustering, column)) clustering.push_back(column);
        fresh["clustering"] = asValue(clustering);
        for (const char* kept : {"columns", "row_bytes", "tags"})
            if (const auto it = original.find(kept); it != original.end()) fresh[kept] = it->second;
        Value::Object asked = queryIn(store, table, moved.query);
        for (const char* dropped :
             {"allow_filtering", "join", "uses_join", "joins", "aggregate_cross_partition", "aggregate"})
            asked.erase(dropped);
        fresh["queries"] = Value::List{Value(asked)};
        added.emplace_back(std::move(fresh));
    }
    // From the last to the first, so that places stay right.
    for (auto moved = queries.rbegin(); moved != queries.rend(); ++moved) {
        Value::List& list = listIn(tableIn(store, *moved->table), "queries");
        std::size_t left = moved->query;
        for (std::size_t i = 0; i < list.size(); ++i)
            if (list[i].object() && left-- == 0) {
                list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
                break;
            }
    }
    Value::List& tables = listIn(store.fix.edit(store.store().id).properties, "tables");
    tables.insert(tables.end(), added.begin(), added.end());
}

}  // namespace loadpath
