#include "sim/hot.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

namespace loadpath::sim {
namespace {

constexpr double longestS = 4e9;  // twice this still fits into Time

Time nanoseconds(double seconds) { return static_cast<Time>(std::llround(std::clamp(seconds, 0.0, longestS) * 1e9)); }

}  // namespace

Engine::Engine(Plan plan, Scenario scenario) : m_plan(std::move(plan)), m_scenario(std::move(scenario)) {
    const FlowGraph& graph = *m_plan.graph;
    const std::int64_t seed = m_scenario.seed;
    m_load = std::max(0.0, m_scenario.load);
    m_end = nanoseconds(m_scenario.durationS);
    m_warmup = std::min(nanoseconds(m_scenario.warmupS), m_end);
    m_step = nanoseconds(m_scenario.seriesStepS);
    m_nextSample = m_step > 0 ? m_step : std::numeric_limits<Time>::max();

    m_nodes.resize(graph.nodes.size());
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
        const Node& node = graph.nodes[n];
        const NodePlan& made = m_plan.nodes[n];
        NodeState& state = m_nodes[n];
        state.index = static_cast<int>(n);
        state.plan = &made;
        state.stations.resize(at(made.stations));
        for (Station& station : state.stations) station.servers = made.servers;
        state.up.assign(at(node.instances), 1);
        for (int i = 0; i < node.instances; ++i) state.upList.push_back(i);
        state.causes.assign(at(node.managed ? 1 : std::max(node.units, node.instances)), 0);
        state.service = Stream(streamKey(seed, node.id.value, "service"));
        state.hits = Stream(streamKey(seed, node.id.value, "hits"));
        state.errors = Stream(streamKey(seed, node.id.value, "errors"));
        state.choice = Stream(streamKey(seed, node.id.value, "choice"));
        for (const LimiterSpec& limit : m_plan.settings.nodes[n].limits) state.limiters.emplace_back(limit);
        updateCare(state);
        findOnly(state);
    }
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
        const NodeSettings& settings = m_plan.settings.nodes[n];
        m_popularity.emplace_back(static_cast<std::uint64_t>(settings.keys), settings.zipf);
        if (graph.nodes[n].behaviour == Behaviour::client &&
            graph.nodes[at(m_anyClient)].behaviour != Behaviour::client)
            m_anyClient = static_cast<int>(n);
        if (settings.cache.isReal && m_plan.nodes[n].isCache)
            m_nodes[n].store.emplace(settings.cache.capacity, settings.cache.eviction);
    }
    for (const VisitPlan& visit : m_plan.visits)
        for (const CallPlan& call : visit.calls)
            if (call.missOf >= 0 && !call.ownMiss) m_nodes[at(call.missOf)].filledByCaller = true;
    prepareReplicas();
    for (NodeState& node : m_nodes) updateCare(node);
    m_routes.resize(m_plan.routes.size());
    for (std::size_t r = 0; r < m_routes.size(); ++r) {
        const Route& route = m_plan.routes[r];
        const Node& target = graph.nodes[at(route.target)];
        RouteState& state = m_routes[r];
        const std::string name = graph.nodes[at(route.caller)].id.value + '>' + target.id.value;
        state.choice = Stream(streamKey(seed, name, "balancing"));
        state.balancing = route.balancing;
        if (route.balancing != Balancing::uniform) state.outstanding.assign(at(target.instances), 0);
        state.seen.assign(at(target.instances), 1);
        state.news.assign(at(target.instances), 0);
        state.seenUp = target.instances;
        if (route.balancing == Balancing::byKey) state.ring = HashRing(target.instances);
        if (m_plan.settings.nodes[at(route.caller)].slowStartS > 0) state.since.assign(at(target.instances), -1);
    }
    m_links.resize(graph.links.size());
    for (std::size_t l = 0; l < m_links.size(); ++l) {
        m_links[l].plan = m_plan.links[l];
        m_links[l].luck = Stream(streamKey(seed, graph.links[l].id.value, "luck"));
        m_links[l].backoff = Stream(streamKey(seed, graph.links[l].id.value, "backoff"));
    }
    for (LinkState& link : m_links) updateGuarded(link);
    m_lanes.resize(1 + 3 * graph.links.size());
    m_subscriptions.resize(graph.subscriptions.size());
    for (std::size_t s = 0; s < m_subscriptions.size(); ++s) {
        const Subscription& spec = graph.subscriptions[s];
        SubscriptionState& state = m_subscriptions[s];
        const Node& broker = graph.nodes[at(spec.broker)];
        int partitions = 0;
        for (std::size_t t = 0; t < broker.topics.size(); ++t)
            if (spec.topic < 0 || at(spec.topic) == t) partitions += std::max(1, broker.topics[t].partitions);
        state.partitions.resize(at(std::max(1, partitions)));
        state.seen.assign(at(m_plan.nodes[at(spec.consumer)].stations), 1);
        state.news.assign(state.seen.size(), 0);
        state.choice =
            Stream(streamKey(seed, broker.id.value + '>' + graph.nodes[at(spec.consumer)].id.value, "messages"));
        assign(static_cast<int>(s));
    }
    m_cycles.resize(at(m_plan.cycles));
    m_domainDown.assign(graph.domains.size(), 0);
    m_flows.resize(graph.flows.size());
    for (std::size_t f = 0; f < graph.flows.size(); ++f) {
        m_flows[f].entry = &m_nodes[at(graph.flows[f].entry)];
        m_flows[f].arrivals = m_plan.settings.nodes[at(graph.flows[f].entry)].client.arrivals;
        m_flows[f].entry->closed = m_flows[f].arrivals == Arrivals::closed;
        m_flows[f].visit = visitOf(m_plan.flows[f].visit);
        m_flows[f].gaps = Stream(streamKey(seed, graph.flows[f].id.value, "arrivals"));
        if (graph.flows[f].derived) continue;
        m_clientFlows.push_back(static_cast<int>(f));
        m_flows[f].batchSum.assign(batches, 0);
        m_flows[f].batchCount.assign(batches, 0);
    }
    m_series.stepS = m_scenario.seriesStepS;
    m_series.flows.resize(m_clientFlows.size());
    m_series.components.resize(m_nodes.size());
    m_series.connections.resize(m_links.size());

    std::vector<Fault> faults = m_scenario.faults;
    std::stable_sort(faults.begin(), faults.end(), [](const Fault& a, const Fault& b) { return a.atS < b.atS; });
    for (const Fault& fault : faults) addFault(fault);
    startClients();
    setRates();
    if (m_warmup == 0) startMeasuring();
    m_boundary = std::min({m_nextSample, m_end, m_measuring ? m_end : m_warmup});
}

