// Servers and queues (simulation §2): n instances × c servers, first come first served, finite queues,
// a thread held from the start of service to the reply.
#include "sim/hot.h"

#include <algorithm>
#include <cmath>

namespace loadpath::sim {

Job& Engine::takeJob(NodeState& node, Station* station, int flow, const VisitPlan* visit) {
    Job& job = m_jobs.take();
    job.node = &node;
    job.station = station;
    job.flow = flow;
    job.visit = visit;
    return job;
}

double Engine::drawnService(NodeState& node, double mean) {
    const NodePlan& plan = *node.plan;
    double factor = 1;
    switch (plan.distribution) {
        case Distribution::exponential:
            factor = node.service.exponential();
            break;
        case Distribution::deterministic:
            break;
        case Distribution::erlang:
            factor = node.service.erlang(std::max(1, static_cast<int>(plan.distributionShape)));
            break;
        case Distribution::lognormal:
            factor = node.service.lognormal(plan.distributionShape);
            break;
        case Distribution::pareto:
            factor = node.service.pareto(plan.distributionShape);
            break;
    }
    return mean * factor;
}

void Engine::enter(Job& job) { enterHere(job); }

/// Not everybody is let in.
void Engine::admit(Job& job) {
    NodeState& node = *job.node;
    if (node.diskFull && job.operation == 1)
        finish(job, {Status::failed, Reason::diskFull});
    else if (node.refusesUntil > m_now)
        finish(job, {Status::failed, Reason::clockBack});
    else if (!admits(job))
        finish(job, {Status::rejected, Reason::rateLimited});
    else if (job.station->up &&
             (!node.plan->hasStation || (job.station->head == none && job.station->hasRoom(*node.plan))))
        startService(job);
    else
        line(job);
}

/// No server is free: wait, or be refused.
void Engine::line(Job& job) {
    NodeState& node = *job.node;
    Station& station = *job.station;
    if (!station.up) {  // died while the request was on the wire, or nobody has noticed yet
        finish(job, {Status::failed, Reason::noInstance});
        return;
    }
    if (node.plan->queueLimit >= 0 && station.waiting >= node.plan->queueLimit) {
        finish(job, {Status::rejected, Reason::queueFull});
        return;
    }
    job.phase = Job::Phase::waiting;
    job.next = none;
    if (station.tail == none)
        station.head = job.self.index;
    else
        m_jobs[station.tail].next = job.self.index;
    station.tail = job.self.index;
    ++station.waiting;
    ++node.waiting;
}

void Engine::depart(Job& job) {
    NodeState& node = *job.node;
    Station& station = *job.station;
    const bool hadServer = node.plan->servers > 0;
    if (hadServer) station.busy.remove(m_now);
    afterServiceHere(job);
    // Last, so that a message that failed at once holds back those behind it.
    if (hadServer && (station.head != none || node.plan->consumes)) startNext(node, station);
}

/// Whether anybody up the chain still waits for this visit.
bool Engine::isAwaited(const Job& job) const {
    const Job* current = &job;
    for (int depth = 0; depth < 256; ++depth) {
        if (current->parent.isNone()) return !current->detached;
        current = m_jobs.find(current->parent);
        if (!current || current->phase == Job::Phase::replying) return false;
    }
    return true;
}

void Engine::afterService(Job& job) { afterServiceHere(job); }

void Engine::updateCare(NodeState& node) {
    const NodePlan& plan = *node.plan;
    node.limited = !node.limiters.empty() || !node.provider.empty() || node.diskFull || node.refusesUntil > m_now;
    node.careful = plan.errorRate + node.extraErrors > 0 || plan.cancels || plan.isCache || plan.consumes ||
                   node.hasReplicas || node.primary >= 0;
}

/// What a component with something to go wrong does between its own work and its calls; false: it ended.
bool Engine::goesOn(Job& job) {
    NodeState& node = *job.node;
    const NodePlan& plan = *node.plan;
    const double errors = plan.errorRate + node.extraErrors;
    if (errors > 0 && node.errors.chance(errors)) {
        finish(job, {Status::failed, Reason::error});
        return false;
    }
    if (job.delivery != none && m_deliveries[job.delivery].poison) {
        finish(job, {Status::failed, Reason::error});
        return false;
    }
    if (plan.cancels && !isAwaited(job)) {
        finish(job, {Status::failed, Reason::timeout});
        return false;
    }
    if (node.hasReplicas || node.primary >= 0) noteReplication(job);
    if (plan.isCache) {
        job.ownMiss = !lookup(job);
        if (job.ownMiss && node.store && joinsFetch(node, job, -1)) return false;
    }
    return true;
}

/// Gives free servers and threads to those who wait, then to messages.
void Engine::startNext(NodeState& node, Station& station) {
    const NodePlan& plan = *node.plan;
    while (station.head != none) {
        if (!station.hasRoom(plan)) return;
        Job& job = m_jobs[station.head];
        station.head = job.next;
        if (station.head == none) station.tail = none;
        --station.waiting;
        --node.waiting;
        if (plan.cancels && !isAwaited(job)) {
            job.phase = Job::Phase::calling;
            finish(job, {Status::failed, Reason::timeout});
            continue;
        }
        startService(job);
    }
    if (!plan.consumes) return;
    const int index = static_cast<int>(&station - node.stations.data());
    while (canTake(node.index, index) && pull(node.index, index)) {}
}

/// Ends a visit: gives back what it holds and tells whoever waits.
void Engine::finish(Job& job, Outcome outcome) {
    NodeState& node = *job.node;
    Station* const station = job.station;
    if (job.counted) {
        node.inSystem.remove(m_now);
        const bool entered = job.phase != Job::Phase::wire;
        if (outcome.ok())
            ++node.counts.completed;
        else if (outcome.status() == Status::rejected && !entered)
            ++node.counts.rejected;
        else
            ++node.counts.failed;
        if (entered) {
            node.counts.responseNs += m_now - job.arrived;
            if (m_measuring && station) node.response.add(m_now - job.arrived);
        }
    }
    if (node.store && job.ownMiss && job.operation == 0 && outcome.ok() &&
        !m_plan.settings.nodes[at(node.index)].fillsAside)
        fill(node, job);
    if (job.leads) [[unlikely]]
        endFetches(job, outcome);
    const bool heldThread = job.holdsThread;
    if (job.plan && !job.detached) {
        if (job.plan->kind == Call::Kind::publish && outcome.ok()) publish(node.index, job.plan->topic, job.request);
        job.phase = Job::Phase::replying;
        if (heldThread) {
            --station->threads;
            startNext(node, *station);
        }
        LinkState& link = m_links[at(job.plan->link)];
        const Time half = link.plan.half + link.added;
        reply(job, outcome, link.loss > 0 ? wireTime(link, half) : half);
        return;
    }
    if (!station && !job.plan) {
        endRequest(job, outcome);
        m_jobs.release(job);
        return;
    }
    const Ref parent = job.parent;
    const CallPlan* const plan = job.plan;
    const std::uint32_t delivery = job.delivery;
    const std::uint64_t request = job.request;
    const bool isReplica = job.replica;
    m_jobs.release(job);
    if (plan && plan->kind == Call::Kind::publish && outcome.ok()) publish(node.index, plan->topic, request);
    if (heldThread) {
        --station->threads;
        startNext(node, *station);
    }
    if (isReplica) {
        if (isGathering(parent)) replicaDone(*m_jobs.find(parent), outcome);
    } else if (delivery != none) {
        processed(delivery, outcome);
    }
}

}  // namespace loadpath::sim
