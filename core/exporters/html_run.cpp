#include "exporters/html_run.h"

#include "exporters/html_charts.h"
#include "exporters/xml_text.h"
#include "support/format.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

constexpr std::size_t mostLines = 5;

std::string flowName(const Snapshot& snapshot, const std::string& id) {
    for (const FlowPath& path : snapshot.graph().flows)
        if (path.id.value == id) return path.name;
    return id;
}

std::string number(const std::string& text) { return "<td class=\"n\">" + escapedXml(text) + "</td>"; }

std::string flowTable(const Metrics& metrics, const Snapshot& snapshot) {
    std::string html =
        "<table><thead><tr><th>Flow</th><th>Offered</th><th>Completed</th><th>Failed</th><th>Timed out</th>"
        "<th>Rejected</th><th>Done</th><th>Errors</th><th>Mean</th><th>p50</th><th>p95</th><th>p99</th></tr></"
        "thead><tbody>\n";
    for (const FlowMetrics& flow : metrics.flows) {
        const LatencyFigures& l = flow.latency;
        const auto of = [&l](double value) { return number(l.count ? duration(value) : "–"); };
        html += "<tr><td>" + escapedXml(flowName(snapshot, flow.flow)) + "</td>";
        for (const std::uint64_t count : {flow.offered, flow.completed, flow.failed, flow.timedOut, flow.rejected})
            html += number(std::to_string(count));
        html += number(rate(flow.throughputRps)) + number(percent(flow.errorRatio, 2)) + of(l.mean) + of(l.p50) +
                of(l.p95) + of(l.p99) + "</tr>\n";
    }
    return html + "</tbody></table>\n";
}

template <class Sample>
std::vector<double> track(const std::vector<Sample>& samples, double Sample::*member) {
    std::vector<double> values;
    for (const Sample& sample : samples) values.push_back(sample.*member);
    return values;
}

std::vector<double> summed(const Series& series, double FlowSample::*member) {
    std::vector<double> sum(series.timeS.size(), 0);
    for (const auto& flow : series.flows)
        for (std::size_t i = 0; i < flow.size() && i < sum.size(); ++i) sum[i] += flow[i].*member;
    return sum;
}

Chart chart(const Metrics& metrics, std::string title, std::string unit) {
    Chart made;
    made.title = std::move(title);
    made.unit = std::move(unit);
    made.times = metrics.series.timeS;
    made.markFrom = metrics.warmupS;
    return made;
}

std::string requestChart(const Metrics& metrics) {
    Chart requests = chart(metrics, "Requests", "1/s");
    requests.lines = {{"offered", summed(metrics.series, &FlowSample::offeredRps)},
                      {"completed", summed(metrics.series, &FlowSample::completedRps)},
                      {"errors", summed(metrics.series, &FlowSample::errorRps)}};
    return chartSvg(requests);
}

std::string latencyCharts(const Metrics& metrics, const Snapshot& snapshot) {
    std::string all;
    for (std::size_t i = 0; i < metrics.series.flows.size() && i < metrics.flows.size() && i < mostLines; ++i) {
        const auto& samples = metrics.series.flows[i];
        Chart latency = chart(metrics, "Latency of " + flowName(snapshot, metrics.flows[i].flow), "ms");
        latency.lines = {{"p50", track(samples, &FlowSample::p50Ms)},
                         {"p95", track(samples, &FlowSample::p95Ms)},
                         {"p99", track(samples, &FlowSample::p99Ms)}};
        for (ChartLine& line : latency.lines)
            for (std::size_t k = 0; k < samples.size(); ++k)
                if (samples[k].completedRps <= 0) line.values[k] = std::nan("");
        all += chartSvg(latency);
    }
    return all;
}

/// The components whose figure rises highest, as lines.
std::string componentChart(const Metrics& metrics, const Snapshot& snapshot, const char* title, double scale,
                           const char* unit, double ComponentSample::*member) {
    const auto& series = metrics.series.components;
    std::vector<std::pair<double, std::size_t>> peaks;
    for (std::size_t i = 0; i < series.size() && i < snapshot.graph().nodes.size(); ++i) {
        double peak = 0;
        for (const ComponentSample& sample : series[i])
            if (std::isfinite(sample.*member)) peak = std::max(peak, sample.*member);
        if (peak > 0) peaks.emplace_back(-peak, i);
    }
    std::sort(peaks.begin(), peaks.end());
    Chart made = chart(metrics, title, unit);
    for (std::size_t k = 0; k < std::min(mostLines, peaks.size()); ++k) {
        const std::size_t i = peaks[k].second;
        std::vector<double> values = track(series[i], member);
        for (double& value : values) value *= scale;
        made.lines.push_back({snapshot.nameOf(static_cast<int>(i)), std::move(values)});
    }
    return made.lines.empty() ? std::string() : chartSvg(made);
}

}  // namespace

std::string htmlRun(const Metrics& metrics, const Snapshot& snapshot) {
    std::string html = "<h2>Simulated run</h2>\n<p class=\"key\">" + shortest(metrics.durationS) + " s, of which " +
                       shortest(metrics.warmupS) + " s warm-up; load " + shortest(metrics.load) + ", seed " +
                       std::to_string(metrics.seed) + ", " + compact(static_cast<double>(metrics.events)) +
                       " events</p>\n";
    html += flowTable(metrics, snapshot);
    if (metrics.series.timeS.empty()) return html;
    html += "<div class=\"charts\">\n" + requestChart(metrics) + latencyCharts(metrics, snapshot);
    html += componentChart(metrics, snapshot, "Use", 100, "%", &ComponentSample::utilisation);
    html += componentChart(metrics, snapshot, "Waiting", 1, "requests", &ComponentSample::queue);
    html += componentChart(metrics, snapshot, "Lag", 1, "messages", &ComponentSample::lag);
    return html + "</div>\n";
}

}  // namespace loadpath
