// A thread that pulls a simulator at the pace of a clock and tells what it sees, at most 30 times a
// second. Knows no window; frames are handed over on its own thread.
#pragma once

#include "sim/simulator.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace loadpath {

/// One sample of the series, over all flows and components.
struct ChartSample {
    double timeS = 0;
    double throughputRps = 0, offeredRps = 0, errorShare = 0;
    double p50Ms = 0, p95Ms = 0, p99Ms = 0;  // of the slowest flow
    double queue = 0, lag = 0;
};

struct SimulationFrame {
    Progress progress;
    double eventsPerSecond = 0;
    bool lagging = false;
    bool paused = false;
    bool reached = false;                       // the time of runTo
    std::vector<ChartSample> samples;           // since the last frame
    std::vector<ComponentSample> components;    // of the newest sample, by node; empty when there is no new one
    std::vector<ConnectionSample> connections;  // by link
    std::optional<Metrics> metrics;             // now and then, and at the end
};

class SimulationWorker {
public:
    using Post = std::function<void(SimulationFrame)>;

    /// `speed`: simulated seconds a second, 0 = as fast as it goes.
    SimulationWorker(std::shared_ptr<const Snapshot> snapshot, Scenario scenario, double speed, Post post);
    ~SimulationWorker();

    void setPaused(bool paused);
    void setSpeed(double speed);
    /// To the next sample, then paused.
    void step();
    /// As fast as it goes to the simulated time (seconds), then paused exactly there.
    void runTo(double timeS);
    void setLoad(double factor);
    void inject(const Fault& fault);
    void liftFaults();
    /// The receiver has taken in the last frame: the next one may come.
    void acknowledge();

private:
    using Clock = std::chrono::steady_clock;
    struct Control {
        bool paused = false, step = false;
        double speed = 1;
        std::optional<double> untilS;
    };
    void run(const std::stop_token& stop);
    void pace(Simulator& simulator, double speed);
    void runSlice(Simulator& simulator, double untilS);
    void post(const Simulator& simulator, bool withMetrics, bool reached = false);
    void order(std::function<void(Simulator&)> command);

    const std::shared_ptr<const Snapshot> m_snapshot;
    const Scenario m_scenario;
    const Post m_post;

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    Control m_control;
    std::deque<std::function<void(Simulator&)>> m_commands;
    bool m_awaited = true;  // the receiver waits for a frame

    // Of the worker's thread alone
    Clock::time_point m_anchor, m_posted, m_measured;  // m_anchor: when the run was at m_anchorS
    double m_anchorS = 0, m_sliceS = 0.05, m_seenS = 0, m_eventsPerSecond = 0;
    std::uint64_t m_eventsMeasured = 0;
    bool m_lagging = false, m_paused = false;

    std::jthread m_thread;
};

}  // namespace loadpath
