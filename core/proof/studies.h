// Questions that take many runs: how much load a design bears, what each loss does to it, whether it comes
// back after a blow, which of two designs is better. Who runs the runs, and on how many threads, is the caller's.
#pragma once

#include "sim/simulator.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loadpath {

struct StudyRun {
    std::shared_ptr<const Snapshot> snapshot;
    Scenario scenario;
};
/// Runs all of them and gives their figures in the same order; the runs do not depend on each other.
using RunAll = std::function<std::vector<Metrics>(const std::vector<StudyRun>&)>;
std::vector<Metrics> runOneByOne(const std::vector<StudyRun>& runs);

// Ramp until it breaks

struct RampStep {
    double load = 0;                        // factor on the rate of every client
    double throughputRps = 0;               // of all flows
    double errorRatio = 0, unanswered = 0;  // shares of the worst flow; unanswered: still waiting at the end
    double p99Ms = 0;                       // of the slowest flow
    std::string busiest;                    // component with the highest utilisation, and that
    double utilisation = 0;
    std::string brokenBecause;  // empty: it bears this load
};
struct RampStudy {
    std::vector<RampStep> steps;     // by load
    double bears = 0;                // highest load that it bore; 0: none of those tried
    std::optional<double> breaks;    // lowest that it did not; none: it bore all
    double predicted = 0;            // load at which the capacity analysis has its first limit; 0: none
    std::string predictedComponent;  // the one that saturates then
};
struct RampOptions {
    double from = 1, upTo = 1024;  // factors on the design's rates
    double resolution = 0.05;      // of the knee, as a share of it
};
/// Doubles the load until more than 1 % of the requests of a flow fail, or more than 5 % of them (or of the
/// messages that came to a broker) are still waiting at the end; then halves the gap.
RampStudy rampStudy(const std::shared_ptr<const Snapshot>& snapshot, const Scenario& scenario,
                    const RampOptions& options = {}, const RunAll& runAll = runOneByOne);

// N−1: every loss by itself

struct LossCase {
    enum class Kind { instance, component, zone } kind = Kind::component;
    std::string target;                  // id of the component or zone
    int unit = 0;                        // of an instance
    int standsFor = 1;                   // instances in the same place, of which one was taken
    double predicted = 0, measured = 0;  // share of all requests that fail because of it
    std::string flow;                    // that suffers most
    double worstFlow = 0;                // its share of failed requests
    /// More fails than what is missing explains: what is left cannot bear the load, or nobody has noticed yet.
    bool worseThanPredicted = false;
};
std::string_view label(LossCase::Kind kind);
struct LossStudy {
    std::vector<LossCase> cases;  // most harmful first
    double undisturbed = 0;       // share of requests that fail with everything up
};
/// Each loss holds from the start of a run and is measured after `settleS` more than the longest takeover, so
/// that health checks have noticed. The scenario gives measured length, load and seed.
LossStudy lossStudy(const std::shared_ptr<const Snapshot>& snapshot, const Scenario& scenario, double settleS = 90,
                    const RunAll& runAll = runOneByOne);

// Metastability

struct TriggerStudy {
    Fault trigger;
    double errorBefore = 0, errorAtEnd = 0;  // shares of requests: before the trigger, in the last fifth of the run
    double goodBeforeRps = 0, goodAtEndRps = 0;
    Recovery recovery;
    /// The trigger is gone and the design has not come back by the end.
    bool isMetastable = false;
};
/// Applies the trigger for a fifth of the run, after the first fifth, and sees whether the rest is enough.
TriggerStudy triggerStudy(const std::shared_ptr<const Snapshot>& snapshot, const Scenario& scenario,
                          const Fault& trigger, const RunAll& runAll = runOneByOne);

// Two designs

struct ComparedFigure {
    std::string name;  // "p99 of flow": what is compared
    std::string unit;  // "ms", "share", "rps"
    double first = 0, second = 0;
    double difference = 0;   // second − first, mean over the pairs
    double halfWidth95 = 0;  // of the difference; NaN for one pair
    bool isClear() const { return difference > halfWidth95 || -difference > halfWidth95; }
};
struct CompareStudy {
    int pairs = 0;
    std::vector<ComparedFigure> figures;
};
/// Both designs with the same seeds: components and clients of the same id draw the same numbers in both, so that
/// what differs is the design. Flows are matched by id.
CompareStudy compareStudy(const std::shared_ptr<const Snapshot>& first, const std::shared_ptr<const Snapshot>& second,
                          const Scenario& scenario, int pairs, const RunAll& runAll = runOneByOne);

}  // namespace loadpath
