#include "model/keys.h"
#include "rules/checks.h"
#include "rules/decoupling.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

#include <map>
#include <set>
#include <unordered_set>

namespace loadpath::checks {
namespace {

/// The cycle turned so that it begins with the component of the smallest id.
std::vector<int> turned(const FlowGraph& graph, std::vector<int> cycle) {
    const auto first = std::min_element(
        cycle.begin(), cycle.end(), [&graph](int a, int b) { return at(graph.nodes, a).id < at(graph.nodes, b).id; });
    std::rotate(cycle.begin(), first, cycle.end());
    return cycle;
}

std::vector<int> linksBetween(const FlowPath& flow, int from, int to) {
    std::vector<int> links;
    const Visit* visit = flow.visit(from);
    if (!visit) return links;
    for (const Call& call : visit->calls)
        if (call.kind == Call::Kind::request && call.target == to) links.push_back(call.link);
    return links;
}

/// Steps from the entry of the flow, to tell which call of a cycle closes it.
std::map<int, int> depths(const FlowPath& flow) {
    std::map<int, int> depth{{flow.entry, 0}};
    std::vector<int> waiting{flow.entry};
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        const Visit* visit = flow.visit(waiting[i]);
        if (!visit) continue;
        for (const Call& call : visit->calls)
            if (call.kind == Call::Kind::request && depth.emplace(call.target, depth[waiting[i]] + 1).second)
                waiting.push_back(call.target);
    }
    return depth;
}

/// Turns the call that closes the cycle into a message over a queue.
std::optional<Fix> withQueue(const Evidence& evidence, Placement& placement, const FlowPath& flow,
                             const std::vector<int>& cycle, const std::map<int, int>& depth) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const auto depthOf = [&depth](int node) {
        const auto it = depth.find(node);
        return it == depth.end() ? 0 : it->second;
    };
    int best = -1;  // index into cycle of the caller whose call goes back furthest
    for (std::size_t i = 0; i < cycle.size(); ++i) {
        const int from = cycle[i], to = cycle[(i + 1) % cycle.size()];
        const int back = depthOf(from) - depthOf(to);
        const int bestBack =
            best < 0 ? -1
                     : depthOf(at(cycle, best)) - depthOf(cycle[(static_cast<std::size_t>(best) + 1) % cycle.size()]);
        if (back >= 0 && back > bestBack) best = static_cast<int>(i);
    }
    if (best < 0) return std::nullopt;
    const Node& caller = at(graph.nodes, at(cycle, best));
    const Node& callee = at(graph.nodes, cycle[(static_cast<std::size_t>(best) + 1) % cycle.size()]);
    FixBuilder fix(snapshot, placement);
    // Only requests of clients put messages in; the processing of a message must not cause the next one.
    const int from = graph.node(caller.id), to = graph.node(callee.id);
    const std::vector<int> links = linksBetween(flow, from, to);
    std::vector<FlowId> clientFlows;
    for (const FlowPath& other : graph.flows) {
        if (other.derived) continue;
        const auto calls = linksBetween(other, from, to);
        const bool takesOne = std::any_of(calls.begin(), calls.end(), [&links](int link) {
            return std::find(links.begin(), links.end(), link) != links.end();
        });
        if (takesOne) clientFlows.push_back(other.id);
    }
    const auto title = tellOverQueue(fix, from, to, links, clientFlows);
    if (!title) return std::nullopt;
    return fix.titled(*title);
}

bool lists(const Value& names, const std::string& name) {
    const Value::List* list = names.list();
    return list && std::find(list->begin(), list->end(), Value(name)) != list->end();
}

