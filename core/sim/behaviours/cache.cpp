// Caches with a given hit ratio (simulation §4). After a flush the ratio grows back with the fetches:
// each miss brings one entry in, and an e-th part of what is missing is back after as many fetches as
// the cache used to hold entries, estimated as misses per second × time to live.
#include "sim/engine.h"

#include <algorithm>

namespace loadpath::sim {

/// One lookup; whether it hit.
bool Engine::lookup(NodeState& node) {
    const double ratio = nodeOf(node.index).hitRatio * node.filled;
    const bool hit = node.hits.chance(ratio);
    ++node.lookups;
    ++node.counts.asked;
    if (hit) ++node.counts.hit;
    if (!hit && node.filled < 1) {
        node.filled += (1 - node.filled) / std::max(1.0, node.residents);
        if (node.filled > 0.9999) node.filled = 1;
    }
    return hit;
}

void Engine::flush(int index) {
    NodeState& node = m_nodes[at(index)];
    const double seconds = static_cast<double>(m_now) * 1e-9;
    const double rate = seconds > 0 ? static_cast<double>(node.lookups) / seconds : 0;
    node.residents = rate * (1 - nodeOf(index).hitRatio) * m_plan.settings.nodes[at(index)].ttlS;
    node.filled = 0;
}

}  // namespace loadpath::sim
