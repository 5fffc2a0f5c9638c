// Servers and queues (simulation §2): n instances × c servers, first come first served, finite queues,
// a thread held from the start of service to the reply.
#include "sim/engine.h"

#include <algorithm>
#include <cmath>

namespace loadpath::sim {

std::uint32_t Engine::takeJob(int node, int station, int flow, int visit) {
    const std::uint32_t id = m_jobs.take();
    Job& job = m_jobs[id];
    job.node = node;
    job.station = station;
    job.flow = flow;
    job.visit = visit;
    return id;
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

double Engine::serviceNs(int index, int operation) {
    const Node& node = nodeOf(index);
    NodeState& state = m_nodes[at(index)];
    const double mean = planOf(index).serviceNs[operation] * state.slow;
    if (mean <= 0) return 0;
    double factor = 1;
    switch (node.distribution) {
        case Distribution::exponential:
            factor = state.service.exponential();
            break;
        case Distribution::deterministic:
            break;
        case Distribution::erlang:
            factor = state.service.erlang(std::max(1, static_cast<int>(node.distributionShape)));
            break;
        case Distribution::lognormal:
            factor = state.service.lognormal(node.distributionShape);
            break;
        case Distribution::pareto:
            factor = state.service.pareto(node.distributionShape);
            break;
    }
    return std::min(mean * factor, 4e18);
}

/// A request reaches the component that was picked for it.
void Engine::enter(std::uint32_t id) {
    Job& job = m_jobs[id];
    NodeState& node = m_nodes[at(job.node)];
    const NodePlan& plan = planOf(job.node);
    job.arrived = m_now;
    job.counted = true;
    ++node.arrivals;
    ++node.allArrivals;
    countIn(node, +1);
    Station& station = node.stations[at(job.station)];
    if (!station.up) {  // died while the request was on the wire, or nobody has noticed yet
        finish(id, {Status::failed, Reason::noInstance});
        return;
    }
    if (!plan.hasStation) {
        startService(id);
        return;
    }
    const bool free = (plan.servers == 0 || station.busy < station.servers) &&
                      (plan.threads == 0 || station.threads < plan.threads) && station.head == none;
    if (free) {
        startService(id);
        return;
    }
    const int limit = nodeOf(job.node).queueLimit;
    if (limit >= 0 && station.waiting >= limit) {
        finish(id, {Status::rejected, Reason::queueFull});
        return;
    }
    job.phase = Job::Phase::waiting;
    job.next = none;
    if (station.tail == none)
        station.head = id;
    else
        m_jobs[station.tail].next = id;
    station.tail = id;
    ++station.waiting;
    ++node.waiting;
}

void Engine::startService(std::uint32_t id) {
    Job& job = m_jobs[id];
    NodeState& node = m_nodes[at(job.node)];
    const NodePlan& plan = planOf(job.node);
    Station& station = node.stations[at(job.station)];
    job.phase = Job::Phase::service;
    job.started = m_now;
    ++node.started;
    node.waitNs += static_cast<double>(m_now - job.arrived);
    if (plan.threads > 0) {
        ++station.threads;
        job.holdsThread = true;
    }
    const double service = serviceNs(job.node, job.operation);
    if (plan.servers > 0) countBusy(station, +1);
    if (service <= 0 && !plan.hasStation) {
        afterService(id);
        return;
    }
    const Time end = service < 4e18 ? m_now + static_cast<Time>(service + 0.5) : m_end;
    if (end >= m_now) schedule(end, EventKind::depart, id, m_jobs[id].generation);
}

void Engine::depart(std::uint32_t id) {
    const int node = m_jobs[id].node, index = m_jobs[id].station;
    const bool hadServer = planOf(node).servers > 0;
    if (hadServer) countBusy(m_nodes[at(node)].stations[at(index)], -1);
    afterService(id);
    // Last, so that a message that failed at once holds back those behind it.
    if (hadServer) startNext(node, index);
}

/// Whether anybody up the chain still waits for this visit.
bool Engine::isAwaited(const Job& job) const {
    const Job* current = &job;
    for (int depth = 0; depth < 256; ++depth) {
        if (current->parent.index == none) return true;
        if (current->replica) {
            if (!m_jobs.holds(current->parent)) return false;
            current = &m_jobs[current->parent.index];
            continue;
        }
        if (!m_calls.holds(current->parent)) return false;
        const CallRecord& call = m_calls[current->parent.index];
        if (call.job.index == none) return true;  // sent off on purpose
        if (!m_jobs.holds(call.job)) return false;
        current = &m_jobs[call.job.index];
    }
    return true;
}

/// Own work is done: fail by chance, else make the calls.
void Engine::afterService(std::uint32_t id) {
    Job& job = m_jobs[id];
    job.phase = Job::Phase::calling;
    NodeState& node = m_nodes[at(job.node)];
    const Node& spec = nodeOf(job.node);
    const double errors = spec.errorRate + node.extraErrors;
    if (errors > 0 && node.errors.chance(errors)) {
        finish(id, {Status::failed, Reason::error});
        return;
    }
    if (job.delivery != none && m_deliveries[job.delivery].poison) {
        finish(id, {Status::failed, Reason::error});
        return;
    }
    if (spec.cancelPropagation && !isAwaited(job)) {
        finish(id, {Status::failed, Reason::timeout});
        return;
    }
    if (planOf(job.node).isCache) job.ownMiss = !lookup(job.node);
    if (job.visit < 0) {
        finish(id, {Status::ok, Reason::nothing, !job.ownMiss});
        return;
    }
    job.stage = 0;
    runStages(id);
}

/// Gives free servers and threads to those who wait, then to messages.
void Engine::startNext(int nodeIndex, int stationIndex) {
    const NodePlan& plan = planOf(nodeIndex);
    const bool drops = nodeOf(nodeIndex).cancelPropagation;
    NodeState& node = m_nodes[at(nodeIndex)];
    Station& station = node.stations[at(stationIndex)];
    while (station.head != none) {
        if ((plan.servers > 0 && station.busy >= station.servers) ||
            (plan.threads > 0 && station.threads >= plan.threads))
            return;
        const std::uint32_t id = station.head;
        station.head = m_jobs[id].next;
        if (station.head == none) station.tail = none;
        --station.waiting;
        --node.waiting;
        if (drops && !isAwaited(m_jobs[id])) {
            m_jobs[id].phase = Job::Phase::calling;
            finish(id, {Status::failed, Reason::timeout});
            continue;
        }
        startService(id);
    }
    if (!plan.subscriptions.empty())
        while (canTake(nodeIndex, stationIndex) && pull(nodeIndex, stationIndex)) {}
}

/// Ends a visit: gives back what it holds and tells whoever waits.
void Engine::finish(std::uint32_t id, Outcome outcome) {
    const Job& job = m_jobs[id];
    const int nodeIndex = job.node, station = job.station, topic = job.topic;
    const Ref parent = job.parent;
    const bool isReplica = job.replica, heldThread = job.holdsThread;
    NodeState& node = m_nodes[at(nodeIndex)];
    if (job.counted) {
        countIn(node, -1);
        const bool entered = job.phase != Job::Phase::wire;
        if (outcome.ok())
            ++node.completed;
        else if (outcome.status == Status::rejected && !entered)
            ++node.rejected;
        else
            ++node.failed;
        if (entered) node.responseNs += static_cast<double>(m_now - job.arrived);
    }
    if (parent.index == none && job.delivery == none && station < 0) {
        endRequest(job, outcome);
        m_jobs.release(id);
        return;
    }
    const std::uint32_t delivery = job.delivery;
    const std::uint64_t request = job.request;
    m_jobs.release(id);
    if (topic >= 0 && outcome.ok()) publish(nodeIndex, topic, request);
    if (heldThread) {
        --node.stations[at(station)].threads;
        startNext(nodeIndex, station);
    }
    if (isReplica) {
        if (m_jobs.holds(parent)) replicaDone(parent.index, outcome);
    } else if (parent.index != none) {
        if (m_calls.holds(parent)) {
            const int link = m_calls[parent.index].plan->link;
            reply(parent.index, outcome, m_plan.links[at(link)].half + m_links[at(link)].added);
        }
    } else if (delivery != none) {
        processed(delivery, outcome);
    }
}

}  // namespace loadpath::sim
