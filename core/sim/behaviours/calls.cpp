// What a visit makes others do (model §4a, §4c): stages in order, calls that run together or one after
// another, alternatives, misses, optional calls, timeouts and retries.
#include "sim/hot.h"

#include <algorithm>

namespace loadpath::sim {
namespace {

constexpr int deepest = 64;  // calls below calls: a cycle that never ends
constexpr int mostRetries = 100;
constexpr double mostTokens = 10;

}  // namespace

/// Goes on from the job's stage until one has to be waited for.
void Engine::runStages(Job& job) {
    const Ref self = job.self;
    const VisitPlan& visit = *job.visit;
    while (job.stage < visit.stages.size()) {
        const Stage& stage = visit.stages[job.stage];
        job.pending = 1;  // the plain call, or held by this loop
        if (stage.isPlainCall) {
            newCall(job, stage.first, visit.calls[at(stage.call)], none);
            return;  // its answer goes on, maybe at once
        }
        for (int b = stage.first; b < stage.last; ++b) {
            const int after = visit.branches[at(b)].after;
            if (after >= stage.first && after < stage.last) continue;  // started by the answer of the cache
            startBranch(job, b);
            if (!isCalling(self)) return;
        }
        if (--job.pending > 0) return;
        ++job.stage;
    }
    finish(job, {Status::ok, Reason::nothing, !job.ownMiss});
}

/// A branch (or the wait after it) is over; the stage is when it was the last.
void Engine::leaveStage(Job& job) {
    if (--job.pending > 0) return;
    ++job.stage;
    runStages(job);
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
        return job.node->choice.chance(missing);
    }
    if (plan.probability >= 1) return true;
    if (plan.coin >= 0) {
        const std::uint64_t key =
            mix(static_cast<std::uint64_t>(m_scenario.seed) ^ mix(static_cast<std::uint64_t>(plan.coin) + 1));
        return unitInterval(mix(job.request ^ key)) < plan.probability;
    }
    return job.node->choice.chance(plan.probability);
}

void Engine::startBranch(Job& job, int index) {
    const Ref self = job.self;
    const VisitPlan& visit = *job.visit;
    const Branch& branch = visit.branches[at(index)];
    if (branch.need <= 1) {
        const int member = branch.need == 0 ? branch.calls.front() : pickMember(visit, index, job);
        const CallPlan& plan = visit.calls[at(member)];
        ++job.pending;
        if (!isMade(plan, job, branch)) {
            if (index < 64) job.missed |= std::uint64_t{1} << index;  // a cache that was not asked had nothing
            branchDone(job, index, {}, false);
            return;
        }
        if (branch.after >= 0 && plan.missOf >= 0 && plan.operation == 0 &&
            joinsFetch(m_nodes[at(plan.missOf)], job, index))
            return;
        startCalls(job, index, plan);
        return;
    }
    // k of the members: an optional or uncalled one counts as answered at once (model §3).
    std::vector<int> made;
    int needed = branch.need;
    for (const int member : branch.calls) {
        if (isMade(visit.calls[at(member)], job, branch))
            made.push_back(member);
        else
            --needed;
    }
    if (needed <= 0 && made.empty()) return;
    Tally& tally = m_tallies.take();
    tally.out = static_cast<int>(made.size());
    tally.needed = std::max(0, needed);
    ++job.pending;
    for (const int member : made) {
        newCall(job, index, visit.calls[at(member)], tally.self.index);
        if (!isCalling(self)) return;
    }
}

void Engine::startCalls(Job& job, int branch, const CallPlan& plan) {
    int count = plan.whole;
    if (plan.fraction > 0 && job.node->choice.chance(plan.fraction)) ++count;
    if (!plan.waited) {
        for (int i = 0; i < count; ++i) newCall(job, branch, plan, none);
        branchDone(job, branch, {}, false);
        return;
    }
    if (count == 0) {
        branchDone(job, branch, {}, false);
        return;
    }
    if (count == 1) {
        newCall(job, branch, plan, none);
        return;
    }
    Tally& tally = m_tallies.take();
    const std::uint32_t tallyId = tally.self.index;
    tally.needed = count;
    tally.out = plan.together ? count : 1;
    tally.queued = plan.together ? 0 : count - 1;
    const Ref self = job.self;
    for (int i = plan.together ? count : 1; i > 0; --i) {
        newCall(job, branch, plan, tallyId);
        if (!isCalling(self)) return;
    }
}

