#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/redundancy.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

bool hasNetworkCard(const Node& node) {
    if (!isKnown(node) || node.behaviour == Behaviour::client || node.behaviour == Behaviour::overlay ||
        isIn(node, "in_process"))
        return false;
    if (node.type->elastic == ComponentType::Elastic::always) return false;
    return !(node.type->elastic == ComponentType::Elastic::managed && node.managed);
}

/// More machines share the bytes where any machine can take any request.
bool scalesOut(const Node& node) {
    return isIn(node, "compute") || isIn(node, "lb_gw") || isIn(node, "ws") || isType(node, "block_node");
}

double gigabits(const Evidence& evidence, const std::vector<int>& links) {
    double sum = 0;
    for (const int link : links) {
        const double rps = at(evidence.capacity.linkRps, link);
        if (isIn(at(evidence.snapshot.graph().nodes, at(evidence.snapshot.graph().links, link).to), "in_process"))
            continue;
        if (rps > 0) sum += rps * viewOfLink(evidence.snapshot, link).value("payload_kb").number() * 8e-6;
    }
    return sum;
}

std::vector<Finding> checkBandwidth(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double share = evidence.threshold(bandwidth, "share");
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (!hasNetworkCard(node)) continue;
        const int index = static_cast<int>(i);
        const double card = viewOf(snapshot, index).value("nic_gbps").number();
        const double in = gigabits(evidence, graph.incoming[i]), out = gigabits(evidence, graph.outgoing[i]);
        const double most = std::max(in, out), each = most / node.instances;
        if (!(card > 0) || !std::isfinite(each) || !(each > card * share * (1 + 1e-9))) continue;
        Finding finding{bandwidth.id, bandwidth.severity};
        finding.components = {node.id};
        finding.message =
            fill("{}{} exchanges {} Gb/s with {}; its network card takes {} Gb/s, and above {} of that packets queue",
                 {node.instances > 1 ? "Each instance of " : "", node.name, compact(each),
                  in >= out ? "its callers" : "what it calls", compact(card), percent(share, 0)});
        const double wanted = std::ceil(most / (card * share) - 1e-9);
        if (scalesOut(node) && !node.managed && wanted < 1e5) {
            FixBuilder fix(snapshot, placement);
            setInstances(fix, index, static_cast<int>(wanted));
            finding.fix = fix.titled("Run " + inWords(static_cast<long long>(wanted)) + " instances of " + node.name);
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule bandwidth{
    "bandwidth",
    "Network card is full",
    "Large answers fill the network long before the processor: at 10 Gb/s a machine sends no more than 1.25 GB a "
    "second, and queues in the card grow well before that. Let a CDN or an object store deliver what is large, make it "
    "smaller, or spread it over more machines.",
    "Systems Performance (B. Gregg), ch. 10: network; vendor limits of instance types",
    Severity::warning,
    checkBandwidth,
    {{"share", 0.7, 0.05, 1, "uses more than this share of the network card"}},
};

}  // namespace loadpath::checks
