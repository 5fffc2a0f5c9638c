#include "cli/replications.h"

#include "support/format.h"

#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>

namespace loadpath::cli {
namespace {

constexpr std::uint64_t eventsAtATime = 20000;

/// Half of the 95 % interval of Student's t. Source: tables, e.g. NIST/SEMATECH e-Handbook 1.3.6.7.2.
double studentT95(std::size_t freedom) {
    static constexpr double table[] = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
                                       2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
                                       2.080,  2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};
    if (freedom == 0) return std::nan("");
    return freedom <= std::size(table) ? table[freedom - 1] : 1.96 + 2.4 / static_cast<double>(freedom);
}

class ProgressLine {
public:
    ProgressLine(Console& console, double totalS) : m_console(console), m_totalS(totalS) {}

    void show(double simulatedS) {
        if (!m_console.errIsTerminal) return;
        const auto now = std::chrono::steady_clock::now();
        if (now - m_last < std::chrono::milliseconds(100)) return;
        m_last = now;
        m_shown = true;
        m_console.err << "\r\033[K" << percent(simulatedS / m_totalS, 0) << "  " << fixed(simulatedS, 0) << " of "
                      << fixed(m_totalS, 0) << " simulated seconds" << std::flush;
    }
    ~ProgressLine() {
        if (m_shown) m_console.err << "\r\033[K" << std::flush;
    }

private:
    Console& m_console;
    double m_totalS;
    std::chrono::steady_clock::time_point m_last{};
    bool m_shown = false;
};

/// A mean over runs in which each counts as much as there was to measure.
class WeightedMean {
public:
    void add(double value, double weight) {
        if (weight <= 0) return;
        m_sum += value * weight;
        m_weight += weight;
    }
    double value() const { return m_weight > 0 ? m_sum / m_weight : 0; }

private:
    double m_sum = 0, m_weight = 0;
};

/// Percentiles of several runs are those of all their requests, never means of percentiles.
template <class T>
Durations together(const std::vector<const T*>& runs) {
    sim::Histogram all;
    for (const T* run : runs)
        if (run->durations) all.merge(*run->durations);
    return std::make_shared<const sim::Histogram>(std::move(all));
}

FlowMetrics mergedFlow(const std::vector<const FlowMetrics*>& runs) {
    FlowMetrics all;
    all.flow = runs.front()->flow;
    const double count = static_cast<double>(runs.size());
    WeightedMean errors;
    double sum = 0, squares = 0;
    for (const FlowMetrics* run : runs) {
        all.offered += run->offered;
        all.completed += run->completed;
        all.failed += run->failed;
        all.timedOut += run->timedOut;
        all.rejected += run->rejected;
        all.inFlight += run->inFlight;
        for (const auto& reason : run->reasons) all.reasons[reason.first] += reason.second;
        all.throughputRps += run->throughputRps / count;
        errors.add(run->errorRatio, static_cast<double>(run->completed + run->failed + run->timedOut + run->rejected));
        sum += run->latency.mean;
        squares += run->latency.mean * run->latency.mean;
    }
    all.errorRatio = errors.value();
    all.durations = together(runs);
    all.latency = LatencyFigures::of(*all.durations);
    const double variance = std::max(0.0, (squares - sum * sum / count) / (count - 1));
    if (all.latency.count > 0) all.meanCi95Ms = studentT95(runs.size() - 1) * std::sqrt(variance / count);
    return all;
}

void addOptional(std::optional<std::uint64_t>& into, const std::optional<std::uint64_t>& value) {
    if (value) into = into.value_or(0) + *value;
}

ComponentMetrics mergedComponent(const std::vector<const ComponentMetrics*>& runs) {
    ComponentMetrics all;
    all.component = runs.front()->component;
    const double count = static_cast<double>(runs.size());
    WeightedMean response, wait, hits;
    all.instances.assign(runs.front()->instances.size(), 0);
    for (const ComponentMetrics* run : runs) {
        const double arrivals = static_cast<double>(run->arrivals);
        all.arrivals += run->arrivals;
        all.completed += run->completed;
        all.rejected += run->rejected;
        all.failed += run->failed;
        if (run->utilisation) all.utilisation = all.utilisation.value_or(0) + *run->utilisation / count;
        all.meanInSystem += run->meanInSystem / count;
        response.add(run->meanResponseMs, arrivals);
        wait.add(run->meanWaitMs, arrivals);
        if (run->hitRatio) hits.add(*run->hitRatio, arrivals);
        addOptional(all.lag, run->lag);
        addOptional(all.deadLettered, run->deadLettered);
        addOptional(all.duplicates, run->duplicates);
        addOptional(all.lost, run->lost);
        addOptional(all.staleReads, run->staleReads);
        addOptional(all.evictions, run->evictions);
        for (std::size_t i = 0; i < all.instances.size() && i < run->instances.size(); ++i)
            all.instances[i] += run->instances[i] / count;
    }
    all.meanResponseMs = response.value();
    all.meanWaitMs = wait.value();
    if (runs.front()->hitRatio) all.hitRatio = hits.value();
    all.durations = together(runs);
    all.response = LatencyFigures::of(*all.durations);
    return all;
}

}  // namespace

