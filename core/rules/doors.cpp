#include "rules/doors.h"

#include "rules/lookup.h"

namespace loadpath {

bool isOutsider(const Snapshot& snapshot, int client) {
    return at(snapshot.graph().nodes, client).behaviour == Behaviour::client &&
           viewOf(snapshot, client).value("kind") != Value("server");
}

std::vector<char> reachedFromOutside(const Snapshot& snapshot, const std::function<bool(int)>& bars,
                                     const std::function<bool(int)>& stops) {
    const FlowGraph& graph = snapshot.graph();
    std::vector<char> reached(graph.nodes.size(), 0);
    std::vector<int> waiting;
    for (const FlowPath& flow : graph.flows) {
        if (flow.derived || !isOutsider(snapshot, flow.entry)) continue;
        std::vector<char> seen(flow.visits.size(), 0);
        const auto enter = [&](int node) {
            const Visit* visit = flow.visit(node);
            at(reached, node) = 1;
            if (!visit) return;
            char& mark = seen[static_cast<std::size_t>(visit - flow.visits.data())];
            if (mark) return;
            mark = 1;
            if (!stops(node)) waiting.push_back(node);
        };
        enter(flow.entry);
        while (!waiting.empty()) {
            const Visit* visit = flow.visit(waiting.back());
            waiting.pop_back();
            for (const Call& call : visit->calls)
                if (call.kind == Call::Kind::request && !bars(call.link)) enter(call.target);
        }
    }
    return reached;
}

bool hasFeature(const Snapshot& snapshot, int node, std::string_view feature) {
    const Value features = viewOf(snapshot, node).value("features");
    return features.list() && std::find(features.list()->begin(), features.list()->end(),
                                        Value(std::string(feature))) != features.list()->end();
}

}  // namespace loadpath
