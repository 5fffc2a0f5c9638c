// What a visit makes others do (model §4a, §4c): stages in order, calls that run together or one after
// another, alternatives, misses, optional calls, timeouts and retries.
#include "sim/engine.h"

#include <algorithm>

namespace loadpath::sim {
namespace {

constexpr int deepest = 64;  // calls below calls: a cycle that never ends
constexpr int mostRetries = 100;
constexpr double mostTokens = 10;

}  // namespace

/// Goes on from the job's stage until one has to be waited for.
void Engine::runStages(std::uint32_t id) {
    const Ref self = m_jobs.ref(id);
    const VisitPlan& visit = m_plan.visits[at(m_jobs[id].visit)];
    while (m_jobs[id].stage < visit.stages.size()) {
        const Stage stage = visit.stages[m_jobs[id].stage];
        if (stage.isPlainCall) {
            m_jobs[id].pending = 1;
            newCall(id, stage.first, visit.calls[at(visit.branches[at(stage.first)].calls.front())], none);
            return;  // its answer goes on, maybe at once
        }
        m_jobs[id].pending = 1;  // held by this loop
        for (int b = stage.first; b < stage.last; ++b) {
            const int after = visit.branches[at(b)].after;
            if (after >= stage.first && after < stage.last) continue;  // started by the answer of the cache
            startBranch(id, b);
            if (!m_jobs.holds(self)) return;
        }
        if (--m_jobs[id].pending > 0) return;
        ++m_jobs[id].stage;
    }
    finish(id, {Status::ok, Reason::nothing, !m_jobs[id].ownMiss});
}

/// A branch (or the wait after it) is over; the stage is when it was the last.
void Engine::leaveStage(std::uint32_t id) {
    Job& job = m_jobs[id];
    if (--job.pending > 0) return;
    ++job.stage;
    runStages(id);
}

bool Engine::isMade(const CallPlan& plan, const Job& job, const Branch& branch) {
    if (plan.ownMiss) return job.ownMiss;
    if (branch.after >= 0) return (job.missed >> branch.after & 1) != 0;
    if (plan.missOf >= 0) {
        const NodeState& cache = m_nodes[at(plan.missOf)];
        if (cache.upList.empty()) return true;
        const double missing = 1 - nodeOf(plan.missOf).hitRatio * cache.filled;
        if (plan.coin >= 0)
            return unitInterval(mix(job.request * 0x9e3779b97f4a7c15ULL + mix(static_cast<std::uint64_t>(plan.coin)))) <
                   missing;
        return m_nodes[at(job.node)].choice.chance(missing);
    }
    if (plan.probability >= 1) return true;
    if (plan.coin >= 0) {
        const std::uint64_t key =
            mix(static_cast<std::uint64_t>(m_scenario.seed) ^ mix(static_cast<std::uint64_t>(plan.coin) + 1));
        return unitInterval(mix(job.request ^ key)) < plan.probability;
    }
    return m_nodes[at(job.node)].choice.chance(plan.probability);
}

void Engine::startBranch(std::uint32_t id, int index) {
    const Ref self = m_jobs.ref(id);
    const VisitPlan& visit = m_plan.visits[at(m_jobs[id].visit)];
    const Branch& branch = visit.branches[at(index)];
    if (branch.need <= 1) {
        const int member = branch.need == 0 ? branch.calls.front() : pickMember(visit, index, m_jobs[id]);
        const CallPlan& plan = visit.calls[at(member)];
        if (!isMade(plan, m_jobs[id], branch)) {
            if (index < 64) m_jobs[id].missed |= std::uint64_t{1} << index;  // a cache that was not asked had nothing
            ++m_jobs[id].pending;
            branchDone(id, index, {}, false);
            return;
        }
        ++m_jobs[id].pending;
        startCalls(id, index, plan);
        return;
    }
    // k of the members: an optional or uncalled one counts as answered at once (model §3).
    const std::uint32_t tallyId = m_tallies.take();
    std::vector<int> made;
    int needed = branch.need;
    for (const int member : branch.calls) {
        const CallPlan& plan = visit.calls[at(member)];
        if (isMade(plan, m_jobs[id], branch))
            made.push_back(member);
        else
            --needed;
    }
    if (needed <= 0 && made.empty()) {
        m_tallies.release(tallyId);
        return;
    }
    Tally& tally = m_tallies[tallyId];
    tally.out = static_cast<int>(made.size());
    tally.needed = std::max(0, needed);
    ++m_jobs[id].pending;
    for (const int member : made) {
        newCall(id, index, visit.calls[at(member)], tallyId);
        if (!m_jobs.holds(self)) return;
    }
}

void Engine::startCalls(std::uint32_t id, int branch, const CallPlan& plan) {
    int count = plan.whole;
    if (plan.fraction > 0 && m_nodes[at(m_jobs[id].node)].choice.chance(plan.fraction)) ++count;
    if (!plan.waited) {
        for (int i = 0; i < count; ++i) newCall(id, branch, plan, none);
        branchDone(id, branch, {}, false);
        return;
    }
    if (count == 0) {
        branchDone(id, branch, {}, false);
        return;
    }
    if (count == 1) {
        newCall(id, branch, plan, none);
        return;
    }
    const std::uint32_t tallyId = m_tallies.take();
    Tally& tally = m_tallies[tallyId];
    tally.needed = count;
    tally.out = plan.together ? count : 1;
    tally.queued = plan.together ? 0 : count - 1;
    const Ref self = m_jobs.ref(id);
    for (int i = plan.together ? count : 1; i > 0; --i) {
        newCall(id, branch, plan, tallyId);
        if (!m_jobs.holds(self)) return;
    }
}

void Engine::newCall(std::uint32_t id, int branch, const CallPlan& plan, std::uint32_t tally) {
    const std::uint32_t callId = m_calls.take();
    CallRecord& call = m_calls[callId];
    const Job& maker = m_jobs[id];
    if (plan.waited) call.job = m_jobs.ref(id);
    call.tally = tally;
    call.plan = &plan;
    call.branch = branch;
    call.request = maker.request;
    call.flow = maker.flow;
    call.depth = static_cast<std::uint8_t>(maker.depth + 1);
    LinkState& link = m_links[at(plan.link)];
    if (m_plan.links[at(plan.link)].budget >= 0)
        link.tokens = std::min(mostTokens, link.tokens + m_plan.links[at(plan.link)].budget);
    send(callId);
}

/// One attempt: picks an instance and puts the request on the wire.
void Engine::send(std::uint32_t callId) {
    CallRecord& call = m_calls[callId];
    if (call.attempt > 0 && call.job.index != none && !m_jobs.holds(call.job)) {
        callDone(callId, {Status::failed, Reason::timeout});
        return;
    }
    const CallPlan& plan = *call.plan;
    LinkState& link = m_links[at(plan.link)];
    const LinkPlan& wire = m_plan.links[at(plan.link)];
    ++link.calls;
    ++link.all[0];
    if (call.attempt > 0) {
        ++link.retries;
        ++link.all[2];
    }
    ++call.attempt;
    call.routed = -1;
    const auto base = static_cast<std::uint32_t>(1 + 3 * plan.link);
    const Time half = wire.half + link.added;
    if (wire.timeout > 0) scheduleOn(base + 2, m_now + wire.timeout, EventKind::timeout, callId, call.generation);

    if (call.depth >= deepest) return reply(callId, {Status::failed, Reason::loop}, half);
    if (m_jobs.used() >= mostJobs) return reply(callId, {Status::rejected, Reason::memory}, half);
    const int target = servingNode(plan.target, plan.purpose);
    if (target < 0) return reply(callId, {Status::failed, Reason::noInstance}, 2 * half);

    const NodePlan& targetPlan = planOf(target);
    int instance = -1;
    const bool quorum = nodeOf(target).behaviour == Behaviour::quorum_store;
    if (quorum)
        instance = 0;
    else if (plan.kind == Call::Kind::publish)
        instance = leaderOf(target, plan.topic, call.request);
    else
        instance = pickInstance(plan, target, call.request);
    if (instance < 0) return reply(callId, {Status::failed, Reason::noInstance}, 2 * half);

    RouteState& route = m_routes[at(plan.route)];
    if (target == plan.target && !route.outstanding.empty() && !quorum) {
        call.routed = instance;
        ++route.outstanding[at(instance)];
    }
    const int station = quorum ? -1 : (targetPlan.stations == 1 ? 0 : instance);
    const int visit = target == plan.target ? plan.visit : -1;
    const std::uint32_t jobId = takeJob(target, station, call.flow, visit);
    Job& job = m_jobs[jobId];
    job.parent = m_calls.ref(callId);
    job.request = call.request;
    job.operation = static_cast<std::uint8_t>(plan.operation);
    job.depth = call.depth;
    if (plan.kind == Call::Kind::publish) job.topic = plan.topic;
    m_calls[callId].child = m_jobs.ref(jobId);
    if (half > 0)
        scheduleOn(base, m_now + half, EventKind::arrive, jobId, job.generation);
    else
        quorum ? startQuorum(jobId) : enter(jobId);
}

/// The answer is on its way back to the caller.
void Engine::reply(std::uint32_t callId, Outcome outcome, Time delay) {
    CallRecord& call = m_calls[callId];
    call.outcome = outcome;
    if (delay > 0)
        scheduleOn(static_cast<std::uint32_t>(2 + 3 * call.plan->link), m_now + delay, EventKind::reply, callId,
                   call.generation);
    else
        onReply(callId);
}

void Engine::onReply(std::uint32_t callId) {
    CallRecord& call = m_calls[callId];
    if (call.routed >= 0) --m_routes[at(call.plan->route)].outstanding[at(call.routed)];
    call.routed = -1;
    if (call.outcome.ok())
        callDone(callId, call.outcome);
    else
        attemptFailed(callId, call.outcome);
}

void Engine::onTimeout(std::uint32_t callId) {
    CallRecord& call = m_calls[callId];
    if (call.routed >= 0) --m_routes[at(call.plan->route)].outstanding[at(call.routed)];
    call.routed = -1;
    attemptFailed(callId, {Status::timedOut, Reason::timeout});
}

void Engine::attemptFailed(std::uint32_t callId, Outcome outcome) {
    CallRecord& call = m_calls[callId];
    LinkState& link = m_links[at(call.plan->link)];
    const Link& spec = m_plan.graph->links[at(call.plan->link)];
    ++link.failures;
    ++link.all[1];
    if (outcome.status == Status::rejected) ++link.rejected;
    call.generation = (call.generation + 1) & 0x0fffffffu;  // what belongs to this attempt is void
    const bool wanted = call.job.index == none || m_jobs.holds(call.job);
    const bool affordable = m_plan.links[at(call.plan->link)].budget < 0 || link.tokens >= 1;
    if (wanted && affordable && call.attempt <= std::min(spec.retries, mostRetries)) {
        if (m_plan.links[at(call.plan->link)].budget >= 0) link.tokens -= 1;
        schedule(m_now + pauseBefore(call), EventKind::retry, callId, call.generation);
        return;
    }
    callDone(callId, outcome);
}

/// Backoff before the next attempt (simulation §7).
Time Engine::pauseBefore(CallRecord& call) {
    const Link& spec = m_plan.graph->links[at(call.plan->link)];
    Stream& draw = m_links[at(call.plan->link)].backoff;
    if (spec.backoff == Link::Backoff::none) return 0;
    const double base = std::max(0.0, spec.backoffBaseMs) * 1e6;
    const double cap = std::max(base, std::min(spec.backoffCapMs, 1e9) * 1e6);
    double delay = base;
    if (spec.backoff == Link::Backoff::exponential)
        for (int i = 1; i < call.attempt && delay < cap; ++i) delay *= 2;
    delay = std::min(delay, cap);
    switch (spec.jitter) {
        case Link::Jitter::none:
            break;
        case Link::Jitter::equal:
            delay = delay / 2 + draw.uniform() * delay / 2;
            break;
        case Link::Jitter::full:
            delay = draw.uniform() * delay;
            break;
        case Link::Jitter::decorrelated: {
            const double previous = std::max(base, static_cast<double>(call.pause));
            delay = std::min(cap, base + draw.uniform() * (3 * previous - base));
            break;
        }
    }
    call.pause = static_cast<Time>(delay + 0.5);
    return call.pause;
}

/// No further attempt: the call counts for the branch it belongs to.
void Engine::callDone(std::uint32_t callId, Outcome outcome) {
    struct {
        Ref job;
        std::uint32_t tally;
        int branch;
    } const call{m_calls[callId].job, m_calls[callId].tally, m_calls[callId].branch};
    const CallPlan& plan = *m_calls[callId].plan;
    m_calls.release(callId);
    const bool wanted = call.job.index != none && m_jobs.holds(call.job);
    const bool answered = outcome.ok();
    if (!answered && (plan.forgiven || plan.optional)) outcome = {Status::ok, Reason::nothing, false};
    if (call.tally == none) {
        if (!wanted) return;
        if (call.branch < 64 && !(answered && outcome.hit))
            m_jobs[call.job.index].missed |= std::uint64_t{1} << call.branch;
        branchDone(call.job.index, call.branch, outcome, answered);
        return;
    }
    Tally& tally = m_tallies[call.tally];
    --tally.out;
    if (!wanted) {
        if (tally.out == 0) m_tallies.release(call.tally);
        return;
    }
    tally.hit = answered && outcome.hit;
    if (outcome.ok()) --tally.needed;
    if (outcome.ok() && tally.queued > 0) {
        --tally.queued;
        ++tally.out;
        newCall(call.job.index, call.branch, plan, call.tally);
        return;
    }
    const bool won = tally.needed <= 0,
               lost = tally.needed > tally.out + tally.queued || (!outcome.ok() && tally.queued > 0);
    const bool settles = !tally.settled && (won || lost), hit = tally.hit;
    if (settles) tally.settled = true;
    if (tally.out == 0) m_tallies.release(call.tally);
    if (!settles) return;
    if (call.branch < 64 && !hit) m_jobs[call.job.index].missed |= std::uint64_t{1} << call.branch;
    if (won) outcome = {Status::ok, Reason::nothing, hit};
    branchDone(call.job.index, call.branch, outcome, won);
}

/// The branch is decided. `answered`: a call was made and got through.
void Engine::branchDone(std::uint32_t id, int index, Outcome outcome, bool answered) {
    const VisitPlan& visit = m_plan.visits[at(m_jobs[id].visit)];
    const Branch& branch = visit.branches[at(index)];
    if (!outcome.ok()) {
        const Job& job = m_jobs[id];
        const bool passesOn = job.station < 0 || nodeOf(job.node).behaviour == Behaviour::balancer;
        if (outcome.status == Status::timedOut && job.station >= 0) outcome.status = Status::failed;
        if (outcome.status == Status::rejected && !passesOn) outcome.status = Status::failed;
        outcome.hit = false;
        finish(id, outcome);
        return;
    }
    const Stage stage = visit.stages[m_jobs[id].stage];
    if (stage.isPlainCall) {
        ++m_jobs[id].stage;
        runStages(id);
        return;
    }
    const Ref self = m_jobs.ref(id);
    for (int b = stage.first; b < stage.last; ++b) {
        if (visit.branches[at(b)].after != index) continue;
        startBranch(id, b);
        if (!m_jobs.holds(self)) return;
    }
    // cache_aside: after a miss was fetched the caller writes it back, one round trip without service.
    if (answered && branch.after >= 0) {
        const int cache = visit.calls[at(branch.calls.front())].missOf;
        if (cache >= 0 && m_plan.settings.nodes[at(cache)].fillsAside && !m_nodes[at(cache)].upList.empty()) {
            const int asked = visit.calls[at(visit.branches[at(branch.after)].calls.front())].link;
            const Time wire = 2 * (m_plan.links[at(asked)].half + m_links[at(asked)].added);
            if (wire > 0) {
                schedule(m_now + wire, EventKind::resume, id, m_jobs[id].generation);
                return;
            }
        }
    }
    leaveStage(id);
}

}  // namespace loadpath::sim
