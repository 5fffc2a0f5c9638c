#include "rules/checks.h"
#include "rules/endpoints.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <map>
#include <set>

namespace loadpath::checks {
namespace {

/// What passes a request on without working on it.
bool passesOn(const Node& node) {
    return node.behaviour == Behaviour::edge_cache || node.behaviour == Behaviour::balancer ||
           node.behaviour == Behaviour::gateway || node.behaviour == Behaviour::limiter;
}

/// GraphQL servers that reads passing the CDN end up at.
void collectBehind(const FlowGraph& graph, const FlowPath& flow, int cdn, std::set<int>& servers) {
    std::vector<int> waiting{cdn};
    std::set<int> seen{cdn};
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        const Visit* visit = flow.visit(waiting[i]);
        if (!visit) continue;
        for (const Call& call : visit->calls) {
            if (call.kind != Call::Kind::request || !seen.insert(call.target).second) continue;
            if (isType(at(graph.nodes, call.target), "graphql_server")) servers.insert(call.target);
            if (passesOn(at(graph.nodes, call.target))) waiting.push_back(call.target);
        }
    }
}

bool isAskedByPost(const Evidence& evidence, int server) {
    if (viewOf(evidence.snapshot, server).value("persisted_queries") == Value(true)) return false;
    const auto endpoints = evidence.endpoints().of(server);
    return std::none_of(endpoints.begin(), endpoints.end(),
                        [](const Endpoint& endpoint) { return endpoint.isGraphQl() && endpoint.method == "GET"; });
}

std::vector<Finding> checkGraphqlHttpCache(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    if (std::none_of(graph.nodes.begin(), graph.nodes.end(),
                     [](const Node& node) { return isType(node, "graphql_server"); }))
        return findings;
    std::map<int, std::set<int>> cdnsOf;  // by server
    for (const FlowPath& flow : graph.flows) {
        if (flow.op != Op::read || flow.derived) continue;
        for (const Visit& visit : flow.visits) {
            const Node& node = at(graph.nodes, visit.node);
            if (!isType(node, "cdn") || !(node.hitRatio > 0)) continue;
            std::set<int> servers;
            collectBehind(graph, flow, visit.node, servers);
            for (const int server : servers) cdnsOf[server].insert(visit.node);
        }
    }
    Placement placement(snapshot.design());
    for (const auto& [server, cdns] : cdnsOf) {
        if (!isAskedByPost(evidence, server)) continue;
        Finding finding{graphql_http_cache.id, graphql_http_cache.severity};
        finding.components = {at(graph.nodes, server).id};
        std::vector<std::string> names;
        double hits = 0;
        for (const int cdn : cdns) {
            finding.components.push_back(at(graph.nodes, cdn).id);
            names.push_back(snapshot.nameOf(cdn));
            hits = std::max(hits, at(graph.nodes, cdn).hitRatio);
        }
        finding.message = fill(
            "{} is drawn to answer {} of what {} is asked, but queries are sent with POST, which no "
            "cache keeps",
            {listed(names), percent(hits), snapshot.nameOf(server)});
        FixBuilder fix(snapshot, placement);
        fix.set(finding.components.front(), "persisted_queries", true);
        finding.fix = fix.titled("Ask by persisted queries, with GET");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule graphql_http_cache{
    "graphql-http-cache",
    "GraphQL past the cache",
    "Caches on the way keep answers by method and address. A GraphQL query travels in the body of a POST to one "
    "address, "
    "so a CDN passes every one of them on, whatever hit ratio is hoped for. Persisted queries are known by their hash "
    "and can be asked with GET: those it can keep.",
    "RFC 9111, HTTP Caching, 2; Apollo documentation, automatic persisted queries",
    Severity::info,
    checkGraphqlHttpCache,
};

}  // namespace loadpath::checks
