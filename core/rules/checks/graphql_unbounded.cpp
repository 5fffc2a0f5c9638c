#include "rules/callers.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkGraphqlUnbounded(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    std::vector<Finding> findings;
    std::vector<char> isPublic;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < snapshot.graph().nodes.size(); ++i) {
        const Node& node = snapshot.graph().nodes[i];
        if (!isType(node, "graphql_server")) continue;
        const ParameterView view = viewOf(snapshot, static_cast<int>(i));
        if (view.value("max_depth").number() > 0 || view.value("max_complexity").number() > 0) continue;
        if (isPublic.empty()) isPublic = reachedBy(snapshot, Callers::outsiders);
        if (!isPublic[i]) continue;
        Finding finding{graphql_unbounded.id, graphql_unbounded.severity};
        finding.components = {node.id};
        finding.message =
            fill("{} answers queries of any depth and cost: one caller can ask for all there is", {node.name});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "max_depth", 10);
        finding.fix = fix.titled("Refuse queries deeper than ten levels");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule graphql_unbounded{
    "graphql-unbounded",
    "Queries without a bound",
    "In GraphQL the caller decides how much work a request is. Friends of friends of friends multiply with every "
    "level, "
    "so a query of a few lines can ask for millions of objects; a rate limit that counts requests does not notice. A "
    "limit of depth or of cost bounds what one request can do.",
    "OWASP GraphQL Cheat Sheet",
    Severity::warning,
    checkGraphqlUnbounded,
};

}  // namespace loadpath::checks
