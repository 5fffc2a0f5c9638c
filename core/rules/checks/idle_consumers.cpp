#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/text.h"
#include "support/format.h"

#include <map>
#include <set>

namespace loadpath::checks {
namespace {

struct ConsumerGroup {
    const Subscription* any = nullptr;
    std::set<ComponentId> members;
    std::vector<ConnectionId> links;
    long long instances = 0;
};

std::vector<Finding> checkIdleConsumers(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::map<std::tuple<ComponentId, std::string, std::string>, ConsumerGroup> groups;
    for (const Subscription& s : graph.subscriptions) {
        const Node &broker = at(graph.nodes, s.broker), &consumer = at(graph.nodes, s.consumer);
        if (broker.behaviour != Behaviour::log || consumer.managed) continue;  // vendors size their own readers
        if (!isIn(consumer, "compute") && !isIn(consumer, "ws")) continue;     // so do sinks of stores
        const std::string topic = s.topic < 0 ? std::string() : at(broker.topics, s.topic).name;
        ConsumerGroup& group = groups[{broker.id, topic, s.group}];
        group.any = &s;
        group.links.push_back(at(graph.links, s.link).id);
        if (group.members.insert(consumer.id).second) group.instances += consumer.instances;
    }
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const auto& [name, group] : groups) {
        const int partitions = partitionsOf(graph, *group.any);
        if (partitions <= 0 || group.instances <= partitions || group.instances > 1000000) continue;
        Finding finding{idle_consumers.id, idle_consumers.severity};
        std::vector<std::string> consumers;
        for (const ComponentId& id : group.members) consumers.push_back(at(graph.nodes, graph.node(id)).name);
        std::sort(consumers.begin(), consumers.end());
        finding.message = fill(
            "{} of the {} instances of {} stand idle: {} has {}, and a group gives each to one consumer",
            {std::to_string(group.instances - partitions), std::to_string(group.instances), listed(consumers),
             shownTopic(snapshot, group.any->broker, group.any->topic), plural(partitions, "partition", "partitions")});
        finding.components.assign(group.members.begin(), group.members.end());
        finding.components.push_back(std::get<0>(name));
        finding.connections = group.links;
        FixBuilder fix(snapshot, placement);
        raisePartitions(fix, *group.any, static_cast<int>(group.instances));
        finding.fix = fix.titled("Split " + shownTopic(snapshot, group.any->broker, group.any->topic) + " into " +
                                 std::to_string(group.instances) + " partitions");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule idle_consumers{
    "idle-consumers",
    "More consumers than partitions",
    "A log keeps order by giving each partition to exactly one consumer of a group. Instances beyond the number of "
    "partitions receive nothing: they cost money, and adding more of them when messages pile up changes nothing. The "
    "partitions set how far a group can be spread.",
    "Apache Kafka documentation: consumers and consumer groups",
    Severity::warning,
    checkIdleConsumers,
};

}  // namespace loadpath::checks
