// How many of which units must be up, and where copies of the data are (model §7.1).
#include "graph/compile.h"
#include "graph/fields.h"
#include "model/keys.h"

#include <algorithm>
#include <optional>

namespace loadpath::compile {
namespace {

constexpr ParameterKey<int> replicaSet{"replica_set"}, primaryShards{"primary_shards"};
constexpr ParameterKey<bool> isSecondary{"secondary"};
constexpr ParameterKey<std::string> readPreference{"read_preference"};
constexpr ParameterKey<std::string> redundancy{"redundancy"};
constexpr ParameterKey<int> dataChunks{"data"}, parityChunks{"parity"}, chunkCopies{"copies"};

int replicasNeeded(const std::string& level, int rf) {
    if (level == "one" || level == "any") return 1;
    if (level == "two") return std::min(2, rf);
    if (level == "three") return std::min(3, rf);
    if (level == "all") return rf;
    return rf / 2 + 1;  // quorum, local_quorum, each_quorum
}

int countIn(const Value& object, const char* key, int otherwise) {
    return static_cast<int>(std::clamp(numberIn(object, key, otherwise), -1e9, 1e9));
}

std::vector<Topic> logTopics(const Node& node, const ParameterView& view) {
    std::vector<Topic> topics;
    const bool all = view(keys::acks) == "all";
    const auto add = [&](std::string name, int partitions, int rf, int minInSync) {
        Topic topic;
        topic.name = std::move(name);
        topic.partitions = std::max(1, partitions);
        topic.replicationFactor = std::clamp(rf, 1, node.instances);
        topic.minInSync = std::clamp(minInSync, 1, topic.replicationFactor);
        topic.acknowledging = all ? topic.minInSync : 1;
        topics.push_back(std::move(topic));
    };
    const Value stated = view(keys::topics);
    if (stated.list())
        for (const Value& item : *stated.list())
            add(textIn(item, "name", "topic" + std::to_string(topics.size() + 1)), countIn(item, "partitions", 6),
                countIn(item, "rf", 3), countIn(item, "min_isr", 2));
    if (topics.empty()) add("default", 6, 3, 2);
    return topics;
}

/// Queues: a quorum queue lives on a majority of its members, a classic one on a single node.
std::vector<Topic> queues(const Node& node, const ParameterView& view) {
    std::vector<Topic> topics;
    const bool isReplicated = view.isSet(keys::replicas.name);
    const auto add = [&](std::string name, bool isClassic) {
        Topic topic;
        topic.name = std::move(name);
        if (isReplicated) {
            topic.replicationFactor = isClassic ? 1 : std::clamp(view(keys::replicas), 1, node.instances);
            topic.minInSync = topic.acknowledging = topic.delivering = topic.replicationFactor / 2 + 1;
        }
        topics.push_back(std::move(topic));
    };
    const Value stated = view.value("queues");
    if (stated.list())
        for (const Value& item : *stated.list())
            add(textIn(item, "name", "queue" + std::to_string(topics.size() + 1)), textIn(item, "type") == "classic");
    if (topics.empty()) add(node.id.value, false);
    return topics;
}

/// Units of which one operation touches `replicas`, and how many of those must be up.
struct Quorum {
    int units = 1, replicas = 1, read = 1, write = 1;
    Node::Layout layout = Node::Layout::ring;
    int partitions = 0;  // of a ring; 0: one begins at every unit
};

/// The rule of the types that keep copies; nullopt: k of n of the instances.
std::optional<Quorum> quorumOf(const Node& node, const ParameterView& view) {
    using Layout = Node::Layout;
    const int n = node.instances;
    const int copies = 1 + std::max(0, view(keys::replicas));
    switch (node.behaviour) {
        case Behaviour::quorum_store: {
            const int rf = std::clamp(view(keys::rf), 1, n);
            return Quorum{n, rf, replicasNeeded(view(keys::readCl), rf), replicasNeeded(view(keys::writeCl), rf)};
        }
        case Behaviour::ensemble: {
            if (view(isSecondary)) return {};
            const int members = view.isSet(replicaSet.name) ? std::max(1, view(replicaSet)) : n;
            const int majority = members / 2 + 1;
            const std::string preference = view(readPreference);
            const bool anyReads = view.isSet("causal_cluster") || (!preference.empty() && preference != "primary");
            return Quorum{members, members, anyReads ? 1 : majority, majority, Layout::whole};
        }
        case Behaviour::log: {
            const Topic& topic = node.topics.front();
            return Quorum{n, topic.replicationFactor, 1, topic.acknowledging};
        }
        case Behaviour::queue: {
            const Topic& queue = node.topics.front();
            if (queue.acknowledging == 0) return {};
            return Quorum{n, queue.replicationFactor, queue.delivering, queue.acknowledging, Layout::ring, 1};
        }
        case Behaviour::cache:
        case Behaviour::shard_store: {
            const std::string topology = view(keys::topology);
            if (copies == 1 || topology == "single") return {};
            return Quorum{n * copies, copies, 1, 1, Layout::shards};
        }
        case Behaviour::search_store:
            return Quorum{n, std::min(copies, n), 1, 1, Layout::ring, std::max(1, view(primaryShards))};
        case Behaviour::chunk_store: {
            const bool erasure = view(redundancy) == "erasure";
            const int data = std::max(1, view(dataChunks));
            const int all = erasure ? data + std::max(0, view(parityChunks)) : std::max(1, view(chunkCopies));
            const int held = std::min(all, n), need = erasure ? std::min(data, held) : 1;
            return Quorum{n, held, need, need};
        }
        default:
            return {};
    }
}

/// Shards without copies: any instance answers a request of its own, all are needed by one that asks everywhere.
bool isSplit(const Node& node, const ParameterView& view) {
    if (node.instances == 1) return false;
    if (node.behaviour == Behaviour::cache) return view(keys::topology) == "cluster";
    return node.behaviour == Behaviour::shard_store && view.isSet("leaf_capacity");
}

}  // namespace

void serving(Node& node, const ParameterView& view) {
    if (node.behaviour == Behaviour::log)
        node.topics = logTopics(node, view);
    else if (node.isBroker() || node.behaviour == Behaviour::dead_letter)
        node.topics = queues(node, view);
    node.units = node.instances;
    const Serving plain{node.instances, std::clamp(view(keys::minHealthy), 1, node.instances)};
    std::fill(std::begin(node.serving), std::end(node.serving), plain);
    if (node.behaviour == Behaviour::quorum_store) {
        // Work is done by every replica asked, however availability is accounted for.
        const int rf = std::clamp(view(keys::rf), 1, node.instances);
        node.operations[0] = replicasNeeded(view(keys::readCl), rf);
        node.operations[1] = rf;
    }
    if (node.managed || view.isStated(keys::minHealthy.name)) {
        for (Topic& topic : node.topics) topic.acknowledging = 0;
        return;
    }
    const std::optional<Quorum> quorum = quorumOf(node, view);
    if (!quorum) {
        if (isSplit(node, view)) node.layout = Node::Layout::shards;
        return;
    }
    node.units = quorum->units;
    node.layout = quorum->layout;
    node.ringPartitions = quorum->partitions > 0 ? quorum->partitions : quorum->units;
    node.copies = quorum->replicas;
    node.serving[0] = node.serving[3] = {quorum->replicas, quorum->read};
    node.serving[1] = node.serving[2] = {quorum->replicas, quorum->write};
    if (node.behaviour == Behaviour::queue)  // taking a message changes the queue as putting it there does
        node.serving[0] = node.serving[3] = node.serving[1];
}

}  // namespace loadpath::compile
