#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

bool isEmptied(const FlowGraph& graph, int queue) {
    const auto& out = at(graph.outgoing, queue);
    return std::any_of(out.begin(), out.end(), [&graph](int link) {
        const Link& l = at(graph.links, link);
        return l.mode == Mode::consume && l.legal;
    });
}

std::vector<Finding> checkDlqUnwatched(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (int i = 0; i < static_cast<int>(graph.nodes.size()); ++i) {
        const Node& node = at(graph.nodes, i);
        if (node.behaviour != Behaviour::dead_letter) continue;
        const ParameterView view = viewOf(snapshot, i);
        const Value owner = view.value("owner");
        const bool hasOwner = owner.text() && !owner.text()->empty();
        if (!(view.value("alarm") == false) || hasOwner || isEmptied(graph, i)) continue;
        Finding finding{dlq_unwatched.id, dlq_unwatched.severity};
        finding.components = {node.id};
        finding.message =
            fill("Nobody learns of messages in {}: it has no alarm, no owner and no consumer", {node.name});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "alarm", true);
        finding.fix = fix.titled("Raise an alarm when a message arrives");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule dlq_unwatched{
    "dlq-unwatched",
    "Dead letters that nobody reads",
    "A dead-letter queue sets trouble aside so that somebody can look at it. When nobody is told, messages wait there "
    "until "
    "they expire: orders that were never shipped, mails never sent. One message in it is worth an alarm, and it needs "
    "an "
    "owner who decides whether to mend, repeat or drop.",
    "Amazon SQS developer guide: dead-letter queues",
    Severity::warning,
    checkDlqUnwatched,
};

}  // namespace loadpath::checks
