// Tables and collections of a store as its properties describe them: keys, indexes, queries, and whether an
// index serves a query. Reads properties alone; knows no load and no rule.
#pragma once

#include "model/parameter.h"

#include <optional>
#include <string>
#include <vector>

namespace loadpath {

struct TableIndex {
    std::string type = "btree";  // btree, hash, gin, gist, spgist, brin; of documents also "wildcard"
    std::vector<std::string> columns, include;
    std::string where;  // condition of a partial index
};

struct TableQuery {
    std::vector<std::string> where;
    std::string op = "eq";  // eq, range, fulltext, geo, json
    std::string order;      // column, without its direction
    bool descending = false;
    std::optional<double> share;  // of the store's operations
    bool usesJoin = false;        // "uses_join", in Cassandra "join"
    std::vector<std::string> joins;
    bool readsThenWrites = false;  // the write depends on what was read, and nothing guards it
    std::string isolation;         // of this query; empty: the store's
    std::string lock;              // "row", "atomic", "optimistic"; empty or "none": not guarded
    std::vector<std::string> select;
    std::string flag;                 // a yes/no column that is always compared with the same value …
    std::optional<double> flagShare;  // … and the share of rows that have it
    bool allowFiltering = false, aggregatesAcross = false;
    std::vector<std::string> writesAlso;  // further tables changed in the same transaction
    bool crossShard = false;              // its writes go to several values of the shard key
};

struct SecondaryIndex {
    std::string column;
    std::optional<double> cardinality;
};

struct StoreTable {
    int place = 0;  // in the list of the property
    std::string name;
    bool statesKey = false;               // a primary key is stated
    std::vector<std::string> keyColumns;  // of the primary key
    std::string keyType;                  // serial, bigint, uuid4, uuid7, ulid, snowflake, text; empty: no key
    std::vector<std::string> columns, foreignKeys;
    double rowBytes = 0;
    std::optional<double> rows;
    bool hasUpdatedAt = false;
    std::string shardKey;  // empty: the store's
    std::vector<TableIndex> indexes;
    std::vector<TableQuery> queries;
    Value tags;

    // Cassandra
    std::vector<std::string> partitionKey, clustering;
    std::optional<double> rowsPerPartition;
    std::vector<SecondaryIndex> secondaryIndexes;
    double lightweightShare = 0;

    /// "orders", or "table 2" where it has no name.
    std::string shown() const;
};

/// Of "tables", else of "collections" (documents, with the store's own indexes); what is not an object is
/// left out.
std::vector<StoreTable> readTables(const ParameterView& store);

/// Whether the index narrows down the rows that the query looks at.
bool serves(const TableIndex& index, const TableQuery& query);
/// The primary key or an index does, or nothing is said about what the query looks for.
bool isIndexed(const StoreTable& table, const TableQuery& query);
/// Time to look at every row, as the catalogue estimates it.
inline double scanMsOf(double rows) { return rows / 1e6 * 100; }

}  // namespace loadpath
