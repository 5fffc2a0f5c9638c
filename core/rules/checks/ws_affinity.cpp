#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/shared_state.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkWsAffinity(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        const int index = static_cast<int>(i);
        if (node.instances < 2 || !needsBackplane(snapshot, index) || hasBackplane(snapshot, index)) continue;
        Finding finding{ws_affinity.id, ws_affinity.severity};
        finding.message =
            fill("A user on one of the {} instances of {} cannot reach a user on another: nothing connects them",
                 {inWords(node.instances), node.name});
        finding.components = {node.id};
        FixBuilder fix(snapshot, placement);
        addBackplane(fix, index);
        if (!fix.empty()) finding.fix = fix.titled("Connect the instances through Redis");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule ws_affinity{
    "ws-affinity",
    "Sockets on different gateways",
    "A socket lives in one process. A message for somebody whose socket is held by another instance has to get there, "
    "and without a channel that all instances listen on it is simply lost: the chat works in the demo with one "
    "instance and loses messages with two.",
    "Socket.IO documentation: adapters; Redis documentation: Pub/Sub",
    Severity::error,
    checkWsAffinity,
};

}  // namespace loadpath::checks
