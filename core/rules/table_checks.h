// One finding a store for checks that look at its tables, and the edits that change a table in place. Knows no
// rule in particular.
#pragma once

#include "rules/fix_builder.h"
#include "rules/tables.h"

#include <functional>
#include <string>
#include <vector>

namespace loadpath {

/// What a check found in one store.
struct StoreCase {
    const Evidence& evidence;
    int node = 0;
    const std::vector<StoreTable>& tables;
    FixBuilder& fix;
    std::vector<std::string> cases;  // what is wrong, each a clause; none: no finding
    std::string fixTitle;            // empty: no fix
    Severity severity = Severity::error;

    const Node& store() const;
    bool isType(std::string_view type) const;
    double rps(const TableQuery& query) const { return evidence.tables().queryRps(node, query); }
};

std::vector<Finding> eachStore(const Evidence& evidence, const Rule& rule, const std::function<void(StoreCase&)>& look);
/// "Orders: a; b and 2 more".
std::string listedCases(const std::string& store, const std::vector<std::string>& cases);

/// The table in the copy that the fix changes.
Value::Object& tableIn(StoreCase& store, const StoreTable& table);
Value::Object& queryIn(StoreCase& store, const StoreTable& table, std::size_t query);
Value::List& listIn(Value::Object& object, std::string_view key);
Value asValue(const std::vector<std::string>& words);

/// An index of the type that the comparison needs on the columns it looks at.
void addIndexFor(StoreCase& store, const StoreTable& table, const TableQuery& query);
/// Where the indexes of a table stand, in the copy that the fix changes: in it, or with the store.
Value::List& indexesIn(StoreCase& store, const StoreTable& table);
/// "btree", "gin", "gist", or the word that document stores have for it.
std::string indexTypeFor(const StoreCase& store, std::string_view op);

}  // namespace loadpath
