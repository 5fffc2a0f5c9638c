#include "exporters/results.h"
#include "support/format.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

using Align = TextTable::Align;

std::string count(std::uint64_t value) { return std::to_string(value); }

std::string reasonsOf(const FlowMetrics& flow) {
    std::string text;
    for (const auto& reason : flow.reasons)
        text += (text.empty() ? "" : ", ") + reason.first + ' ' + count(reason.second);
    return text;
}

const FlowPath* pathOf(const Snapshot& snapshot, const std::string& id) {
    for (const FlowPath& path : snapshot.graph().flows)
        if (path.id.value == id) return &path;
    return nullptr;
}

std::string verdict(const Metrics& metrics, const Snapshot& snapshot, Colours colours) {
    std::uint64_t completed = 0, lost = 0;
    for (const FlowMetrics& flow : metrics.flows) {
        completed += flow.completed;
        lost += flow.failed + flow.timedOut + flow.rejected;
    }
    const std::string& name = snapshot.design().header.name;
    std::string text = inked(name.empty() ? "Untitled design" : name, Ink::strong, colours) + ": ";
    if (completed + lost == 0) {
        text += "no request ended";
    } else {
        const double failing = static_cast<double>(lost) / static_cast<double>(completed + lost);
        text += inked(availability(1 - failing) + " of requests succeeded",
                      lost == 0        ? Ink::good
                      : failing > 0.01 ? Ink::error
                                       : Ink::warning,
                      colours);
    }
    text += "\n  " + inked("measured " + shortest(metrics.durationS - metrics.warmupS) + " s after " +
                               shortest(metrics.warmupS) + " s of warm-up, load " + shortest(metrics.load) + ", seed " +
                               std::to_string(metrics.seed) + "; " + compact(static_cast<double>(metrics.events)) +
                               " events in " + duration(metrics.wallS * 1000),
                           Ink::faint, colours);
    return text + '\n';
}

}  // namespace

