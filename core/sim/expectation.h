// What a scenario promises: "p99 of reads < 200 ms", "recovers within 60 s", "no message lost". Read from
// text, held against what a run measured. Knows no design: targets are ids that a run reports.
#pragma once

#include "sim/metrics.h"
#include "sim/scenario.h"
#include "support/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace loadpath {

struct Expectation {
    enum class Figure {
        mean,  // latencies, ms: of flows, else of a component's or a connection's answers
        quantile,
        max,
        errors,        // share of the requests that failed, timed out or were refused
        availability,  // one minus that
        throughput,    // completed, 1/s
        utilisation,   // share of the busiest
        hitRatio,
        lag,   // messages at the end of the run
        lost,  // messages
        duplicated,
        deadLettered,
        staleReads,
        recovery,            // s from the beginning of a fault
        recoveryAfterFault,  // s from its end
    };
    enum class Relation { below, atMost, above, atLeast, equal };

    std::string text;  // as it was written
    Figure figure = Figure::mean;
    double quantile = 0;  // of Figure::quantile
    std::string target;   // id of a flow, component or connection; empty: all, and the worst counts
    Relation relation = Relation::below;
    double bound = 0;  // ms, share, 1/s, messages or s
};

/// The form is FIGURE [of ID] RELATION NUMBER [UNIT], "recovers within TIME [after the fault]", or "no" with
/// "message lost", "message duplicated", "message dead-lettered", "stale read", "error". The problem says
/// what was expected where.
Result<Expectation> parseExpectation(std::string_view text);

/// The figure of the run; a target must be one of its flows, components or connections.
ExpectationResult judge(const Expectation& expectation, const Metrics& metrics);
/// All of the scenario's that can be read.
std::vector<ExpectationResult> judged(const Scenario& scenario, const Metrics& metrics);

/// What the run has to recover from needs a series in the metrics.
Recovery recoveryOf(const Series& series, const Scenario& scenario);

}  // namespace loadpath
