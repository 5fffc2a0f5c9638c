#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/tags.h"
#include "rules/text.h"
#include "rules/wiring.h"

namespace loadpath::checks {
namespace {

bool mustNotBeLost(const TopicTags& tags, int broker, int topic) {
    return tags.has(broker, topic, "durable") || tags.has(broker, topic, "money");
}

/// Messages that a consumer loses when it fails, though they must not be lost.
bool losesDurable(const Snapshot& snapshot, const TopicTags& tags, const Subscription& s) {
    if (!isIn(at(snapshot.graph().nodes, s.consumer), "compute")) return false;
    const bool drops = viewOfLink(snapshot, s.link).value("delivery") == "at_most_once" || s.skipsErrors;
    if (!drops) return false;
    for (int t = 0; t < static_cast<int>(at(snapshot.graph().nodes, s.broker).topics.size()); ++t)
        if (takes(s, t) && mustNotBeLost(tags, s.broker, t)) return true;
    return componentHasTag(snapshot, s.consumer, "durable");
}

/// A topic that may not be lost, of a broker that confirms nothing; −1: none.
int unconfirmedTopic(const Snapshot& snapshot, const TopicTags& tags, int broker) {
    const Node& node = at(snapshot.graph().nodes, broker);
    const ParameterView view = viewOf(snapshot, broker);
    const bool confirmsNothing = (node.behaviour == Behaviour::log && view(keys::acks) == "0") ||
                                 (isType(node, "rabbitmq") && view.value("ack") == "auto");
    if (!confirmsNothing) return -1;
    for (int t = 0; t < static_cast<int>(node.topics.size()); ++t)
        if (!tags.has(broker, t, "lossy_ok")) return t;
    return -1;
}

std::vector<Finding> checkFireAndForgetLoss(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const TopicTags tags(snapshot);
    std::vector<std::vector<const Subscription*>> byBroker(graph.nodes.size());
    for (const Subscription& s : graph.subscriptions)
        if (losesDurable(snapshot, tags, s)) at(byBroker, s.broker).push_back(&s);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (int i = 0; i < static_cast<int>(graph.nodes.size()); ++i) {
        const Node& node = at(graph.nodes, i);
        if (!node.isBroker()) continue;
        const int topic = unconfirmedTopic(snapshot, tags, i);
        const auto& dropping = at(byBroker, i);
        if (topic < 0 && dropping.empty()) continue;
        Finding finding{fire_and_forget_loss.id, fire_and_forget_loss.severity};
        finding.components = {node.id};
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> complaints;
        const bool isLog = node.behaviour == Behaviour::log;
        if (topic >= 0) {
            complaints.push_back(isLog ? fill("producers send to {} without waiting whether it arrived",
                                              {shownTopic(snapshot, i, topic)})
                                       : fill("{} forgets a message as soon as it is handed out", {node.name}));
            fix.set(node.id, isLog ? keys::acks.name : "ack", isLog ? "all" : "manual");
        }
        std::vector<std::string> consumers;
        bool setsAside = false;
        for (const Subscription* s : dropping) {
            const ConnectionId& id = at(graph.links, s->link).id;
            consumers.push_back(snapshot.nameOf(s->consumer));
            finding.connections.push_back(id);
            fix.set(id, "delivery", "at_least_once");
            fix.set(id, "idempotent_consumer", true);
            if (!s->skipsErrors) continue;
            fix.set(id, keys::onError.name, "dlq");
            if (s->maxAttempts == 0) fix.set(id, keys::maxAttempts.name, usualAttempts);
            if (s->deadLetter < 0 && !setsAside) addDeadLetter(fix, node.id, node.name);
            setsAside = true;
        }
        std::sort(consumers.begin(), consumers.end());
        if (!consumers.empty())
            complaints.push_back(
                fill("{} drops messages of {} that it cannot process", {listed(consumers), node.name}));
        finding.message = "Messages can be lost without a trace: " + listed(complaints);
        finding.fix = fix.titled(topic >= 0 ? "Wait for confirmation" : "Confirm messages after they are processed");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule fire_and_forget_loss{
    "fire-and-forget-loss",
    "Messages are sent and forgotten",
    "Whoever does not wait for an acknowledgement never learns that a message was lost, and a broker that forgets what "
    "it has "
    "handed out cannot give it again when the consumer dies over it. For metrics that may be fine, and then the topic "
    "should "
    "say so; orders and payments have to be confirmed on both sides.",
    "Apache Kafka documentation: acks; RabbitMQ documentation: consumer acknowledgements",
    Severity::warning,
    checkFireAndForgetLoss,
};

}  // namespace loadpath::checks
