#include "rules/connection_use.h"

#include "model/keys.h"
#include "rules/lookup.h"

#include <set>

namespace loadpath {
namespace {

// What a transaction pooler on the database's own host accepts.
constexpr double colocatedClients = 1000;

double limitOf(const Snapshot& snapshot, int index) {
    const Node& node = at(snapshot.graph().nodes, index);
    const ParameterView view = viewOf(snapshot, index);
    if (isIn(node, "sql_node"))
        return view(keys::pooler) == "colocated" ? colocatedClients * node.instances
                                                 : static_cast<double>(view(keys::maxConnections)) * node.instances;
    if (node.behaviour == Behaviour::pooler) return static_cast<double>(view(keys::maxClientConn)) * node.instances;
    if (view.isSet(keys::maxclients.name)) return static_cast<double>(view(keys::maxclients)) * node.instances;
    if (view.isStated(keys::maxConnections.name))
        return static_cast<double>(view(keys::maxConnections)) * node.instances;
    return 0;
}

}  // namespace

double connectionsOver(const Snapshot& snapshot, int link) {
    const Link& l = at(snapshot.graph().links, link);
    const Node& caller = at(snapshot.graph().nodes, l.from);
    if (caller.behaviour == Behaviour::client) return 0;
    if (caller.behaviour == Behaviour::pooler)
        return static_cast<double>(viewOf(snapshot, l.from)(keys::defaultPoolSize)) * caller.instances;
    return static_cast<double>(l.poolSize) * caller.instances;
}

ConnectionUse connectionUse(const Snapshot& snapshot, int index) {
    ConnectionUse use;
    use.limit = limitOf(snapshot, index);
    if (use.limit <= 0) return use;
    const Node& node = at(snapshot.graph().nodes, index);
    const bool sqlOnly = isIn(node, "sql");
    std::set<int> sharedPools;  // callers
    for (const int link : at(snapshot.graph().incoming, index)) {
        const Link& l = at(snapshot.graph().links, link);
        if (l.mode != Mode::sync || !l.legal || (sqlOnly && l.protocol != "sql")) continue;
        const double opened = connectionsOver(snapshot, link);
        if (opened <= 0) continue;
        use.links.push_back(link);
        // Reads and writes drawn as two lines go through one pool of the caller.
        const Node& caller = at(snapshot.graph().nodes, l.from);
        const bool ownPool = caller.behaviour != Behaviour::pooler &&
                             snapshot.parameters(snapshot.design().connections[static_cast<std::size_t>(link)])
                                 .isStated(keys::poolSize.name);
        if (!ownPool && !sharedPools.insert(l.from).second) continue;
        use.used += opened;
        use.pools.push_back(link);
    }
    return use;
}

}  // namespace loadpath
