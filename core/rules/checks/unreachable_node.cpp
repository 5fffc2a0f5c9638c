#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "rules/wiring.h"

#include <map>

namespace loadpath::checks {
namespace {

constexpr std::size_t looked = 64;  // callers of one type that are compared by distance

bool isExempt(const Node& node) {
    static constexpr std::string_view exempt[] = {"observability",   "service_mesh", "coordination", "secrets_manager",
                                                  "schema_registry", "id_generator", "dlq",          "client"};
    return !isKnown(node) || std::find(std::begin(exempt), std::end(exempt), node.type->id) != std::end(exempt);
}

/// How likely a component of this kind calls the other; higher is likelier, 0 = never suggested.
int likelihood(const Node& from, const Node& to) {
    if (from.behaviour == Behaviour::client)
        return to.behaviour == Behaviour::resolver || to.behaviour == Behaviour::edge_cache ||
                       to.behaviour == Behaviour::balancer || to.behaviour == Behaviour::gateway
                   ? 3
                   : 1;
    if (from.isBroker()) return isType(to, "worker") || isType(to, "stream_processor") ? 4 : 1;
    if (from.behaviour == Behaviour::pooler) return isIn(to, "sql_node") ? 3 : 0;
    if (isIn(from, "sql_node")) return isIn(to, "sql_node") || isIn(to, "cdc") ? 4 : 0;
    if (from.behaviour == Behaviour::balancer) return isIn(to, "compute") ? 3 : 1;
    if (from.behaviour == Behaviour::gateway || from.behaviour == Behaviour::limiter)
        return isIn(to, "compute") ? 3 : 1;
    if (isIn(from, "compute")) return isIn(to, "compute") ? 2 : 3;
    return 0;
}

/// Finds who could call a component: candidates are kept by type, so that the search does not grow
/// with the drawing.
class Callers {
public:
    Callers(const Snapshot& snapshot, const std::vector<char>& reached) : m_snapshot(snapshot) {
        for (std::size_t i = 0; i < reached.size(); ++i) {
            const Node& node = snapshot.graph().nodes[i];
            auto& same = m_byType[node.type->id];
            if (reached[i] && isKnown(node) && same.size() < looked) same.push_back(static_cast<int>(i));
        }
    }

    struct Choice {
        int node = -1;
        Mode mode = Mode::sync;
    };

    Choice likeliest(int index) {
        const Node& to = at(m_snapshot.graph().nodes, index);
        const Point place = componentOf(m_snapshot, index).position;
        Choice best;
        std::tuple<int, double, ComponentId> bestRank;
        for (const auto& [type, nodes] : m_byType) {
            if (nodes.empty()) continue;
            const std::optional<Mode> mode = carrying(type, to.type->id);
            const int likely = mode ? likelihood(at(m_snapshot.graph().nodes, nodes.front()), to) : 0;
            if (likely == 0) continue;
            for (const int node : nodes) {
                const Point other = componentOf(m_snapshot, node).position;
                const double dx = place.x - other.x, dy = place.y - other.y;
                const std::tuple rank(-likely, dx * dx + dy * dy, at(m_snapshot.graph().nodes, node).id);
                if (best.node >= 0 && !(rank < bestRank)) continue;
                best = {node, *mode};
                bestRank = rank;
            }
        }
        return best;
    }

private:
    std::optional<Mode> carrying(const std::string& from, const std::string& to) {
        const auto [entry, isNew] = m_modes.try_emplace({from, to});
        if (isNew) entry->second = carryingMode(m_snapshot.catalog(), from, to);
        return entry->second;
    }

