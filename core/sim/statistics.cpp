// What a run measured: counters since the end of the warm-up, samples for the series, intervals of
// confidence from batch means.
#include "sim/engine.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace loadpath {

LatencyFigures LatencyFigures::of(const sim::Histogram& ns) {
    return {ns.mean() * 1e-6,
            ns.quantile(0.5) * 1e-6,
            ns.quantile(0.9) * 1e-6,
            ns.quantile(0.95) * 1e-6,
            ns.quantile(0.99) * 1e-6,
            ns.quantile(0.999) * 1e-6,
            static_cast<double>(ns.max()) * 1e-6,
            ns.count()};
}

}  // namespace loadpath

namespace loadpath::sim {
namespace {

constexpr double ms(double ns) { return ns * 1e-6; }

/// 97.5 % quantile of Student's t.
double studentT(std::size_t freedom) {
    constexpr std::array<double, 31> table{0,     12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
                                           2.201, 2.179,  2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080,
                                           2.074, 2.069,  2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};
    return freedom < table.size() ? table[freedom] : 1.96;
}

}  // namespace

/// The warm-up is over: what was counted so far is forgotten.
void Engine::startMeasuring() {
    m_measuring = true;
    m_measuredFrom = m_now;
    m_batchesPerNs = m_end > m_now ? batches / static_cast<double>(m_end - m_now) : 0;
    for (NodeState& node : m_nodes) {
        for (Station& station : node.stations) station.busyBefore = station.busy.area(m_now);
        node.before = node.counts;
        node.before.inSystemNs = node.inSystem.area(m_now);
        node.before.present = node.inSystem.count();
    }
    const std::vector<double> ages = presentAges();
    for (std::size_t n = 0; n < m_nodes.size(); ++n) m_nodes[n].before.presentAgeS = ages[n];
    for (LinkState& link : m_links) link.before = link.counts;
}

/// One point of every series.
void Engine::sample() {
    const double seconds = static_cast<double>(m_step) * 1e-9;
    m_series.timeS.push_back(static_cast<double>(m_now) * 1e-9);
    for (std::size_t i = 0; i < m_clientFlows.size(); ++i) {
        FlowState& flow = m_flows[at(m_clientFlows[i])];
        FlowSample point;
        point.offeredRps = static_cast<double>(flow.stepOffered) / seconds;
        point.completedRps = static_cast<double>(flow.step.count()) / seconds;
        point.errorRps = static_cast<double>(flow.stepErrors) / seconds;
        point.p50Ms = ms(flow.step.quantile(0.5));
        point.p95Ms = ms(flow.step.quantile(0.95));
        point.p99Ms = ms(flow.step.quantile(0.99));
        m_series.flows[i].push_back(point);
        flow.step.clear();
        flow.stepOffered = flow.stepErrors = 0;
    }
    for (std::size_t n = 0; n < m_nodes.size(); ++n) {
        NodeState& node = m_nodes[n];
        const NodePlan& plan = m_plan.nodes[n];
        ComponentSample point;
        point.arrivalRps = static_cast<double>(node.counts.arrivals - node.sampledArrivals) / seconds;
        node.sampledArrivals = node.counts.arrivals;
        if (plan.servers > 0) {
            Area busy = 0;
            for (const Station& station : node.stations) busy += station.busy.area(m_now);
            point.utilisation = static_cast<double>(busy - node.sampledBusyNs) /
                                (static_cast<double>(m_step) * plan.servers * plan.stations);
            node.sampledBusyNs = busy;
        }
        point.queue = node.waiting;
        point.inSystem = node.inSystem.count();
        for (const int s : plan.feeds) point.lag += static_cast<double>(m_subscriptions[at(s)].outstanding);
        point.up = static_cast<int>(node.upList.size());
        m_series.components[n].push_back(point);
    }
    for (std::size_t l = 0; l < m_links.size(); ++l) {
        LinkState& link = m_links[l];
        const LinkCounts now = link.counts, last = link.sampled;
        link.sampled = now;
        m_series.connections[l].push_back({static_cast<double>(now.calls - last.calls) / seconds,
                                           static_cast<double>(now.failures - last.failures) / seconds,
                                           static_cast<double>(now.retries - last.retries) / seconds});
    }
    forgetOldSamples();
}

void Engine::forgetOldSamples() {
    // Only every so often: what stays is moved to the front.
    if (m_scenario.seriesKeep == 0 || m_series.timeS.size() < 2 * m_scenario.seriesKeep) return;
    const auto surplus = static_cast<std::ptrdiff_t>(m_series.timeS.size() - m_scenario.seriesKeep);
    const auto shorten = [surplus](auto& samples) { samples.erase(samples.begin(), samples.begin() + surplus); };
    shorten(m_series.timeS);
    for (auto& samples : m_series.flows) shorten(samples);
    for (auto& samples : m_series.components) shorten(samples);
    for (auto& samples : m_series.connections) shorten(samples);
}

/// Measured requests that are under way, by flow: counted, not inferred, so that conservation can be checked.
std::vector<std::uint64_t> Engine::requestsInFlight() const {
    std::vector<std::uint64_t> found(m_flows.size(), 0);
    for (std::uint32_t i = 0; i < m_jobs.size(); ++i) {
        const Job& job = m_jobs[i];
        if (job.inUse && job.measured) ++found[at(job.flow)];
    }
    return found;
}

/// By component, how long those in it have been there, in sum: what Little's law needs at the ends of a window.
std::vector<double> Engine::presentAges() const {
    std::vector<double> found(m_nodes.size(), 0);
    for (std::uint32_t i = 0; i < m_jobs.size(); ++i) {
        const Job& job = m_jobs[i];
        if (job.inUse && job.counted && job.phase != Job::Phase::replying)
            found[at(job.node->index)] += static_cast<double>(m_now - job.arrived) * 1e-9;
    }
    return found;
}

FlowMetrics Engine::flowMetrics(std::size_t index) const {
    const FlowState& flow = m_flows[index];
    FlowMetrics result;
    result.flow = m_plan.graph->flows[index].id.value;
    result.offered = flow.offered;
    result.completed = flow.completed;
    result.failed = flow.failed;
    result.timedOut = flow.timedOut;
    result.rejected = flow.rejected;
    const std::uint64_t errors = flow.failed + flow.timedOut + flow.rejected, ended = flow.completed + errors;
    for (std::size_t r = 0; r < reasonNames.size(); ++r)
        if (flow.reasons[r] > 0) result.reasons[std::string(reasonNames[r])] = flow.reasons[r];
    const double window = m_measuring ? static_cast<double>(m_now - m_measuredFrom) * 1e-9 : 0;
    if (window > 0) result.throughputRps = static_cast<double>(flow.inWindow) / window;
    if (ended > 0) result.errorRatio = static_cast<double>(errors) / static_cast<double>(ended);
    const Histogram& h = flow.latency;
    result.latency = LatencyFigures::of(h);
    result.durations = std::make_shared<const Histogram>(h);
    // Batches of equal duration are ratios of sum to count; their spread around the overall mean,
    // weighted by count, gives the interval.
    std::size_t used = 0;
    double spread = 0, squares = 0;
    for (std::size_t b = 0; b < flow.batchCount.size(); ++b) {
        if (flow.batchCount[b] == 0) continue;
        ++used;
        const double difference = flow.batchSum[b] - h.mean() * static_cast<double>(flow.batchCount[b]);
        squares += difference * difference;
    }
    if (used >= 10 && h.count() > 0) {
        spread = std::sqrt(squares * static_cast<double>(used) / static_cast<double>(used - 1)) /
                 static_cast<double>(h.count());
        result.meanCi95Ms = ms(studentT(used - 1) * spread);
    }
    return result;
}

ComponentMetrics Engine::componentMetrics(std::size_t index) const {
    const NodeState& node = m_nodes[index];
    const NodePlan& plan = m_plan.nodes[index];
    ComponentMetrics result;
    result.component = m_plan.graph->nodes[index].id.value;
    const NodeCounts& now = node.counts;
    const NodeCounts& before = node.before;
    result.arrivals = now.arrivals - before.arrivals;
    result.completed = now.completed - before.completed;
    result.rejected = now.rejected - before.rejected;
    result.failed = now.failed - before.failed;
    result.presentBefore = static_cast<std::uint64_t>(before.present);
    result.presentAgeBeforeS = before.presentAgeS;
    result.presentNow = static_cast<std::uint64_t>(node.inSystem.count());
    const double window = m_measuring ? static_cast<double>(m_now - m_measuredFrom) : 0;
    if (plan.servers > 0 && window > 0) {
        double total = 0;
        for (const Station& station : node.stations) {
            const auto busy = static_cast<double>(station.busy.area(m_now) - station.busyBefore);
            total += busy;
            result.instances.push_back(busy / (window * plan.servers));
        }
        result.utilisation = total / (window * plan.servers * plan.stations);
    }
    if (window > 0) result.meanInSystem = static_cast<double>(node.inSystem.area(m_now) - before.inSystemNs) / window;
    const std::uint64_t served = result.completed + result.failed, started = now.started - before.started;
    if (served > 0)
        result.meanResponseMs =
            ms(static_cast<double>(now.responseNs - before.responseNs) / static_cast<double>(served));
    if (started > 0)
        result.meanWaitMs = ms(static_cast<double>(now.waitNs - before.waitNs) / static_cast<double>(started));
    if (plan.isCache && now.asked > before.asked)
        result.hitRatio = static_cast<double>(now.hit - before.hit) / static_cast<double>(now.asked - before.asked);
    result.response = LatencyFigures::of(node.response);
    result.durations = std::make_shared<const Histogram>(node.response);
    if (node.store) result.evictions = node.store->evictions();
    if (node.primary >= 0) result.staleReads = now.staleReads - before.staleReads;
    if (plan.isBroker) {
        std::int64_t lag = 0;
        for (const int s : plan.feeds) lag += m_subscriptions[at(s)].outstanding;
        result.lag = static_cast<std::uint64_t>(lag);
        result.deadLettered = now.deadLettered - before.deadLettered;
        result.duplicates = now.duplicates - before.duplicates;
        result.lost = now.lost - before.lost;
    } else if (m_plan.settings.nodes[index].cache.writesBehind && plan.isCache) {
        result.lost = now.lost - before.lost;
    } else if (m_plan.graph->nodes[index].behaviour == Behaviour::dead_letter) {
        result.deadLettered = now.deadLettered - before.deadLettered;
    }
    return result;
}

Metrics Engine::metrics() const {
    Metrics result;
    result.seed = m_scenario.seed;
    result.load = m_scenario.load;
    result.durationS = m_scenario.durationS;
    result.warmupS = m_scenario.warmupS;
    result.events = m_events;
    result.wallS = m_wallS;
    const std::vector<std::uint64_t> inFlight = requestsInFlight();
    for (const int f : m_clientFlows) {
        result.flows.push_back(flowMetrics(at(f)));
        result.flows.back().inFlight = inFlight[at(f)];
    }
    const std::vector<double> ages = presentAges();
    for (std::size_t n = 0; n < m_nodes.size(); ++n) {
        result.components.push_back(componentMetrics(n));
        result.components.back().presentAgeNowS = ages[n];
    }
    for (std::size_t l = 0; l < m_links.size(); ++l) {
        const LinkState& link = m_links[l];
        ConnectionMetrics made;
        made.connection = m_plan.graph->links[l].id.value;
        made.calls = link.counts.calls - link.before.calls;
        made.failures = link.counts.failures - link.before.failures;
        made.rejected = link.counts.rejected - link.before.rejected;
        made.retries = link.counts.retries - link.before.retries;
        made.roundTrip = LatencyFigures::of(link.roundTrip);
        made.durations = std::make_shared<const Histogram>(link.roundTrip);
        result.connections.push_back(std::move(made));
    }
    result.series = m_series;
    return result;
}

}  // namespace loadpath::sim
