#include "analysis/capacity_connections.h"
#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/pooling.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>
#include <set>

namespace loadpath::checks {
namespace {

constexpr double headroom = 0.8;  // of the limit that a fix fills: deploys open new connections before old ones close

std::string whole(double count) { return count < 1e5 ? fixed(count, 0) : compact(count); }

/// "Shop API 10 × 50"
std::string share(const Snapshot& snapshot, int link) {
    const Link& l = at(snapshot.graph().links, link);
    const Node& caller = at(snapshot.graph().nodes, l.from);
    const double each = connectionsOver(snapshot, link) / caller.instances;
    return caller.name + " " + whole(caller.instances) + " × " + whole(each);
}

/// The same callers with smaller pools, as long as each keeps at least two connections an instance.
std::optional<Fix> withSmallerPools(const Snapshot& snapshot, Placement& placement, const OpenConnections& use) {
    FixBuilder fix(snapshot, placement);
    std::set<ComponentId> poolers;
    for (const int link : use.links) {
        const Link& l = at(snapshot.graph().links, link);
        const Node& caller = at(snapshot.graph().nodes, l.from);
        const double each = connectionsOver(snapshot, link) / caller.instances;
        const int smaller = static_cast<int>(each * headroom * use.accepted / use.used);
        if (smaller < 2) return std::nullopt;
        if (caller.behaviour != Behaviour::pooler)
            fix.set(l.id, keys::poolSize.name, smaller);
        else if (poolers.insert(caller.id).second)
            fix.set(caller.id, keys::defaultPoolSize.name, smaller);
    }
    return fix.titled("Make the connection pools smaller");
}

std::optional<Fix> mended(const Snapshot& snapshot, Placement& placement, int index, const OpenConnections& use) {
    const FlowGraph& graph = snapshot.graph();
    const Node& node = at(graph.nodes, index);
    if (node.behaviour == Behaviour::pooler) {
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, keys::maxClientConn.name, roundedUpToHundred(use.used / node.instances / headroom));
        return fix.titled("Let " + node.name + " accept more clients");
    }
    const bool hasPooler = viewOf(snapshot, index)(keys::pooler) == "colocated" ||
                           std::any_of(use.links.begin(), use.links.end(), [&graph](int link) {
                               return at(graph.nodes, at(graph.links, link).from).behaviour == Behaviour::pooler;
                           });
    if (isIn(node, "sql_node") && !hasPooler)
        return withPooler(snapshot, placement, index, use, use.accepted * headroom);
    return withSmallerPools(snapshot, placement, use);
}

/// Open sockets of users, more than the instances of a gateway can hold.
Finding tooManySockets(const Snapshot& snapshot, Placement& placement, const Node& node, const OpenConnections& open) {
    const double each = open.accepted / node.instances;
    Finding finding{connection_exhaustion.id, connection_exhaustion.severity};
    finding.message =
        fill("{} has to hold {} open connections, but its {} can hold {}",
             {node.name, whole(open.used), plural(node.instances, "instance", "instances"), whole(open.accepted)});
    finding.components = {node.id};
    FixBuilder fix(snapshot, placement);
    const auto instances = static_cast<int>(std::ceil(open.used / (each * headroom)));
    fix.set(node.id, keys::instances.name, instances);
    finding.fix = fix.titled("Run " + inWords(instances) + " instances of " + node.name);
    return finding;
}

std::vector<Finding> checkConnectionExhaustion(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        const OpenConnections use = openConnections(snapshot, static_cast<int>(i));
        if (!use.exceeded()) continue;
        if (use.growsWithUsers) {
            findings.push_back(tooManySockets(snapshot, placement, node, use));
            continue;
        }
        Finding finding{connection_exhaustion.id, connection_exhaustion.severity};
        std::vector<std::string> shares;
        for (const int link : use.pools) shares.push_back(share(snapshot, link));
        for (const int link : use.links) finding.connections.push_back(at(graph.links, link).id);
        std::sort(shares.begin(), shares.end());
        finding.message = fill("{} is asked for {} connections and accepts {} ({})",
                               {node.name, whole(use.used), whole(use.accepted), listed(shares)});
        finding.components = {node.id};
        finding.fix = mended(snapshot, placement, static_cast<int>(i), use);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule connection_exhaustion{
    "connection-exhaustion",
    "More connections than accepted",
    "Each instance keeps its own pool, so the total grows with every instance that is added, while the target's limit "
    "stays. When the pools fill up under load, new connections are refused just when they are needed, and a database "
    "pays for each one with a process and memory.",
    "PostgreSQL documentation: max_connections; PgBouncer documentation",
    Severity::error,
    checkConnectionExhaustion,
};

}  // namespace loadpath::checks
