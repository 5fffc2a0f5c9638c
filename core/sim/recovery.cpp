#include "sim/expectation.h"

#include <algorithm>
#include <limits>

namespace loadpath {
namespace {

struct Health {
    double errors = 0, p95Ms = 0;
};

double errorShare(const FlowSample& sample) {
    const double ended = sample.completedRps + sample.errorRps;
    return ended > 0 ? sample.errorRps / ended : 0;
}

bool isHealthy(const Series& series, const std::vector<Health>& before, std::size_t step) {
    constexpr double moreErrors = 0.01, timesSlower = 2;
    for (std::size_t f = 0; f < series.flows.size(); ++f) {
        const FlowSample& sample = series.flows[f][step];
        if (errorShare(sample) > before[f].errors + moreErrors) return false;
        if (before[f].p95Ms > 0 && sample.p95Ms > timesSlower * before[f].p95Ms) return false;
        // Requests come and none is answered: they hang.
        if (before[f].p95Ms > 0 && sample.offeredRps > 0 && sample.completedRps + sample.errorRps <= 0) return false;
    }
    return true;
}

}  // namespace

Recovery recoveryOf(const Series& series, const Scenario& scenario) {
    constexpr std::size_t steady = 5;
    std::vector<Fault> faults = scenario.faults;
    std::stable_sort(faults.begin(), faults.end(), [](const Fault& a, const Fault& b) { return a.atS < b.atS; });
    Recovery slowest;
    if (faults.empty()) return slowest;
    std::vector<Health> before(series.flows.size());
    for (std::size_t f = 0; f < series.flows.size(); ++f) {
        double errors = 0, ended = 0;
        for (std::size_t step = 0; step < series.timeS.size() && series.timeS[step] <= faults.front().atS; ++step) {
            if (series.timeS[step] - series.stepS < scenario.warmupS) continue;
            const FlowSample& sample = series.flows[f][step];
            errors += sample.errorRps;
            ended += sample.errorRps + sample.completedRps;
            before[f].p95Ms = std::max(before[f].p95Ms, sample.p95Ms);
        }
        before[f].errors = ended > 0 ? errors / ended : 0;
    }
    for (std::size_t i = 0; i < faults.size(); ++i) {
        const double next = i + 1 < faults.size() ? faults[i + 1].atS : scenario.durationS;
        if (next <= faults[i].atS) continue;
        double recovered = std::numeric_limits<double>::infinity(), candidate = faults[i].atS;
        std::size_t well = 0;
        for (std::size_t step = 0; step < series.timeS.size() && series.timeS[step] <= next; ++step) {
            if (series.timeS[step] <= faults[i].atS) continue;
            if (!isHealthy(series, before, step)) {
                well = 0;
                candidate = series.timeS[step];
                recovered = std::numeric_limits<double>::infinity();
                continue;
            }
            ++well;
            if (well == steady || series.timeS[step] + series.stepS > next) recovered = std::min(recovered, candidate);
            // A later relapse counts: the fault is not over.
        }
        const double end = faults[i].durationS ? faults[i].atS + *faults[i].durationS : faults[i].atS;
        slowest.sinceFaultS = std::max(slowest.sinceFaultS, recovered - faults[i].atS);
        slowest.afterFaultS = std::max(slowest.afterFaultS, std::max(0.0, recovered - end));
    }
    return slowest;
}

}  // namespace loadpath
