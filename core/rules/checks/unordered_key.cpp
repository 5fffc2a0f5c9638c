#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/tags.h"
#include "rules/text.h"

#include <cmath>

namespace loadpath::checks {
namespace {

constexpr double fifoPerS = 300;  // messages a second of a queue that keeps order, one by one

/// Topics that need the order of each entity and have a key that does not keep it.
std::vector<int> topicsOutOfOrder(const Snapshot& snapshot, int broker, const std::vector<LogTopic>& topics) {
    std::vector<int> found;
    for (int t = 0; t < static_cast<int>(topics.size()); ++t) {
        const LogTopic& topic = at(topics, t);
        // One partition keeps the order of everything, whatever the key.
        if (topic.ordering != "per_entity" || topic.partitions <= 1) continue;
        // A connector keys its messages by the primary key where nothing else is said.
        if (topic.key.empty() ? isFedByCdc(snapshot.graph(), broker, t) : !namesNoEntity(topic.key)) continue;
        found.push_back(t);
    }
    return found;
}

Finding topicsWithoutOrder(const Snapshot& snapshot, Placement& placement, int broker,
                           const std::vector<LogTopic>& topics, const std::vector<int>& unordered) {
    Finding finding{unordered_key.id, unordered_key.severity};
    finding.components = {at(snapshot.graph().nodes, broker).id};
    FixBuilder fix(snapshot, placement);
    std::vector<std::string> complaints, newKeys;
    for (const int t : unordered) {
        const LogTopic& topic = at(topics, t);
        const std::string where = shownTopic(snapshot, broker, t);
        complaints.push_back(
            topic.key.empty()
                ? fill("{} needs order per entity, but its messages have no key and spread over {} partitions",
                       {where, std::to_string(topic.partitions)})
                : fill("{} needs order per entity, but its key {} is no entity", {where, topic.key}));
        const std::string key = entityKeyFor(topic.name);
        if (key.empty()) continue;
        newKeys.push_back(key);
        setTopicField(fix, broker, t, "key", key);
    }
    finding.message = listed(complaints, 3);
    if (newKeys.size() == unordered.size()) finding.fix = fix.titled("Key the messages by " + listed(newKeys));
    return finding;
}

bool wantsOrder(const Snapshot& snapshot, int queue) {
    const Value stated = viewOf(snapshot, queue).value("ordering_required");
    if (stated == "per_entity" || stated == "global" || componentHasTag(snapshot, queue, "ordered")) return true;
    const FlowGraph& graph = snapshot.graph();
    for (const auto* side : {&at(graph.incoming, queue), &at(graph.outgoing, queue)})
        for (const int link : *side)
            if (connectionHasTag(snapshot, link, "ordered")) return true;
    return false;
}

std::vector<Finding> checkUnorderedKey(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (int i = 0; i < static_cast<int>(graph.nodes.size()); ++i) {
        const Node& node = at(graph.nodes, i);
        const std::vector<LogTopic> topics = logTopics(snapshot, i);
        if (const std::vector<int> unordered = topicsOutOfOrder(snapshot, i, topics); !unordered.empty())
            findings.push_back(topicsWithoutOrder(snapshot, placement, i, topics, unordered));
        if (!isType(node, "sqs") || viewOf(snapshot, i).value("fifo") == true || !wantsOrder(snapshot, i)) continue;
        Finding finding{unordered_key.id, unordered_key.severity};
        finding.components = {node.id};
        finding.message = fill("{} is meant to keep order, but a standard queue delivers in any order", {node.name});
        if (!(at(evidence.capacity.nodes, i).arrivalRps > fifoPerS)) {
            FixBuilder fix(snapshot, placement);
            fix.set(node.id, "fifo", true);
            finding.fix = fix.titled("Make " + node.name + " a FIFO queue");
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule unordered_key{
    "unordered-key",
    "Order needed, but not kept",
    "A log keeps order inside a partition only, and the key decides the partition. Without the id of the entity as "
    "key, "
    "the update of an order can be processed before the order exists. A standard queue promises no order at all; "
    "messages that belong together need one key or one message group.",
    "Apache Kafka documentation: partitions and keys; Amazon SQS developer guide: FIFO queues",
    Severity::warning,
    checkUnorderedKey,
};

}  // namespace loadpath::checks
