#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

/// What a single consumer can take in order: the slowest of those that read the topic.
double inOrderRps(const Evidence& evidence, int broker, const LogTopic& topic) {
    const FlowGraph& graph = evidence.snapshot.graph();
    double least = std::numeric_limits<double>::infinity();
    for (const int out : at(graph.outgoing, broker)) {
        const Link& link = at(graph.links, out);
        if (link.mode != Mode::consume || !link.legal || !(link.topic.empty() || link.topic == topic.name)) continue;
        const Node& consumer = at(graph.nodes, link.to);
        if (consumer.hasUtilisation && consumer.serviceMs[1] > 0) least = std::min(least, 1000 / consumer.serviceMs[1]);
    }
    return least;
}

std::vector<Finding> checkGlobalOrderBottleneck(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (int i = 0; i < static_cast<int>(graph.nodes.size()); ++i) {
        const std::vector<LogTopic> topics = logTopics(snapshot, i);
        Finding finding{global_order_bottleneck.id, global_order_bottleneck.severity};
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> complaints;
        for (int t = 0; t < static_cast<int>(topics.size()); ++t) {
            const LogTopic& topic = at(topics, t);
            if (topic.ordering != "global") continue;
            const std::string where = shownTopic(snapshot, i, t);
            if (topic.partitions > 1) {
                finding.severity = Severity::error;
                complaints.push_back(
                    fill("{} is to keep the order of everything, but order holds only inside each of "
                         "its {} partitions",
                         {where, std::to_string(topic.partitions)}));
            } else {
                const double most = inOrderRps(evidence, i, topic);
                complaints.push_back(
                    fill("{} keeps the order of everything in one partition, so one consumer does all "
                         "the work{}",
                         {where, std::isfinite(most) ? ": at most " + rate(most) + " one by one" : ""}));
            }
            setTopicField(fix, i, t, "ordering_required", "per_entity");
            if (const std::string key = entityKeyFor(topic.name); topic.key.empty() && !key.empty())
                setTopicField(fix, i, t, "key", key);
        }
        if (complaints.empty()) continue;
        finding.components = {at(graph.nodes, i).id};
        finding.message = listed(complaints, 2);
        finding.fix = fix.titled("Keep the order of each entity only");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule global_order_bottleneck{
    "global-order-bottleneck",
    "Order over everything",
    "A log keeps order inside a partition, so the order of everything means one partition, one consumer, and a ceiling "
    "that "
    "no machine lifts. Hardly anything needs it: what must stay in order are the events of one order, account or chat, "
    "and "
    "a key gives exactly that to as many partitions as one likes.",
    "Apache Kafka documentation: partitions and ordering",
    Severity::info,
    checkGlobalOrderBottleneck,
};

}  // namespace loadpath::checks
