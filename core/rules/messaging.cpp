#include "rules/messaging.h"

#include "model/keys.h"
#include "rules/lookup.h"
#include "rules/tags.h"

#include <array>

namespace loadpath {
namespace {

constexpr std::string_view queuesKey = "queues";

/// The elements of a list of objects, each read with the defaults of its fields.
template <class Read>
void forEachElement(const Snapshot& snapshot, int node, std::string_view key, Read read) {
    const ParameterView view = viewOf(snapshot, node);
    const ParameterSpec* spec = findSpec(view.specs(), key);
    if (!spec) return;
    static const Value::Object nothing;
    const Value stated = view.value(key);
    if (!stated.list() || stated.list()->empty()) {
        read(ParameterView(spec->fields, nothing));
        return;
    }
    for (const Value& item : *stated.list())
        read(ParameterView(spec->fields, item.object() ? *item.object() : nothing));
}

void setElementField(FixBuilder& fix, int node, std::string_view key, int index, const std::string& nameOfOnly,
                     std::string_view field, Value value) {
    Component& component = fix.edit(at(fix.snapshot().graph().nodes, node).id);
    Value::List items;
    const auto stated = component.properties.find(key);
    if (stated != component.properties.end() && stated->second.list()) items = *stated->second.list();
    if (items.empty()) {
        Value::Object only;
        only.emplace("name", nameOfOnly);
        items.emplace_back(std::move(only));
    }
    if (index < 0 || index >= static_cast<int>(items.size())) return;
    Value& item = at(items, index);
    if (!item.object()) item = Value::Object{};
    std::get<Value::Object>(item.data).insert_or_assign(std::string(field), std::move(value));
    component.properties.insert_or_assign(std::string(key), std::move(items));
}

}  // namespace

std::vector<LogTopic> logTopics(const Snapshot& snapshot, int broker) {
    const Node& node = at(snapshot.graph().nodes, broker);
    std::vector<LogTopic> topics;
    if (node.behaviour != Behaviour::log) return topics;
    forEachElement(snapshot, broker, keys::topics.name, [&](const ParameterView& fields) {
        if (topics.size() >= node.topics.size()) return;
        const Topic& compiled = node.topics[topics.size()];
        LogTopic topic;
        topic.name = compiled.name;
        topic.partitions = compiled.partitions;
        topic.replication = fields(ParameterKey<int>{"rf"});
        topic.minInSync = fields(ParameterKey<int>{"min_isr"});
        topic.retentionH = fields(ParameterKey<double>{"retention_h"});
        topic.key = fields(ParameterKey<std::string>{"key"});
        topic.ordering = fields(ParameterKey<std::string>{"ordering_required"});
        topic.compacted = fields(ParameterKey<bool>{"compacted"});
        topic.tags = fields.value("tags");
        topics.push_back(std::move(topic));
    });
    return topics;
}

std::vector<BrokerQueue> brokerQueues(const Snapshot& snapshot, int broker) {
    const Node& node = at(snapshot.graph().nodes, broker);
    std::vector<BrokerQueue> queues;
    if (node.behaviour != Behaviour::queue) return queues;
    forEachElement(snapshot, broker, queuesKey, [&](const ParameterView& fields) {
        if (queues.size() >= node.topics.size()) return;
        BrokerQueue queue;
        queue.name = node.topics[queues.size()].name;
        queue.isClassic = fields(ParameterKey<std::string>{"type"}) == "classic";
        queue.maxLength = fields(ParameterKey<double>{"max_length"});
        if (const Value ttl = fields.value("ttl_s"); ttl.isNumber()) queue.ttlS = ttl.number();
        queue.dlq = fields(keys::dlq);
        queues.push_back(std::move(queue));
    });
    return queues;
}

bool namesNoEntity(std::string_view key) {
    static constexpr std::array words{"null",     "none",       "random",     "round_robin", "roundrobin", "status",
                                      "state",    "type",       "event_type", "event",       "kind",       "date",
                                      "day",      "time",       "timestamp",  "created_at",  "updated_at", "country",
                                      "region",   "priority",   "level",      "version",     "partition",  "uuid",
                                      "event_id", "message_id", "msg_id",     "trace_id",    "request_id"};
    return key.empty() || std::find(words.begin(), words.end(), key) != words.end();
}

std::string entityKeyFor(std::string plural) {
    if (plural.empty() || plural == "default" || plural.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") != plural.npos)
        return {};
    if (plural.ends_with("ies"))
        plural.replace(plural.size() - 3, 3, "y");
    else if (plural.ends_with('s') && !plural.ends_with("ss"))
        plural.pop_back();
    return plural + "_id";
}

std::string shownTopic(const Snapshot& snapshot, int broker, int topic) {
    const Node& node = at(snapshot.graph().nodes, broker);
    if (topic < 0 || topic >= static_cast<int>(node.topics.size())) return node.name;
    const std::string& name = at(node.topics, topic).name;
    if (node.topics.size() == 1 && (name == "default" || name == node.id.value)) return node.name;
    return (node.behaviour == Behaviour::queue ? "queue " : "topic ") + name + " of " + node.name;
}

int publishedTopic(const FlowGraph& graph, int link) {
    const Link& l = at(graph.links, link);
    const std::vector<Topic>& topics = at(graph.nodes, l.to).topics;
    for (std::size_t t = 0; t < topics.size(); ++t)
        if (topics[t].name == l.topic) return static_cast<int>(t);
    return 0;
}

int partitionsOf(const FlowGraph& graph, const Subscription& subscription) {
    const std::vector<Topic>& topics = at(graph.nodes, subscription.broker).topics;
    int partitions = 0;
    for (int t = 0; t < static_cast<int>(topics.size()); ++t) {
        if (!takes(subscription, t)) continue;
        if (at(topics, t).partitions <= 0) return 0;
        partitions += at(topics, t).partitions;
    }
    return partitions;
}

std::vector<std::optional<double>> retentionsS(const Snapshot& snapshot, int broker) {
    const Node& node = at(snapshot.graph().nodes, broker);
    std::vector<std::optional<double>> kept;
    if (node.behaviour == Behaviour::log) {
        for (const LogTopic& topic : logTopics(snapshot, broker)) kept.emplace_back(topic.retentionH * 3600);
    } else if (const Value stated = viewOf(snapshot, broker).value("retention_s"); stated.isNumber()) {
        kept.emplace_back(stated.number());
    } else {
        for (const BrokerQueue& queue : brokerQueues(snapshot, broker)) kept.push_back(queue.ttlS);
    }
    kept.resize(node.topics.size());
    return kept;
}

bool isFedByCdc(const FlowGraph& graph, int broker, int topic) {
    const auto& incoming = at(graph.incoming, broker);
    return std::any_of(incoming.begin(), incoming.end(), [&](int in) {
        const Link& link = at(graph.links, in);
        return link.legal && link.mode == Mode::publish && isIn(at(graph.nodes, link.from), "cdc") &&
               (topic < 0 || publishedTopic(graph, in) == topic);
    });
}

TopicTags::TopicTags(const Snapshot& snapshot) : m_tags(snapshot.graph().nodes.size()) {
    const FlowGraph& graph = snapshot.graph();
    const auto add = [](std::set<std::string, std::less<>>& words, const Value& tags) {
        if (const Value::List* list = tags.list())
            for (const Value& word : *list)
                if (word.text()) words.insert(*word.text());
    };
    for (int i = 0; i < static_cast<int>(graph.nodes.size()); ++i) {
        const Node& node = at(graph.nodes, i);
        at(m_tags, i).resize(node.topics.size());
        if (node.topics.empty()) continue;
        const Value own = viewOf(snapshot, i).value("tags");
        for (auto& words : at(m_tags, i)) add(words, own);
        const std::vector<LogTopic> topics = logTopics(snapshot, i);
        for (std::size_t t = 0; t < topics.size(); ++t) add(at(m_tags, i)[t], topics[t].tags);
    }
    for (int l = 0; l < static_cast<int>(graph.links.size()); ++l) {
        const Link& link = at(graph.links, l);
        const bool isPublish = link.mode == Mode::publish && !at(graph.nodes, link.to).topics.empty();
        const bool isConsume = link.mode == Mode::consume && !at(graph.nodes, link.from).topics.empty();
        if (!isPublish && !isConsume) continue;
        const Value tags = viewOfLink(snapshot, l).value("tags");
        if (!tags.list()) continue;
        if (isPublish) add(at(at(m_tags, link.to), publishedTopic(graph, l)), tags);
        if (!isConsume) continue;
        const std::vector<Topic>& topics = at(graph.nodes, link.from).topics;
        for (std::size_t t = 0; t < topics.size(); ++t)
            if (link.topic.empty() || link.topic == topics[t].name) add(at(m_tags, link.from)[t], tags);
    }
    for (const FlowPath& flow : graph.flows) {
        const Flow* stated = flow.derived ? nullptr : snapshot.design().flows.find(flow.id);
        if (!stated) continue;
        const auto tags = stated->extra.find("tags");
        if (tags == stated->extra.end()) continue;
        for (const Visit& visit : flow.visits)
            for (const Call& call : visit.calls)
                if (call.kind == Call::Kind::publish && call.topic < static_cast<int>(at(m_tags, call.target).size()))
                    add(at(at(m_tags, call.target), call.topic), tags->second);
    }
}

bool TopicTags::has(int broker, int topic, std::string_view tag) const {
    const auto& topics = at(m_tags, broker);
    return topic >= 0 && topic < static_cast<int>(topics.size()) && at(topics, topic).contains(tag);
}

void setTopicField(FixBuilder& fix, int broker, int topic, std::string_view field, Value value) {
    setElementField(fix, broker, keys::topics.name, topic, "default", field, std::move(value));
}

void setQueueField(FixBuilder& fix, int broker, int queue, std::string_view field, Value value) {
    const std::string& only = at(fix.snapshot().graph().nodes, broker).id.value;
    setElementField(fix, broker, queuesKey, queue, only, field, std::move(value));
}

bool changeBrokerType(FixBuilder& fix, int broker, std::string_view type) {
    const Snapshot& snapshot = fix.snapshot();
    const FlowGraph& graph = snapshot.graph();
    const Catalog& catalog = snapshot.catalog();
    const Node& node = at(graph.nodes, broker);
    if (!catalog.find(type) || node.topics.size() > 1) return false;
    std::vector<int> links = at(graph.incoming, broker);
    links.insert(links.end(), at(graph.outgoing, broker).begin(), at(graph.outgoing, broker).end());
    for (const int link : links) {
        const Link& l = at(graph.links, link);
        const std::string_view from = l.from == broker ? type : std::string_view(at(graph.nodes, l.from).type->id);
        const std::string_view to = l.to == broker ? type : std::string_view(at(graph.nodes, l.to).type->id);
        if (l.legal && !catalog.legality(from, l.mode, to).legal) return false;
    }
    Component& component = fix.edit(node.id);
    const std::string deadLetter = viewOf(snapshot, broker)(keys::dlq);
    const std::vector<ParameterSpec>& known = catalog.typeOf(type).parameters;
    static constexpr std::string_view ofTheOldType[] = {"instances",       "managed",     "zonal",      "availability",
                                                        "service_time_ms", "concurrency", "min_healthy"};
    component.type = type;
    std::erase_if(component.properties, [&known](const auto& property) {
        return !findSpec(known, property.first) ||
               std::find(std::begin(ofTheOldType), std::end(ofTheOldType), property.first) != std::end(ofTheOldType);
    });
    const bool keepsDeadLetters = findSpec(known, keys::dlq.name) != nullptr;
    for (const int link : links) {
        const Link& l = at(graph.links, link);
        if (!l.legal || l.mode == Mode::telemetry) continue;
        Parameters& properties = fix.edit(l.id).properties;
        for (const std::string_view key : {keys::protocol.name, keys::topic.name})
            if (const auto it = properties.find(key); it != properties.end()) properties.erase(it);
        const bool isRead =
            l.mode == Mode::consume && l.from == broker && at(graph.nodes, l.to).behaviour != Behaviour::dead_letter;
        if (isRead && !keepsDeadLetters && !deadLetter.empty())
            properties.try_emplace(std::string(keys::dlq.name), deadLetter);
    }
    return true;
}

void raisePartitions(FixBuilder& fix, const Subscription& subscription, int count) {
    const FlowGraph& graph = fix.snapshot().graph();
    const int missing = count - partitionsOf(graph, subscription);
    if (missing <= 0 || at(graph.nodes, subscription.broker).behaviour != Behaviour::log) return;
    const int topic = std::max(0, subscription.topic);
    setTopicField(fix, subscription.broker, topic, "partitions",
                  at(at(graph.nodes, subscription.broker).topics, topic).partitions + missing);
}

}  // namespace loadpath
