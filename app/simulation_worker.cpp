#include "simulation_worker.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

using namespace std::chrono_literals;
using Seconds = std::chrono::duration<double>;

constexpr auto frameTime = 33ms;  // between two frames
constexpr auto sliceTime = 8ms;   // of uninterrupted work: what a command may have to wait
constexpr auto metricsEvery = 500ms;
constexpr double longestSliceS = 10;  // a slice must not outrun the samples that are kept

ChartSample sampleAt(const Series& series, std::size_t i) {
    ChartSample sample;
    sample.timeS = series.timeS[i];
    double errors = 0;
    for (const auto& flow : series.flows) {
        const FlowSample& point = flow[i];
        sample.throughputRps += point.completedRps;
        sample.offeredRps += point.offeredRps;
        errors += point.errorRps;
        sample.p50Ms = std::max(sample.p50Ms, point.p50Ms);
        sample.p95Ms = std::max(sample.p95Ms, point.p95Ms);
        sample.p99Ms = std::max(sample.p99Ms, point.p99Ms);
    }
    const double ended = sample.throughputRps + errors;
    sample.errorShare = ended > 0 ? errors / ended : 0;
    for (const auto& component : series.components) {
        sample.queue += component[i].queue;
        sample.lag += component[i].lag;
    }
    return sample;
}

}  // namespace

SimulationWorker::SimulationWorker(std::shared_ptr<const Snapshot> snapshot, Scenario scenario, double speed, Post post)
    : m_snapshot(std::move(snapshot)), m_scenario(std::move(scenario)), m_post(std::move(post)) {
    m_control.speed = speed;
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

SimulationWorker::~SimulationWorker() {
    m_thread.request_stop();
    m_wake.notify_all();
    m_thread.join();
}

void SimulationWorker::setPaused(bool paused) {
    const std::lock_guard lock(m_mutex);
    m_control.paused = paused;
    m_wake.notify_all();
}

void SimulationWorker::setSpeed(double speed) {
    const std::lock_guard lock(m_mutex);
    m_control.speed = speed;
    m_wake.notify_all();
}

void SimulationWorker::step() {
    const std::lock_guard lock(m_mutex);
    m_control.paused = true;
    m_control.step = true;
    m_wake.notify_all();
}

void SimulationWorker::runTo(double timeS) {
    const std::lock_guard lock(m_mutex);
    m_control.paused = false;
    m_control.untilS = timeS;
    m_wake.notify_all();
}

void SimulationWorker::order(std::function<void(Simulator&)> command) {
    const std::lock_guard lock(m_mutex);
    m_commands.push_back(std::move(command));
    m_wake.notify_all();
}

void SimulationWorker::setLoad(double factor) {
    order([factor](Simulator& simulator) { simulator.setLoad(factor); });
}
void SimulationWorker::inject(const Fault& fault) {
    order([fault](Simulator& simulator) { simulator.inject(fault); });
}
void SimulationWorker::liftFaults() {
    order([](Simulator& simulator) { simulator.liftFaults(); });
}

void SimulationWorker::acknowledge() {
    const std::lock_guard lock(m_mutex);
    m_awaited = true;
}

void SimulationWorker::run(const std::stop_token& stop) {
    Simulator simulator(m_snapshot, m_scenario);
    m_anchor = m_posted = m_measured = Clock::now();
    double speed = -1;
    while (!stop.stop_requested()) {
        Control control;
        std::deque<std::function<void(Simulator&)>> commands;
        {
            std::unique_lock lock(m_mutex);
            if (m_control.paused && !m_control.step && m_commands.empty() && m_paused)
                m_wake.wait(lock, stop, [this] { return !m_control.paused || m_control.step || !m_commands.empty(); });
            control = m_control;
            m_control.step = false;
            commands.swap(m_commands);
        }
        if (stop.stop_requested()) return;
        for (const auto& command : commands) command(simulator);
        if (control.speed != speed || m_paused) {
            m_anchor = Clock::now();
            m_anchorS = simulator.progress().timeS;
            speed = control.speed;
        }
        const bool wasPaused = m_paused;
        m_paused = control.paused;
        if (control.step) {
            const double stepS = m_scenario.seriesStepS;
            simulator.advanceTo((std::floor(simulator.progress().timeS / stepS + 1e-9) + 1) * stepS);
            post(simulator, true);
        } else if (control.paused) {
            if (!wasPaused) post(simulator, true);
        } else if (control.untilS) {
            runSlice(simulator, *control.untilS);
        } else {
            pace(simulator, control.speed);
        }
        if (simulator.progress().done) {
            post(simulator, true);
            return;
        }
    }
}

void SimulationWorker::runSlice(Simulator& simulator, double untilS) {
    constexpr double sliceS = 0.1;
    const double target = std::min(untilS, simulator.progress().timeS + sliceS);
    simulator.advanceTo(target);
    if (target < untilS) {
        if (Clock::now() - m_posted >= frameTime) post(simulator, false);
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_control.untilS.reset();
        m_control.paused = true;
    }
    m_paused = true;
    post(simulator, true, true);
}

void SimulationWorker::pace(Simulator& simulator, double speed) {
    const auto now = Clock::now();
    const double at = simulator.progress().timeS;
    double target = at + m_sliceS;
    if (speed > 0) {
        const double due = m_anchorS + Seconds(now - m_anchor).count() * speed;
        // What cannot be caught up in a moment is let go: slower than asked is better than in jerks.
        m_lagging = due - at > 0.3 * speed;
        if (m_lagging) {
            m_anchor = now;
            m_anchorS = at;
        }
        target = std::min(target, std::max(due, at));
    } else {
        m_lagging = false;
    }
    if (target > at) {
        simulator.advanceTo(target);
        const auto took = Clock::now() - now;
        if (target == at + m_sliceS || took > sliceTime)
            m_sliceS = std::clamp(
                m_sliceS * std::clamp(Seconds(sliceTime).count() / std::max(Seconds(took).count(), 1e-6), 0.25, 2.0),
                1e-6, longestSliceS);
    }
    if (Clock::now() - m_posted >= frameTime) post(simulator, Clock::now() - m_measured >= metricsEvery);
    if (speed > 0 && target <= at + 0.004 * speed) {
        // Nothing much is due: the clock has to go on.
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, 4ms, [this] { return m_control.paused || !m_commands.empty(); });
    }
}