std::string simulateText(const Metrics& metrics, const Snapshot& snapshot, Colours colours) {
    std::string text = verdict(metrics, snapshot, colours);
    constexpr auto right = Align::right;

    text += '\n' + inked("Requests", Ink::strong, colours) + '\n';
    TextTable flows({"flow", "offered", "completed", "failed", "timed out", "rejected", "done/s", "errors"},
                    {Align::left, right, right, right, right, right, right, right});
    TextTable latencies({"flow", "mean", "p50", "p90", "p95", "p99", "p99.9", "max", "goal p99"},
                        {Align::left, right, right, right, right, right, right, right, right});
    std::string reasons;
    for (const FlowMetrics& flow : metrics.flows) {
        const FlowPath* path = pathOf(snapshot, flow.flow);
        const std::string name = path ? path->name : flow.flow;
        flows.add({{name},
                   {count(flow.offered)},
                   {count(flow.completed)},
                   {count(flow.failed)},
                   {count(flow.timedOut)},
                   {count(flow.rejected)},
                   {rate(flow.throughputRps)},
                   {percent(flow.errorRatio, 2), flow.errorRatio > 0 ? Ink::error : Ink::good}});
        const LatencyFigures& l = flow.latency;
        const double goal = path ? path->p99Ms : 0;
        const auto of = [&l](double value) { return l.count ? duration(value) : std::string("–"); };
        std::string mean = of(l.mean);
        if (flow.meanCi95Ms && l.count) mean += " ±" + duration(*flow.meanCi95Ms);
        latencies.add({{name},
                       {mean},
                       {of(l.p50)},
                       {of(l.p90)},
                       {of(l.p95)},
                       {of(l.p99), goal > 0 && l.count ? (l.p99 > goal ? Ink::error : Ink::good) : Ink::plain},
                       {of(l.p999)},
                       {of(l.max)},
                       {goal > 0 ? duration(goal) : "–"}});
        if (!flow.reasons.empty()) reasons += "  " + name + ": " + reasonsOf(flow) + '\n';
    }
    text += flows.text(colours);
    if (!reasons.empty()) text += '\n' + inked("Why requests did not succeed", Ink::strong, colours) + '\n' + reasons;
    text += '\n' + inked("Latency", Ink::strong, colours) + '\n' + latencies.text(colours);

    if (!metrics.expectations.empty()) {
        text += '\n' + inked("Expectations", Ink::strong, colours) + '\n';
        TextTable expected({"", "expected", "measured", ""}, {Align::left, Align::left, right, Align::left});
        for (const ExpectationResult& result : metrics.expectations)
            expected.add({{result.passed ? "passed" : "FAILED", result.passed ? Ink::good : Ink::error},
                          {result.text},
                          {result.measured},
                          {result.target, Ink::faint}});
        text += expected.text(colours);
    }

    text += '\n' + inked("Components", Ink::strong, colours) + '\n';
    TextTable components(
        {"component", "arrivals", "completed", "rejected", "used", "in system", "response", "wait", ""},
        {Align::left, right, right, right, right, right, right, right, Align::left});
    for (std::size_t i = 0; i < metrics.components.size(); ++i) {
        const ComponentMetrics& component = metrics.components[i];
        const std::string name =
            i < snapshot.graph().nodes.size() ? snapshot.nameOf(static_cast<int>(i)) : component.component;
        std::string more;
        const auto add = [&more](const std::string& words) { more += (more.empty() ? "" : ", ") + words; };
        if (component.hitRatio) add("hits " + percent(*component.hitRatio));
        if (component.lag) add("lag " + count(*component.lag));
        if (component.deadLettered && *component.deadLettered) add("dead-lettered " + count(*component.deadLettered));
        if (component.duplicates && *component.duplicates) add("duplicates " + count(*component.duplicates));
        if (component.lost && *component.lost) add("lost " + count(*component.lost));
        if (component.staleReads && *component.staleReads) add("stale reads " + count(*component.staleReads));
        const double used = component.utilisation.value_or(std::nan(""));
        components.add({{name},
                        {count(component.arrivals)},
                        {count(component.completed)},
                        {count(component.rejected)},
                        {percent(used), used >= 0.95 ? Ink::error
                                        : used > 0.8 ? Ink::warning
                                                     : Ink::plain},
                        {fixed(component.meanInSystem, 2)},
                        {duration(component.meanResponseMs)},
                        {duration(component.meanWaitMs)},
                        {more, Ink::faint}});
    }
    return text + components.text(colours);
}

std::string simulateCsv(const Metrics& metrics, const Snapshot&) {
    const auto cell = [](double value) { return std::isfinite(value) ? shortest(value) : std::string(); };
    std::string text =
        "time_s,kind,id,offered_rps,completed_rps,error_rps,p50_ms,p95_ms,p99_ms,arrival_rps,utilisation,queue,in_"
        "system,lag,up\n";
    const Series& series = metrics.series;
    for (std::size_t step = 0; step < series.timeS.size(); ++step) {
        const std::string time = cell(series.timeS[step]);
        for (std::size_t i = 0; i < series.flows.size() && i < metrics.flows.size(); ++i) {
            const FlowSample& s = series.flows[i][step];
            text += time + ",flow," + metrics.flows[i].flow;
            for (const double value : {s.offeredRps, s.completedRps, s.errorRps, s.p50Ms, s.p95Ms, s.p99Ms})
                text += ',' + cell(value);
            text += ",,,,,,\n";
        }
        for (std::size_t i = 0; i < series.components.size() && i < metrics.components.size(); ++i) {
            const ComponentSample& s = series.components[i][step];
            text += time + ",component," + metrics.components[i].component + ",,,,,,";
            for (const double value : {s.arrivalRps, s.utilisation, s.queue, s.inSystem, s.lag})
                text += ',' + cell(value);
            text += ',' + std::to_string(s.up) + '\n';
        }
    }
    return text;
}

}  // namespace loadpath
