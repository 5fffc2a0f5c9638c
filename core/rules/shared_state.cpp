#include "rules/shared_state.h"

#include "model/keys.h"
#include "rules/lookup.h"
#include "rules/sessions.h"

namespace loadpath {
namespace {

constexpr const char* stateIn = "state_in";

bool holds(const Value& set, std::string_view word) {
    return set.list() &&
           std::find(set.list()->begin(), set.list()->end(), Value(std::string(word))) != set.list()->end();
}

/// A Redis that it calls already; −1 where there is none.
int calledRedis(const FlowGraph& graph, int node) {
    int found = -1;
    for (const int out : at(graph.outgoing, node)) {
        const Link& link = at(graph.links, out);
        if (!link.legal || link.mode != Mode::sync || !isType(at(graph.nodes, link.to), "redis")) continue;
        if (found < 0 || at(graph.nodes, link.to).id < at(graph.nodes, found).id) found = link.to;
    }
    return found;
}

ComponentId addRedis(FixBuilder& fix, int index, const char* suffix, const std::string& name, const char* role) {
    const Node& node = at(fix.snapshot().graph().nodes, index);
    const Component& component = componentOf(fix.snapshot(), index);
    const Point place = fix.positionOf(node.id);
    Parameters properties{{"role", Value::List{role}},
                          {"pattern", "none"},
                          {"persistence", "aof_everysec"},
                          {std::string(keys::topology.name), "sentinel"},
                          {std::string(keys::replicas.name), 1}};
    return fix.add("redis", node.id.value + suffix, node.name + name, {place.x, place.y + 4 * Placement::grid},
                   component.zones.size() >= 2 ? component.zones : std::vector<ZoneId>{}, std::move(properties));
}

constexpr int nearbyTimeoutMs = 50;

}  // namespace

bool keepsStateInMemory(const Snapshot& snapshot, int node) {
    return holds(viewOf(snapshot, node).value(stateIn), "memory");
}

bool hasStickyCaller(const Snapshot& snapshot, int node) {
    const FlowGraph& graph = snapshot.graph();
    const auto& incoming = at(graph.incoming, node);
    return std::any_of(incoming.begin(), incoming.end(), [&](int in) {
        const Link& link = at(graph.links, in);
        if (!link.legal || link.mode != Mode::sync) return false;
        const Node& caller = at(graph.nodes, link.from);
        const ParameterView view = viewOf(snapshot, link.from);
        if (isIn(caller, "ws")) return view.value("sticky") == Value(true);
        if (!isIn(caller, "balancer")) return false;
        const Value stickiness = view.value("stickiness");
        const std::string algorithm = view(keys::algorithm);
        return (stickiness.text() && *stickiness.text() != "none") || algorithm == "ip_hash" ||
               algorithm == "consistent_hash";
    });
}

bool needsBackplane(const Snapshot& snapshot, int node) {
    return isType(at(snapshot.graph().nodes, node), "websocket_gateway") &&
           viewOf(snapshot, node).value("addressing") == Value("other_users");
}

bool hasBackplane(const Snapshot& snapshot, int node) {
    const FlowGraph& graph = snapshot.graph();
    const Value named = viewOf(snapshot, node).value("backplane");
    if (named.text() && graph.node({*named.text()}) >= 0) return true;
    // Drawn rather than named: it publishes to and listens on a Redis that is there for that.
    const auto& outgoing = at(graph.outgoing, node);
    return std::any_of(outgoing.begin(), outgoing.end(), [&](int out) {
        const Link& link = at(graph.links, out);
        return link.legal && isType(at(graph.nodes, link.to), "redis") &&
               holds(viewOf(snapshot, link.to).value("role"), "pubsub");
    });
}

void moveStateOut(FixBuilder& fix, int index) {
    const Snapshot& snapshot = fix.snapshot();
    const ComponentId id = at(snapshot.graph().nodes, index).id;
    Value::List places;
    const Value before = viewOf(snapshot, index).value(stateIn);
    if (before.list())
        for (const Value& place : *before.list())
            if (!(place == Value("memory")) && !(place == Value("none")) && !(place == Value("redis")))
                places.push_back(place);
    places.emplace_back("redis");
    fix.set(id, stateIn, std::move(places));
    if (calledRedis(snapshot.graph(), index) >= 0 || !snapshot.catalog().find("redis")) return;
    const ComponentId redis = addRedis(fix, index, "-state", " state", "session");
    fix.connect(id, redis, Mode::sync, {{std::string(keys::timeoutMs.name), nearbyTimeoutMs}});
}

void addBackplane(FixBuilder& fix, int index) {
    const Snapshot& snapshot = fix.snapshot();
    const ComponentId id = at(snapshot.graph().nodes, index).id;
    if (!snapshot.catalog().find("redis")) return;
    const int called = calledRedis(snapshot.graph(), index);
    if (called >= 0) {
        fix.set(id, "backplane", at(snapshot.graph().nodes, called).id.value);
        return;
    }
    const ComponentId redis = addRedis(fix, index, "-backplane", " backplane", "pubsub");
    fix.set(id, "backplane", redis.value);
    fix.connect(id, redis, Mode::sync,
                {{std::string(keys::timeoutMs.name), nearbyTimeoutMs},
                 {std::string(keys::criticality.name), "optional"},
                 {std::string(keys::fallback.name), "default"}});
}

void letInstancesShare(FixBuilder& fix, int node) {
    if (keepsStateInMemory(fix.snapshot(), node) && !hasStickyCaller(fix.snapshot(), node))
        moveStateOut(fix, node);
    else if (isShownSessions(fix.snapshot(), node) && !sharesSessions(fix.snapshot(), node))
        addSessionStore(fix, node, -1);
    if (needsBackplane(fix.snapshot(), node) && !hasBackplane(fix.snapshot(), node)) addBackplane(fix, node);
}

}  // namespace loadpath
