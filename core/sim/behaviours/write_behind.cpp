// Write-behind (simulation §4): a cache that answers before it writes through loses, when it dies, what
// it took since its last flush. Flushes come at every interval, and early when a batch is full.
#include "sim/engine.h"

namespace loadpath::sim {
namespace {

std::int64_t flushPeriodAt(Time now, const CacheSettings& cache) {
    const auto interval = static_cast<Time>(cache.flushIntervalS * 1e9);
    return interval > 0 ? now / interval : -1;
}

}  // namespace

void Engine::noteUnflushed(const Job& job) {
    NodeState& node = *job.node;
    const CacheSettings& cache = m_plan.settings.nodes[at(node.index)].cache;
    const std::int64_t period = flushPeriodAt(m_now, cache);
    if (period < 0) return;
    node.unflushed.resize(node.stations.size());
    Unflushed& held = node.unflushed[static_cast<std::size_t>(job.station - node.stations.data())];
    if (held.period != period) held = {period, 0};
    if (++held.writes == cache.flushBatch) held.writes = 0;
}

void Engine::loseUnflushed(int index, int station) {
    NodeState& node = m_nodes[at(index)];
    if (at(station) >= node.unflushed.size()) return;
    Unflushed& held = node.unflushed[at(station)];
    if (held.period == flushPeriodAt(m_now, m_plan.settings.nodes[at(index)].cache))
        node.counts.lost += static_cast<std::uint64_t>(held.writes);
    held.writes = 0;
}

}  // namespace loadpath::sim
