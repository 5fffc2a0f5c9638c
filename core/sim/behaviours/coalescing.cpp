// Request coalescing (simulation §4): of all that miss one key at a time, one fetches it and the others
// wait for its result, good or bad. Without it, an expired key sends everybody to the origin at once.
#include "sim/engine.h"

namespace loadpath::sim {

/// Whether somebody else fetches what this visit missed; then it waits. Otherwise it leads.
bool Engine::joinsFetch(NodeState& cache, Job& job, int branch) {
    const NodeSettings& settings = m_plan.settings.nodes[at(cache.index)];
    if (!settings.cache.coalesces || !cache.store) return false;
    // The cache fetches by itself unless its callers do.
    if (branch < 0 && (settings.fillsAside || job.operation == 1 || !job.visit)) return false;
    const auto [it, isNew] = cache.fetching.try_emplace(keyOf(job.request, job.flow));
    Fetch& fetch = it->second;
    if (isNew) {
        fetch.leader = job.self;
        fetch.request = job.request;
        job.leads = true;
        return false;
    }
    if (fetch.request == job.request) return false;  // below the leader, or after it: it would wait for itself
    fetch.waiting.emplace_back(job.self, branch);
    return true;
}

/// The visit has fetched, or never will.
void Engine::endFetches(Job& job, Outcome outcome) {
    job.leads = false;
    const std::uint64_t key = keyOf(job.request, job.flow);
    const VisitPlan* const visit = job.visit;
    endFetch(*job.node, job, key, outcome);
    if (!visit) return;
    for (const Branch& branch : visit->branches) {
        if (branch.after < 0) continue;
        const int cache = visit->calls[at(branch.calls.front())].missOf;
        if (cache >= 0) endFetch(m_nodes[at(cache)], job, key, outcome);
    }
}

void Engine::endFetch(NodeState& cache, const Job& leader, std::uint64_t key, Outcome outcome) {
    const auto it = cache.fetching.find(key);
    if (it == cache.fetching.end()) return;
    const Ref ref = it->second.leader;
    if (ref.index != leader.self.index || ref.generation != leader.self.generation) return;
    const std::vector<std::pair<Ref, int>> waiting = std::move(it->second.waiting);
    cache.fetching.erase(it);
    for (const auto& [who, branch] : waiting) {
        Job* const job = caller(who);
        if (!job) continue;
        if (branch < 0)
            finish(*job, outcome.ok() ? Outcome(Status::ok, Reason::nothing, true) : outcome);
        else
            branchDone(*job, branch, outcome.ok() ? Outcome() : outcome, false);
    }
}

}  // namespace loadpath::sim
