// Quorum stores (simulation §9): a write goes to all replicas of its partition and waits for the k-th
// fastest, a read goes to k of them and waits for all. Each replica operation uses a server of its own
// instance, so the load is that of model §4.
#include "sim/engine.h"

#include <algorithm>

namespace loadpath::sim {

void Engine::startQuorum(Job& job) {
    NodeState& node = *job.node;
    const Serving serving = nodeOf(node.index).serving[job.operation];
    const int instances = static_cast<int>(node.up.size());
    const int replicas = std::clamp(serving.units, 1, instances);
    const int need = std::clamp(serving.need, 1, replicas);
    const int first = static_cast<int>(node.choice.below(static_cast<std::uint32_t>(instances)));
    job.arrived = m_now;
    job.phase = Job::Phase::service;
    std::vector<int> alive;
    for (int r = 0; r < replicas; ++r)
        if (const int i = (first + r) % instances; node.up[at(i)]) alive.push_back(i);
    if (static_cast<int>(alive.size()) < need) {
        finish(job, {Status::failed, Reason::noInstance});
        return;
    }
    if (job.operation == 0) alive.resize(at(need));
    job.successes = need;
    job.missing = static_cast<int>(alive.size());
    const Ref self = job.self;
    for (const int i : alive) {
        Job& part = takeJob(node, &node.stations[node.plan->stations == 1 ? 0 : at(i)], job.flow, nullptr);
        part.parent = self;
        part.replica = true;
        part.operation = job.operation;
        part.request = job.request;
        enter(part);
        if (!isGathering(self)) return;
    }
}

/// Whether the front still waits for its replicas.
bool Engine::isGathering(Ref ref) const {
    const Job* const job = m_jobs.find(ref);
    return job && job->phase == Job::Phase::service;
}

void Engine::replicaDone(Job& job, Outcome outcome) {
    --job.missing;
    if (outcome.ok()) --job.successes;
    if (job.successes == 0) {
        job.phase = Job::Phase::calling;
        job.visit ? runStages(job) : finish(job, {});
    } else if (job.successes > job.missing)
        finish(job, outcome.ok() ? Outcome{Status::failed, Reason::noInstance} : outcome);
}

}  // namespace loadpath::sim
