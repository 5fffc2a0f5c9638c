#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/text.h"
#include "support/format.h"

#include <map>

namespace loadpath::checks {
namespace {

constexpr double longestKeptS = 14 * 86400.0;

struct DeadLetterSource {
    int broker = -1;
    double keptS = 0;  // the longest of what ends there
};

using RetentionsByBroker = std::map<int, std::vector<std::optional<double>>>;

/// The broker whose messages end in it and which keeps them longest.
DeadLetterSource sourceOf(const Snapshot& snapshot, int deadLetter, const std::vector<std::vector<int>>& subscriptions,
                          RetentionsByBroker& known) {
    const FlowGraph& graph = snapshot.graph();
    DeadLetterSource found;
    const auto take = [&](int broker, int topic) {
        if (!at(graph.nodes, broker).isBroker()) return;
        const auto [entry, isNew] = known.try_emplace(broker);
        if (isNew) entry->second = retentionsS(snapshot, broker);
        const std::optional<double>& kept = at(entry->second, topic);
        if (!kept) return;
        const bool isBetter = *kept > found.keptS || (*kept == found.keptS && found.broker >= 0 &&
                                                      at(graph.nodes, broker).id < at(graph.nodes, found.broker).id);
        if (found.broker < 0 || isBetter) found = {broker, *kept};
    };
    for (const int s : at(subscriptions, deadLetter)) {
        const Subscription& subscription = at(graph.subscriptions, s);
        for (int t = 0; t < static_cast<int>(at(graph.nodes, subscription.broker).topics.size()); ++t)
            if (takes(subscription, t)) take(subscription.broker, t);
    }
    if (found.broker < 0)  // nobody consumes yet
        for (const int in : at(graph.incoming, deadLetter)) {
            const Link& link = at(graph.links, in);
            if (link.mode == Mode::consume && link.legal) take(link.from, 0);
        }
    return found;
}

/// Queues carry the time of the first arrival along; a log starts to count anew, so there only time to look
/// at the messages is asked for.
bool isGoneTooSoon(const Node& source, double keptS, double sourceS) {
    return keptS <= sourceS && (source.behaviour != Behaviour::log || keptS < longestKeptS);
}

std::vector<Finding> checkDlqShortRetention(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<std::vector<int>> subscriptions(graph.nodes.size());
    for (int s = 0; s < static_cast<int>(graph.subscriptions.size()); ++s)
        if (const int dlq = at(graph.subscriptions, s).deadLetter; dlq >= 0) at(subscriptions, dlq).push_back(s);
    RetentionsByBroker known;
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (int i = 0; i < static_cast<int>(graph.nodes.size()); ++i) {
        const Node& node = at(graph.nodes, i);
        if (node.behaviour != Behaviour::dead_letter) continue;
        const double keptS = viewOf(snapshot, i).value("retention_s").number();
        const DeadLetterSource source = sourceOf(snapshot, i, subscriptions, known);
        if (source.broker < 0) continue;
        const Node& broker = at(graph.nodes, source.broker);
        if (!isGoneTooSoon(broker, keptS, source.keptS)) continue;
        Finding finding{dlq_short_retention.id, dlq_short_retention.severity};
        finding.components = {node.id, broker.id};
        finding.message = fill("{} keeps messages for {}, {} for {}: one that failed late is gone before anybody looks",
                               {node.name, duration(keptS * 1000), broker.name, duration(source.keptS * 1000)});
        // No queue keeps longer than two weeks.
        if (source.keptS < longestKeptS || broker.behaviour == Behaviour::log) {
            FixBuilder fix(snapshot, placement);
            fix.set(node.id, "retention_s", longestKeptS);
            finding.fix = fix.titled("Keep dead letters for two weeks");
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule dlq_short_retention{
    "dlq-short-retention",
    "Dead letters expire too soon",
    "A queue that moves a message to its dead letters keeps the time at which it was first sent. With the same "
    "retention a "
    "message that was tried for three days has one left, over a weekend perhaps, before it is gone for good. Dead "
    "letters "
    "have to be kept longer than the queue they come from.",
    "Amazon SQS developer guide: dead-letter queue retention",
    Severity::warning,
    checkDlqShortRetention,
};

}  // namespace loadpath::checks
