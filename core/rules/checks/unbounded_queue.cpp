#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/text.h"

#include <map>

namespace loadpath::checks {
namespace {

constexpr int boundedLength = 100000;

bool limitsItsCallers(const Snapshot& snapshot, int node) {
    const Node& n = at(snapshot.graph().nodes, node);
    if (n.behaviour == Behaviour::limiter) return true;
    const ParameterView view = viewOf(snapshot, node);
    const auto holds = [&view](std::string_view key, std::string_view word) {
        const Value value = view.value(key);
        return value.list() && std::any_of(value.list()->begin(), value.list()->end(),
                                           [word](const Value& item) { return item.text() && *item.text() == word; });
    };
    const Value limits = view.value("rate_limits");
    return (limits.list() && !limits.list()->empty()) || holds("features", "rate_limit") || holds("rules", "rate");
}

/// Queues that some flow publishes to, and whether each of those flows passes a limiter.
std::map<std::pair<int, int>, bool> limitedQueues(const Snapshot& snapshot) {
    std::map<std::pair<int, int>, bool> queues;
    for (const FlowPath& flow : snapshot.graph().flows) {
        std::vector<std::pair<int, int>> published;
        for (const Visit& visit : flow.visits)
            for (const Call& call : visit.calls)
                if (call.kind == Call::Kind::publish) published.emplace_back(call.target, call.topic);
        if (published.empty()) continue;
        const bool isLimited = std::any_of(flow.visits.begin(), flow.visits.end(), [&snapshot](const Visit& visit) {
            return limitsItsCallers(snapshot, visit.node);
        });
        for (const auto& queue : published) {
            const auto [known, isNew] = queues.try_emplace(queue, isLimited);
            if (!isNew) known->second = known->second && isLimited;
        }
    }
    return queues;
}

/// All that take from the queue grow with it.
bool consumersScale(const Snapshot& snapshot, int broker, int topic) {
    const FlowGraph& graph = snapshot.graph();
    bool any = false;
    for (const int out : at(graph.outgoing, broker)) {
        const Link& link = at(graph.links, out);
        if (link.mode != Mode::consume || !link.legal || at(graph.nodes, link.to).behaviour == Behaviour::dead_letter)
            continue;
        if (!link.topic.empty() && link.topic != at(at(graph.nodes, broker).topics, topic).name) continue;
        const Node& consumer = at(graph.nodes, link.to);
        const bool scales =
            viewOf(snapshot, link.to).value("autoscale").object() || (consumer.managed && !consumer.hasUtilisation);
        if (!scales) return false;
        any = true;
    }
    return any;
}

std::vector<Finding> checkUnboundedQueue(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::map<std::pair<int, int>, bool> limited;
    bool isLooked = false;  // most designs have no such broker
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (int i = 0; i < static_cast<int>(graph.nodes.size()); ++i) {
        const Node& node = at(graph.nodes, i);
        if (!isType(node, "rabbitmq")) continue;
        if (!isLooked) limited = limitedQueues(snapshot);
        isLooked = true;
        const std::vector<BrokerQueue> queues = brokerQueues(snapshot, i);
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> names;
        for (int q = 0; q < static_cast<int>(queues.size()); ++q) {
            const BrokerQueue& queue = at(queues, q);
            // Messages that expire bound the queue by time.
            if (queue.maxLength >= 0 || queue.ttlS.value_or(0) > 0) continue;
            const auto producers = limited.find({i, q});
            if (consumersScale(snapshot, i, q) || (producers != limited.end() && producers->second)) continue;
            names.push_back(shownTopic(snapshot, i, q));
            setQueueField(fix, i, q, "max_length", boundedLength);
            setQueueField(fix, i, q, "overflow", "reject_publish");
        }
        if (names.empty()) continue;
        Finding finding{unbounded_queue.id, unbounded_queue.severity};
        finding.components = {node.id};
        finding.message = fill(
            "Nothing keeps {} from growing: no greatest length, no limit before it, no consumers that "
            "scale; when they stop, the broker runs out of memory and disk",
            {listed(names)});
        finding.fix = fix.titled("Hold at most 100,000 messages and refuse more");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule unbounded_queue{
    "unbounded-queue",
    "Queue can grow without bound",
    "A queue evens out bursts, not overload. When consumers are too slow for long enough, an unbounded one takes all "
    "memory "
    "and disk of the broker and falls with everything in it, for all who use that broker. A bound makes the trouble "
    "visible "
    "early, where producers can slow down or drop what matters least.",
    "RabbitMQ documentation: queue length limit; Reactive Streams (backpressure)",
    Severity::warning,
    checkUnboundedQueue,
};

}  // namespace loadpath::checks
