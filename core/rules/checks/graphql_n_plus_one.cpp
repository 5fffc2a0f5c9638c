#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

/// Length of the list that the field hangs on: stated, or written as in "users(50){posts}"; 0: not known.
double listLength(const Value& resolver, const std::string& field) {
    if (const Value* items = resolver.find("items"); items && items->isNumber()) return std::max(0.0, items->number());
    const std::size_t open = field.find_first_of("([");
    return open == std::string::npos ? 0 : std::max(0.0, std::atof(field.c_str() + open + 1));
}

/// "Query.users[50].posts: 1 + 50 calls"; empty where the resolver is called once.
std::string manyCalls(const Value& resolver) {
    const Value *each = resolver.find("calls_per_item"), *name = resolver.find("field"), *list = resolver.find("list");
    const double calls = each && each->isNumber() ? each->number() : 1;
    if (!(calls >= 1) || (list && *list == Value(false))) return {};
    const std::string field = name && name->text() && !name->text()->empty() ? *name->text() : "a field";
    const double items = listLength(resolver, field);
    return field + (items > 0 ? " takes 1 + " + compact(items * calls) + " calls"
                              : " takes 1 + " + compact(calls) + " for every item");
}

std::vector<Finding> checkGraphqlNPlusOne(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < snapshot.graph().nodes.size(); ++i) {
        const Node& node = snapshot.graph().nodes[i];
        if (!isType(node, "graphql_server")) continue;
        const ParameterView view = viewOf(snapshot, static_cast<int>(i));
        const Value resolvers = view.value("resolvers");
        if (view.value("dataloader") != Value(false) || !resolvers.list()) continue;
        std::vector<std::string> fields;
        for (const Value& resolver : *resolvers.list())
            if (std::string field = manyCalls(resolver); resolver.object() && !field.empty())
                fields.push_back(std::move(field));
        if (fields.empty()) continue;
        Finding finding{graphql_n_plus_one.id, graphql_n_plus_one.severity};
        finding.components = {node.id};
        finding.message = fill("{} loads items one by one: {}", {node.name, listed(fields)});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "dataloader", true);
        finding.fix = fix.titled("Batch the loads of a request");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule graphql_n_plus_one{
    "graphql-n-plus-one",
    "One call for each item",
    "Resolvers run per item: a list of fifty users with their posts becomes one call for the list and fifty for the "
    "posts, each with its own round trip. A data loader collects the keys of one request and asks for all of them at "
    "once: two calls, however long the list.",
    "DataLoader documentation (GraphQL Foundation)",
    Severity::warning,
    checkGraphqlNPlusOne,
};

}  // namespace loadpath::checks
