// What a run measured: counters since the end of the warm-up, samples for the series, intervals of
// confidence from batch means.
#include "sim/engine.h"

#include <algorithm>
#include <array>
#include <cmath>

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
        for (Station& station : node.stations) {
            station.busyBefore = station.busyNs + static_cast<double>(m_now - station.changed) * station.busy;
        }
        node.changed = m_now;
        node.arrivals = node.completed = node.failed = node.rejected = node.started = node.hit = node.asked = 0;
        node.deadLettered = node.duplicates = node.lost = 0;
        node.responseNs = node.waitNs = node.systemNs = 0;
    }
    for (LinkState& link : m_links) link.calls = link.failures = link.rejected = link.retries = 0;
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
        point.arrivalRps = static_cast<double>(node.allArrivals - node.sampledArrivals) / seconds;
        node.sampledArrivals = node.allArrivals;
        if (plan.servers > 0) {
            double busy = 0;
            for (Station& station : node.stations) {
                countBusy(station, 0);
                busy += station.busyNs;
            }
            point.utilisation =
                (busy - node.sampledBusyNs) / (static_cast<double>(m_step) * plan.servers * plan.stations);
            node.sampledBusyNs = busy;
        }
        point.queue = node.waiting;
        point.inSystem = node.inSystem;
        for (const int s : plan.feeds) point.lag += static_cast<double>(m_subscriptions[at(s)].outstanding);
        point.up = static_cast<int>(node.upList.size());
        m_series.components[n].push_back(point);
    }
    for (std::size_t l = 0; l < m_links.size(); ++l) {
        LinkState& link = m_links[l];
        double change[3];
        for (std::size_t k = 0; k < 3; ++k) {
            change[k] = static_cast<double>(link.all[k] - link.sampled[k]) / seconds;
            link.sampled[k] = link.all[k];
        }
        m_series.connections[l].push_back({change[0], change[1], change[2]});
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
    result.inFlight = flow.offered - ended;
    for (std::size_t r = 0; r < reasonNames.size(); ++r)
        if (flow.reasons[r] > 0) result.reasons[std::string(reasonNames[r])] = flow.reasons[r];
    const double window = m_measuring ? static_cast<double>(m_now - m_measuredFrom) * 1e-9 : 0;
    if (window > 0) result.throughputRps = static_cast<double>(flow.inWindow) / window;
    if (ended > 0) result.errorRatio = static_cast<double>(errors) / static_cast<double>(ended);
    const Histogram& h = flow.latency;
    result.latency = {ms(h.mean()),
                      ms(h.quantile(0.5)),
                      ms(h.quantile(0.9)),
                      ms(h.quantile(0.95)),
                      ms(h.quantile(0.99)),
                      ms(h.quantile(0.999)),
                      ms(static_cast<double>(h.max())),
                      h.count()};
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
    result.arrivals = node.arrivals;
    result.completed = node.completed;
    result.rejected = node.rejected;
    result.failed = node.failed;
    const double window = m_measuring ? static_cast<double>(m_now - m_measuredFrom) : 0;
    if (plan.servers > 0 && window > 0) {
        double total = 0;
        for (const Station& station : node.stations) {
            const double busy =
                station.busyNs + static_cast<double>(m_now - station.changed) * station.busy - station.busyBefore;
            total += busy;
            result.instances.push_back(busy / (window * plan.servers));
        }
        result.utilisation = total / (window * plan.servers * plan.stations);
    }
    if (window > 0)
        result.meanInSystem = (node.systemNs + static_cast<double>(m_now - node.changed) * node.inSystem) / window;
    const std::uint64_t served = node.completed + node.failed;
    if (served > 0) result.meanResponseMs = ms(node.responseNs / static_cast<double>(served));
    if (node.started > 0) result.meanWaitMs = ms(node.waitNs / static_cast<double>(node.started));
    if (plan.isCache && node.asked > 0)
        result.hitRatio = static_cast<double>(node.hit) / static_cast<double>(node.asked);
    if (plan.isBroker) {
        std::int64_t lag = 0;
        for (const int s : plan.feeds) lag += m_subscriptions[at(s)].outstanding;
        result.lag = static_cast<std::uint64_t>(lag);
        result.deadLettered = node.deadLettered;
        result.duplicates = node.duplicates;
        result.lost = node.lost;
    } else if (m_plan.graph->nodes[index].behaviour == Behaviour::dead_letter) {
        result.deadLettered = node.deadLettered;
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
    for (const int f : m_clientFlows) result.flows.push_back(flowMetrics(at(f)));
    for (std::size_t n = 0; n < m_nodes.size(); ++n) result.components.push_back(componentMetrics(n));
    for (std::size_t l = 0; l < m_links.size(); ++l) {
        const LinkState& link = m_links[l];
        result.connections.push_back(
            {m_plan.graph->links[l].id.value, link.calls, link.failures, link.rejected, link.retries});
    }
    result.series = m_series;
    return result;
}

}  // namespace loadpath::sim
