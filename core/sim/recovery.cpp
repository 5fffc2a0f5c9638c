#include "sim/expectation.h"

#include <algorithm>
#include <cmath>
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

/// When the series is well again for good, within the time given; infinite when it is not.
double recoveredBetween(const Series& series, const std::vector<Health>& before, double fromS, double untilS) {
    constexpr std::size_t steady = 5;
    double recovered = std::numeric_limits<double>::infinity(), candidate = fromS;
    std::size_t well = 0;
    for (std::size_t step = 0; step < series.timeS.size() && series.timeS[step] <= untilS; ++step) {
        if (series.timeS[step] <= fromS) continue;
        if (!isHealthy(series, before, step)) {
            well = 0;
            candidate = series.timeS[step];
            recovered = std::numeric_limits<double>::infinity();
            continue;
        }
        ++well;
        // A later relapse counts: the fault is not over.
        if (well == steady || series.timeS[step] + series.stepS > untilS) recovered = std::min(recovered, candidate);
    }
    return recovered;
}

}  // namespace

Recovery recoveryOf(const Series& series, const Scenario& scenario) {
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
        // What has not recovered when the next fault strikes goes on into it.
        double recovered = std::numeric_limits<double>::infinity();
        for (std::size_t j = i + 1; j <= faults.size() && std::isinf(recovered); ++j)
            recovered =
                recoveredBetween(series, before, faults[i].atS, j < faults.size() ? faults[j].atS : scenario.durationS);
        const double end = faults[i].durationS ? faults[i].atS + *faults[i].durationS : faults[i].atS;
        slowest.sinceFaultS = std::max(slowest.sinceFaultS, recovered - faults[i].atS);
        slowest.afterFaultS = std::max(slowest.afterFaultS, std::max(0.0, recovered - end));
    }
    return slowest;
}

}  // namespace loadpath
