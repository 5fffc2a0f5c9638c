// What a run measured. Plain values; the command line, the charts and the report read the same.
// Meaning of every figure: format-and-cli contract, `simulate`.
#pragma once

#include "sim/histogram.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace loadpath {

struct LatencyFigures {  // ms; of completed requests
    double mean = 0, p50 = 0, p90 = 0, p95 = 0, p99 = 0, p999 = 0, max = 0;
    std::uint64_t count = 0;

    static LatencyFigures of(const sim::Histogram& ns);
};

/// All durations of a run (ns), so that several runs can be taken together.
using Durations = std::shared_ptr<const sim::Histogram>;

struct FlowMetrics {
    std::string flow;
    std::uint64_t offered = 0, completed = 0, failed = 0, timedOut = 0, rejected = 0, inFlight = 0;
    std::map<std::string, std::uint64_t> reasons;  // of failed and rejected requests
    double throughputRps = 0, errorRatio = 0;
    LatencyFigures latency;
    Durations durations;               // of completed requests
    std::optional<double> meanCi95Ms;  // half width, from batch means
};

struct ComponentMetrics {
    std::string component;
    std::uint64_t arrivals = 0, completed = 0, rejected = 0, failed = 0;
    std::optional<double> utilisation;                 // busy server seconds / (n·c·T)
    std::uint64_t presentBefore = 0, presentNow = 0;   // in the system at the end of the warm-up, at that of the run
    double presentAgeBeforeS = 0, presentAgeNowS = 0;  // how long those have been there, in sum
    double meanInSystem = 0, meanResponseMs = 0, meanWaitMs = 0;
    std::optional<double> hitRatio;
    std::optional<std::uint64_t> lag, deadLettered, duplicates, lost, staleReads, evictions;
    std::vector<double> instances;  // utilisation by instance
    LatencyFigures response;        // from arrival to reply
    Durations durations;
};

struct ConnectionMetrics {
    std::string connection;
    std::uint64_t calls = 0, failures = 0, rejected = 0, retries = 0;
    LatencyFigures roundTrip;  // of attempts that were answered
    Durations durations;
};

/// One sample of the series: sums and percentiles over (time − step, time].
struct FlowSample {
    double offeredRps = 0, completedRps = 0, errorRps = 0;
    double p50Ms = 0, p95Ms = 0, p99Ms = 0;  // of requests that completed in the step
};
struct ComponentSample {
    double arrivalRps = 0, utilisation = 0, queue = 0, inSystem = 0, lag = 0;
    int up = 0;  // units that are up
};
struct ConnectionSample {
    double callsRps = 0, failuresRps = 0, retriesRps = 0;
};

struct Series {
    double stepS = 1;
    std::vector<double> timeS;                   // end of each step
    std::vector<std::vector<FlowSample>> flows;  // [flow][step]
    std::vector<std::vector<ComponentSample>> components;
    std::vector<std::vector<ConnectionSample>> connections;
};

/// Seconds until all flows are as healthy as before a fault: errors at most one point above, 95th percentile at
/// most twice the highest of the time before it, for five samples on end (or up to the next fault or the end).
/// Each fault is followed until the next begins; the slowest counts; infinite: never.
struct Recovery {
    double sinceFaultS = 0;  // from when a fault began
    double afterFaultS = 0;  // from when it ended; 0: recovered while it lasted
};

/// What was measured for an expectation of the scenario.
struct ExpectationResult {
    std::string text;
    bool passed = false;
    std::string measured;  // with its unit, for people; says so where there was nothing to measure
    double value = 0;      // as Expectation::bound; NaN where there was nothing to measure
    std::string target;    // what was the worst, where no target was named
};

struct Metrics {
    std::string scenario;  // its id; empty: none of the design's
    std::int64_t seed = 1;
    double load = 1, durationS = 0, warmupS = 0;
    std::uint64_t events = 0;
    double wallS = 0;                          // the only value that may differ between two runs with the same seed
    std::vector<FlowMetrics> flows;            // flows of clients
    std::vector<ComponentMetrics> components;  // by node
    std::vector<ConnectionMetrics> connections;
    Series series;
    std::optional<Recovery> recovery;             // of a run with faults and a series
    std::vector<ExpectationResult> expectations;  // see judged()
};

}  // namespace loadpath
