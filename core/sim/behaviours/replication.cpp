// Copies that lag behind (simulation §9): a read from a replica misses a write of the same key that is
// younger than the lag. Only writes younger than the longest lag are kept.
#include "sim/engine.h"

#include <algorithm>

namespace loadpath::sim {

/// The key a request is about: drawn by popularity, the same wherever the request goes.
std::uint64_t Engine::keyOf(std::uint64_t request, int flow) const {
    const auto subscription = m_plan.graph->flows[at(flow)].subscription;
    const int entry = m_plan.graph->flows[at(flow)].entry;
    const Zipf& popularity = m_popularity[at(subscription >= 0 ? m_anyClient : entry)];
    Stream draw(mix(request ^ mix(static_cast<std::uint64_t>(m_scenario.seed) + 0x6b6579)));
    return popularity.rank(draw);
}

void Engine::prepareReplicas() {
    for (const Link& link : m_plan.graph->links) {
        if (link.mode != Mode::replicate && link.mode != Mode::standby) continue;
        NodeState& replica = m_nodes[at(link.to)];
        replica.lag = static_cast<Time>(m_plan.settings.nodes[at(link.to)].lagMs * 1e6);
        replica.primary = link.from;
        m_nodes[at(link.from)].hasReplicas = true;
    }
}

/// A visit to a store that has copies, or is one, was answered.
void Engine::noteReplication(const Job& job) {
    NodeState& node = *job.node;
    if (job.operation == 1 && node.hasReplicas) {
        const std::uint64_t key = keyOf(job.request, job.flow);
        node.written[key] = m_now;
        node.writes.emplace_back(m_now, key);
        Time longest = 0;
        for (const NodeState& other : m_nodes)
            if (other.primary == node.index) longest = std::max(longest, other.lag + other.addedLag);
        while (!node.writes.empty() && node.writes.front().first < m_now - longest) {
            const auto it = node.written.find(node.writes.front().second);
            if (it != node.written.end() && it->second == node.writes.front().first) node.written.erase(it);
            node.writes.pop_front();
        }
    }
    if (job.operation == 0 && node.primary >= 0) {
        const NodeState& primary = m_nodes[at(node.primary)];
        if (primary.written.empty()) return;
        const auto it = primary.written.find(keyOf(job.request, job.flow));
        if (it != primary.written.end() && m_now - it->second < node.lag + node.addedLag) ++node.counts.staleReads;
    }
}

}  // namespace loadpath::sim