void Engine::scheduleOn(std::uint32_t lane, Time time, EventKind kind, Ref subject) {
    Lane& ring = m_lanes[lane];
    if (!ring.empty() && ring.back().time > time) {  // a latency fault ended: out of order for this lane
        schedule(time, kind, subject);
        return;
    }
    const Event event{time, m_sequence++ << Event::laneBits | lane,
                      Event::about(subject.index, subject.generation, static_cast<std::uint32_t>(kind))};
    if (ring.empty()) m_queue.push(event);
    ring.push(event);
}

bool Engine::isVoid(const Event& event) const {
    const Ref ref{event.subject(), event.generation()};
    const auto kind = static_cast<EventKind>(event.kind());
    if (kind <= lastOfVisits) return !m_jobs.holds(ref);
    return kind == EventKind::arrival && m_flows[event.subject()].generation != event.generation();
}

/// Of mean 1.
double Engine::gapOf(FlowState& flow) { return flow.arrivals == Arrivals::deterministic ? 1 : flow.gaps.exponential(); }

/// Events from there on wait: for the boundary, or for a later call.
Time Engine::stopBefore(Time until) const { return m_boundary <= until ? m_boundary : until + 1; }

bool Engine::run(std::uint64_t maxEvents, Time until) {
    const auto begun = std::chrono::steady_clock::now();
    std::uint64_t handled = 0;
    Time stop = stopBefore(until);
    while (!m_done && handled < maxEvents) {
        if (m_queue.empty() || m_queue.top().time >= stop) {
            if (m_boundary > until) break;
            boundary();
            stop = stopBefore(until);
            continue;
        }
        const Event event = m_queue.pop();
        if (const std::uint32_t index = event.lane(); index != 0) {
            Lane& lane = m_lanes[index];
            lane.pop();
            while (!lane.empty() && isVoid(lane.front())) lane.pop();
            if (!lane.empty()) m_queue.push(lane.front());
        }
        m_now = event.time;
        if (handle(event)) ++handled;
    }
    if (!m_done && until < m_end && handled < maxEvents) m_now = std::max(m_now, until);
    m_events += handled;
    m_wallS += std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    return !m_done;
}

/// Samples, the end of the warm-up and the end of the run come before the events of their instant.
void Engine::boundary() {
    m_now = m_boundary;
    if (m_now == m_nextSample) {
        sample();
        m_nextSample += m_step;
    }
    if (!m_measuring && m_now >= m_warmup) startMeasuring();
    if (m_now >= m_end) m_done = true;
    m_boundary = std::min({m_nextSample, m_end, m_measuring ? m_end : m_warmup});
}

bool Engine::handle(Job& job, EventKind kind) {
    switch (kind) {
        case EventKind::depart:
            if (job.phase != Job::Phase::service) return false;
            depart(job);
            return true;
        case EventKind::arrive:
            job.station ? enter(job) : startQuorum(job);
            return true;
        case EventKind::reply:
            answer(job);
            return true;
        case EventKind::timeout:
            giveUp(job);
            return true;
        case EventKind::retry:
            send(job);
            return true;
        case EventKind::hedge:
            hedge(job);
            return true;
        case EventKind::pooled:
            if (job.phase != Job::Phase::pooling) return false;
            leaveGuards(job, true, false);
            reply(job, {Status::failed, Reason::poolTimeout}, 0);
            return true;
        default:
            if (job.phase != Job::Phase::calling) return false;
            leaveStage(job);
            return true;
    }
}

