#include "sim/faults.h"

#include <algorithm>
#include <array>
#include <utility>

namespace loadpath::sim {
namespace {

constexpr std::array<std::pair<std::string_view, FaultKind>, 24> kinds{{
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
    {"packet_loss", FaultKind::packetLoss},
    {"partition", FaultKind::partition},
    {"hot_key", FaultKind::hotKey},
    {"replica_lag", FaultKind::replicaLag},
    {"disk_full", FaultKind::diskFull},
    {"connection_leak", FaultKind::connectionLeak},
    {"dns_stale", FaultKind::dnsStale},
    {"provider_limit", FaultKind::providerLimit},
    {"clock_skew", FaultKind::clockSkew},
    {"deploy", FaultKind::deploy},
    {"retry_bug", FaultKind::retryBug},
}};

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
        target.problem = "unknown kind of fault '" + fault.kind + "'";
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
        case FaultKind::partition: {
            const auto with = fault.extra.find("with");
            const std::string other =
                with != fault.extra.end() && with->second.text() ? *with->second.text() : std::string();
            const auto farNode = graph.nodeById.find(other);
            const auto farDomain = graph.domainById.find(other);
            if (isLink) {
                target.links = {link->second};
                break;
            }
            if (isDomain) target.domain = domain->second;
            if (farNode != graph.nodeById.end()) target.otherNode = farNode->second;
            if (farDomain != graph.domainById.end()) target.otherDomain = farDomain->second;
            if (!isNode && !isDomain)
                refuse("a component, a zone or a connection");
            else if (target.otherNode < 0 && target.otherDomain < 0)
                target.problem = "fault 'partition' needs a component or a zone as 'with', and '" + other + "' is none";
            break;
        }
        case FaultKind::connectionLeak: {
            const std::vector<int> all = isLink   ? std::vector<int>{link->second}
                                         : isNode ? graph.incoming[static_cast<std::size_t>(node->second)]
                                                  : std::vector<int>{};
            for (const int l : all)
                if (graph.links[static_cast<std::size_t>(l)].poolSize > 0) target.links.push_back(l);
            target.nodes.clear();
            if (target.links.empty()) refuse("a connection with a pool, or a component behind one,");
            break;
        }
        case FaultKind::dnsStale:
            if (!isNode || component->behaviour != Behaviour::resolver) refuse("a dns");
            break;
        case FaultKind::clockSkew:
            if (!isNode || component->type == nullptr || component->type->id != "id_generator")
                refuse("an id generator");
            break;
        case FaultKind::replicaLag: {
            const auto& in = isNode ? graph.incoming[static_cast<std::size_t>(node->second)] : std::vector<int>{};
            const bool copies = std::any_of(in.begin(), in.end(), [&graph](int l) {
                const Mode mode = graph.links[static_cast<std::size_t>(l)].mode;
                return mode == Mode::replicate || mode == Mode::standby;
            });
            if (!copies) refuse("a replica");
            break;
        }
        case FaultKind::packetLoss:
        case FaultKind::retryBug:
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