void SimulationWorker::post(const Simulator& simulator, bool withMetrics, bool reached) {
    const auto now = Clock::now();
    SimulationFrame frame;
    frame.progress = simulator.progress();
    const bool urgent = frame.progress.done || m_paused;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_awaited && !urgent) return;
        m_awaited = false;
    }
    if (now - m_measured >= metricsEvery) {
        m_eventsPerSecond =
            static_cast<double>(frame.progress.events - m_eventsMeasured) / Seconds(now - m_measured).count();
        m_eventsMeasured = frame.progress.events;
        m_measured = now;
    }
    m_posted = now;
    frame.eventsPerSecond = m_paused ? 0 : m_eventsPerSecond;
    frame.lagging = m_lagging;
    frame.paused = m_paused;
    frame.reached = reached;
    const Series& series = simulator.series();
    const auto first = static_cast<std::size_t>(std::upper_bound(series.timeS.begin(), series.timeS.end(), m_seenS) -
                                                series.timeS.begin());
    for (std::size_t i = first; i < series.timeS.size(); ++i) frame.samples.push_back(sampleAt(series, i));
    if (!frame.samples.empty()) {
        m_seenS = series.timeS.back();
        for (const auto& samples : series.components) frame.components.push_back(samples.back());
        for (const auto& samples : series.connections) frame.connections.push_back(samples.back());
    }
    if (withMetrics) frame.metrics = simulator.metrics();
    m_post(std::move(frame));
}

}  // namespace loadpath
