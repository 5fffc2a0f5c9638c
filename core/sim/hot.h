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

}  // namespace loadpath::sim
