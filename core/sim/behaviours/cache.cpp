// Caches (simulation §4). With a given hit ratio, hits come by chance; after a flush the ratio grows back
// with the fetches: each miss brings one entry in, and an e-th part of what is missing is back after as
// many fetches as the cache used to hold entries, estimated as misses per second × time to live.
// A real one holds keys, by its policy and in bounded memory; a miss brings the key in after the fetch.
#include "sim/engine.h"

#include <algorithm>
#include <limits>

namespace loadpath::sim {

/// One lookup; whether it hit.
bool Engine::lookup(const Job& job) {
    NodeState& node = *job.node;
    ++node.lookups;
    ++node.counts.asked;
    if (job.operation == 1 && m_plan.settings.nodes[at(node.index)].cache.writesBehind) noteUnflushed(job);
    if (node.store) return lookupKey(job);
    const double ratio = nodeOf(node.index).hitRatio * node.filled;
    const bool hit = node.hits.chance(ratio);
    if (hit) ++node.counts.hit;
    if (!hit && node.filled < 1) {
        node.filled += (1 - node.filled) / std::max(1.0, node.residents);
        if (node.filled > 0.9999) node.filled = 1;
    }
    return hit;
}

bool Engine::lookupKey(const Job& job) {
    NodeState& node = *job.node;
    const std::uint64_t key = node.hotShare > 0 && node.hits.chance(node.hotShare) ? 1 : keyOf(job.request, job.flow);
    if (job.operation == 1) {  // a write makes the entry wrong
        node.store->erase(key);
        return false;
    }
    if (node.store->get(key, m_now)) {
        ++node.counts.hit;
        return true;
    }
    if (!node.filledByCaller && m_plan.settings.nodes[at(node.index)].fillsAside) fill(node, job);
    return false;
}

/// What was fetched after a miss is kept.
void Engine::fill(NodeState& node, const Job& job) {
    const NodeSettings& settings = m_plan.settings.nodes[at(node.index)];
    double ttl = settings.ttlS;
    if (settings.cache.ttlJitter > 0) ttl *= 1 - settings.cache.ttlJitter * node.hits.uniform();
    const Time until = ttl > 0 && ttl < 4e9 ? m_now + static_cast<Time>(ttl * 1e9) : std::numeric_limits<Time>::max();
    node.store->put(keyOf(job.request, job.flow), m_now, until, node.hits);
}

void Engine::flush(int index) {
    NodeState& node = m_nodes[at(index)];
    if (node.store) {
        node.store->clear();
        return;
    }
    const double seconds = static_cast<double>(m_now) * 1e-9;
    const double rate = seconds > 0 ? static_cast<double>(node.lookups) / seconds : 0;
    node.residents = rate * (1 - nodeOf(index).hitRatio) * m_plan.settings.nodes[at(index)].ttlS;
    node.filled = 0;
}

}  // namespace loadpath::sim
