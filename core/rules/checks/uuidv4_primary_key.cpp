#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/table_checks.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

void findRandomKeys(StoreCase& store) {
    if (!isIn(store.store(), "sql_node")) return;  // others hash their keys
    const double inserts = at(store.evidence.capacity.nodes, store.node).writeRps;
    for (const StoreTable& table : store.tables) {
        if (table.keyType != "uuid4") continue;
        store.cases.push_back(
            fill("rows of {} get random keys (UUIDv4); up to {} inserts a second go to pages all over "
                 "its B-tree",
                 {table.shown(), compact(inserts)}));
        Value& key = tableIn(store, table)["pk"];
        std::get<Value::Object>(key.data)["type"] = "uuid7";
    }
    if (inserts > store.evidence.threshold(uuidv4_primary_key, "inserts_rps")) store.severity = Severity::warning;
    store.fixTitle = "Use UUIDv7, which sorts by time";
}

std::vector<Finding> checkUuidv4PrimaryKey(const Evidence& evidence) {
    return eachStore(evidence, uuidv4_primary_key, findRandomKeys);
}

}  // namespace

const Rule uuidv4_primary_key{
    "uuidv4-primary-key",
    "Random primary key",
    "Random keys land on pages all over the B-tree: once the index is larger than memory almost every insert reads and "
    "writes a page of its own, pages stay half empty and the write-ahead log swells. Keys that begin with the time "
    "(UUIDv7, ULID, Snowflake) go to the end of the index and need no coordination either.",
    "RFC 9562 (2024), section 6.13; PostgreSQL documentation, ch. 67 (B-tree indexes)",
    Severity::info,
    checkUuidv4PrimaryKey,
    {{"inserts_rps", 500, 0, 1e9, "a warning above this many inserts a second"}},
};

}  // namespace loadpath::checks
