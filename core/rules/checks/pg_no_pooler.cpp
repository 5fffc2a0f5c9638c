#include "analysis/capacity_connections.h"
#include "model/keys.h"
#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/pooling.h"
#include "rules/text.h"
#include "support/format.h"

#include <set>

namespace loadpath::checks {
namespace {

constexpr double usualPool = 25;  // connections a pooler keeps open

/// A process for every connection, or a relative of one that has them.
bool forksPerConnection(const Node& node, const ParameterView& view) {
    if (!isType(node, "postgres")) return false;
    const Value engine = view.value("engine");
    return !(engine == Value("mysql")) && !(engine == Value("sqlserver"));
}

/// Opens connections of its own: not a pooler, nor a balancer or router that passes on those of others.
bool opensConnections(const Node& caller) {
    return caller.behaviour != Behaviour::pooler && caller.behaviour != Behaviour::client &&
           !isIn(caller, "balancer") && !isType(caller, "shard_router");
}

std::vector<Finding> checkPgNoPooler(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double mostInstances = evidence.threshold(pg_no_pooler, "instances");
    const double mostConnections = evidence.threshold(pg_no_pooler, "connections");
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        const int index = static_cast<int>(i);
        if (!isType(node, "postgres")) continue;
        const ParameterView view = viewOf(snapshot, index);
        if (!forksPerConnection(node, view) || view(keys::pooler) != "none") continue;
        OpenConnections direct;
        double instances = 0;
        std::set<int> callers;
        for (const int in : graph.incoming[i]) {
            const Link& link = at(graph.links, in);
            const Node& caller = at(graph.nodes, link.from);
            if (!link.legal || link.mode != Mode::sync || link.protocol != "sql" || !opensConnections(caller)) continue;
            direct.links.push_back(in);
            const bool isNew = callers.insert(link.from).second;
            if (isNew) instances += caller.instances;
            if (isNew || viewOfLink(snapshot, in).isStated(keys::poolSize.name))
                direct.used += connectionsOver(snapshot, in);
        }
        if (callers.empty() || (instances < mostInstances && direct.used <= mostConnections)) continue;
        Finding finding{pg_no_pooler.id, pg_no_pooler.severity};
        finding.message = fill(
            "{} of {} keep {} connections to {} open with no pooler between: each is a process of the database",
            {plural(static_cast<long long>(instances), "instance", "instances"),
             plural(static_cast<long long>(callers.size()), "caller", "callers"), fixed(direct.used, 0), node.name});
        finding.components = {node.id};
        for (const int link : direct.links) finding.connections.push_back(at(graph.links, link).id);
        const double accepts = node.instances * static_cast<double>(view(keys::maxConnections));
        finding.fix = withPooler(snapshot, placement, index, direct, std::min(2 * usualPool, 0.8 * accepts));
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule pg_no_pooler{
    "pg-no-pooler",
    "PostgreSQL without a pooler",
    "PostgreSQL starts a process for every connection and pays for it with memory and with time to set it up. Every "
    "further instance of a caller brings a pool of its own, most of it idle, so the number grows with each deployment "
    "until the limit is reached. A pooler serves many callers with the few dozen connections that do work.",
    "PostgreSQL documentation: how connections are established; PgBouncer documentation: pool modes",
    Severity::warning,
    checkPgNoPooler,
    {{"instances", 3, 1, 10000, "from this many calling instances on"},
     {"connections", 50, 1, 100000, "more connections than this"}},
};

}  // namespace loadpath::checks
