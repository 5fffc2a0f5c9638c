#include "rules/paths.h"

#include "rules/lookup.h"

namespace loadpath {

std::vector<char> neededNodes(const FlowGraph& graph, std::optional<Op> op) {
    std::vector<char> needed(graph.nodes.size(), 0);
    std::vector<int> seenBy(graph.nodes.size(), -1), waiting;
    for (std::size_t f = 0; f < graph.flows.size(); ++f) {
        const FlowPath& flow = graph.flows[f];
        if (flow.derived || (op && flow.op != *op)) continue;
        waiting.assign(1, flow.entry);
        at(seenBy, flow.entry) = static_cast<int>(f);
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            const Visit* visit = flow.visit(waiting[i]);
            if (!visit) continue;
            for (const Call& call : visit->calls) {
                if (!call.inPhi) continue;
                at(needed, call.target) = 1;
                if (call.endsAtTarget() || at(seenBy, call.target) == static_cast<int>(f)) continue;
                at(seenBy, call.target) = static_cast<int>(f);
                waiting.push_back(call.target);
            }
        }
    }
    return needed;
}

}  // namespace loadpath
