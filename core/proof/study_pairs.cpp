// The studies that put runs side by side: before and after a trigger, one design and another.
#include "proof/studies.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace loadpath {
namespace {

struct CourseOfRun {
    double good = 0, bad = 0, seconds = 0;

    void add(const Series& series, double fromS, double toS) {
        for (std::size_t step = 0; step < series.timeS.size(); ++step) {
            if (series.timeS[step] - series.stepS < fromS - 1e-9 || series.timeS[step] > toS + 1e-9) continue;
            seconds += series.stepS;
            for (const auto& flow : series.flows) {
                good += flow[step].completedRps * series.stepS;
                bad += flow[step].errorRps * series.stepS;
            }
        }
    }
    double errors() const { return good + bad > 0 ? bad / (good + bad) : 0; }
    double goodRps() const { return seconds > 0 ? good / seconds : 0; }
};

/// 97.5 % quantile of Student's t. Source: NIST/SEMATECH e-Handbook 1.3.6.7.2; beyond it the expansion of
/// Abramowitz and Stegun 26.7.5 to its second term.
double pairedStudentT(int freedom) {
    constexpr std::array<double, 31> table{0,     12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
                                           2.201, 2.179,  2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080,
                                           2.074, 2.069,  2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};
    if (freedom < 1) return std::nan("");
    return freedom < static_cast<int>(table.size()) ? table[static_cast<std::size_t>(freedom)] : 1.96 + 2.4 / freedom;
}

ComparedFigure comparedFigure(std::string name, std::string unit, const std::vector<double>& first,
                              const std::vector<double>& second) {
    ComparedFigure figure;
    figure.name = std::move(name);
    figure.unit = std::move(unit);
    const auto count = static_cast<double>(first.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        figure.first += first[i] / count;
        figure.second += second[i] / count;
        figure.difference += (second[i] - first[i]) / count;
    }
    double squares = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        const double off = second[i] - first[i] - figure.difference;
        squares += off * off;
    }
    figure.halfWidth95 =
        first.size() > 1 ? pairedStudentT(static_cast<int>(first.size()) - 1) * std::sqrt(squares / (count - 1) / count)
                         : std::nan("");
    return figure;
}

const FlowMetrics* sameFlow(const Metrics& metrics, const std::string& id) {
    const auto found = std::find_if(metrics.flows.begin(), metrics.flows.end(),
                                    [&id](const FlowMetrics& flow) { return flow.flow == id; });
    return found == metrics.flows.end() ? nullptr : &*found;
}

}  // namespace

TriggerStudy triggerStudy(const std::shared_ptr<const Snapshot>& snapshot, const Scenario& scenario,
                          const Fault& trigger, const RunAll& runAll) {
    TriggerStudy study;
    Scenario own = scenario;
    const double fifth = own.durationS / 5;
    study.trigger = trigger;
    study.trigger.atS = fifth;
    study.trigger.durationS = fifth;
    own.warmupS = std::min(own.warmupS, fifth / 2);
    own.faults = {study.trigger};
    own.expectations.clear();
    own.seriesStepS = std::max(own.durationS / 300, 1e-3);
    own.seriesKeep = 0;
    const Metrics metrics = runAll({{snapshot, own}}).front();
    CourseOfRun before, end;
    before.add(metrics.series, own.warmupS, fifth);
    end.add(metrics.series, 4 * fifth, own.durationS);
    study.errorBefore = before.errors();
    study.errorAtEnd = end.errors();
    study.goodBeforeRps = before.goodRps();
    study.goodAtEndRps = end.goodRps();
    if (metrics.recovery) study.recovery = *metrics.recovery;
    study.isMetastable = !std::isfinite(study.recovery.afterFaultS);
    return study;
}

CompareStudy compareStudy(const std::shared_ptr<const Snapshot>& first, const std::shared_ptr<const Snapshot>& second,
                          const Scenario& scenario, int pairs, const RunAll& runAll) {
    CompareStudy study;
    study.pairs = std::max(pairs, 1);
    std::vector<StudyRun> runs;
    for (int pair = 0; pair < study.pairs; ++pair) {
        Scenario own = scenario;
        own.seed =
            static_cast<std::int64_t>(static_cast<std::uint64_t>(scenario.seed) + static_cast<std::uint64_t>(pair));
        own.seriesStepS = 0;
        runs.push_back({first, own});
        runs.push_back({second, own});
    }
    const std::vector<Metrics> results = runAll(runs);
    struct Figure {
        const char *name, *unit;
        double (*of)(const FlowMetrics&);
    };
    static constexpr std::array<Figure, 5> figures{{
        {"mean", "ms", [](const FlowMetrics& flow) { return flow.latency.mean; }},
        {"p50", "ms", [](const FlowMetrics& flow) { return flow.latency.p50; }},
        {"p99", "ms", [](const FlowMetrics& flow) { return flow.latency.p99; }},
        {"errors", "share", [](const FlowMetrics& flow) { return flow.errorRatio; }},
        {"throughput", "rps", [](const FlowMetrics& flow) { return flow.throughputRps; }},
    }};
    for (const FlowMetrics& flow : results.front().flows) {
        if (!sameFlow(results[1], flow.flow)) continue;
        for (const Figure& figure : figures) {
            std::vector<double> one, other;
            for (std::size_t i = 0; i + 1 < results.size(); i += 2) {
                one.push_back(figure.of(*sameFlow(results[i], flow.flow)));
                other.push_back(figure.of(*sameFlow(results[i + 1], flow.flow)));
            }
            study.figures.push_back(comparedFigure(flow.flow + ": " + figure.name, figure.unit, one, other));
        }
    }
    return study;
}

}  // namespace loadpath
