#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "rules/wiring.h"
#include "support/format.h"

#include <map>

namespace loadpath::checks {
namespace {

/// A queue of the broker may name its own dead-letter queue.
bool queueHasDeadLetter(const Snapshot& snapshot, const Subscription& subscription, const std::string& topic) {
    const Value queues = viewOf(snapshot, subscription.broker).value("queues");
    if (!queues.list() || queues.list()->empty()) return false;
    return std::all_of(queues.list()->begin(), queues.list()->end(), [&topic](const Value& queue) {
        const Value *name = queue.find("name"), *dlq = queue.find("dlq");
        const bool concerned = topic.empty() || !name || *name == Value(topic);
        return !concerned || (dlq && dlq->text() && !dlq->text()->empty());
    });
}

bool lacksDeadLetter(const Snapshot& snapshot, const Subscription& subscription) {
    const FlowGraph& graph = snapshot.graph();
    if (subscription.deadLetter >= 0 || subscription.skipsErrors) return false;
    const Node &broker = at(graph.nodes, subscription.broker), &consumer = at(graph.nodes, subscription.consumer);
    if (!isType(broker, "kafka") && !isType(broker, "sqs") && !isType(broker, "rabbitmq")) return false;
    if (!isIn(consumer, "compute") || isType(consumer, "stream_processor")) return false;
    // A queue named in words, outside of the drawing, is one too.
    if (!viewOfLink(snapshot, subscription.link)(keys::dlq).empty() ||
        !viewOf(snapshot, subscription.broker)(keys::dlq).empty())
        return false;
    return !queueHasDeadLetter(snapshot, subscription, at(graph.links, subscription.link).topic);
}

std::vector<Finding> checkMissingDlq(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::map<ComponentId, std::vector<const Subscription*>> byBroker;
    for (const Subscription& subscription : graph.subscriptions)
        if (lacksDeadLetter(snapshot, subscription))
            byBroker[at(graph.nodes, subscription.broker).id].push_back(&subscription);

    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const auto& [id, subscriptions] : byBroker) {
        const Node& broker = at(graph.nodes, graph.node(id));
        Finding finding{missing_dlq.id, missing_dlq.severity};
        finding.components = {id};
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> consumers;
        for (const Subscription* subscription : subscriptions) {
            const Link& link = at(graph.links, subscription->link);
            finding.connections.push_back(link.id);
            consumers.push_back(at(graph.nodes, subscription->consumer).name);
            if (subscription->maxAttempts == 0) fix.set(link.id, keys::maxAttempts.name, usualAttempts);
        }
        std::sort(consumers.begin(), consumers.end());
        consumers.erase(std::unique(consumers.begin(), consumers.end()), consumers.end());
        const std::string effect =
            broker.behaviour == Behaviour::log
                ? "one message that keeps failing holds up all that come after it in its partition"
                : "one that keeps failing is delivered again and again until it expires";
        finding.message = fill("Messages of {} that {} cannot process have nowhere to go: {}",
                               {broker.name, listed(consumers), effect});
        if (snapshot.catalog().find("dlq")) {
            addDeadLetter(fix, id, broker.name);
            finding.fix = fix.titled("Add a dead-letter queue after " + inWords(usualAttempts) + " attempts");
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule missing_dlq{
    "missing-dlq",
    "Failed messages have no place to go",
    "Sooner or later a message arrives that cannot be processed. Without a place to set it aside after a few attempts "
    "it is retried for ever, blocks the ones behind it or is lost without a trace; from a dead-letter queue it can be "
    "looked at, repaired and sent again.",
    "Enterprise Integration Patterns: Dead Letter Channel; Amazon SQS developer guide",
    Severity::error,
    checkMissingDlq,
    {},
    Proof::poisonMessages,
};

}  // namespace loadpath::checks
