// Quorum stores (simulation §9): a write goes to all replicas of its partition and waits for the k-th
// fastest, a read goes to k of them and waits for all. Each replica operation uses a server of its own
// instance, so the load is that of model §4.
#include "sim/engine.h"

#include <algorithm>

namespace loadpath::sim {

void Engine::startQuorum(std::uint32_t id) {
    const int index = m_jobs[id].node, operation = m_jobs[id].operation;
    const Serving serving = nodeOf(index).serving[operation];
    NodeState& node = m_nodes[at(index)];
    const int instances = static_cast<int>(node.up.size());
    const int replicas = std::clamp(serving.units, 1, instances);
    const int need = std::clamp(serving.need, 1, replicas);
    const int first = static_cast<int>(node.choice.below(static_cast<std::uint32_t>(instances)));
    m_jobs[id].arrived = m_now;
    std::vector<int> alive;
    for (int r = 0; r < replicas; ++r)
        if (const int i = (first + r) % instances; node.up[at(i)]) alive.push_back(i);
    if (static_cast<int>(alive.size()) < need) {
        finish(id, {Status::failed, Reason::noInstance});
        return;
    }
    if (operation == 0) alive.resize(at(need));
    m_jobs[id].successes = need;
    m_jobs[id].missing = static_cast<int>(alive.size());
    const Ref self = m_jobs.ref(id);
    for (const int i : alive) {
        const std::uint32_t part = takeJob(index, planOf(index).stations == 1 ? 0 : i, m_jobs[id].flow, -1);
        Job& job = m_jobs[part];
        job.parent = self;
        job.replica = true;
        job.operation = static_cast<std::uint8_t>(operation);
        job.request = m_jobs[id].request;
        enter(part);
        if (!m_jobs.holds(self)) return;
    }
}

void Engine::replicaDone(std::uint32_t id, Outcome outcome) {
    Job& job = m_jobs[id];
    --job.missing;
    if (outcome.ok()) --job.successes;
    if (job.successes == 0)
        job.visit < 0 ? finish(id, {}) : runStages(id);
    else if (job.successes > job.missing)
        finish(id, outcome.ok() ? Outcome{Status::failed, Reason::noInstance} : outcome);
}

}  // namespace loadpath::sim
