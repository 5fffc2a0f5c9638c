#include "rules/sessions.h"

#include "model/keys.h"
#include "rules/lookup.h"
#include "rules/tags.h"

#include <unordered_set>

namespace loadpath {
namespace {

constexpr int sessionTimeoutMs = 50;
constexpr std::size_t fewInFront = 64;

}  // namespace

bool asksForSession(const Snapshot& snapshot, int link) {
    return viewOfLink(snapshot, link).value("auth") == Value("session");
}

bool canKeepSessions(const Node& node) { return isType(node, "service") || isType(node, "monolith"); }

bool isSessionRedis(const Snapshot& snapshot, int node) {
    return isType(at(snapshot.graph().nodes, node), "redis") && hasTag(viewOf(snapshot, node).value("role"), "session");
}

bool isKeptElsewhere(const Snapshot& snapshot, const Value& store) {
    if (!store.text() || store.text()->empty()) return false;
    const int node = snapshot.graph().node({*store.text()});
    return node < 0 || !isIn(at(snapshot.graph().nodes, node), "in_process");
}

bool sharesSessions(const Snapshot& snapshot, int service) {
    const FlowGraph& graph = snapshot.graph();
    const ParameterView view = viewOf(snapshot, service);
    if (const Value store = view.value("session_store"); store.text() && !store.text()->empty())
        return isKeptElsewhere(snapshot, store);
    const Value state = view.value("state_in");
    if (!hasTag(state, "memory") && (hasTag(state, "redis") || hasTag(state, "db"))) return true;
    const auto& out = at(graph.outgoing, service);
    return std::any_of(out.begin(), out.end(), [&](int link) {
        const int to = at(graph.links, link).to;
        if (at(graph.links, link).mode != Mode::sync || !at(graph.links, link).legal) return false;
        const bool asksProvider =
            isType(at(graph.nodes, to), "auth_provider") && viewOf(snapshot, to).value("token") != Value("jwt");
        return asksProvider || isSessionRedis(snapshot, to);
    });
}

bool isShownSessions(const Snapshot& snapshot, int service) {
    const FlowGraph& graph = snapshot.graph();
    if (!canKeepSessions(at(graph.nodes, service))) return false;
    const Value endpoints = viewOf(snapshot, service).value("endpoints");
    if (endpoints.list())
        for (const Value& endpoint : *endpoints.list())
            if (const Value* auth = endpoint.find("auth"); auth && *auth == Value("session")) return true;
    std::vector<int> waiting{service};
    std::unordered_set<int> seen{service};
    while (!waiting.empty() && seen.size() <= fewInFront) {
        const int here = waiting.back();
        waiting.pop_back();
        for (const int in : at(graph.incoming, here)) {
            const Link& link = at(graph.links, in);
            if (link.mode != Mode::sync || !link.legal) continue;
            if (asksForSession(snapshot, in)) return true;
            if (!isIn(at(graph.nodes, link.from), "compute") && seen.insert(link.from).second)
                waiting.push_back(link.from);
        }
    }
    return false;
}

void addSessionStore(FixBuilder& fix, int service, int redis) {
    const Snapshot& snapshot = fix.snapshot();
    const Node& node = at(snapshot.graph().nodes, service);
    ComponentId store;
    if (redis >= 0) {
        store = at(snapshot.graph().nodes, redis).id;
    } else {
        const Point place = fix.positionOf(node.id);
        Parameters properties{{"role", Value::List{"session"}},
                              {"pattern", "none"},
                              {"persistence", "aof_everysec"},
                              {std::string(keys::topology.name), "sentinel"},
                              {std::string(keys::replicas.name), 1}};
        store =
            fix.add("redis", "sessions", "Sessions", {place.x + 10 * Placement::grid, place.y + 4 * Placement::grid},
                    componentOf(snapshot, service).zones, std::move(properties));
    }
    fix.connect(node.id, store, Mode::sync, {{std::string(keys::timeoutMs.name), sessionTimeoutMs}});
    fix.set(node.id, "session_store", store.value);
}

}  // namespace loadpath
