#include "rules/checks.h"
#include "rules/doors.h"
#include "rules/endpoints.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

#include <set>

namespace loadpath::checks {
namespace {

bool isAskedOfUsers(const Value& auth) {
    return auth == Value("jwt") || auth == Value("oauth") || auth == Value("session") || auth == Value("api_key");
}

/// Who finds out who is calling, by what can be switched on there; nothing where rights are settled.
struct Askers {
    std::set<ComponentId> providers, gateways, others;
    bool isSettled = false;
};

Askers askersOf(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    Askers askers;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        const int index = static_cast<int>(i);
        if (isType(node, "auth_provider")) {
            askers.isSettled = askers.isSettled || viewOf(snapshot, index).isSet("authz");
            askers.providers.insert(node.id);
        } else if (isType(node, "api_gateway")) {
            askers.isSettled = askers.isSettled || hasFeature(snapshot, index, "authz");
            if (hasFeature(snapshot, index, "authn")) askers.gateways.insert(node.id);
        }
    }
    for (const Endpoint& endpoint : evidence.endpoints().all()) {
        askers.isSettled = askers.isSettled || !endpoint.roles.empty();
        if (isAskedOfUsers(Value(endpoint.auth))) askers.others.insert(at(graph.nodes, endpoint.node).id);
    }
    for (std::size_t i = 0; i < graph.links.size(); ++i) {
        const Link& link = graph.links[i];
        if (at(graph.nodes, link.from).behaviour == Behaviour::client && link.legal && link.mode == Mode::sync &&
            isAskedOfUsers(viewOfLink(snapshot, static_cast<int>(i)).value("auth")))
            askers.others.insert(at(graph.nodes, link.to).id);
    }
    return askers;
}

std::vector<Finding> checkNoAuthzModel(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const Askers askers = askersOf(evidence);
    if (askers.isSettled) return {};
    const std::set<ComponentId>& where = !askers.providers.empty()  ? askers.providers
                                         : !askers.gateways.empty() ? askers.gateways
                                                                    : askers.others;
    if (where.empty()) return {};
    Finding finding{no_authz_model.id, no_authz_model.severity};
    finding.components = {where.begin(), where.end()};
    std::vector<std::string> names;
    for (const ComponentId& id : where) names.push_back(snapshot.nameOf(snapshot.graph().node(id)));
    std::sort(names.begin(), names.end());
    finding.message = fill("{} {} out who is calling, but nothing says what each may do",
                           {listed(names), names.size() == 1 ? "finds" : "find"});
    Placement placement(snapshot.design());
    FixBuilder fix(snapshot, placement);
    if (!askers.providers.empty()) {
        for (const ComponentId& id : askers.providers) fix.set(id, "authz", "rbac");
        finding.fix = fix.titled("Give rights by role");
    } else if (!askers.gateways.empty()) {
        for (const ComponentId& id : askers.gateways) {
            const Value features = viewOf(snapshot, snapshot.graph().node(id)).value("features");
            Value::List more = features.list() ? *features.list() : Value::List{};
            more.emplace_back("authz");
            fix.set(id, "features", std::move(more));
        }
        finding.fix = fix.titled("Check rights at the gateway");
    }
    return {std::move(finding)};
}

}  // namespace

const Rule no_authz_model{
    "no-authz-model",
    "Nothing says who may do what",
    "To know who is calling is half of it; the most common hole in APIs is a signed-in user who asks for somebody "
    "else's record. Decide early by what rights are given (roles, attributes or a list per resource), because the "
    "choice shapes the data model and every endpoint has to ask.",
    "OWASP API Security Top 10 (2023): API1 Broken Object Level Authorization; NIST RBAC and ABAC models",
    Severity::info,
    checkNoAuthzModel,
};

}  // namespace loadpath::checks
