// What the file says of topics and queues beyond the compiled graph, and who stands before and behind
// them. Knows no rule.
#pragma once

#include "graph/snapshot.h"
#include "rules/fix_builder.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace loadpath {

/// A topic of a log as its design states it, not brought down to the brokers there are.
struct LogTopic {
    std::string name;
    int partitions = 0, replication = 0, minInSync = 0;
    double retentionH = 0;
    std::string key, ordering;  // "none", "per_entity", "global"
    bool compacted = false;
    Value tags;
};
/// In the order of Node::topics; empty for other brokers.
std::vector<LogTopic> logTopics(const Snapshot& snapshot, int broker);

struct BrokerQueue {
    std::string name;
    bool isClassic = false;
    double maxLength = -1;  // −1: without bound
    std::optional<double> ttlS;
    std::string dlq;
};
/// In the order of Node::topics; empty for brokers that are one queue.
std::vector<BrokerQueue> brokerQueues(const Snapshot& snapshot, int broker);

/// A key that says something about a message, but not whom it is about.
bool namesNoEntity(std::string_view key);
/// "orders" → "order_id"; nothing where the name of a topic or table tells no entity.
std::string entityKeyFor(std::string plural);
/// "topic orders of Events", or the broker alone where it has but one topic without a name of its own.
std::string shownTopic(const Snapshot& snapshot, int broker, int topic);
/// Index into Node::topics that a publisher's connection writes to.
int publishedTopic(const FlowGraph& graph, int link);
inline bool takes(const Subscription& subscription, int topic) {
    return subscription.topic < 0 || subscription.topic == topic;
}
/// Partitions of all that a subscription takes; 0: not bounded by any.
int partitionsOf(const FlowGraph& graph, const Subscription& subscription);
/// How long a message of each topic is kept; nothing where the design does not say.
std::vector<std::optional<double>> retentionsS(const Snapshot& snapshot, int broker);
/// A connector feeds it, or it is itself a stream of changes.
bool isFedByCdc(const FlowGraph& graph, int broker, int topic);

/// Whether the broker, the topic, a connection or a flow that publishes there or takes from it has the tag.
class TopicTags {
public:
    explicit TopicTags(const Snapshot& snapshot);
    bool has(int broker, int topic, std::string_view tag) const;

private:
    std::vector<std::vector<std::set<std::string, std::less<>>>> m_tags;  // by node and topic
};

/// Changes one field of a topic or queue, stating the default one where the file has none.
void setTopicField(FixBuilder& fix, int broker, int topic, std::string_view field, Value value);
void setQueueField(FixBuilder& fix, int broker, int queue, std::string_view field, Value value);
/// Makes a broker one of another type, where all its connections can stay: what the new type does not know is
/// dropped, what it keeps elsewhere is moved to the connections. False: it cannot be.
bool changeBrokerType(FixBuilder& fix, int broker, std::string_view type);
/// Raises the partitions of what a subscription takes to `count` in all.
void raisePartitions(FixBuilder& fix, const Subscription& subscription, int count);

}  // namespace loadpath
