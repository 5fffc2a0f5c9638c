#include "analysis/capacity.h"
#include "proof/studies.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

constexpr double rampErrorLimit = 0.01, rampBacklogLimit = 0.05;
constexpr std::uint64_t rampLeastBacklog = 20;  // fewer are noise in a small run

double shareOfRamp(std::uint64_t part, std::uint64_t whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

RampStep rampStepOf(double load, const Metrics& metrics) {
    RampStep step;
    step.load = load;
    for (const FlowMetrics& flow : metrics.flows) {
        step.throughputRps += flow.throughputRps;
        step.errorRatio = std::max(step.errorRatio, flow.errorRatio);
        step.p99Ms = std::max(step.p99Ms, flow.latency.p99);
        const double waiting = shareOfRamp(flow.inFlight, flow.offered);
        step.unanswered = std::max(step.unanswered, waiting);
        if (!step.brokenBecause.empty()) continue;
        if (flow.errorRatio > rampErrorLimit)
            step.brokenBecause = "requests of " + flow.flow + " fail";
        else if (waiting > rampBacklogLimit && flow.inFlight > rampLeastBacklog)
            step.brokenBecause = "requests of " + flow.flow + " pile up";
    }
    for (const ComponentMetrics& component : metrics.components) {
        if (component.utilisation && *component.utilisation > step.utilisation) {
            step.utilisation = *component.utilisation;
            step.busiest = component.component;
        }
        const std::uint64_t lag = component.lag.value_or(0);
        if (step.brokenBecause.empty() && lag > rampLeastBacklog &&
            shareOfRamp(lag, component.arrivals) > rampBacklogLimit)
            step.brokenBecause = "messages pile up in " + component.component;
    }
    return step;
}

}  // namespace

std::vector<Metrics> runOneByOne(const std::vector<StudyRun>& runs) {
    std::vector<Metrics> results;
    results.reserve(runs.size());
    for (const StudyRun& run : runs) results.push_back(simulate(run.snapshot, run.scenario));
    return results;
}

RampStudy rampStudy(const std::shared_ptr<const Snapshot>& snapshot, const Scenario& scenario,
                    const RampOptions& options, const RunAll& runAll) {
    RampStudy study;
    const CapacityReport theory = analyseCapacity(*snapshot);
    if (theory.saturatesFirst >= 0) {
        study.predicted = theory.headroom;
        study.predictedComponent = snapshot->graph().nodes[static_cast<std::size_t>(theory.saturatesFirst)].id.value;
    }
    const auto bears = [&](double load) {
        Scenario own = scenario;
        own.load = load;
        own.seriesStepS = 0;
        study.steps.push_back(rampStepOf(load, runAll({{snapshot, own}}).front()));
        const bool good = study.steps.back().brokenBecause.empty();
        if (good)
            study.bears = std::max(study.bears, load);
        else
            study.breaks = std::min(study.breaks.value_or(load), load);
        return good;
    };
    double load = std::max(options.from, 1e-6);
    if (bears(load)) {
        while (load < options.upTo && bears(std::min(load * 2, options.upTo))) load = std::min(load * 2, options.upTo);
    } else {
        // Below a thousandth of its own rates a design that fails has another trouble than load.
        for (load /= 2; load > options.from / 1024 && !bears(load);) load /= 2;
    }
    while (study.breaks && study.bears > 0 && *study.breaks - study.bears > options.resolution * study.bears)
        bears((*study.breaks + study.bears) / 2);
    std::stable_sort(study.steps.begin(), study.steps.end(),
                     [](const RampStep& a, const RampStep& b) { return a.load < b.load; });
    return study;
}

}  // namespace loadpath
