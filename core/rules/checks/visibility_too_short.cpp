#include "analysis/latency.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

constexpr std::string_view visibilityKey = "visibility_timeout_s";
constexpr double longestHiddenS = 43200;  // what queues allow

/// Point of the normal distribution below which 99 % lie.
constexpr double normal99 = 2.3263478740408408;

/// 99th percentile of the time that one message takes, for a mean of one.
double slowestOfHundred(const Node& node) {
    switch (node.distribution) {
        case Distribution::deterministic:
            return 1;
        case Distribution::erlang: {
            // Wilson and Hilferty: the cube root of a gamma variable is nearly normal.
            const double k = node.distributionShape;
            return std::pow(1 - 1 / (9 * k) + normal99 / (3 * std::sqrt(k)), 3);
        }
        case Distribution::lognormal: {
            const double variance = std::log(1 + node.distributionShape * node.distributionShape);
            return std::exp(normal99 * std::sqrt(variance) - variance / 2);
        }
        case Distribution::pareto: {
            const double alpha = node.distributionShape;
            return (alpha - 1) / alpha * std::pow(100.0, 1 / alpha);
        }
        case Distribution::exponential:
            break;
    }
    return std::log(100.0);
}

struct ProcessingTime {
    double meanMs = 0, slowMs = 0;
    /// Nearly all messages are done by then, and half as much again passes for the usual one.
    double neededMs() const { return std::max(slowMs, 1.5 * meanMs); }
};

ProcessingTime processingTime(const Evidence& evidence, const std::vector<double>& ownMs, const Subscription& s) {
    const FlowGraph& graph = evidence.snapshot.graph();
    const Node& consumer = at(graph.nodes, s.consumer);
    double behind = 0;
    if (s.flow >= 0) {
        const FlowPath& flow = at(graph.flows, s.flow);
        const std::vector<double> times = timesBehindMs(graph, flow, ownMs);
        for (std::size_t v = 0; v < flow.visits.size(); ++v)
            if (flow.visits[v].node == s.consumer) behind = times[v];
    }
    if (!std::isfinite(behind)) behind = 0;  // an overloaded target is told of elsewhere
    const double own = consumer.serviceMs[1];
    return {own + behind, own * slowestOfHundred(consumer) + behind};
}

std::vector<Finding> checkVisibilityTooShort(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<double> ownMs;
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const Subscription& s : graph.subscriptions) {
        const Node &queue = at(graph.nodes, s.broker), &consumer = at(graph.nodes, s.consumer);
        if (!isType(queue, "sqs") || !isIn(consumer, "compute")) continue;
        const Value onConnection = viewOfLink(snapshot, s.link).value(visibilityKey);
        const Value hidden = onConnection.isNumber() ? onConnection : viewOf(snapshot, s.broker).value(visibilityKey);
        if (!hidden.isNumber()) continue;
        if (ownMs.empty()) ownMs = ownTimesMs(evidence.capacity);
        const ProcessingTime time = processingTime(evidence, ownMs, s);
        if (!(hidden.number() * 1000 < time.neededMs() * (1 - 1e-12))) continue;
        Finding finding{visibility_too_short.id, visibility_too_short.severity};
        finding.components = {queue.id, consumer.id};
        finding.connections = {at(graph.links, s.link).id};
        finding.message = fill(
            "{} shows a message again after {}, but {} needs {} for one on average and {} at times: it is "
            "processed a second time while the first still runs",
            {queue.name, duration(hidden.number() * 1000), consumer.name, duration(time.meanMs),
             duration(time.neededMs())});
        const double wanted = std::ceil(std::max(6 * time.meanMs, 1.2 * time.neededMs()) / 60000) * 60;
        const double possible = std::min(wanted, longestHiddenS);
        if (possible * 1000 >= time.neededMs()) {
            FixBuilder fix(snapshot, placement);
            if (onConnection.isNumber())
                fix.set(finding.connections.front(), visibilityKey, possible);
            else
                fix.set(queue.id, visibilityKey, possible);
            finding.fix = fix.titled("Hide messages for " + duration(possible * 1000));
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule visibility_too_short{
    "visibility-too-short",
    "Messages come back while they are worked on",
    "A queue hides a message while somebody works on it and shows it again when no acknowledgement came in time. A "
    "time "
    "shorter than the slow messages need makes sure that just those are worked on twice, at once, by two workers; and "
    "the "
    "more there is to do, the more is done in vain.",
    "Amazon SQS developer guide: visibility timeout",
    Severity::error,
    checkVisibilityTooShort,
};

}  // namespace loadpath::checks
