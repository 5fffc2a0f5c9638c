#include "rules/table_checks.h"

#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath {

const Node& StoreCase::store() const { return at(evidence.snapshot.graph().nodes, node); }
bool StoreCase::isType(std::string_view type) const { return loadpath::isType(store(), type); }

std::string listedCases(const std::string& store, const std::vector<std::string>& cases) {
    constexpr std::size_t shown = 3;
    std::string text = store + ": ";
    for (std::size_t i = 0; i < std::min(cases.size(), shown); ++i) text += (i ? "; " : "") + cases[i];
    if (cases.size() > shown) text += "; and " + std::to_string(cases.size() - shown) + " more";
    return text;
}

std::vector<Finding> eachStore(const Evidence& evidence, const Rule& rule,
                               const std::function<void(StoreCase&)>& look) {
    const Snapshot& snapshot = evidence.snapshot;
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const int node : evidence.tables().stores()) {
        FixBuilder fix(snapshot, placement);
        StoreCase store{evidence, node, evidence.tables().of(node), fix, {}, {}, rule.severity};
        look(store);
        if (store.cases.empty()) continue;
        Finding finding{rule.id, store.severity};
        finding.components = {store.store().id};
        finding.message = listedCases(snapshot.nameOf(node), store.cases);
        if (!store.fixTitle.empty() && !fix.empty()) finding.fix = fix.titled(store.fixTitle);
        findings.push_back(std::move(finding));
    }
    return findings;
}

Value::List& listIn(Value::Object& object, std::string_view key) {
    Value& value = object[std::string(key)];
    if (!value.list()) value = Value(Value::List{});
    return std::get<Value::List>(value.data);
}

Value asValue(const std::vector<std::string>& words) {
    Value::List list;
    for (const std::string& word : words) list.emplace_back(word);
    return list;
}

Value::Object& tableIn(StoreCase& store, const StoreTable& table) {
    Parameters& properties = store.fix.edit(store.store().id).properties;
    Value::List& tables = listIn(properties, properties.contains("tables") ? "tables" : "collections");
    return std::get<Value::Object>(tables[static_cast<std::size_t>(table.place)].data);
}

Value::Object& queryIn(StoreCase& store, const StoreTable& table, std::size_t query) {
    // What is not an object is no query.
    for (Value& item : listIn(tableIn(store, table), "queries"))
        if (item.object() && query-- == 0) return std::get<Value::Object>(item.data);
    throw std::logic_error("no such query");
}

Value::List& indexesIn(StoreCase& store, const StoreTable& table) {
    Parameters& properties = store.fix.edit(store.store().id).properties;
    return properties.contains("tables") ? listIn(tableIn(store, table), "indexes") : listIn(properties, "indexes");
}

std::string indexTypeFor(const StoreCase& store, std::string_view op) {
    const bool documents = store.isType("mongodb");
    if (op == "fulltext" || op == "json") return documents ? "text" : "gin";
    if (op == "geo") return documents ? "geo" : "gist";
    return "btree";
}

void addIndexFor(StoreCase& store, const StoreTable& table, const TableQuery& query) {
    std::vector<std::string> columns = query.where;
    if ((query.op == "eq") && !query.order.empty() && !holdsColumn(columns, query.order))
        columns.push_back(query.order);
    Value::Object index;
    index["type"] = indexTypeFor(store, query.op);
    index["columns"] = asValue(columns);
    Value::List& indexes = indexesIn(store, table);
    if (std::find(indexes.begin(), indexes.end(), Value(index)) == indexes.end()) indexes.emplace_back(index);
}

}  // namespace loadpath
