#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/redundancy.h"
#include "rules/scaling.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>
#include <map>

namespace loadpath::checks {
namespace {

struct Backlog {
    const Subscription* subscription = nullptr;
    double offered = 0, taken = 0;  // messages a second
};

/// When the oldest unread message is older than what is kept.
double overtakenAfterS(double retention, const Backlog& backlog) {
    return retention / (1 - backlog.taken / backlog.offered);
}

std::optional<Fix> keepingUp(const Evidence& evidence, Placement& placement, const Backlog& backlog) {
    const Subscription& s = *backlog.subscription;
    const Node& consumer = at(evidence.snapshot.graph().nodes, s.consumer);
    const ComponentLoad& load = at(evidence.capacity.nodes, s.consumer);
    const double each = load.capacityRps / load.workingInstances;
    const double wanted = std::ceil(std::max(backlog.offered, load.arrivalRps) / each / comfortableUtilisation - 1e-9);
    if (!(wanted < 1e6)) return std::nullopt;
    const int count = std::max(static_cast<int>(wanted), consumer.instances);
    FixBuilder fix(evidence.snapshot, placement);
    if (count > consumer.instances) setInstances(fix, s.consumer, count);
    const int partitions = partitionsOf(evidence.snapshot.graph(), s);
    const bool split = partitions > 0 && partitions < count;
    if (split) raisePartitions(fix, s, count);
    if (fix.empty()) return std::nullopt;
    return fix.titled("Run " + inWords(count) + " instances of " + consumer.name +
                      (split ? " on as many partitions" : ""));
}

std::vector<Finding> checkConsumerLag(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::map<std::pair<ComponentId, ConnectionId>, Backlog> lagging;
    for (const Subscription& s : graph.subscriptions) {
        const Node& consumer = at(graph.nodes, s.consumer);
        if (!consumer.hasUtilisation || !(isIn(consumer, "compute") || isIn(consumer, "ws"))) continue;
        const ComponentLoad& load = at(evidence.capacity.nodes, s.consumer);
        const int partitions = partitionsOf(graph, s);
        const int working = partitions > 0 ? std::min(consumer.instances, partitions) : consumer.instances;
        Backlog backlog{&s, at(evidence.capacity.linkRps, s.link), load.capacityRps / load.workingInstances * working};
        if (!std::isfinite(backlog.offered) || !(backlog.offered > backlog.taken * (1 + 1e-12))) continue;
        lagging[{consumer.id, at(graph.links, s.link).id}] = backlog;
    }
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const auto& [ids, backlog] : lagging) {
        const Subscription& s = *backlog.subscription;
        const Node& consumer = at(graph.nodes, s.consumer);
        Finding finding{consumer_lag.id, consumer_lag.severity};
        finding.components = {ids.first, at(graph.nodes, s.broker).id};
        finding.connections = {ids.second};
        const int partitions = partitionsOf(graph, s);
        const bool bounded = partitions > 0 && partitions < consumer.instances;
        finding.message =
            fill("{} takes {} of the {} from {}{}: the backlog grows by {}",
                 {consumer.name, rate(backlog.taken), rate(backlog.offered), shownTopic(snapshot, s.broker, s.topic),
                  bounded ? ", with only " + plural(partitions, "partition", "partitions") + " for its " +
                                plural(consumer.instances, "instance", "instances")
                          : "",
                  rate(backlog.offered - backlog.taken)});
        const std::vector<std::optional<double>> retentions = retentionsS(snapshot, s.broker);
        if (const auto& kept = at(retentions, std::max(0, s.topic)); kept && *kept > 0)
            finding.message += ", and messages expire unread after " + duration(overtakenAfterS(*kept, backlog) * 1000);
        finding.fix = keepingUp(evidence, placement, backlog);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule consumer_lag{
    "consumer-lag",
    "Consumers fall behind",
    "A broker hides that its consumers are too slow: nothing fails, the backlog only grows, results become older by "
    "the "
    "minute, and one day messages expire before anybody has read them. What is published has to be taken off at least "
    "as fast, by enough consumers on enough partitions.",
    "Apache Kafka documentation: monitoring consumer lag; Little's law",
    Severity::error,
    checkConsumerLag,
    {},
    Proof::peakLoad,
};

}  // namespace loadpath::checks
