#include "exporters/result_parts.h"
#include "exporters/results.h"

namespace loadpath {
namespace {

using json::Object;

JsonNode latencyTree(const LatencyFigures& latency) {
    // Percentiles of nothing do not exist.
    const auto of = [&latency](double value) { return latency.count == 0 ? Value() : figure(value); };
    Object item;
    item.add("mean", of(latency.mean)).add("p50", of(latency.p50)).add("p90", of(latency.p90));
    item.add("p95", of(latency.p95))
        .add("p99", of(latency.p99))
        .add("p999", of(latency.p999))
        .add("max", of(latency.max));
    return item.take();
}

JsonNode flowTree(const FlowMetrics& flow) {
    Object item, reasons;
    for (const auto& reason : flow.reasons) reasons.add(reason.first, reason.second);
    item.add("flow", Value(flow.flow)).add("offered", flow.offered).add("completed", flow.completed);
    item.add("failed", flow.failed).add("timed_out", flow.timedOut).add("rejected", flow.rejected);
    item.add("in_flight", flow.inFlight).add("reasons", std::move(reasons));
    item.add("throughput_rps", figure(flow.throughputRps)).add("error_ratio", figure(flow.errorRatio));
    item.add("latency_ms", latencyTree(flow.latency));
    if (flow.meanCi95Ms) {
        Object interval;
        interval.add("mean_ms", figure(*flow.meanCi95Ms));
        item.add("ci95", std::move(interval));
    }
    return item.take();
}

JsonNode componentTree(const ComponentMetrics& component) {
    Object item;
    item.add("component", Value(component.component));
    item.add("arrivals", component.arrivals).add("completed", component.completed).add("rejected", component.rejected);
    item.add("failed", component.failed);
    item.add("utilisation", component.utilisation ? figure(*component.utilisation) : Value());
    item.add("mean_in_system", figure(component.meanInSystem));
    item.add("mean_response_ms", figure(component.meanResponseMs)).add("mean_wait_ms", figure(component.meanWaitMs));
    item.add("response_ms", latencyTree(component.response));
    if (component.hitRatio) item.add("hit_ratio", figure(*component.hitRatio));
    const auto count = [&item](const char* key, const std::optional<std::uint64_t>& value) {
        if (value) item.add(key, *value);
    };
    count("lag", component.lag);
    count("dead_lettered", component.deadLettered);
    count("duplicates", component.duplicates);
    count("lost", component.lost);
    count("stale_reads", component.staleReads);
    count("evictions", component.evictions);
    if (!component.instances.empty()) {
        JsonNode instances = json::list();
        for (const double utilisation : component.instances) instances.items.push_back(json::leaf(figure(utilisation)));
        item.add("instances", std::move(instances));
    }
    return item.take();
}

JsonNode connectionTree(const ConnectionMetrics& connection) {
    Object item;
    item.add("connection", Value(connection.connection)).add("calls", connection.calls);
    item.add("failures", connection.failures).add("rejected", connection.rejected).add("retries", connection.retries);
    item.add("round_trip_ms", latencyTree(connection.roundTrip));
    return item.take();
}

template <class Sample>
JsonNode seriesOf(const std::vector<Sample>& samples, double Sample::*member) {
    JsonNode node = json::list();
    for (const Sample& sample : samples) node.items.push_back(json::leaf(figure(sample.*member)));
    return node;
}

JsonNode seriesTree(const Metrics& metrics) {
    Object root, flows, components;
    const Series& series = metrics.series;
    for (std::size_t i = 0; i < series.flows.size() && i < metrics.flows.size(); ++i) {
        Object item;
        const auto& samples = series.flows[i];
        item.add("offered_rps", seriesOf(samples, &FlowSample::offeredRps));
        item.add("completed_rps", seriesOf(samples, &FlowSample::completedRps));
        item.add("error_rps", seriesOf(samples, &FlowSample::errorRps));
        item.add("p50_ms", seriesOf(samples, &FlowSample::p50Ms)).add("p95_ms", seriesOf(samples, &FlowSample::p95Ms));
        item.add("p99_ms", seriesOf(samples, &FlowSample::p99Ms));
        flows.add(metrics.flows[i].flow, std::move(item));
    }
    for (std::size_t i = 0; i < series.components.size() && i < metrics.components.size(); ++i) {
        Object item;
        const auto& samples = series.components[i];
        item.add("arrival_rps", seriesOf(samples, &ComponentSample::arrivalRps));
        item.add("utilisation", seriesOf(samples, &ComponentSample::utilisation));
        item.add("queue", seriesOf(samples, &ComponentSample::queue));
        item.add("in_system", seriesOf(samples, &ComponentSample::inSystem));
        item.add("lag", seriesOf(samples, &ComponentSample::lag));
        JsonNode up = json::list();
        for (const ComponentSample& sample : samples) up.items.push_back(json::leaf(sample.up));
        item.add("up", std::move(up));
        components.add(metrics.components[i].component, std::move(item));
    }
    JsonNode times = json::list();
    for (const double time : series.timeS) times.items.push_back(json::leaf(figure(time)));
    root.add("step_s", figure(series.stepS)).add("time_s", std::move(times));
    root.add("flows", std::move(flows)).add("components", std::move(components));
    return root.take();
}

JsonNode expectationTree(const ExpectationResult& result) {
    Object item;
    item.add("text", Value(result.text)).add("passed", Value(result.passed)).add("measured", Value(result.measured));
    item.add("value", figure(result.value));
    if (!result.target.empty()) item.add("target", Value(result.target));
    return item.take();
}

Object runTree(const Metrics& metrics, bool withSeries) {
    JsonNode flows = json::list(), components = json::list(), connections = json::list();
    for (const FlowMetrics& flow : metrics.flows) flows.items.push_back(flowTree(flow));
    for (const ComponentMetrics& component : metrics.components) components.items.push_back(componentTree(component));
    for (const ConnectionMetrics& connection : metrics.connections)
        connections.items.push_back(connectionTree(connection));
    Object root;
    if (!metrics.scenario.empty()) root.add("scenario", Value(metrics.scenario));
    root.add("seed", Value(metrics.seed))
        .add("load", figure(metrics.load))
        .add("duration_s", figure(metrics.durationS));
    root.add("warmup_s", figure(metrics.warmupS)).add("events", metrics.events).add("wall_s", figure(metrics.wallS));
    root.add("flows", std::move(flows)).add("components", std::move(components));
    root.add("connections", std::move(connections));
    if (!metrics.expectations.empty()) {
        JsonNode expectations = json::list();
        for (const ExpectationResult& result : metrics.expectations)
            expectations.items.push_back(expectationTree(result));
        root.add("expectations", std::move(expectations));
    }
    if (withSeries) root.add("series", seriesTree(metrics));
    return root;
}

}  // namespace

std::string simulateJson(const Metrics& metrics, const Snapshot&, bool withSeries, const Problems& warnings) {
    Object root = runTree(metrics, withSeries);
    if (!warnings.empty()) root.add("warnings", warningTree(warnings));
    return writeJson(root.take());
}

std::string simulateJson(const std::vector<Metrics>& runs, bool withSeries, const Problems& warnings) {
    JsonNode all = json::list();
    for (const Metrics& metrics : runs) all.items.push_back(runTree(metrics, withSeries).take());
    Object root;
    root.add("scenarios", std::move(all));
    if (!warnings.empty()) root.add("warnings", warningTree(warnings));
    return writeJson(root.take());
}

}  // namespace loadpath
