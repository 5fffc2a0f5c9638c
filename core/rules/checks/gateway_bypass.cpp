#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "rules/timeouts.h"

#include <cmath>
#include <set>

namespace loadpath::checks {
namespace {

constexpr double managedGatewayRps = 10000;   // requests a second that a managed gateway takes by default
constexpr double gatewayInstanceRps = 35000;  // a usual instance, seven tenths busy

/// Where a client's requests go without anything in between: over its own connection, or to the address
/// that a resolver gives it.
struct DirectCalls {
    std::vector<int> links;  // those that lead into the components
    std::set<int> targets;
    bool isResolved = false;
};

DirectCalls directCallsOf(const FlowGraph& graph, int client, const std::vector<std::set<int>>& resolved) {
    DirectCalls calls;
    for (const int out : at(graph.outgoing, client)) {
        const Link& link = at(graph.links, out);
        if (link.mode != Mode::sync || !link.legal || !isIn(at(graph.nodes, link.to), "compute")) continue;
        calls.links.push_back(out);
        calls.targets.insert(link.to);
    }
    if (!calls.links.empty()) return calls;
    for (const int link : at(resolved, client)) {
        calls.links.push_back(link);
        calls.targets.insert(at(graph.links, link).to);
        calls.isResolved = true;
    }
    return calls;
}

/// By client: the connections from a resolver to components that its requests take.
std::vector<std::set<int>> resolvedCalls(const FlowGraph& graph) {
    std::vector<std::set<int>> resolved(graph.nodes.size());
    for (const FlowPath& flow : graph.flows) {
        if (flow.derived || at(graph.nodes, flow.entry).behaviour != Behaviour::client) continue;
        const Visit* visit = flow.visit(flow.entry);
        if (!visit) continue;
        for (const Call& call : visit->calls) {
            if (call.kind != Call::Kind::request || !isIn(at(graph.nodes, call.target), "compute")) continue;
            for (const int in : at(graph.incoming, call.target)) {
                const Link& link = at(graph.links, in);
                if (link.legal && at(graph.nodes, link.from).behaviour == Behaviour::resolver &&
                    (in == call.link || link.from == at(graph.links, call.link).to))
                    at(resolved, flow.entry).insert(in);
            }
        }
    }
    return resolved;
}

void takeAlong(Parameters& from, Parameters& to, std::string_view key) {
    const auto it = from.find(key);
    if (it == from.end()) return;
    to.insert_or_assign(std::string(key), it->second);
    from.erase(it);
}

/// The client's connections start at the new door from now on; what a client decides about its requests
/// (attempts, proof of who it is) stands on the one connection to the door.
Fix doorBefore(const Evidence& evidence, Placement& placement, TimeoutAdvice& advice, int client,
               const DirectCalls& calls) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Node& source = at(graph.nodes, client);
    const Link& first = at(graph.links, calls.links.front());
    double rps = 0;
    for (const int link : calls.links) rps += at(evidence.capacity.linkRps, link);

    FixBuilder fix(snapshot, placement);
    const bool isBalancer = calls.isResolved || calls.links.size() == 1;
    const bool isManaged = isBalancer || (std::isfinite(rps) && rps <= managedGatewayRps);
    const Point a = fix.positionOf(at(graph.nodes, first.from).id), b = fix.positionOf(at(graph.nodes, first.to).id);
    const Point middle{(a.x + b.x) / 2, (a.y + b.y) / 2};
    ComponentId door;
    if (isBalancer) {
        door = fix.add("lb_l7", "lb", "Load balancer", middle);
    } else {
        Parameters properties;
        if (!isManaged) {
            const double wanted = std::isfinite(rps) ? std::ceil(rps / gatewayInstanceRps) : 1;
            properties.insert_or_assign("managed", false);
            properties.insert_or_assign("instances", std::max(3, static_cast<int>(std::min(wanted, 1e5))));
        }
        door =
            fix.add("api_gateway", "gw", "API gateway", middle,
                    isManaged ? std::vector<ZoneId>{} : componentOf(snapshot, first.to).zones, std::move(properties));
    }