void Engine::newCall(Job& job, int branch, const CallPlan& plan, std::uint32_t tally) {
    Job& call = m_jobs.take();
    if (plan.waited) call.parent = job.self;
    call.tally = tally;
    call.plan = &plan;
    call.branch = branch;
    call.request = job.request;
    call.flow = job.flow;
    call.depth = static_cast<std::uint8_t>(job.depth + 1);
    LinkState& link = m_links[at(plan.link)];
    if (link.plan.budget >= 0) link.tokens = std::min(mostTokens, link.tokens + link.plan.budget);
    send(call);
}

/// Who waits for an answer, if it still does.
Job* Engine::caller(Ref ref) {
    Job* const job = m_jobs.find(ref);
    return job && job->phase == Job::Phase::calling ? job : nullptr;
}

/// One attempt: picks an instance and puts the request on the wire.
void Engine::send(Job& call) {
    if (call.attempt > 0 && !call.parent.isNone() && !caller(call.parent)) {
        callDone(call, {Status::failed, Reason::timeout});
        return;
    }
    const CallPlan& plan = *call.plan;
    LinkState& link = m_links[at(plan.link)];
    ++link.counts.calls;
    if (call.attempt > 0) ++link.counts.retries;
    ++call.attempt;
    call.sent = m_now;
    call.phase = Job::Phase::wire;
    if (link.plan.timeout > 0)
        scheduleOn(static_cast<std::uint32_t>(3 + 3 * plan.link), m_now + link.plan.timeout, EventKind::timeout,
                   call.self);
    if (link.guarded) {
        if (passGuards(call) == Way::open) putOnWire(call);
        return;
    }
    if (NodeState& node = m_nodes[at(plan.target)];
        plan.isPlain && node.only && call.depth < deepest && m_jobs.used() < mostJobs) {
        call.node = &node;
        call.station = node.only;
        call.visit = visitOf(plan.visit);
        call.operation = static_cast<std::uint8_t>(plan.operation);
        const Time half = link.plan.half + link.added;
        half > 0 ? scheduleOn(static_cast<std::uint32_t>(1 + 3 * plan.link), m_now + half, EventKind::arrive, call.self)
                 : enterHere(call);
        return;
    }
    putOnWire(call);
}

/// Picks who gets the request, and sends it there.
void Engine::putOnWire(Job& call) {
    const CallPlan& plan = *call.plan;
    LinkState& link = m_links[at(plan.link)];
    Time half = link.plan.half + link.added;
    if (call.depth >= deepest) return reply(call, {Status::failed, Reason::loop}, half);
    if (m_jobs.used() >= mostJobs) return reply(call, {Status::rejected, Reason::memory}, 0);
    const int target = servingNode(plan.target, plan.purpose);
    if (target < 0) return reply(call, {Status::failed, Reason::noInstance}, 2 * half);

    NodeState& node = m_nodes[at(target)];
    const bool quorum = node.plan->isQuorum;
    int instance = 0;
    if (plan.kind == Call::Kind::publish && !quorum)
        instance = leaderOf(target, plan.topic, call.request);
    else if (!quorum)
        instance = pickInstance(plan, target, call);
    if (instance < 0) return reply(call, {Status::failed, Reason::noInstance}, 2 * half);
    if (link.guarded) {
        if (isCut(call, target, instance)) {  // silence: only the timeout ends it
            if (link.plan.timeout <= 0) reply(call, {Status::failed, Reason::unreachable}, silence());
            return;
        }
        if (link.loss > 0) half = wireTime(link, half);
    }

    if (link.plan.meshNs > 0) half += static_cast<Time>(link.luck.exponential() * link.plan.meshNs + 0.5);
    if (RouteState& route = m_routes[at(plan.route)];
        route.balancing != Balancing::uniform && target == plan.target && !quorum) {
        call.routed = instance;
        ++route.outstanding[at(instance)];
    }
    call.node = &node;
    call.station = quorum ? nullptr : &node.stations[node.plan->stations == 1 ? 0 : at(instance)];
    call.visit = target == plan.target ? visitOf(plan.visit) : nullptr;
    call.operation = static_cast<std::uint8_t>(plan.operation);
    if (half > 0)
        scheduleOn(static_cast<std::uint32_t>(1 + 3 * plan.link), m_now + half, EventKind::arrive, call.self);
    else
        quorum ? startQuorum(call) : enter(call);
}

