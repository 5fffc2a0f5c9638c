// The shortest way through a station, for the files where every request passes: what a plain visit
// needs, without a call. What it cannot do, it leaves to the behaviours.
#pragma once

#include "sim/engine.h"

namespace loadpath::sim {

[[gnu::always_inline]] inline void Engine::schedule(Time time, EventKind kind, Ref subject) {
    m_queue.push({time, m_sequence++ << Event::laneBits,
                  Event::about(subject.index, subject.generation, static_cast<std::uint32_t>(kind))});
}

[[gnu::always_inline]] inline double Engine::serviceNs(NodeState& node, int operation) {
    const double mean = node.plan->serviceNs[operation] * node.slow;
    if (mean <= 0) return 0;
    if (node.plan->distribution == Distribution::exponential) return mean * node.service.exponential();
    return drawnService(node, mean);
}

[[gnu::always_inline]] inline void Engine::startService(Job& job) {
    NodeState& node = *job.node;
    const NodePlan& plan = *node.plan;
    job.phase = Job::Phase::service;
    ++node.counts.started;
    node.counts.waitNs += m_now - job.arrived;
    if (plan.threads > 0) {
        ++job.station->threads;
        job.holdsThread = true;
    }
    const double service = serviceNs(node, job.operation);
    if (plan.servers > 0) job.station->busy.add(m_now);
    if (service <= 0 && !plan.hasStation) {
        afterService(job);
        return;
    }
    const Time end = service < 4e18 ? m_now + static_cast<Time>(service + 0.5) : m_end;
    if (end >= m_now) schedule(end, EventKind::depart, job.self);
}

/// A request reaches the station that was picked for it.
[[gnu::always_inline]] inline void Engine::enterHere(Job& job) {
    NodeState& node = *job.node;
    const NodePlan& plan = *node.plan;
    Station& station = *job.station;
    job.arrived = m_now;
    job.counted = true;
    ++node.counts.arrivals;
    node.inSystem.add(m_now);
    if (node.limited) [[unlikely]]
        admit(job);
    else if (station.up && (!plan.hasStation || (station.head == none && station.hasRoom(plan))))
        startService(job);
    else
        line(job);
}

/// Own work is done: make the calls, where nothing else happens before.
[[gnu::always_inline]] inline void Engine::afterServiceHere(Job& job) {
    job.phase = Job::Phase::calling;
    if (job.node->careful && !goesOn(job)) return;
    if (!job.visit) {
        finish(job, {Status::ok, Reason::nothing, !job.ownMiss});
        return;
    }
    runStages(job);
}

/// Who waits for an answer, if it still does.
inline Job* Engine::caller(Ref ref) {
    Job* const job = m_jobs.find(ref);
    return job && job->phase == Job::Phase::calling ? job : nullptr;
}

/// One attempt: picks an instance and puts the request on the wire.
[[gnu::always_inline]] inline void Engine::sendHere(Job& call) {
    const CallPlan& plan = *call.plan;
    LinkState& link = *plan.linkState;
    ++link.counts.calls;
    ++call.attempt;
    call.sent = m_now;
    call.phase = Job::Phase::wire;
    if (link.plan.timeout > 0)
        scheduleOn(static_cast<std::uint32_t>(3 + 3 * plan.link), m_now + link.plan.timeout, EventKind::timeout,
                   call.self);
    if (link.guarded) [[unlikely]] {
        if (passGuards(call) == Way::open) putOnWire(call);
        return;
    }
    if (NodeState& node = *plan.targetState;
        plan.isPlain && node.only && call.depth < deepest && m_jobs.used() < mostJobs) {
        call.node = &node;
        call.station = node.only;
        call.visit = plan.targetVisit;
        call.operation = static_cast<std::uint8_t>(plan.operation);
        const Time half = link.plan.half + link.added;
        half > 0 ? scheduleOn(static_cast<std::uint32_t>(1 + 3 * plan.link), m_now + half, EventKind::arrive, call.self)
                 : enterHere(call);
        return;
    }
    putOnWire(call);
}

[[gnu::always_inline]] inline void Engine::newCallHere(Job& job, int branch, const CallPlan& plan,
                                                       std::uint32_t tally) {
    Job& call = m_jobs.take();
    if (plan.waited) call.parent = job.self;
    call.tally = tally;
    call.plan = &plan;
    call.branch = branch;
    call.request = job.request;
    call.flow = job.flow;
    call.depth = static_cast<std::uint8_t>(job.depth + 1);
    LinkState& link = *plan.linkState;
    if (link.plan.budget >= 0) link.tokens = std::min(mostTokens, link.tokens + link.plan.budget);
    sendHere(call);
}

/// No further attempt: the call counts for the branch it belongs to.
[[gnu::always_inline]] inline void Engine::callDoneHere(Job& call, Outcome outcome) {
    const CallPlan& plan = *call.plan;
    const std::uint32_t tally = call.tally;
    const int branch = call.branch;
    Job* const job = caller(call.parent);  // none: nobody waits any more
    m_jobs.release(call);
    const bool answered = outcome.ok();
    if (answered && job && tally == none && job->visit->stages[job->stage].isPlainCall) {
        ++job->stage;
        runStagesHere(*job);
        return;
    }
    if (!answered && (plan.forgiven || plan.optional)) outcome = {Status::ok, Reason::nothing, false};
    if (tally != none) {
        tallied(job, branch, plan, tally, outcome, answered);
        return;
    }
    if (!job) return;
    if (branch < 64 && !(answered && outcome.hit())) job->missed |= std::uint64_t{1} << branch;
    branchDone(*job, branch, outcome, answered);
}

[[gnu::always_inline]] inline void Engine::answerHere(Job& call) {
    if (call.routed >= 0) --m_routes[at(call.plan->route)].outstanding[at(call.routed)];
    call.routed = -1;
    if (call.guarded) leaveGuards(call, !call.outcome.ok(), true);
    if (m_measuring) call.plan->linkState->roundTrip.add(m_now - call.sent);
    if (!call.outcome.ok()) [[unlikely]] {
        attemptFailed(call, call.outcome);
        return;
    }
    if (Job* const twin = m_jobs.find(call.twin)) [[unlikely]]
        abandon(*twin);
    callDoneHere(call, call.outcome);
}

/// Goes on to the next stage, or ends.
[[gnu::always_inline]] inline void Engine::runStagesHere(Job& job) {
    if (job.stage < job.visit->stages.size())
        runStages(job);
    else
        finish(job, {Status::ok, Reason::nothing, !job.ownMiss});
}

[[gnu::always_inline]] inline void Engine::departHere(Job& job) {
    NodeState& node = *job.node;
    Station& station = *job.station;
    const bool hadServer = node.plan->servers > 0;
    if (hadServer) station.busy.remove(m_now);
    afterServiceHere(job);
    // Last, so that a message that failed at once holds back those behind it.
    if (hadServer && (station.head != none || node.plan->consumes)) startNext(node, station);
}

}  // namespace loadpath::sim