    if (calls.isResolved) {
        std::set<int> resolvers;
        for (const int link : calls.links) resolvers.insert(at(graph.links, link).from);
        for (const int link : calls.links) {
            const Link& l = at(graph.links, link);
            Connection& connection = fix.edit(l.id);
            connection.from = door;
            connection.mode = Mode::sync;
            if (l.protocol == "dns") connection.properties.erase(std::string(keys::protocol.name));
        }
        for (const int resolver : resolvers) fix.connect(at(graph.nodes, resolver).id, door, first.mode);
        return fix.titled("Put a load balancer before " + at(graph.nodes, first.to).name);
    }

    if (isBalancer) {
        Parameters behind{{std::string(keys::protocol.name), first.protocol}};
        Connection& connection = fix.edit(first.id);
        connection.to = door;
        if (const auto payload = connection.properties.find("payload_kb"); payload != connection.properties.end())
            behind.insert(*payload);
        fix.connect(door, at(graph.nodes, first.to).id, Mode::sync, std::move(behind));
        return fix.titled("Put a load balancer before " + at(graph.nodes, first.to).name);
    }
    Parameters ahead;
    for (const int link : calls.links) {
        Connection& connection = fix.edit(at(graph.links, link).id);
        connection.from = door;
        const auto stated = connection.properties.find("idempotent");
        const bool mayRepeat = stated != connection.properties.end() && stated->second == Value(true);
        Parameters dropped;
        for (const std::string_view key :
             {"retries", "backoff", "backoff_base_ms", "backoff_cap_ms", "jitter", "retry_budget", "idempotent"})
            takeAlong(connection.properties, mayRepeat ? ahead : dropped, key);
        for (const std::string_view key : {"auth", "tls", "mtls", "latency_ms"})
            takeAlong(connection.properties, ahead, key);
        const double timeout = at(graph.links, link).timeoutMs;
        if (timeout > 0) {
            const auto soFar = ahead.find(keys::timeoutMs.name);
            ahead.insert_or_assign(std::string(keys::timeoutMs.name),
                                   std::max(timeout, soFar == ahead.end() ? 0 : soFar->second.number()));
        } else if (!isManaged) {
            connection.properties.insert_or_assign(std::string(keys::timeoutMs.name), advice.forLink(link));
        }
    }
    ahead.insert_or_assign(std::string(keys::protocol.name), first.protocol);
    fix.connect(source.id, door, Mode::sync, std::move(ahead));
    return fix.titled("Put an API gateway before " + inWords(static_cast<long long>(calls.targets.size())) +
                      (calls.targets.size() == 1 ? " component" : " components"));
}

std::vector<Finding> checkGatewayBypass(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const std::vector<std::set<int>> resolved = resolvedCalls(graph);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    TimeoutAdvice advice(evidence);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (graph.nodes[i].behaviour != Behaviour::client) continue;
        const DirectCalls calls = directCallsOf(graph, static_cast<int>(i), resolved);
        const bool isServer = viewOf(snapshot, static_cast<int>(i)).value("kind") == Value("server");
        if (calls.targets.empty() || (isServer && calls.targets.size() < 2)) continue;
        const Node& client = graph.nodes[i];
        Finding finding{gateway_bypass.id, gateway_bypass.severity};
        finding.components = {client.id};
        std::vector<std::string> names;
        for (const int link : calls.links) finding.connections.push_back(at(graph.links, link).id);
        for (const int target : calls.targets) names.push_back(snapshot.nameOf(target));
        std::sort(names.begin(), names.end());
        finding.message = calls.targets.size() == 1
                              ? fill(
                                    "Nothing stands between {} and {}: no place spreads load, ends TLS or turns away "
                                    "what should not come in",
                                    {client.name, names.front()})
                              : fill(
                                    "Nothing stands between {} and {}: each of them has to check, limit and version on "
                                    "its own, and clients know how the system is cut",
                                    {client.name, listed(names)});
        finding.fix = doorBefore(evidence, placement, advice, static_cast<int>(i), calls);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule gateway_bypass{
    "gateway-bypass",
    "Clients reach services directly",
    "A balancer or gateway at the door is the one place where TLS ends, callers are authenticated and limited, and "
    "requests go round a dead instance. Clients that know the services themselves take all that apart: every service "
    "must do it alone, and none can be moved, split or renamed without releasing the apps anew.",
    "Microservices Patterns (C. Richardson), ch. 8: the API gateway pattern",
    Severity::warning,
    checkGatewayBypass,
};

}  // namespace loadpath::checks
