#include "rules/checks.h"
#include "rules/endpoints.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/sessions.h"
#include "rules/text.h"

#include <set>

namespace loadpath::checks {
namespace {

/// Those that are shown a session: by their endpoints, by a connection into them, or because a client
/// sends one and they are the first code on its way.
std::set<int> sessionServices(const Evidence& evidence) {
    const FlowGraph& graph = evidence.snapshot.graph();
    std::set<int> services;
    const auto take = [&](int node) {
        if (canKeepSessions(at(graph.nodes, node))) services.insert(node);
    };
    for (const Endpoint& endpoint : evidence.endpoints().all())
        if (endpoint.auth == "session") take(endpoint.node);
    std::set<int> senders;
    for (std::size_t i = 0; i < graph.links.size(); ++i) {
        const Link& link = graph.links[i];
        if (link.mode != Mode::sync || !link.legal || !asksForSession(evidence.snapshot, static_cast<int>(i))) continue;
        take(link.to);
        if (!isIn(at(graph.nodes, link.from), "compute")) senders.insert(link.from);
    }
    if (senders.empty()) return services;
    for (const FlowPath& flow : graph.flows) {
        std::vector<int> waiting;
        std::set<int> seen;
        for (const Visit& visit : flow.visits) {
            if (!senders.contains(visit.node)) continue;
            for (const Call& call : visit.calls)
                if (call.kind == Call::Kind::request && asksForSession(evidence.snapshot, call.link))
                    waiting.push_back(call.target);
        }
        while (!waiting.empty()) {
            const int node = waiting.back();
            waiting.pop_back();
            take(node);
            const Visit* visit = isIn(at(graph.nodes, node), "compute") ? nullptr : flow.visit(node);
            if (!visit || !seen.insert(node).second) continue;
            for (const Call& call : visit->calls)
                if (call.kind == Call::Kind::request) waiting.push_back(call.target);
        }
    }
    return services;
}

int mostSessionHolders(const Snapshot& snapshot, int service) {
    const int instances = at(snapshot.graph().nodes, service).instances;
    const Value autoscale = viewOf(snapshot, service).value("autoscale");
    const Value* most = autoscale.find("max");
    return most ? std::max(instances, static_cast<int>(std::min(most->number(), 1e6))) : instances;
}

std::vector<Finding> checkSessionStore(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const std::set<int> services = sessionServices(evidence);
    if (services.empty()) return {};
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!isType(graph.nodes[i], "auth_provider")) continue;
        const ParameterView view = viewOf(snapshot, static_cast<int>(i));
        if (view.value("token") == Value("session") && isKeptElsewhere(snapshot, view.value("session_store")))
            return {};
    }
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    int redis = -1;  // one that is there already
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        if (isSessionRedis(snapshot, static_cast<int>(i)) &&
            (redis < 0 || graph.nodes[i].id < at(graph.nodes, redis).id))
            redis = static_cast<int>(i);
    for (const int service : services) {
        const int instances = mostSessionHolders(snapshot, service);
        if (instances < 2 || sharesSessions(snapshot, service)) continue;
        const Node& node = at(graph.nodes, service);
        Finding finding{session_store.id, session_store.severity};
        finding.components = {node.id};
        finding.message = fill(
            "Sessions of {} live in the memory of one of {} instances: the others do not know the user, and a restart "
            "signs everyone out",
            {node.name, inWords(instances)});
        FixBuilder fix(snapshot, placement);
        addSessionStore(fix, service, redis);
        finding.fix = fix.titled("Keep sessions in Redis");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule session_store{
    "session-store",
    "Sessions in one instance's memory",
    "A session that lives in the memory of one instance ties its user to that instance: requests that a balancer sends "
    "elsewhere find nobody signed in, and a release or a crash ends all sessions at once. A shared store that survives "
    "a restart lets any instance answer any request, and sessions can still be called back.",
    "The Twelve-Factor App, VI (processes); OWASP Session Management cheat sheet",
    Severity::error,
    checkSessionStore,
};

}  // namespace loadpath::checks
