#include "analysis/capacity_connections.h"
#include "graph/node_types.h"

#include "model/keys.h"
#include "support/index.h"

#include <algorithm>
#include <set>

namespace loadpath {
namespace {

// What a transaction pooler on the database's own host accepts.
constexpr double colocatedClients = 1000;
double accepted(const Node& node, const ParameterView& view) {
    const double n = node.instances;
    if (isIn(node, "sql_node"))
        return n * (view(keys::pooler) == "colocated" ? colocatedClients : view(keys::maxConnections));
    if (node.behaviour == Behaviour::pooler) return n * view(keys::maxClientConn);
    if (view.isSet("max_connections_per_instance")) return n * view.value("max_connections_per_instance").number();
    if (view.isSet(keys::maxclients.name)) return n * view(keys::maxclients);
    return view.isStated(keys::maxConnections.name) ? n * view(keys::maxConnections) : 0;
}

/// Sockets that users hold open through balancers to a gateway.
double sockets(const Snapshot& snapshot, int node) {
    const FlowGraph& graph = snapshot.graph();
    std::set<int> clients;
    for (const FlowPath& flow : graph.flows)
        if (!flow.derived && graph.nodes[at(flow.entry)].behaviour == Behaviour::client && flow.visit(node))
            clients.insert(flow.entry);
    double sum = 0;
    for (const int client : clients) {
        const ParameterView view = snapshot.parameters(client);
        if (view.isSet(keys::users.name)) sum += view(keys::users) * view(keys::connectionsPerUser);
    }
    return sum;
}

}  // namespace

OpenConnections openConnections(const Snapshot& snapshot, int index) {
    const FlowGraph& graph = snapshot.graph();
    const Node& node = graph.nodes[at(index)];
    const ParameterView view = snapshot.parameters(index);
    OpenConnections open;
    open.accepted = accepted(node, view);
    if (!(open.accepted > 0)) return open;
    if (view.isSet("max_connections_per_instance")) {
        open.growsWithUsers = true;
        open.used = sockets(snapshot, index);
        return open;
    }
    const bool sqlOnly = isIn(node, "sql");
    std::set<int> sharedPools;  // callers
    for (const int in : graph.incoming[at(index)]) {
        const Link& link = graph.links[at(in)];
        const Node& caller = graph.nodes[at(link.from)];
        if (link.mode != Mode::sync || !link.legal || caller.behaviour == Behaviour::client ||
            (sqlOnly && link.protocol != "sql"))
            continue;
        if (caller.behaviour == Behaviour::pooler) {
            if (sharedPools.insert(link.from).second)
                open.used +=
                    static_cast<double>(snapshot.parameters(link.from)(keys::defaultPoolSize)) * caller.instances;
            continue;
        }
        // Reads and writes drawn as two lines go through one pool of the caller.
        const bool ownPool = snapshot.parameters(snapshot.design().connections[at(in)]).isStated(keys::poolSize.name);
        if (ownPool || sharedPools.insert(link.from).second)
            open.used += static_cast<double>(link.poolSize) * caller.instances;
    }
    return open;
}

}  // namespace loadpath