/// The answer is on its way back to the caller.
void Engine::reply(Job& call, Outcome outcome, Time delay) {
    call.outcome = outcome;
    call.phase = Job::Phase::replying;
    if (delay > 0)
        scheduleOn(static_cast<std::uint32_t>(2 + 3 * call.plan->link), m_now + delay, EventKind::reply, call.self);
    else
        answer(call);
}

void Engine::answer(Job& call) {
    if (call.routed >= 0) --m_routes[at(call.plan->route)].outstanding[at(call.routed)];
    call.routed = -1;
    if (call.guarded) leaveGuards(call, !call.outcome.ok(), true);
    if (m_measuring) m_links[at(call.plan->link)].roundTrip.add(m_now - call.sent);
    if (!call.outcome.ok()) {
        attemptFailed(call, call.outcome);
        return;
    }
    if (Job* const twin = m_jobs.find(call.twin)) abandon(*twin);
    callDone(call, call.outcome);
}

/// The timeout passed. What was called works on, with nobody to answer to.
void Engine::giveUp(Job& call) {
    if (call.routed >= 0) --m_routes[at(call.plan->route)].outstanding[at(call.routed)];
    call.routed = -1;
    const bool nowhere = call.phase == Job::Phase::replying || call.phase <= Job::Phase::pooling || !call.node;
    if (call.guarded) leaveGuards(call, true, true);
    if (nowhere) {
        attemptFailed(call, {Status::timedOut, Reason::timeout});
        return;
    }
    Job& rest = m_jobs.take();
    rest.parent = call.parent;
    rest.tally = call.tally;
    rest.plan = call.plan;
    rest.branch = call.branch;
    rest.request = call.request;
    rest.flow = call.flow;
    rest.depth = call.depth;
    rest.attempt = call.attempt;
    rest.pause = call.pause;
    rest.phase = Job::Phase::replying;
    rest.twin = call.twin;
    if (Job* const twin = m_jobs.find(call.twin)) twin->twin = rest.self;
    call.detached = true;
    call.parent = {};
    call.twin = {};
    attemptFailed(rest, {Status::timedOut, Reason::timeout});
}

void Engine::attemptFailed(Job& call, Outcome outcome) {
    LinkState& link = m_links[at(call.plan->link)];
    const Link& spec = m_plan.graph->links[at(call.plan->link)];
    ++link.counts.failures;
    if (outcome.status() == Status::rejected) ++link.counts.rejected;
    if (Job* const twin = m_jobs.find(call.twin)) {  // the other attempt may still get through
        twin->twin = {};
        m_jobs.release(call);
        return;
    }
    call.twin = {};
    if (call.attempt <= std::min(spec.retries, mostRetries)) {
        const bool wanted = call.parent.isNone() || caller(call.parent);
        const bool affordable = link.plan.budget < 0 || link.tokens >= 1;
        if (wanted && affordable) {
            if (link.plan.budget >= 0) link.tokens -= 1;
            renew(call);
            schedule(m_now + pauseBefore(call), EventKind::retry, call.self);
            return;
        }
    }
    callDone(call, outcome);
}

/// Makes the record ready for another attempt of the same call.
void Engine::renew(Job& call) {
    call.self.generation = nextGeneration(call.self.generation);  // what belongs to this attempt is void
    call.phase = Job::Phase::pausing;
    call.node = nullptr;
    call.station = nullptr;
    call.visit = nullptr;
    call.missed = 0;
    call.pending = call.successes = call.missing = 0;
    call.routed = -1;
    call.stage = 0;
    call.holdsThread = call.ownMiss = call.counted = call.guarded = false;
}