/// False: the event was void.
bool Engine::handle(const Event& event) {
    const std::uint32_t subject = event.subject();
    const auto kind = static_cast<EventKind>(event.kind());
    if (kind <= lastOfVisits) {
        Job* const job = m_jobs.find({subject, event.generation()});
        return job && handle(*job, kind);
    }
    switch (kind) {
        case EventKind::arrival:
            if (isVoid(event)) return false;
            arrive(static_cast<int>(subject));
            break;
        case EventKind::message:
            append(subject, End::back);
            break;
        case EventKind::redeliver:
            redeliver(subject);
            break;
        case EventKind::faultBegins:
            startFault(subject);
            break;
        case EventKind::faultEnds:
            endFault(subject);
            break;
        case EventKind::notice:
            notice(subject);
            break;
        case EventKind::outage:
            toggle(subject);
            break;
        case EventKind::step:
            step(subject);
            break;
        case EventKind::user:
            userArrives(static_cast<int>(subject));
            break;
        case EventKind::modulate:
            modulate(static_cast<int>(subject));
            break;
        default:
            break;
    }
    return true;
}

/// Rates after a change of the load. What is left of the gap to the next arrival is stretched, so the
/// process stays Poisson and takes no extra draw.
void Engine::setRates() {
    for (const int f : m_clientFlows) {
        FlowState& flow = m_flows[at(f)];
        double rate = m_plan.flows[at(f)].rateRps * m_load * 1e-9 * highest(flow);
        for (const ActiveFault& fault : m_faults)
            if (fault.started && !fault.ended &&
                std::find(fault.flows.begin(), fault.flows.end(), f) != fault.flows.end())
                rate *= fault.amount;
        if (rate == flow.rate) continue;
        const double left = flow.rate > 0 ? static_cast<double>(flow.next - m_now) * flow.rate : gapOf(flow);
        flow.rate = rate;
        flow.generation = nextGeneration(flow.generation);
        if (!(rate > 0)) continue;
        const double gap = left / rate;
        flow.next = gap < longestS * 1e9 ? m_now + static_cast<Time>(gap + 0.5) : std::numeric_limits<Time>::max();
        if (flow.next < m_end)
            schedule(flow.next, EventKind::arrival, {static_cast<std::uint32_t>(f), flow.generation});
    }
}

void Engine::arrive(int index) {
    FlowState& flow = m_flows[at(index)];
    flow.next = m_now + static_cast<Time>(gapOf(flow) / flow.rate + 0.5);
    if (flow.next < m_end)
        schedule(flow.next, EventKind::arrival, {static_cast<std::uint32_t>(index), flow.generation});
    if (flow.arrivals == Arrivals::poisson || takesPlace(flow)) begin(index);
}

/// A request of the flow begins at its client.
void Engine::begin(int index) {
    FlowState& flow = m_flows[at(index)];
    Job& job = takeJob(*flow.entry, nullptr, index, flow.visit);
    job.request = ++m_requests;
    job.measured = m_measuring;
    job.arrived = m_now;
    if (job.measured) ++flow.offered;
    ++flow.stepOffered;
    NodeState& client = *flow.entry;
    job.counted = true;
    ++client.counts.arrivals;
    client.inSystem.add(m_now);
    job.phase = Job::Phase::calling;
    job.visit ? runStages(job) : finish(job, {});
}

void Engine::endRequest(const Job& job, Outcome outcome) {
    FlowState& flow = m_flows[at(job.flow)];
    if (flow.entry->closed) think(*flow.entry);
    const Time latency = m_now - job.arrived;
    if (outcome.ok()) {
        if (m_measuring) ++flow.inWindow;
        if (m_step > 0) flow.step.add(latency);
    } else {
        ++flow.stepErrors;
    }
    if (!job.measured) return;
    switch (outcome.status()) {
        case Status::ok: {
            ++flow.completed;
            flow.latency.add(latency);
            const auto batch = static_cast<std::size_t>(static_cast<double>(m_now - m_measuredFrom) * m_batchesPerNs);
            const std::size_t last = std::min<std::size_t>(batch, batches - 1);
            flow.batchSum[last] += static_cast<double>(latency);
            ++flow.batchCount[last];
            return;
        }
        case Status::timedOut:
            ++flow.timedOut;
            return;
        case Status::rejected:
            ++flow.rejected;
            break;
        case Status::failed:
            ++flow.failed;
            break;
    }
    ++flow.reasons[static_cast<std::size_t>(outcome.reason())];
}

bool Engine::advance(std::uint64_t maxEvents) { return run(maxEvents, std::numeric_limits<Time>::max()); }

bool Engine::advanceTo(double timeS) {
    return run(std::numeric_limits<std::uint64_t>::max(), std::min(nanoseconds(timeS), m_end));
}

Progress Engine::progress() const {
    return {static_cast<double>(m_now) * 1e-9, static_cast<double>(m_end) * 1e-9, m_events, m_done};
}

void Engine::setLoad(double factor) {
    m_load = std::isfinite(factor) ? std::max(0.0, factor) : m_load;
    setRates();
}

}  // namespace loadpath::sim
