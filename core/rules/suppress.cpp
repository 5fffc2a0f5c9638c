#include "rules/suppress.h"

#include "rules/lookup.h"

#include <algorithm>
#include <unordered_set>

namespace loadpath {
namespace {

using Ids = std::unordered_set<std::string>;

Ids componentsOf(const std::vector<Finding>& findings, std::string_view rule) {
    Ids ids;
    for (const Finding& finding : findings)
        if (finding.rule == rule)
            for (const ComponentId& id : finding.components) ids.insert(id.value);
    return ids;
}

Ids zonesOf(const std::vector<Finding>& findings, std::string_view rule) {
    Ids ids;
    for (const Finding& finding : findings)
        if (finding.rule == rule)
            for (const ZoneId& id : finding.zones) ids.insert(id.value);
    return ids;
}

/// Consumers that cannot keep up: what is said of their backlog says more than of their servers.
Ids laggingConsumers(const std::vector<Finding>& findings) {
    Ids ids;
    for (const Finding& finding : findings)
        if (finding.rule == "consumer-lag") ids.insert(finding.components.front().value);
    return ids;
}

/// Dead-letter queues of brokers that leave some of their consumers without one.
Ids halfUsedDeadLetters(const std::vector<Finding>& findings, const Snapshot& snapshot) {
    const Ids brokers = componentsOf(findings, "missing-dlq");
    Ids ids;
    if (brokers.empty()) return ids;
    const FlowGraph& graph = snapshot.graph();
    const auto add = [&](int broker, int deadLetter) {
        if (broker >= 0 && deadLetter >= 0 && brokers.contains(at(graph.nodes, broker).id.value))
            ids.insert(at(graph.nodes, deadLetter).id.value);
    };
    for (const Subscription& s : graph.subscriptions) add(s.broker, s.deadLetter);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (graph.nodes[i].behaviour != Behaviour::dead_letter) continue;
        for (const int in : graph.incoming[i]) add(at(graph.links, in).from, static_cast<int>(i));
    }
    return ids;
}

/// Facts of the file, told whatever else is wrong.
bool isAboutFile(const Finding& finding) {
    return finding.rule == "invalid-connection" || finding.rule == "unknown-type" ||
           finding.rule == "invalid-property" || finding.rule == "flow-shares";
}

/// Nodes that some connection leads to, but none that can be built.
std::vector<char> behindIllegal(const FlowGraph& graph) {
    std::vector<char> legal(graph.nodes.size(), 0), any(graph.nodes.size(), 0);
    std::vector<int> starts;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const auto& incoming = graph.incoming[i];
        const bool onlyIllegal = !incoming.empty() && std::all_of(incoming.begin(), incoming.end(), [&graph](int link) {
            return !at(graph.links, link).legal;
        });
        if (!onlyIllegal) starts.push_back(static_cast<int>(i));
    }
    // Reached from where the drawing starts, with and without the connections that cannot be built.
    const auto walk = [&graph](std::vector<char>& seen, const std::vector<int>& from, bool illegalToo) {
        std::vector<int> waiting = from;
        for (const int node : from) at(seen, node) = 1;
        for (std::size_t i = 0; i < waiting.size(); ++i)
            for (const int link : at(graph.outgoing, waiting[i])) {
                const Link& l = at(graph.links, link);
                if (l.mode == Mode::telemetry || at(seen, l.to) || !(l.legal || illegalToo)) continue;
                at(seen, l.to) = 1;
                waiting.push_back(l.to);
            }
    };
    std::vector<int> roots;
    for (const int node : starts)
        if (at(graph.incoming, node).empty()) roots.push_back(node);
    walk(legal, roots, false);
    walk(any, roots, true);
    for (std::size_t i = 0; i < any.size(); ++i) any[i] = any[i] && !legal[i];
    return any;
}

}  // namespace

void hideConsequences(std::vector<Finding>& findings, const Snapshot& snapshot) {
    const FlowGraph& graph = snapshot.graph();
    const Ids overloaded = componentsOf(findings, "overload");
    const Ids single = componentsOf(findings, "spof");
    const Ids lagging = laggingConsumers(findings);
    const Ids deadLetters = halfUsedDeadLetters(findings, snapshot);
    const Ids lostZones = zonesOf(findings, "zone-spof");
    const bool anyIllegal =
        std::any_of(graph.links.begin(), graph.links.end(), [](const Link& link) { return !link.legal; });
    const std::vector<char> behind = anyIllegal ? behindIllegal(graph) : std::vector<char>(graph.nodes.size(), 0);

    const auto hidden = [&](const Finding& finding) {
        if (finding.rule == "high-utilisation")
            return !finding.components.empty() && overloaded.contains(finding.components.front().value);
        if (finding.rule == "overload" && lagging.contains(finding.components.front().value)) return true;
        if (finding.rule == "dlq-unwatched" && deadLetters.contains(finding.components.front().value)) return true;
        if (finding.rule == "replicas-share-zone") {
            if (!finding.zones.empty() && lostZones.contains(finding.zones.front().value)) return true;
            const ComponentId& subject = finding.components.front();
            if (single.contains(subject.value) && at(graph.nodes, graph.node(subject)).instances == 1) return true;
        }
        if (!anyIllegal || isAboutFile(finding)) return false;
        const auto cannotBeBuilt = [&graph](const ConnectionId& id) {
            return !at(graph.links, graph.linkById.at(id.value)).legal;
        };
        if (!finding.connections.empty() &&
            std::all_of(finding.connections.begin(), finding.connections.end(), cannotBeBuilt))
            return true;
        return !finding.components.empty() &&
               std::all_of(finding.components.begin(), finding.components.end(),
                           [&](const ComponentId& id) { return at(behind, graph.node(id)) != 0; });
    };
    std::vector<Finding> shown;
    shown.reserve(findings.size());
    for (Finding& finding : findings)
        if (!hidden(finding)) shown.push_back(std::move(finding));
    findings = std::move(shown);
}

}  // namespace loadpath
