#include "model/keys.h"
#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/redundancy.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

constexpr int soundCopies = 3, soundInSync = 2;

struct CopiesVerdict {
    Severity severity = Severity::info;  // info: nothing to say
    std::string text;
};

CopiesVerdict judgeCopies(const LogTopic& topic, bool acknowledgesAll, bool isDurable) {
    const std::string copies = std::to_string(topic.replication);
    if (topic.replication <= 1) return {Severity::error, "has a single copy: the loss of one broker loses messages"};
    if (acknowledgesAll && topic.minInSync >= topic.replication)
        return {Severity::error,
                "needs all " + copies + " copies for every write: the loss of one broker stops writing"};
    if (topic.minInSync <= 1)
        return {Severity::warning, "accepts writes that only one of its " + copies + " copies has"};
    if (!acknowledgesAll && isDurable)
        return {Severity::warning, "is meant to be durable, but producers do not wait for its copies"};
    return {};
}

std::vector<Finding> checkKafkaUnderReplicated(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const TopicTags tags(snapshot);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (int i = 0; i < static_cast<int>(graph.nodes.size()); ++i) {
        const Node& node = at(graph.nodes, i);
        if (node.behaviour != Behaviour::log) continue;
        const bool acknowledgesAll = viewOf(snapshot, i)(keys::acks) == "all";
        const std::vector<LogTopic> topics = logTopics(snapshot, i);
        Finding finding{kafka_under_replicated.id, Severity::info};
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> complaints;
        bool needsAcks = false;
        for (int t = 0; t < static_cast<int>(topics.size()); ++t) {
            const LogTopic& topic = at(topics, t);
            if (tags.has(i, t, "lossy_ok")) continue;
            const bool isDurable = tags.has(i, t, "durable") || tags.has(i, t, "money");
            const CopiesVerdict verdict = judgeCopies(topic, acknowledgesAll, isDurable);
            if (verdict.text.empty()) continue;
            finding.severity = std::min(finding.severity, verdict.severity);
            std::string complaint = shownTopic(snapshot, i, t);
            complaint += ' ';
            complaint += verdict.text;
            complaints.push_back(std::move(complaint));
            if (topic.replication < soundCopies) setTopicField(fix, i, t, "rf", soundCopies);
            if (topic.minInSync <= 1 || topic.minInSync >= std::max(topic.replication, soundCopies))
                setTopicField(fix, i, t, "min_isr", soundInSync);
            needsAcks = needsAcks || (isDurable && !acknowledgesAll);
        }
        if (complaints.empty()) continue;
        if (needsAcks) fix.set(node.id, keys::acks.name, "all");
        if (node.instances < soundCopies) setInstances(fix, i, soundCopies);
        finding.message = listed(complaints, 2);
        finding.components = {node.id};
        finding.fix = fix.titled("Keep three copies, two of them before a write counts");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule kafka_under_replicated{
    "kafka-under-replicated",
    "Too few copies of a topic",
    "A topic survives what its copies survive. With one copy a lost disk is lost data; when every copy must confirm, "
    "one broker under maintenance stops all producers; and when one confirmation is enough, a change of leader throws "
    "away what only the old one had. Three copies with two in sync avoid all of that.",
    "Apache Kafka documentation: replication, min.insync.replicas",
    Severity::error,
    checkKafkaUnderReplicated,
};

}  // namespace loadpath::checks
