#include "graph/tables.h"

#include "graph/fields.h"

#include <algorithm>

namespace loadpath {
namespace {

using compile::numberIn;
using compile::textIn;
using Words = std::vector<std::string>;

bool contains(const Words& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// A list of words, or one word that stands for a list of one.
Words wordsIn(const Value& object, const char* key) {
    Words words;
    const Value* value = object.find(key);
    if (!value) return words;
    if (value->text() && !value->text()->empty()) words.push_back(*value->text());
    if (value->list())
        for (const Value& item : *value->list())
            if (item.text()) words.push_back(*item.text());
    return words;
}

std::optional<double> statedIn(const Value& object, const char* key) {
    const Value* value = object.find(key);
    return value && value->isNumber() ? std::optional(value->number()) : std::nullopt;
}

bool flagIn(const Value& object, const char* key) {
    const Value* value = object.find(key);
    return value && *value == Value(true);
}

const Value::List& listIn(const Value& object, const char* key) {
    static const Value::List none;
    const Value* value = object.find(key);
    return value && value->list() ? *value->list() : none;
}

/// "created_at desc" → column and direction.
void readOrder(TableQuery& query, std::string text) {
    const std::size_t space = text.find(' ');
    if (space != std::string::npos) {
        std::string direction = text.substr(space + 1);
        std::transform(direction.begin(), direction.end(), direction.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        query.descending = direction == "desc";
        text.resize(space);
    }
    query.order = std::move(text);
}

TableQuery readQuery(const Value& item) {
    TableQuery query;
    query.where = wordsIn(item, "where");
    query.op = textIn(item, "op", "eq");
    const Words order = wordsIn(item, "order");
    if (!order.empty()) readOrder(query, order.front());
    query.share = statedIn(item, "share");
    if (query.share) query.share = std::clamp(*query.share, 0.0, 1.0);
    query.joins = wordsIn(item, "joins");
    query.usesJoin = flagIn(item, "uses_join") || flagIn(item, "join") || !query.joins.empty();
    query.readsThenWrites = flagIn(item, "rmw");
    query.isolation = textIn(item, "isolation");
    query.lock = textIn(item, "lock");
    query.select = wordsIn(item, "select");
    if (const Value* flag = item.find("flag")) {
        query.flag = textIn(*flag, "column");
        query.flagShare = statedIn(*flag, "share");
    }
    query.allowFiltering = flagIn(item, "allow_filtering");
    query.aggregatesAcross = flagIn(item, "aggregate_cross_partition") || flagIn(item, "aggregate");
    query.writesAlso = wordsIn(item, "writes_also");
    query.crossShard = flagIn(item, "cross_shard");
    return query;
}

/// Words of document stores in those of SQL.
std::string indexType(const std::string& word) {
    if (word == "text") return "gin";
    if (word == "geo") return "gist";
    if (word == "hashed") return "hash";
    return word == "ttl" ? "btree" : word;
}

std::vector<TableIndex> readIndexes(const Value::List& items) {
    std::vector<TableIndex> indexes;
    for (const Value& item : items) {
        if (!item.object()) continue;
        TableIndex index;
        index.type = indexType(textIn(item, "type", "btree"));
        index.columns = wordsIn(item, "columns");
        index.include = wordsIn(item, "include");
        index.where = textIn(item, "where");
        indexes.push_back(std::move(index));
    }
    return indexes;
}

/// `assumedBytes` is what the store's description takes for a row where the table says nothing.
StoreTable readTable(const Value& item, int place, double assumedBytes) {
    StoreTable table;
    table.place = place;
    table.name = textIn(item, "name");
    if (const Value* key = item.find("pk"); key && key->object()) {
        table.keyColumns = wordsIn(*key, "cols");
        table.keyType = textIn(*key, "type", table.keyColumns.empty() ? "" : "bigint");
        if (table.keyType == "none") table.keyType.clear();
        table.statesKey = !table.keyType.empty();
    } else if (const Words columns = wordsIn(item, "pk"); !columns.empty() && columns.front() != "none") {
        table.keyColumns = columns;
        table.keyType = "bigint";
        table.statesKey = true;
    }
    table.columns = wordsIn(item, "columns");
    table.foreignKeys = wordsIn(item, "fks");
    table.rowBytes = std::max(0.0, numberIn(item, "row_bytes", assumedBytes));
    table.rows = statedIn(item, "rows");
    table.hasUpdatedAt = flagIn(item, "updated_at");
    table.shardKey = textIn(item, "shard_key");
    table.indexes = readIndexes(listIn(item, "indexes"));
    for (const Value& query : listIn(item, "queries"))
        if (query.object()) table.queries.push_back(readQuery(query));
    if (const Value* tags = item.find("tags")) table.tags = *tags;
    table.partitionKey = wordsIn(item, "partition_key");
    table.clustering = wordsIn(item, "clustering");
    for (std::string& column : table.clustering) column = column.substr(0, column.find(' '));
    table.rowsPerPartition = statedIn(item, "rows_per_partition");
    for (const Value& index : listIn(item, "secondary_indexes"))
        if (index.object()) table.secondaryIndexes.push_back({textIn(index, "col"), statedIn(index, "cardinality")});
    table.lightweightShare = std::clamp(numberIn(item, "lwt_share", 0), 0.0, 1.0);
    return table;
}

double assumedRowBytes(const ParameterView& store) {
    const ParameterSpec* tables = findSpec(store.specs(), "tables");
    const ParameterSpec* bytes = tables ? findSpec(tables->fields, "row_bytes") : nullptr;
    return bytes ? bytes->fallback.number() : 0;
}

}  // namespace

std::string StoreTable::shown() const { return name.empty() ? "table " + std::to_string(place + 1) : name; }

std::vector<StoreTable> readTables(const ParameterView& store) {
    std::vector<StoreTable> tables;
    int place = 0;
    if (const Value items = store.value("tables"); items.list() && !items.list()->empty()) {
        const double bytes = assumedRowBytes(store);
        for (const Value& item : *items.list()) {
            if (item.object()) tables.push_back(readTable(item, place, bytes));
            ++place;
        }
        return tables;
    }
    const Value items = store.value("collections"), indexes = store.value("indexes");
    if (!items.list()) return tables;
    const std::vector<TableIndex> shared = indexes.list() ? readIndexes(*indexes.list()) : std::vector<TableIndex>();
    for (const Value& item : *items.list()) {
        if (item.object()) {
            StoreTable table = readTable(item, place, store.value("doc_bytes").number());
            table.rows = statedIn(item, "docs");
            table.indexes = shared;
            table.statesKey = true;  // every document has one
            table.keyColumns = {"_id"};
            table.keyType = "objectid";
            tables.push_back(std::move(table));
        }
        ++place;
    }
    return tables;
}

bool serves(const TableIndex& index, const TableQuery& query) {
    const auto isAsked = [&query](const std::string& column) { return contains(query.where, column); };
    if (index.type == "wildcard") return query.op == "eq" || query.op == "range";
    if (index.columns.empty() || query.where.empty()) return false;
    const bool begins = isAsked(index.columns.front());
    // These keep every column apart: none of them has to come first.
    const bool any = std::any_of(index.columns.begin(), index.columns.end(), isAsked);
    if (query.op == "fulltext") return (index.type == "gin" && any) || (index.type == "gist" && begins);
    if (query.op == "json") return index.type == "gin" && any;
    if (query.op == "geo") return (index.type == "gist" || index.type == "spgist") && begins;
    if (index.type == "hash")
        return query.op == "eq" && std::all_of(index.columns.begin(), index.columns.end(), isAsked);
    if (index.type == "brin") return any;
    return index.type == "btree" && begins;
}

bool isIndexed(const StoreTable& table, const TableQuery& query) {
    if (query.where.empty()) return true;  // nothing is said about what it looks for
    const TableIndex key{"btree", table.keyColumns, {}, {}};
    return serves(key, query) || std::any_of(table.indexes.begin(), table.indexes.end(),
                                             [&query](const TableIndex& index) { return serves(index, query); });
}

}  // namespace loadpath
