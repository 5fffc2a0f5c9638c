#include "analysis/capacity_connections.h"
#include "graph/node_types.h"

#include "model/keys.h"
#include "support/index.h"

#include <algorithm>
#include <map>
#include <set>

namespace loadpath {
namespace {

// What a transaction pooler on the database's own host accepts.
constexpr double colocatedClients = 1000;
constexpr std::string_view ownSockets = "max_connections_per_instance";

double accepted(const Node& node, const ParameterView& view) {
    const double n = node.instances;
    if (isIn(node, "sql_node"))
        return n * (view(keys::pooler) == "colocated" ? colocatedClients : view(keys::maxConnections));
    if (node.behaviour == Behaviour::pooler) return n * view(keys::maxClientConn);
    if (view.isSet(ownSockets)) return n * view.value(ownSockets).number();
    if (view.isSet(keys::maxclients.name)) return n * view(keys::maxclients);
    return view.isStated(keys::maxConnections.name) ? n * view(keys::maxConnections) : 0;
}

/// Sockets that users hold open: those of every client whose requests come by, divided among the gateways
/// that they reach.
double sockets(const Snapshot& snapshot, int node) {
    const FlowGraph& graph = snapshot.graph();
    std::map<int, std::set<int>> gatewaysOf;  // by client
    for (const FlowPath& flow : graph.flows) {
        if (flow.derived || graph.nodes[at(flow.entry)].behaviour != Behaviour::client || !flow.visit(node)) continue;
        gatewaysOf[flow.entry];
    }
    for (const FlowPath& flow : graph.flows) {
        const auto gateways = gatewaysOf.find(flow.entry);
        if (flow.derived || gateways == gatewaysOf.end()) continue;
        for (const Visit& visit : flow.visits)
            if (snapshot.parameters(visit.node).isSet(ownSockets)) gateways->second.insert(visit.node);
    }
    double sum = 0;
    for (const auto& entry : gatewaysOf) {
        const ParameterView view = snapshot.parameters(entry.first);
        if (view.isSet(keys::users.name))
            sum += view(keys::users) * view(keys::connectionsPerUser) / static_cast<double>(entry.second.size());
    }
    return sum;
}

}  // namespace

double connectionsOver(const Snapshot& snapshot, int link) {
    const Link& l = snapshot.graph().links[at(link)];
    const Node& caller = snapshot.graph().nodes[at(l.from)];
    if (caller.behaviour == Behaviour::client) return 0;
    if (caller.behaviour == Behaviour::pooler)
        return static_cast<double>(snapshot.parameters(l.from)(keys::defaultPoolSize)) * caller.instances;
    return static_cast<double>(l.poolSize) * caller.instances;
}

OpenConnections openConnections(const Snapshot& snapshot, int index) {
    const FlowGraph& graph = snapshot.graph();
    const Node& node = graph.nodes[at(index)];
    const ParameterView view = snapshot.parameters(index);
    OpenConnections open;
    open.accepted = accepted(node, view);
    if (!(open.accepted > 0)) return open;
    if (view.isSet(ownSockets)) {
        open.growsWithUsers = true;
        open.used = sockets(snapshot, index);
        return open;
    }
    const bool sqlOnly = isIn(node, "sql");
    std::set<int> sharedPools;  // callers
    for (const int in : graph.incoming[at(index)]) {
        const Link& link = graph.links[at(in)];
        if (link.mode != Mode::sync || !link.legal || (sqlOnly && link.protocol != "sql")) continue;
        const double opened = connectionsOver(snapshot, in);
        if (opened <= 0) continue;
        open.links.push_back(in);
        // Reads and writes drawn as two lines go through one pool of the caller.
        const bool ownPool = graph.nodes[at(link.from)].behaviour != Behaviour::pooler &&
                             snapshot.parameters(snapshot.design().connections[at(in)]).isStated(keys::poolSize.name);
        if (!ownPool && !sharedPools.insert(link.from).second) continue;
        open.used += opened;
        open.pools.push_back(in);
    }
    return open;
}

}  // namespace loadpath
