#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

constexpr ParameterKey<bool> recognisesRepeats{"idempotent_consumer"};

/// Reads from the log, writes to the log, and commits both together.
bool isLogTransaction(const Snapshot& snapshot, const Subscription& subscription) {
    const FlowGraph& graph = snapshot.graph();
    const Node &broker = at(graph.nodes, subscription.broker), &consumer = at(graph.nodes, subscription.consumer);
    if (broker.behaviour != Behaviour::log) return false;
    if (consumer.behaviour == Behaviour::log) return true;
    if (isType(consumer, "stream_processor"))
        return viewOf(snapshot, subscription.consumer).value("semantics") == "exactly_once";
    bool writesLog = false;
    for (const int out : at(graph.outgoing, subscription.consumer)) {
        const Link& link = at(graph.links, out);
        if (!link.legal || (link.mode != Mode::sync && link.mode != Mode::publish)) continue;
        if (link.mode == Mode::sync || at(graph.nodes, link.to).behaviour != Behaviour::log) return false;
        writesLog = true;
    }
    return writesLog;
}

bool claimsTooMuch(const Snapshot& snapshot, const Subscription& subscription) {
    const ParameterView view = viewOfLink(snapshot, subscription.link);
    if (!(view.value("delivery") == "exactly_once") || view(recognisesRepeats)) return false;
    const ParameterView consumer = viewOf(snapshot, subscription.consumer);
    if (consumer.value("idempotent") == true || !consumer.value("dedup_store").isNull()) return false;
    // Rows of a store are replaced by key; a FIFO queue drops what it has seen.
    if (isIn(at(snapshot.graph().nodes, subscription.consumer), "store")) return false;
    if (viewOf(snapshot, subscription.broker).value("fifo") == true) return false;
    return !isLogTransaction(snapshot, subscription);
}

std::vector<Finding> checkExactlyOnceClaim(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const Subscription& subscription : graph.subscriptions) {
        if (!claimsTooMuch(snapshot, subscription)) continue;
        Finding finding{exactly_once_claim.id, exactly_once_claim.severity};
        const Node &broker = at(graph.nodes, subscription.broker), &consumer = at(graph.nodes, subscription.consumer);
        finding.components = {broker.id, consumer.id};
        finding.connections = {at(graph.links, subscription.link).id};
        finding.message = fill(
            "{} is said to get each message of {} exactly once, but nothing makes it so: no "
            "transaction spans both, and repetitions are not recognised",
            {consumer.name, broker.name});
        FixBuilder fix(snapshot, placement);
        fix.set(finding.connections.front(), recognisesRepeats.name, true);
        finding.fix = fix.titled("Recognise repeated messages by their id");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule exactly_once_claim{
    "exactly-once-claim",
    "Exactly once is claimed, not made",
    "No network delivers exactly once: an acknowledgement can be lost, and then the message comes again or not at all. "
    "What "
    "looks like it is either a transaction inside one log, from topic to topic, or at-least-once delivery to a "
    "consumer "
    "that recognises repetitions by the id of the message.",
    "Apache Kafka documentation: message delivery semantics",
    Severity::info,
    checkExactlyOnceClaim,
};

}  // namespace loadpath::checks
