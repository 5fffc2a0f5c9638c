#include "model/keys.h"
#include "rules/checks.h"
#include "rules/doors.h"
#include "rules/endpoints.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

#include <map>

namespace loadpath::checks {
namespace {

/// Users prove who they are with the request itself, or somebody on the way asks them to. Certificates and
/// roles between services prove only who the service is.
bool asksForProof(const Snapshot& snapshot, int link) {
    const Value auth = viewOfLink(snapshot, link).value("auth");
    if (!auth.text() || *auth.text() == "none") return false;
    const bool isMachine = *auth.text() == "iam" || *auth.text() == "mtls";
    const int source = at(snapshot.graph().links, link).from;
    return !isMachine || at(snapshot.graph().nodes, source).behaviour == Behaviour::client;
}

std::vector<Finding> checkNoEdgeAuth(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::map<int, std::vector<const Endpoint*>> open;
    for (const Endpoint& endpoint : evidence.endpoints().all())
        if (!endpoint.isPublic && !endpoint.hasAuth()) open[endpoint.node].push_back(&endpoint);
    if (open.empty()) return {};

    const auto authenticates = [&snapshot, &graph](int node) {
        return isType(at(graph.nodes, node), "api_gateway") && hasFeature(snapshot, node, "authn");
    };
    const std::vector<char> reached = reachedFromOutside(
        snapshot, [&snapshot](int link) { return asksForProof(snapshot, link); }, authenticates);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const auto& [index, endpoints] : open) {
        if (!at(reached, index) || authenticates(index)) continue;
        const Node& node = at(graph.nodes, index);
        Finding finding{no_edge_auth.id, no_edge_auth.severity};
        finding.components = {node.id};
        std::vector<std::string> shown;
        Value list = viewOf(snapshot, index).value("endpoints");
        for (const Endpoint* endpoint : endpoints) {
            shown.push_back(endpoint->shown());
            list = withEndpointField(list, endpoint->place, "auth", "jwt");
            if (endpoint->isCacheable) list = withEndpointField(list, endpoint->place, "cacheable", false);
            if (endpoint->errors.empty() || endpoint->mayFailWith(401)) continue;
            Value::List codes{401};
            for (const int code : endpoint->errors) codes.emplace_back(code);
            std::sort(codes.begin(), codes.end(),
                      [](const Value& a, const Value& b) { return a.number() < b.number(); });
            list = withEndpointField(list, endpoint->place, "errors", std::move(codes));
        }
        finding.message = fill("{} of {} {} not meant for everyone, but nobody on the way asks who is calling",
                               {listed(shown), node.name, shown.size() == 1 ? "is" : "are"});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "endpoints", std::move(list));
        finding.fix = fix.titled("Ask for a signed token (JWT)");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule no_edge_auth{
    "no-edge-auth",
    "Nobody asks who is calling",
    "What is not meant for everyone has to know who is calling before it answers, and the door is the place to ask: a "
    "token checked there once need not be checked in every service behind. Without it, the address of the endpoint is "
    "the only secret, and addresses are found within hours by scanners.",
    "OWASP API Security Top 10 (2023): API2 Broken Authentication",
    Severity::error,
    checkNoEdgeAuth,
};

}  // namespace loadpath::checks