    const Snapshot& m_snapshot;
    std::map<std::string, std::vector<int>> m_byType;
    std::map<std::pair<std::string, std::string>, std::optional<Mode>> m_modes;
};

/// Where the unreached part that the node belongs to begins.
int rootOf(const FlowGraph& graph, const std::vector<char>& reached, int node) {
    std::vector<int> seen{node};
    constexpr std::size_t farthest = 64;
    while (seen.size() < farthest) {
        int caller = -1;
        for (const int in : at(graph.incoming, seen.back())) {
            const Link& link = at(graph.links, in);
            if (link.mode == Mode::telemetry || at(reached, link.from) || isExempt(at(graph.nodes, link.from)))
                continue;
            if (caller < 0 || at(graph.nodes, link.from).id < at(graph.nodes, caller).id) caller = link.from;
        }
        if (caller < 0) return seen.back();
        if (std::find(seen.begin(), seen.end(), caller) != seen.end()) break;
        seen.push_back(caller);
    }
    return node;  // a circle has no beginning
}

std::vector<Finding> withoutClient(const Evidence& evidence) {
    const FlowGraph& graph = evidence.snapshot.graph();
    Finding finding{unreachable_node.id, unreachable_node.severity};
    finding.message = "The design has no client, so nothing receives traffic and nothing can be judged under load";
    int first = -1;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        const bool entrance = node.behaviour == Behaviour::resolver || node.behaviour == Behaviour::edge_cache ||
                              node.behaviour == Behaviour::balancer || node.behaviour == Behaviour::gateway ||
                              isIn(node, "compute");
        if (!entrance || !graph.incoming[i].empty()) continue;
        if (!carryingMode(evidence.snapshot.catalog(), "client", node.type->id)) continue;
        if (first < 0 || node.id < at(graph.nodes, first).id) first = static_cast<int>(i);
    }
    if (first >= 0) {
        Placement placement(evidence.snapshot.design());
        FixBuilder fix(evidence.snapshot, placement);
        const Node& node = at(graph.nodes, first);
        const Point place = fix.positionOf(node.id);
        const ComponentId client = fix.add("client", "clients", "Clients", {place.x - 10 * Placement::grid, place.y});
        fix.connect(client, node.id, Mode::sync);
        finding.fix = fix.titled("Add clients that call " + node.name);
    }
    return {finding};
}

std::vector<Finding> checkUnreachableNode(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    if (graph.nodes.empty()) return {};
    const bool hasClient = std::any_of(graph.nodes.begin(), graph.nodes.end(),
                                       [](const Node& node) { return node.behaviour == Behaviour::client; });
    if (!hasClient) return withoutClient(evidence);

    std::vector<Finding> findings;
    const std::vector<char> reached = reachedNodes(graph);
    Placement placement(snapshot.design());
    Callers callers(snapshot, reached);
    TimeoutAdvice advice(evidence);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (reached[i] || isExempt(node)) continue;
        Finding finding{unreachable_node.id, unreachable_node.severity};
        const int root = rootOf(graph, reached, static_cast<int>(i));
        finding.message = root == static_cast<int>(i)
                              ? fill("{} receives no traffic: no path leads to it from a client or a job", {node.name})
                              : fill("{} receives no traffic: only {} leads to it, which nobody calls",
                                     {node.name, at(graph.nodes, root).name});
        finding.components = {node.id};
        FixBuilder fix(snapshot, placement);
        const auto choice = callers.likeliest(root);
        if (choice.node >= 0) {
            const Node& caller = at(graph.nodes, choice.node);
            connectSafely(fix, advice, choice.node, root, choice.mode);
            finding.fix = fix.titled("Connect " + caller.name + " to " + at(graph.nodes, root).name);
        } else {
            fix.drop(node.id);
            finding.fix = fix.titled("Remove " + node.name);
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule unreachable_node{
    "unreachable-node",
    "Component without traffic",
    "A component that no request, message or job reaches is either left over or waits for a connection that somebody "
    "forgot to draw. It costs money and is watched for failures that cannot hurt, while the part of the system it was "
    "meant for is missing from every figure.",
    "Google SRE Book, ch. 9 (simplicity)",
    Severity::warning,
    checkUnreachableNode,
};

}  // namespace loadpath::checks