/// What the flows would walk where no request comes by yet: one path for reads and one for writes, and
/// more where connections are drawn for some flows only.
std::vector<FlowPath> unreached(const Snapshot& snapshot) {
    const FlowGraph& graph = snapshot.graph();
    std::vector<char> visited(graph.nodes.size(), 0);
    for (const FlowPath& flow : graph.flows)
        for (const Visit& visit : flow.visits) at(visited, visit.node) = 1;
    std::vector<int> links;
    std::set<std::pair<Op, std::string>> walks{{Op::read, {}}, {Op::write, {}}};
    for (std::size_t i = 0; i < graph.links.size(); ++i) {
        const Link& link = graph.links[i];
        const bool resolves = at(graph.nodes, link.from).behaviour == Behaviour::resolver ||
                              at(graph.nodes, link.to).behaviour == Behaviour::resolver;
        if (link.mode != Mode::sync || !link.legal || resolves || at(visited, link.from) || at(visited, link.to))
            continue;
        links.push_back(static_cast<int>(i));
        for (const FlowPath& flow : graph.flows)
            if (!flow.derived && lists(viewOfLink(snapshot, links.back())(keys::flows), flow.id.value))
                walks.emplace(flow.op, flow.id.value);
    }
    std::vector<FlowPath> paths;
    if (links.empty()) return paths;
    for (const auto& walk : walks) {
        std::map<int, Visit> visits;
        for (const int index : links) {
            const Link& link = at(graph.links, index);
            const ParameterView view = viewOfLink(snapshot, index);
            const Value flows = view(keys::flows);
            const std::string ops = view(keys::ops);
            const bool isLimited = flows.list() && !flows.list()->empty();
            if (isLimited && !lists(flows, walk.second)) continue;
            if (ops != "both" && ops != (walk.first == Op::read ? "read" : "write")) continue;
            Call call;
            call.link = index;
            call.target = link.to;
            visits[link.from].calls.push_back(call);
            visits[link.to];
        }
        FlowPath& path = paths.emplace_back();
        for (auto& entry : visits) {
            entry.second.node = entry.first;
            path.visits.push_back(std::move(entry.second));
        }
    }
    return paths;
}

std::vector<Finding> checkSyncCycle(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    std::set<std::vector<int>> told;
    Placement placement(snapshot.design());
    const std::unordered_set<int> diverging(evidence.capacity.divergingNodes.begin(),
                                            evidence.capacity.divergingNodes.end());
    const auto tellOf = [&](const FlowPath& flow, bool isWalked) {
        const auto cycles = synchronousCycles(graph, flow);
        if (cycles.empty()) return;
        const std::map<int, int> depth = depths(flow);
        for (const std::vector<int>& found : cycles) {
            const std::vector<int> cycle = turned(graph, found);
            std::vector<int> members = cycle;
            std::sort(members.begin(), members.end());
            if (!told.insert(members).second) continue;
            Finding finding{sync_cycle.id, sync_cycle.severity};
            std::string path;
            for (const int node : cycle) {
                finding.components.push_back(at(graph.nodes, node).id);
                path += at(graph.nodes, node).name + " → ";
            }
            path += at(graph.nodes, cycle.front()).name;
            for (std::size_t i = 0; i < cycle.size(); ++i)
                for (const int link : linksBetween(flow, cycle[i], cycle[(i + 1) % cycle.size()]))
                    finding.connections.push_back(at(graph.links, link).id);
            const bool diverges =
                std::any_of(cycle.begin(), cycle.end(), [&](int node) { return diverging.contains(node); });
            finding.message =
                fill("Synchronous cycle {}: each waits for the next{}",
                     {path, diverges ? ", and the load diverges because every round causes another" : ""});
            if (isWalked && !flow.derived) finding.fix = withQueue(evidence, placement, flow, cycle, depth);
            findings.push_back(std::move(finding));
        }
    };
    for (const FlowPath& flow : graph.flows) tellOf(flow, true);
    for (const FlowPath& flow : unreached(snapshot)) tellOf(flow, false);
    return findings;
}

}  // namespace

const Rule sync_cycle{
    "sync-cycle",
    "Synchronous cycle",
    "Each member holds a thread while it waits for the next, and the last one waits for the first: once the pools are "
    "full nobody can answer. One slow member stops all of them, and retries multiply round the circle. They can also "
    "only be deployed together.",
    "Release It! (M. Nygard): blocked threads, cascading failures",
    Severity::error,
    checkSyncCycle,
};

}  // namespace loadpath::checks
