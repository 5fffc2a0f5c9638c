#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/tags.h"
#include "rules/text.h"

#include <map>

namespace loadpath::checks {
namespace {

constexpr ParameterKey<std::string> deliveryOfConsumer{"delivery"};
constexpr ParameterKey<bool> toleratesDuplicates{"idempotent_consumer"};

bool isCostlyTwice(std::string_view type) {
    return type == "payment_provider" || type == "email_provider" || type == "sms_provider";
}

/// What would happen twice and be noticed outside: a charge, a mail, a text message.
std::string costOfDuplicate(const Snapshot& snapshot, int consumer) {
    const Value job = viewOf(snapshot, consumer).value("job");
    std::string provider;
    for (const int out : at(snapshot.graph().outgoing, consumer)) {
        const Link& link = at(snapshot.graph().links, out);
        const Node& to = at(snapshot.graph().nodes, link.to);
        if (link.mode == Mode::sync && link.legal && to.type && isCostlyTwice(to.type->id) &&
            (provider.empty() || to.type->id > provider))  // text message, payment, e-mail
            provider = to.type->id;
    }
    if (job == "payment" || provider == "payment_provider") return "charges twice";
    if (job == "sms" || provider == "sms_provider") return "sends a text message twice";
    if (job == "email" || provider == "email_provider") return "sends a mail twice";
    return {};
}

/// A processor whose checkpoints keep its results in step with what it has read.
bool keepsInStep(const Snapshot& snapshot, int consumer) {
    const Node& node = at(snapshot.graph().nodes, consumer);
    return isType(node, "stream_processor") && viewOf(snapshot, consumer).value("semantics") == "exactly_once" &&
           costOfDuplicate(snapshot, consumer).empty();
}

bool maySeeDuplicates(const Snapshot& snapshot, int link, int broker, int topic) {
    const ParameterView view = viewOfLink(snapshot, link);
    if (view(toleratesDuplicates)) return false;
    return view(deliveryOfConsumer) == "at_least_once" || isFedByCdc(snapshot.graph(), broker, topic);
}

struct DuplicatesSeen {
    std::vector<int> links;
    bool isMoney = false;
};

std::vector<Finding> checkConsumerNotIdempotent(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const TopicTags tags(snapshot);
    std::map<ComponentId, DuplicatesSeen> byConsumer;
    const auto look = [&](int link, int source, int topic) {
        const Node& consumer = at(graph.nodes, at(graph.links, link).to);
        const int index = at(graph.links, link).to;
        if (!isIn(consumer, "compute")) return;
        const ParameterView view = viewOf(snapshot, index);
        if (view.value("idempotent") == true || !view.value("dedup_store").isNull()) return;
        if (keepsInStep(snapshot, index) || !maySeeDuplicates(snapshot, link, source, topic)) return;
        DuplicatesSeen& seen = byConsumer[consumer.id];
        seen.links.push_back(link);
        seen.isMoney = seen.isMoney || componentHasTag(snapshot, index, "money") ||
                       connectionHasTag(snapshot, link, "money") || tags.has(source, std::max(0, topic), "money");
    };
    for (const Subscription& s : graph.subscriptions) look(s.link, s.broker, s.topic);
    for (const ChangeFeed& feed : graph.feeds)
        if (at(graph.links, feed.link).mode == Mode::consume) look(feed.link, feed.source, -1);

    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const auto& [id, seen] : byConsumer) {
        const int index = graph.node(id);
        const std::string cost = costOfDuplicate(snapshot, index);
        Finding finding{consumer_not_idempotent.id,
                        seen.isMoney || !cost.empty() ? Severity::error : consumer_not_idempotent.severity};
        finding.components = {id};
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> sources;
        for (const int link : seen.links) {
            const Link& l = at(graph.links, link);
            const ComponentId& source = at(graph.nodes, l.from).id;
            finding.connections.push_back(l.id);
            sources.push_back(snapshot.nameOf(l.from));
            if (std::find(finding.components.begin(), finding.components.end(), source) == finding.components.end())
                finding.components.push_back(source);
            fix.set(l.id, toleratesDuplicates.name, true);
        }
        std::sort(sources.begin(), sources.end());
        sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
        const std::string effect = !cost.empty() ? cost : seen.isMoney ? "books it twice" : "does its work twice";
        finding.message = fill("{} delivers some messages more than once, and {} does not notice: it {}",
                               {listed(sources), at(graph.nodes, index).name, effect});
        finding.fix = fix.titled("Let " + at(graph.nodes, index).name + " skip messages it has seen");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule consumer_not_idempotent{
    "consumer-not-idempotent",
    "Consumer does not tolerate duplicates",
    "Brokers repeat a message whenever its acknowledgement may have been lost: after a crash, a rebalance or a "
    "timeout. "
    "At-least-once delivery is therefore a promise of duplicates, and a consumer that does not recognise them by the "
    "id of the message charges, mails or counts twice.",
    "Enterprise Integration Patterns: Idempotent Receiver; Apache Kafka documentation: message delivery semantics",
    Severity::warning,
    checkConsumerNotIdempotent,
};

}  // namespace loadpath::checks
