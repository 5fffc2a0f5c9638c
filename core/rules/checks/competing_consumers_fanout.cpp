#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/redundancy.h"
#include "rules/scaling.h"
#include "rules/text.h"

#include <cmath>
#include <map>
#include <set>

namespace loadpath::checks {
namespace {

constexpr std::string_view copyingType = "pubsub_topic";

/// What a consumer is for, as far as the design tells: equal ones share the work, others compete for it.
std::string purposeOf(const Snapshot& snapshot, int consumer) {
    const Node& node = at(snapshot.graph().nodes, consumer);
    if (isType(node, "service") || isType(node, "monolith")) return node.type->id + ':' + node.id.value;
    const Value job = viewOf(snapshot, consumer).value("job");
    return node.type->id + (job.text() ? ':' + *job.text() : "");
}

/// An exchange that copies messages to every queue bound to it, with queues left undrawn.
bool copiesByItself(const Snapshot& snapshot, int broker) {
    return viewOf(snapshot, broker).value("exchange") == "fanout" &&
           at(snapshot.graph().nodes, broker).topics.size() == 1;
}

/// Every message rather than some of them: as many instances as that takes.
void roomFor(const Evidence& evidence, FixBuilder& fix, const Subscription& s, double publishedRps) {
    const Node& consumer = at(evidence.snapshot.graph().nodes, s.consumer);
    const ParameterView view = viewOfLink(evidence.snapshot, s.link);
    const double part = (view.isSet(keys::p.name) ? view(keys::p) : 1) * view(keys::calls);
    const double each = 1000.0 * consumer.concurrency / consumer.serviceMs[1];
    if (!consumer.hasUtilisation || !isIn(consumer, "compute") || !std::isfinite(each)) return;
    const double wanted = std::ceil(publishedRps * part / each / comfortableUtilisation - 1e-9);
    if (wanted > consumer.instances && wanted < 1e6) setInstances(fix, s.consumer, static_cast<int>(wanted));
}

/// Turns the queue into a topic; consumers that share work stay one group.
std::optional<Fix> asTopic(const Evidence& evidence, Placement& placement, int broker) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    FixBuilder fix(snapshot, placement);
    if (!changeBrokerType(fix, broker, copyingType)) return std::nullopt;
    std::map<std::string, std::set<ComponentId>> byPurpose;
    for (const Subscription& s : graph.subscriptions)
        if (s.broker == broker) byPurpose[purposeOf(snapshot, s.consumer)].insert(at(graph.nodes, s.consumer).id);
    for (const Subscription& s : graph.subscriptions) {
        if (s.broker != broker) continue;
        const auto& sharing = byPurpose[purposeOf(snapshot, s.consumer)];
        fix.set(at(graph.links, s.link).id, keys::consumerGroup.name, sharing.begin()->value);
        const double offered = at(evidence.capacity.nodes, broker).arrivalRps / static_cast<double>(sharing.size());
        roomFor(evidence, fix, s, offered);
    }
    return fix.titled("Make " + at(graph.nodes, broker).name + " a topic that gives each consumer a copy");
}

std::vector<Finding> checkCompetingConsumersFanout(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::map<std::pair<ComponentId, int>, std::vector<const Subscription*>> byQueue;
    for (const Subscription& s : graph.subscriptions)
        if (at(graph.nodes, s.broker).behaviour == Behaviour::queue)
            byQueue[{at(graph.nodes, s.broker).id, s.topic}].push_back(&s);

    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const auto& [queue, subscriptions] : byQueue) {
        const int broker = subscriptions.front()->broker;
        std::set<std::string> purposes;
        std::set<ComponentId> consumers;
        for (const Subscription* s : subscriptions) {
            purposes.insert(purposeOf(snapshot, s->consumer));
            consumers.insert(at(graph.nodes, s->consumer).id);
        }
        if (consumers.size() < 2 || purposes.size() < 2 || copiesByItself(snapshot, broker)) continue;
        Finding finding{competing_consumers_fanout.id, competing_consumers_fanout.severity};
        finding.components = {queue.first};
        std::vector<std::string> names;
        for (const ComponentId& id : consumers) {
            finding.components.push_back(id);
            names.push_back(at(graph.nodes, graph.node(id)).name);
        }
        for (const Subscription* s : subscriptions) finding.connections.push_back(at(graph.links, s->link).id);
        std::sort(names.begin(), names.end());
        finding.message = fill("Each message of {} reaches only one of {}: a queue hands it out once",
                               {shownTopic(snapshot, broker, queue.second), listed(names)});
        finding.fix = asTopic(evidence, placement, broker);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule competing_consumers_fanout{
    "competing-consumers-fanout",
    "Different consumers share one queue",
    "A queue gives every message to exactly one of its consumers. That shares the work among equals, but consumers "
    "with "
    "different jobs take messages away from each other: half of the orders are mailed and the other half is shipped. "
    "Who needs every message needs a copy of its own, from a topic or a log.",
    "Enterprise Integration Patterns: Competing Consumers, Publish-Subscribe Channel",
    Severity::error,
    checkCompetingConsumersFanout,
};

}  // namespace loadpath::checks