/// Backoff before the next attempt (simulation §7).
Time Engine::pauseBefore(Job& call) {
    const Link& spec = m_plan.graph->links[at(call.plan->link)];
    Stream& draw = m_links[at(call.plan->link)].backoff;
    if (spec.backoff == Link::Backoff::none || m_links[at(call.plan->link)].hasty) return 0;
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
void Engine::callDone(Job& call, Outcome outcome) {
    const CallPlan& plan = *call.plan;
    const std::uint32_t tally = call.tally;
    const int branch = call.branch;
    Job* const job = caller(call.parent);  // none: nobody waits any more
    m_jobs.release(call);
    const bool answered = outcome.ok();
    if (!answered && (plan.forgiven || plan.optional)) outcome = {Status::ok, Reason::nothing, false};
    if (tally != none) {
        tallied(job, branch, plan, tally, outcome, answered);
        return;
    }
    if (!job) return;
    if (branch < 64 && !(answered && outcome.hit())) job->missed |= std::uint64_t{1} << branch;
    branchDone(*job, branch, outcome, answered);
}

/// One of several calls that are waited for as one.
void Engine::tallied(Job* job, int branch, const CallPlan& plan, std::uint32_t tallyId, Outcome outcome,
                     bool answered) {
    Tally& tally = m_tallies[tallyId];
    --tally.out;
    if (!job) {
        if (tally.out == 0) m_tallies.release(tally);
        return;
    }
    tally.hit = answered && outcome.hit();
    if (outcome.ok()) --tally.needed;
    if (outcome.ok() && tally.queued > 0) {
        --tally.queued;
        ++tally.out;
        newCall(*job, branch, plan, tallyId);
        return;
    }
    const bool won = tally.needed <= 0,
               lost = tally.needed > tally.out + tally.queued || (!outcome.ok() && tally.queued > 0);
    const bool settles = !tally.settled && (won || lost), hit = tally.hit;
    if (settles) tally.settled = true;
    if (tally.out == 0) m_tallies.release(tally);
    if (!settles) return;
    if (branch < 64 && !hit) job->missed |= std::uint64_t{1} << branch;
    if (won) outcome = {Status::ok, Reason::nothing, hit};
    branchDone(*job, branch, outcome, won);
}

/// The branch is decided. `answered`: a call was made and got through.
void Engine::branchDone(Job& job, int index, Outcome outcome, bool answered) {
    const VisitPlan& visit = *job.visit;
    const Branch& branch = visit.branches[at(index)];
    if (!outcome.ok()) {
        const bool passesOn = !job.station || job.node->plan->passesErrorsOn;
        const bool hidden = (outcome.status() == Status::timedOut && job.station) ||
                            (outcome.status() == Status::rejected && !passesOn);
        finish(job, {hidden ? Status::failed : outcome.status(), outcome.reason()});
        return;
    }
    const Stage& stage = visit.stages[job.stage];
    if (stage.isPlainCall) {
        ++job.stage;
        runStages(job);
        return;
    }
    const Ref self = job.self;
    for (int b = stage.first; b < stage.last; ++b) {
        if (visit.branches[at(b)].after != index) continue;
        startBranch(job, b);
        if (!isCalling(self)) return;
    }
    const bool leads = job.leads && branch.after >= 0;
    // cache_aside: after a miss was fetched the caller writes it back, one round trip without service.
    if (answered && branch.after >= 0) {
        const int cache = visit.calls[at(branch.calls.front())].missOf;
        if (cache >= 0 && m_plan.settings.nodes[at(cache)].fillsAside && !m_nodes[at(cache)].upList.empty()) {
            if (m_nodes[at(cache)].store) fill(m_nodes[at(cache)], job);
            if (leads) endFetches(job, outcome);
            if (!isCalling(self)) return;
            const int asked = visit.calls[at(visit.branches[at(branch.after)].calls.front())].link;
            const Time wire = 2 * (m_plan.links[at(asked)].half + m_links[at(asked)].added);
            if (wire > 0) {
                schedule(m_now + wire, EventKind::resume, job.self);
                return;
            }
        }
    }
    if (job.leads && leads) endFetches(job, outcome);
    if (isCalling(self)) leaveStage(job);
}

}  // namespace loadpath::sim
