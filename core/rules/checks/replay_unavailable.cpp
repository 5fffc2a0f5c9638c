#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/redundancy.h"
#include "rules/tags.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

constexpr std::string_view replayTags[] = {"replay", "event_sourcing", "event-sourcing"};

bool isAboutReplay(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text.find("replay") != std::string::npos || text.find("event sourc") != std::string::npos ||
           text.find("event-sourc") != std::string::npos;
}

/// The requirements ask for it, without saying of which messages.
bool designNeedsReplay(const Requirements& requirements) {
    if (std::any_of(requirements.functional.begin(), requirements.functional.end(), isAboutReplay)) return true;
    const auto tags = requirements.extra.find("tags"), flag = requirements.extra.find("replay");
    if (flag != requirements.extra.end() && flag->second == Value(true)) return true;
    return tags != requirements.extra.end() &&
           std::any_of(std::begin(replayTags), std::end(replayTags),
                       [&tags](std::string_view tag) { return hasTag(tags->second, tag); });
}

/// A log keeps what was read; the consumers of the queue stay one group.
std::optional<Fix> asLog(const Snapshot& snapshot, Placement& placement, int queue) {
    const FlowGraph& graph = snapshot.graph();
    FixBuilder fix(snapshot, placement);
    if (!changeBrokerType(fix, queue, "kafka")) return std::nullopt;
    const Node& node = at(graph.nodes, queue);
    int readers = 0;
    for (const Subscription& s : graph.subscriptions) {
        if (s.broker != queue) continue;
        fix.set(at(graph.links, s.link).id, keys::consumerGroup.name, node.id.value);
        readers += at(graph.nodes, s.consumer).instances;
    }
    constexpr int usualPartitions = 6;
    if (readers > 100000) return std::nullopt;
    if (readers > usualPartitions)
        fix.set(node.id, keys::topics.name,
                Value::List{Value(Value::Object{{"name", Value("default")}, {"partitions", Value(2 * readers)}})});
    return fix.titled("Replace " + node.name + " by a log");
}

std::vector<Finding> checkReplayUnavailable(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const bool hasLog = std::any_of(graph.nodes.begin(), graph.nodes.end(),
                                    [](const Node& node) { return node.behaviour == Behaviour::log; });
    // With a log in the design, that one is meant.
    const bool all = !hasLog && designNeedsReplay(snapshot.design().header.requirements);
    const TopicTags tags(snapshot);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (int i = 0; i < static_cast<int>(graph.nodes.size()); ++i) {
        const Node& node = at(graph.nodes, i);
        if (node.behaviour != Behaviour::queue) continue;
        bool isNeeded = all;
        for (int t = 0; t < static_cast<int>(node.topics.size()); ++t)
            for (const std::string_view tag : replayTags) isNeeded = isNeeded || tags.has(i, t, tag);
        if (!isNeeded) continue;
        Finding finding{replay_unavailable.id, replay_unavailable.severity};
        finding.components = {node.id};
        finding.message =
            fill("Messages of {} are to be read again later, but a queue deletes each one when it is acknowledged",
                 {node.name});
        finding.fix = asLog(snapshot, placement, i);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule replay_unavailable{
    "replay-unavailable",
    "Messages cannot be read again",
    "A queue forgets a message as soon as it is done. A new consumer cannot start from the beginning, a bug that was "
    "mended "
    "cannot be run over yesterday's messages again, and state cannot be rebuilt from its events. That takes a log, "
    "which "
    "keeps messages for a time and lets every reader choose where to begin.",
    "Designing Data-Intensive Applications (Kleppmann), ch. 11; Apache Kafka documentation",
    Severity::warning,
    checkReplayUnavailable,
};

}  // namespace loadpath::checks
