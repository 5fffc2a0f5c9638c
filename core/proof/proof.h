// "Prove it": the fault or load that a finding warns of, run on the design as it is and as its fix leaves
// it. Which experiment belongs to a rule stands with the rule (Rule::proof). Pulled like the simulator.
#pragma once

#include "rules/report.h"
#include "sim/simulator.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace loadpath {

/// What the curve shows.
enum class ProofMeasure {
    completed,   // requests a second that got their answer
    p99,         // of those that did, ms
    inProgress,  // requests that wait in the component, per time
    lag,         // messages that wait in the broker
};
std::string_view label(ProofMeasure measure);

struct ProofPlan {
    std::string what;       // "An instance of Orders fails for good at 20 s"
    Scenario scenario;      // for both runs
    double startsAtS = -1;  // of the fault; below 0: from the beginning
    ProofMeasure measure = ProofMeasure::completed;
    ComponentId subject;             // whose series is shown, where it is one of a component
    std::vector<std::string> flows;  // else the flows whose requests are counted
    std::shared_ptr<const Snapshot> before, after;
};

/// Nothing where the rule has no proof, the finding has no fix, or nothing would be running.
std::optional<ProofPlan> proofPlan(const Report& report, const Finding& finding);
/// Whether proofPlan would give one; cheap.
bool hasProof(const Report& report, const Finding& finding);

struct ProofCurve {
    std::vector<double> timeS, values;
    double offered = 0, completed = 0, failed = 0;  // requests of the flows; failed: in any way
    double p99Ms = 0;
    /// Share of the requests that came to an end without an answer.
    double failedShare() const { return completed + failed > 0 ? failed / (completed + failed) : 0; }
};

struct ProofResult {
    ProofCurve before, after;
};

class ProofRun {
public:
    explicit ProofRun(ProofPlan plan);
    ~ProofRun();

    /// Handles up to `maxEvents` events; false when both runs are over.
    bool advance(std::uint64_t maxEvents);
    double progress() const;  // 0 … 1
    const ProofPlan& plan() const { return m_plan; }
    ProofResult result() const;

private:
    ProofCurve curveOf(const Simulator& simulator, const Snapshot& snapshot) const;

    ProofPlan m_plan;
    std::unique_ptr<Simulator> m_before, m_after;
    std::uint64_t m_events[2] = {0, 0};
    bool m_done[2] = {false, false};
};

}  // namespace loadpath
