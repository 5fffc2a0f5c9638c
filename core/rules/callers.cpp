#include "rules/callers.h"

#include "rules/lookup.h"

namespace loadpath {

std::vector<char> reachedBy(const Snapshot& snapshot, Callers callers) {
    const FlowGraph& graph = snapshot.graph();
    std::vector<char> counts(graph.nodes.size(), 0), reached(graph.nodes.size(), 0);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (graph.nodes[i].behaviour != Behaviour::client) continue;
        const Value kind = viewOf(snapshot, static_cast<int>(i)).value("kind");
        const std::string word = kind.text() ? *kind.text() : std::string();
        counts[i] = callers == Callers::anyone || (callers == Callers::outsiders && word != "server") ||
                    word == "browser" || word == "mobile";
    }
    for (const FlowPath& flow : graph.flows) {
        if (flow.derived || !at(counts, flow.entry)) continue;
        at(reached, flow.entry) = 1;
        for (const Visit& visit : flow.visits) at(reached, visit.node) = 1;
    }
    return reached;
}

}  // namespace loadpath
