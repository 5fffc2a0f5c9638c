#include "rules/chains.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/mesh.h"
#include "rules/text.h"

#include <set>

namespace loadpath::checks {
namespace {

bool findsServices(const Snapshot& snapshot, int node) {
    const Value role = viewOf(snapshot, node).value("role");
    return role.list() &&
           std::find(role.list()->begin(), role.list()->end(), Value("service_discovery")) != role.list()->end();
}

Fix withRegistry(const Snapshot& snapshot, Placement& placement, const std::vector<int>& callers, int coordination) {
    const FlowGraph& graph = snapshot.graph();
    FixBuilder fix(snapshot, placement);
    if (coordination >= 0) {
        const Node& node = at(graph.nodes, coordination);
        const Value role = viewOf(snapshot, coordination).value("role");
        Value::List roles = role.list() ? *role.list() : Value::List{};
        roles.emplace_back("service_discovery");
        fix.set(node.id, "role", std::move(roles));
        return fix.titled("Let " + node.name + " tell where services are");
    }
    Point below = componentOf(snapshot, callers.front()).position;
    for (const int caller : callers) {
        const Point place = componentOf(snapshot, caller).position;
        below = {std::min(below.x, place.x), std::max(below.y, place.y)};
    }
    Parameters properties;
    properties.insert_or_assign("instances", 3);
    properties.insert_or_assign("role", Value::List{"service_discovery"});
    const ComponentId registry = fix.add("coordination", "registry", "Service registry",
                                         {below.x, below.y + 6 * Placement::grid}, {}, std::move(properties));
    for (const int caller : callers) fix.connect(at(graph.nodes, caller).id, registry, Mode::control);
    return fix.titled("Add a service registry");
}

std::vector<Finding> checkNoServiceDiscovery(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double least = evidence.threshold(no_service_discovery, "services");
    int services = 0, coordination = -1;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        services += isServiceNode(graph.nodes[i]);
        if (!isType(graph.nodes[i], "coordination")) continue;
        if (findsServices(snapshot, static_cast<int>(i))) return {};
        const bool isFirst = coordination < 0 || graph.nodes[i].id < at(graph.nodes, coordination).id;
        if (isFirst) coordination = static_cast<int>(i);
    }
    if (services < least) return {};

    const Meshes meshes(snapshot);
    std::set<int> callers;
    std::vector<std::string> calls;
    Finding finding{no_service_discovery.id, no_service_discovery.severity};
    for (std::size_t i = 0; i < graph.links.size(); ++i) {
        const Link& link = graph.links[i];
        const Node &from = at(graph.nodes, link.from), &to = at(graph.nodes, link.to);
        if (link.mode != Mode::sync || !link.legal || !isIn(from, "compute") || !isServiceNode(to) || to.managed)
            continue;
        if (meshes.covers(link.from) && meshes.covers(link.to)) continue;
        if (callers.insert(link.from).second) finding.components.push_back(from.id);
        finding.connections.push_back(link.id);
        calls.push_back(arrow(snapshot, static_cast<int>(i)));
    }
    if (callers.empty()) return {};
    std::sort(calls.begin(), calls.end());
    finding.message =
        fill("{} services, and {} by fixed addresses ({}): every move or new instance must be told to the callers",
             {std::to_string(services),
              calls.size() == 1 ? "one call goes" : inWords(static_cast<long long>(calls.size())) + " calls go",
              listed(calls, 3)});
    Placement placement(snapshot.design());
    finding.fix = withRegistry(snapshot, placement, {callers.begin(), callers.end()}, coordination);
    return {std::move(finding)};
}

}  // namespace

const Rule no_service_discovery{
    "no-service-discovery",
    "Services find each other by fixed addresses",
    "Instances come and go with every release, failure and scaling step. A caller that holds their addresses in its "
    "configuration keeps calling the dead ones and never learns of the new ones; a registry, a mesh or an internal "
    "balancer answers where a service is right now.",
    "Microservices Patterns (C. Richardson), ch. 3: service discovery",
    Severity::info,
    checkNoServiceDiscovery,
    {{"services", 5, 2, 1000, "from this many services on, addresses should be looked up"}},
};

}  // namespace loadpath::checks
