#include "rules/balancing.h"

#include "rules/lookup.h"

namespace loadpath {

std::vector<int> balancedTargets(const FlowGraph& graph, int balancer) {
    std::vector<int> targets;
    for (const int out : at(graph.outgoing, balancer)) {
        const Link& link = at(graph.links, out);
        if (link.legal && link.mode == Mode::sync && link.to != balancer) targets.push_back(link.to);
    }
    std::sort(targets.begin(), targets.end());
    targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
    return targets;
}

}  // namespace loadpath
