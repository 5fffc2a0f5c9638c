#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>
#include <map>
#include <set>

namespace loadpath::checks {
namespace {

/// The balancers that sockets of a gateway come through, with the time after which each cuts an idle one.
std::map<ComponentId, double> cuttersInFront(const Snapshot& snapshot, int gateway) {
    const FlowGraph& graph = snapshot.graph();
    std::map<ComponentId, double> found;
    std::vector<int> waiting{gateway};
    std::set<int> seen{gateway};
    for (std::size_t i = 0; i < waiting.size(); ++i)
        for (const int in : at(graph.incoming, waiting[i])) {
            const Link& link = at(graph.links, in);
            if (!link.legal || link.mode != Mode::sync || !isIn(at(graph.nodes, link.from), "balancer")) continue;
            if (!seen.insert(link.from).second) continue;
            waiting.push_back(link.from);
            // Layer 4 has no such setting of its own here; who states one means it.
            const Value idle = viewOf(snapshot, link.from).value("idle_timeout_s");
            const Parameters& stated = componentOf(snapshot, link.from).properties;
            const auto raw = stated.find("idle_timeout_s");
            const double seconds = idle.isNumber() ? idle.number() : raw == stated.end() ? 0 : raw->second.number();
            if (seconds > 0) found.emplace(at(graph.nodes, link.from).id, seconds);
        }
    return found;
}

std::vector<Finding> checkWsIdleTimeout(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (!isIn(node, "ws")) continue;
        const double heartbeat = viewOf(snapshot, static_cast<int>(i)).value("heartbeat_s").number();
        if (!(heartbeat > 0)) continue;
        Finding finding{ws_idle_timeout.id, ws_idle_timeout.severity};
        finding.components = {node.id};
        double shortestIdle = 0;
        std::vector<std::string> names;
        for (const auto& [id, idle] : cuttersInFront(snapshot, static_cast<int>(i))) {
            if (idle > heartbeat) continue;
            finding.components.push_back(id);
            names.push_back(at(graph.nodes, graph.node(id)).name);
            shortestIdle = names.size() == 1 ? idle : std::min(shortestIdle, idle);
        }
        if (names.empty()) continue;
        std::sort(names.begin(), names.end());
        finding.message = fill("{} cuts sockets that are silent for {}, and {} sends a heartbeat only every {}",
                               {listed(names), duration(shortestIdle * 1000), node.name, duration(heartbeat * 1000)});
        const double quicker = shortestIdle >= 2 ? std::floor(shortestIdle / 2) : 0;
        if (quicker >= 1) {
            FixBuilder fix(snapshot, placement);
            fix.set(node.id, "heartbeat_s", quicker);
            finding.fix = fix.titled("Send a heartbeat every " + duration(quicker * 1000));
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule ws_idle_timeout{
    "ws-idle-timeout",
    "Sockets cut between heartbeats",
    "A balancer closes connections over which nothing has passed for a while. When the heartbeat is no quicker than "
    "that, quiet users are disconnected again and again, and each time they reconnect, sign in and load what they "
    "missed, all of them at once after a quiet night.",
    "Application Load Balancer documentation: connection idle timeout; RFC 6455, section 5.5.2 (ping)",
    Severity::warning,
    checkWsIdleTimeout,
};

}  // namespace loadpath::checks
