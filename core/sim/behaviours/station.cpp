// Servers and queues (simulation §2): n instances × c servers, first come first served, finite queues,
// a thread held from the start of service to the reply.
#include "sim/engine.h"

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

void Engine::countIn(NodeState& node, int change) {
    node.systemNs += static_cast<double>(m_now - node.changed) * node.inSystem;
    node.changed = m_now;
    node.inSystem += change;
}

void Engine::countBusy(Station& station, int change) {
    if (station.busy > 0) station.busyNs += static_cast<double>(m_now - station.changed) * station.busy;
    station.changed = m_now;
    station.busy += change;
}

double Engine::serviceNs(NodeState& node, int operation) {
    const NodePlan& plan = *node.plan;
    const double mean = plan.serviceNs[operation] * node.slow;
    if (mean <= 0) return 0;
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
    return std::min(mean * factor, 4e18);
}

bool Station::hasRoom(const NodePlan& plan) const {
    return (plan.servers == 0 || busy < servers) && (plan.threads == 0 || threads < plan.threads);
}

/// A request reaches the component that was picked for it.
void Engine::enter(Job& job) {
    NodeState& node = *job.node;
    const NodePlan& plan = *node.plan;
    job.arrived = m_now;
    job.counted = true;
    ++node.arrivals;
    ++node.allArrivals;
    countIn(node, +1);
    Station& station = *job.station;
    if (!station.up) {  // died while the request was on the wire, or nobody has noticed yet
        finish(job, {Status::failed, Reason::noInstance});
        return;
    }
    if (!plan.hasStation || (station.head == none && station.hasRoom(plan))) {
        startService(job);
        return;
    }
    if (plan.queueLimit >= 0 && station.waiting >= plan.queueLimit) {
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

void Engine::startService(Job& job) {
    NodeState& node = *job.node;
    const NodePlan& plan = *node.plan;
    Station& station = *job.station;
    job.phase = Job::Phase::service;
    ++node.started;
    node.waitNs += static_cast<double>(m_now - job.arrived);
    if (plan.threads > 0) {
        ++station.threads;
        job.holdsThread = true;
    }
    const double service = serviceNs(node, job.operation);
    if (plan.servers > 0) countBusy(station, +1);
    if (service <= 0 && !plan.hasStation) {
        afterService(job);
        return;
    }
    const Time end = service < 4e18 ? m_now + static_cast<Time>(service + 0.5) : m_end;
    if (end >= m_now) schedule(end, EventKind::depart, job.self);
}

void Engine::depart(Job& job) {
    NodeState& node = *job.node;
    Station& station = *job.station;
    const bool hadServer = node.plan->servers > 0;
    if (hadServer) countBusy(station, -1);
    afterService(job);
    // Last, so that a message that failed at once holds back those behind it.
    if (hadServer) startNext(node, station);
}

/// Whether anybody up the chain still waits for this visit.
bool Engine::isAwaited(const Job& job) const {
    const Job* current = &job;
    for (int depth = 0; depth < 256; ++depth) {
        if (current->parent.isNone()) return true;
        if (current->replica) {
            current = m_jobs.find(current->parent);
        } else {
            const CallRecord* call = m_calls.find(current->parent);
            if (!call) return false;
            if (call->job.isNone()) return true;  // sent off on purpose
            current = m_jobs.find(call->job);
        }
        if (!current) return false;
    }
    return true;
}

/// Own work is done: fail by chance, else make the calls.
void Engine::afterService(Job& job) {
    job.phase = Job::Phase::calling;
    NodeState& node = *job.node;
    const NodePlan& plan = *node.plan;
    const double errors = plan.errorRate + node.extraErrors;
    if (errors > 0 && node.errors.chance(errors)) {
        finish(job, {Status::failed, Reason::error});
        return;
    }
    if (job.delivery != none && m_deliveries[job.delivery].poison) {
        finish(job, {Status::failed, Reason::error});
        return;
    }
    if (plan.cancels && !isAwaited(job)) {
        finish(job, {Status::failed, Reason::timeout});
        return;
    }
    if (plan.isCache) job.ownMiss = !lookup(node);
    if (!job.visit) {
        finish(job, {Status::ok, Reason::nothing, !job.ownMiss});
        return;
    }
    job.stage = 0;
    runStages(job);
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
    if (plan.subscriptions.empty()) return;
    const int index = static_cast<int>(&station - node.stations.data());
    while (canTake(node.index, index) && pull(node.index, index)) {}
}

/// Ends a visit: gives back what it holds and tells whoever waits.
void Engine::finish(Job& job, Outcome outcome) {
    NodeState& node = *job.node;
    if (job.counted) {
        countIn(node, -1);
        const bool entered = job.phase != Job::Phase::wire;
        if (outcome.ok())
            ++node.completed;
        else if (outcome.status() == Status::rejected && !entered)
            ++node.rejected;
        else
            ++node.failed;
        if (entered) node.responseNs += static_cast<double>(m_now - job.arrived);
    }
    if (job.parent.isNone() && job.delivery == none && !job.station) {
        endRequest(job, outcome);
        m_jobs.release(job);
        return;
    }
    Station* const station = job.station;
    const Ref parent = job.parent;
    const int topic = job.topic;
    const bool isReplica = job.replica, heldThread = job.holdsThread;
    const std::uint32_t delivery = job.delivery;
    const std::uint64_t request = job.request;
    m_jobs.release(job);
    if (topic >= 0 && outcome.ok()) publish(node.index, topic, request);
    if (heldThread) {
        --station->threads;
        startNext(node, *station);
    }
    if (isReplica) {
        if (Job* front = m_jobs.find(parent)) replicaDone(*front, outcome);
    } else if (!parent.isNone()) {
        if (CallRecord* call = m_calls.find(parent)) {
            const LinkState& link = m_links[at(call->plan->link)];
            reply(*call, outcome, link.plan.half + link.added);
        }
    } else if (delivery != none) {
        processed(delivery, outcome);
    }
}

}  // namespace loadpath::sim