Metrics merged(const std::vector<Metrics>& runs) {
    Metrics all = runs.front();
    if (runs.size() == 1) return all;
    all.events = 0;
    all.wallS = 0;
    for (const Metrics& run : runs) {
        all.events += run.events;
        all.wallS = std::max(all.wallS, run.wallS);
        if (all.recovery && run.recovery) {
            all.recovery->sinceFaultS = std::max(all.recovery->sinceFaultS, run.recovery->sinceFaultS);
            all.recovery->afterFaultS = std::max(all.recovery->afterFaultS, run.recovery->afterFaultS);
        }
    }
    for (std::size_t i = 0; i < all.flows.size(); ++i) {
        std::vector<const FlowMetrics*> same;
        same.reserve(runs.size());
        for (const Metrics& run : runs) same.push_back(&run.flows[i]);
        all.flows[i] = mergedFlow(same);
    }
    for (std::size_t i = 0; i < all.components.size(); ++i) {
        std::vector<const ComponentMetrics*> same;
        same.reserve(runs.size());
        for (const Metrics& run : runs) same.push_back(&run.components[i]);
        all.components[i] = mergedComponent(same);
    }
    for (std::size_t i = 0; i < all.connections.size(); ++i) {
        ConnectionMetrics sum;
        sum.connection = all.connections[i].connection;
        std::vector<const ConnectionMetrics*> same;
        for (const Metrics& run : runs) {
            same.push_back(&run.connections[i]);
            sum.calls += run.connections[i].calls;
            sum.failures += run.connections[i].failures;
            sum.rejected += run.connections[i].rejected;
            sum.retries += run.connections[i].retries;
        }
        sum.durations = together(same);
        sum.roundTrip = LatencyFigures::of(*sum.durations);
        all.connections[i] = sum;
    }
    return all;
}

Metrics runReplications(const std::shared_ptr<const Snapshot>& snapshot, const Scenario& scenario, int count,
                        int threads, Console& console) {
    std::vector<Metrics> runs(static_cast<std::size_t>(count));
    std::vector<std::atomic<double>> reached(static_cast<std::size_t>(count));
    std::atomic<int> next{0}, running{std::min(threads, count)};
    const auto work = [&] {
        for (int i = next++; i < count; i = next++) {
            const auto at = static_cast<std::size_t>(i);
            Scenario own = scenario;
            own.seed =
                static_cast<std::int64_t>(static_cast<std::uint64_t>(scenario.seed) + static_cast<std::uint64_t>(i));
            Simulator simulator(snapshot, own);
            while (simulator.advance(eventsAtATime)) reached[at] = simulator.progress().timeS;
            reached[at] = scenario.durationS;
            runs[at] = simulator.metrics();
        }
        --running;
    };
    {
        std::vector<std::jthread> workers;
        for (int i = std::min(threads, count); i > 0; --i) workers.emplace_back(work);
        ProgressLine line(console, scenario.durationS * count);
        while (console.errIsTerminal && running > 0) {
            double sum = 0;
            for (const auto& time : reached) sum += time;
            line.show(sum);
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        workers.clear();
    }
    return merged(runs);
}

}  // namespace loadpath::cli
