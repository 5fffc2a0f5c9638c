#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

bool isOwnService(const Node& node) { return isType(node, "service") || isType(node, "monolith"); }

std::vector<Finding> checkProtocolChoice(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double busy = evidence.threshold(protocol_choice, "calls_per_s");
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!isOwnService(graph.nodes[i])) continue;
        Finding finding{protocol_choice.id, protocol_choice.severity};
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> targets;
        double most = 0;
        for (const int link : graph.outgoing[i]) {
            const Link& l = at(graph.links, link);
            const double calls = at(evidence.capacity.linkRps, link);
            const bool isText = l.protocol == "http" || l.protocol == "https";
            if (!l.legal || l.mode != Mode::sync || !isText || !isOwnService(at(graph.nodes, l.to)) || !(calls > busy))
                continue;
            finding.connections.push_back(l.id);
            targets.push_back(snapshot.nameOf(l.to));
            most = std::max(most, calls);
            fix.set(l.id, keys::protocol.name, "grpc");
            if (l.protocol == "https" && !viewOfLink(snapshot, link).isStated("tls")) fix.set(l.id, "tls", true);
        }
        if (targets.empty()) continue;
        finding.components = {graph.nodes[i].id};
        finding.message = fill("{} calls {} up to {} over HTTP with JSON; gRPC would save work on both sides",
                               {graph.nodes[i].name, listed(targets), rate(most)});
        finding.fix = fix.titled("Speak gRPC");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule protocol_choice{
    "protocol-choice",
    "Text protocol on a busy path",
    "Between services that belong together, reading and writing JSON and headers for every call is work that nobody "
    "sees. At thousands of calls a second a binary encoding over one lasting HTTP/2 connection takes noticeably less "
    "time and bytes, and its contract is checked when the code is built.",
    "gRPC documentation, guides (performance)",
    Severity::info,
    checkProtocolChoice,
    {{"calls_per_s", 5000, 1, 1e9, "more calls than this between two services"}},
};

}  // namespace loadpath::checks
