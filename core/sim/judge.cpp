#include "sim/expectation.h"

#include "support/format.h"

#include <cmath>
#include <limits>

namespace loadpath {
namespace {

using Figure = Expectation::Figure;
using Relation = Expectation::Relation;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

bool holds(const Expectation& expectation, double value) {
    if (std::isnan(value)) return false;
    switch (expectation.relation) {
        case Relation::below:
            return value < expectation.bound;
        case Relation::atMost:
            return value <= expectation.bound;
        case Relation::above:
            return value > expectation.bound;
        case Relation::atLeast:
            return value >= expectation.bound;
        case Relation::equal:
            return value == expectation.bound;
    }
    return false;
}

double latencyOf(const Expectation& expectation, const Durations& durations) {
    if (!durations || durations->count() == 0) return nothing;
    switch (expectation.figure) {
        case Figure::mean:
            return durations->mean() * 1e-6;
        case Figure::max:
            return static_cast<double>(durations->max()) * 1e-6;
        default:
            return durations->quantile(expectation.quantile) * 1e-6;
    }
}

double shareOfErrors(const FlowMetrics& flow) {
    const std::uint64_t ended = flow.completed + flow.failed + flow.timedOut + flow.rejected;
    return ended == 0 ? nothing : static_cast<double>(ended - flow.completed) / static_cast<double>(ended);
}

double ofFlow(const Expectation& expectation, const FlowMetrics& flow) {
    switch (expectation.figure) {
        case Figure::mean:
        case Figure::quantile:
        case Figure::max:
            return latencyOf(expectation, flow.durations);
        case Figure::errors:
            return shareOfErrors(flow);
        case Figure::availability:
            return 1 - shareOfErrors(flow);
        case Figure::throughput:
            return flow.throughputRps;
        default:
            return nothing;
    }
}

double counted(const std::optional<std::uint64_t>& count) { return count ? static_cast<double>(*count) : nothing; }

double ofComponent(const Expectation& expectation, const ComponentMetrics& component) {
    switch (expectation.figure) {
        case Figure::mean:
        case Figure::quantile:
        case Figure::max:
            return latencyOf(expectation, component.durations);
        case Figure::errors:
        case Figure::availability: {
            const std::uint64_t bad = component.failed + component.rejected, all = bad + component.completed;
            if (all == 0) return nothing;
            const double errors = static_cast<double>(bad) / static_cast<double>(all);
            return expectation.figure == Figure::errors ? errors : 1 - errors;
        }
        case Figure::utilisation:
            return component.utilisation.value_or(nothing);
        case Figure::hitRatio:
            return component.hitRatio.value_or(nothing);
        case Figure::lag:
            return counted(component.lag);
        case Figure::lost:
            return counted(component.lost);
        case Figure::duplicated:
            return counted(component.duplicates);
        case Figure::deadLettered:
            return counted(component.deadLettered);
        case Figure::staleReads:
            return counted(component.staleReads);
        default:
            return nothing;
    }
}

bool isOfFlows(Figure figure) {
    return figure == Figure::mean || figure == Figure::quantile || figure == Figure::max || figure == Figure::errors ||
           figure == Figure::availability || figure == Figure::throughput;
}

bool isCount(Figure figure) {
    return figure == Figure::lost || figure == Figure::duplicated || figure == Figure::deadLettered ||
           figure == Figure::staleReads;
}

/// Where no target is named: the worst of all, in the sense of the relation; counts are summed.
class Worst {
public:
    explicit Worst(const Expectation& expectation) : m_expectation(expectation) {}
    void see(double value, const std::string& id) {
        if (std::isnan(value)) return;
        if (isCount(m_expectation.figure)) {
            m_value = std::isnan(m_value) ? value : m_value + value;
            return;
        }
        const bool wantsHigh = m_expectation.relation == Relation::above || m_expectation.relation == Relation::atLeast;
        if (!std::isnan(m_value) && (wantsHigh ? value >= m_value : value <= m_value)) return;
        m_value = value;
        m_id = id;
    }
    double value() const { return m_value; }
    const std::string& id() const { return m_id; }

private:
    const Expectation& m_expectation;
    double m_value = nothing;
    std::string m_id;
};

std::string shown(Figure figure, double value) {
    if (std::isnan(value)) return "nothing to measure";
    switch (figure) {
        case Figure::mean:
        case Figure::quantile:
        case Figure::max:
            return duration(value);
        case Figure::errors:
        case Figure::utilisation:
        case Figure::hitRatio:
            return percent(value, 2);
        case Figure::availability:
            return availability(value);
        case Figure::throughput:
            return rate(value);
        case Figure::recovery:
        case Figure::recoveryAfterFault:
            return std::isinf(value) ? "does not recover" : duration(value * 1e3);
        default:
            return shortest(value);
    }
}

}  // namespace

ExpectationResult judge(const Expectation& expectation, const Metrics& metrics) {
    ExpectationResult result;
    result.text = expectation.text;
    result.value = nothing;
    if (expectation.figure == Figure::recovery || expectation.figure == Figure::recoveryAfterFault) {
        if (metrics.recovery)
            result.value =
                expectation.figure == Figure::recovery ? metrics.recovery->sinceFaultS : metrics.recovery->afterFaultS;
    } else if (!expectation.target.empty()) {
        result.target = expectation.target;
        for (const FlowMetrics& flow : metrics.flows)
            if (flow.flow == expectation.target) result.value = ofFlow(expectation, flow);
        for (const ComponentMetrics& component : metrics.components)
            if (component.component == expectation.target) result.value = ofComponent(expectation, component);
        for (const ConnectionMetrics& connection : metrics.connections)
            if (connection.connection == expectation.target)
                result.value = latencyOf(expectation, connection.durations);
    } else {
        Worst worst(expectation);
        if (isOfFlows(expectation.figure))
            for (const FlowMetrics& flow : metrics.flows) worst.see(ofFlow(expectation, flow), flow.flow);
        else
            for (const ComponentMetrics& component : metrics.components)
                worst.see(ofComponent(expectation, component), component.component);
        result.value = worst.value();
        // Where nothing can be lost, nothing was.
        if (std::isnan(result.value) && isCount(expectation.figure)) result.value = 0;
        result.target = worst.id();
    }
    result.passed = holds(expectation, result.value);
    result.measured = shown(expectation.figure, result.value);
    return result;
}

std::vector<ExpectationResult> judged(const Scenario& scenario, const Metrics& metrics) {
    std::vector<ExpectationResult> results;
    for (const std::string& text : scenario.expectations)
        if (const auto expectation = parseExpectation(text)) results.push_back(judge(*expectation, metrics));
    return results;
}

}  // namespace loadpath
