#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

constexpr double usualRetentionH = 168;

/// Time to work off what an outage of `outageH` hours leaves, at average load; 0 where nothing says.
double drainHours(const Evidence& evidence, int broker, int topic, double outageH) {
    const FlowGraph& graph = evidence.snapshot.graph();
    const CapacityReport& average = evidence.averageLoad();
    double longest = 0;
    for (const int out : at(graph.outgoing, broker)) {
        const Link& link = at(graph.links, out);
        const Node& consumer = at(graph.nodes, link.to);
        if (link.mode != Mode::consume || !link.legal || !consumer.hasUtilisation) continue;
        if (!link.topic.empty() && at(at(graph.nodes, broker).topics, topic).name != link.topic) continue;
        const ComponentLoad& load = at(average.nodes, link.to);
        const double busy = load.arrivalRps / load.capacityRps;
        if (busy > 0 && busy < 1) longest = std::max(longest, outageH * busy / (1 - busy));
    }
    return longest;
}

std::vector<Finding> checkRetentionTooShort(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double outageH = evidence.threshold(retention_too_short, "outage_h");
    const TopicTags tags(snapshot);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (int i = 0; i < static_cast<int>(graph.nodes.size()); ++i) {
        const Node& node = at(graph.nodes, i);
        if (node.behaviour != Behaviour::log && !isType(node, "sqs") && node.behaviour != Behaviour::topic) continue;
        const std::vector<LogTopic> topics = logTopics(snapshot, i);
        const std::vector<std::optional<double>> retentions = retentionsS(snapshot, i);
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> complaints;
        double newRetentionH = usualRetentionH;
        for (int t = 0; t < static_cast<int>(node.topics.size()); ++t) {
            const std::optional<double>& kept = at(retentions, t);
            const bool isCompacted = t < static_cast<int>(topics.size()) && at(topics, t).compacted;
            // 0 or less stands for ever in a log.
            if (!kept || isCompacted || (node.behaviour == Behaviour::log && *kept <= 0)) continue;
            const double keptH = *kept / 3600;
            const double drainH = node.behaviour == Behaviour::log ? drainHours(evidence, i, t, outageH) : 0;
            if (keptH >= std::max(outageH, drainH) || tags.has(i, t, "lossy_ok")) continue;
            newRetentionH = std::max(newRetentionH, std::ceil(std::max(outageH, drainH) / 24 + 1e-9) * 24);
            complaints.push_back(
                keptH < outageH
                    ? fill("{} keeps messages for {}: consumers that are down for {} lose some",
                           {shownTopic(snapshot, i, t), duration(*kept * 1000), duration(outageH * 3600000)})
                    : fill("{} keeps messages for {}, but after {} down its consumers need {} to catch up",
                           {shownTopic(snapshot, i, t), duration(*kept * 1000), duration(outageH * 3600000),
                            duration(drainH * 3600000)}));
            if (node.behaviour == Behaviour::log) setTopicField(fix, i, t, "retention_h", newRetentionH);
        }
        if (complaints.empty()) continue;
        if (node.behaviour != Behaviour::log) fix.set(node.id, "retention_s", usualRetentionH * 3600);
        Finding finding{retention_too_short.id, retention_too_short.severity};
        finding.components = {node.id};
        finding.message = listed(complaints, 2);
        if (node.behaviour == Behaviour::log || outageH <= usualRetentionH)
            finding.fix = fix.titled("Keep messages for " + duration(newRetentionH * 3600000));
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule retention_too_short{
    "retention-too-short",
    "Messages expire before consumers recover",
    "What a broker keeps is the time its consumers have to come back. A bug that stops them on Friday evening is "
    "mended on "
    "Monday, and then the backlog still has to be worked off beside the new messages. What expires in the meantime is "
    "lost without an error anywhere.",
    "Apache Kafka documentation: topic configuration, retention.ms",
    Severity::warning,
    checkRetentionTooShort,
    {{"outage_h", 24, 0.1, 720, "hours that consumers may be down"}},
};

}  // namespace loadpath::checks
