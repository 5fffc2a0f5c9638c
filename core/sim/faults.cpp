#include "sim/faults.h"

#include <algorithm>
#include <array>
#include <utility>

namespace loadpath::sim {
namespace {

constexpr std::array<std::pair<std::string_view, FaultKind>, 13> kinds{{
    {"instance_down", FaultKind::instanceDown},
    {"consumer_down", FaultKind::instanceDown},
    {"component_down", FaultKind::componentDown},
    {"primary_down", FaultKind::componentDown},
    {"zone_down", FaultKind::zoneDown},
    {"slow", FaultKind::slow},
    {"error_rate", FaultKind::errorRate},
    {"latency", FaultKind::latency},
    {"cache_flush", FaultKind::cacheFlush},
    {"load", FaultKind::load},
    {"poison_message", FaultKind::poison},
    {"backlog", FaultKind::backlog},
    {"random", FaultKind::random},
}};

// Of the file format, but not simulated.
constexpr std::array<std::string_view, 11> later{"packet_loss", "partition",       "hot_key",   "replica_lag",
                                                 "disk_full",   "connection_leak", "dns_stale", "provider_limit",
                                                 "clock_skew",  "deploy",          "retry_bug"};

}  // namespace

FaultKind faultKindNamed(std::string_view word) {
    for (const auto& [name, kind] : kinds)
        if (name == word) return kind;
    return FaultKind::unknown;
}

FaultTarget targetOf(const Fault& fault, const FlowGraph& graph) {
    FaultTarget target;
    target.kind = faultKindNamed(fault.kind);
    if (target.kind == FaultKind::unknown) {
        const bool known = std::find(later.begin(), later.end(), fault.kind) != later.end();
        target.problem = known ? "faults of kind '" + fault.kind + "' are not simulated"
                               : "unknown kind of fault '" + fault.kind + "'";
        return target;
    }
    const auto node = graph.nodeById.find(fault.target);
    const auto link = graph.linkById.find(fault.target);
    const auto domain = graph.domainById.find(fault.target);
    const bool isNode = node != graph.nodeById.end(), isLink = link != graph.linkById.end(),
               isDomain = domain != graph.domainById.end();
    const auto refuse = [&](const std::string& wanted) {
        target.problem =
            "fault '" + fault.kind + "' needs " + wanted + " as its target, and '" + fault.target + "' is none";
    };
    if (isNode) target.nodes = {node->second};
    const Node* component = isNode ? &graph.nodes[static_cast<std::size_t>(node->second)] : nullptr;
    switch (target.kind) {
        case FaultKind::zoneDown:
            if (!isDomain)
                refuse("a zone");
            else
                target.domain = domain->second;
            break;
        case FaultKind::latency:
            if (isLink)
                target.links = {link->second};
            else if (isNode)
                target.links = graph.incoming[static_cast<std::size_t>(node->second)];
            else
                refuse("a component or a connection");
            break;
        case FaultKind::cacheFlush:
            if (!isNode || (component->behaviour != Behaviour::cache && component->behaviour != Behaviour::edge_cache))
                refuse("a cache");
            break;
        case FaultKind::poison:
        case FaultKind::backlog:
            if (!isNode || !component->isBroker()) refuse("a broker");
            break;
        case FaultKind::load:
            if (!fault.target.empty() && (!isNode || component->behaviour != Behaviour::client))
                refuse("a client or nothing");
            break;
        case FaultKind::random:
            if (isDomain)
                target.domain = domain->second;
            else if (fault.target.empty())
                for (std::size_t n = 0; n < graph.nodes.size(); ++n) target.nodes.push_back(static_cast<int>(n));
            else if (!isNode)
                refuse("a component, a zone or nothing");
            break;
        default:
            if (!isNode)
                refuse("a component");
            else if (component->behaviour == Behaviour::client)
                refuse("a component that serves");
    }
    return target;
}

}  // namespace loadpath::sim
