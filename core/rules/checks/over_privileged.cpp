#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

#include <set>

namespace loadpath::checks {
namespace {

std::vector<Finding> checkOverPrivileged(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (!isIn(node, "compute")) continue;
        Finding finding{over_privileged.id, over_privileged.severity};
        finding.components = {node.id};
        FixBuilder fix(snapshot, placement);
        std::set<std::string> targets;
        for (const int out : graph.outgoing[i]) {
            const Link& link = at(graph.links, out);
            const ParameterView view = viewOfLink(snapshot, out);
            const Value role = view.value("role");
            if (!link.legal || view(keys::ops) != "read" || (role != Value("rw") && role != Value("admin"))) continue;
            finding.connections.push_back(link.id);
            targets.insert(snapshot.nameOf(link.to));
            fix.set(link.id, "role", "read");
        }
        if (finding.connections.empty()) continue;
        finding.message =
            fill("{} only reads from {} but may do more there", {node.name, listed({targets.begin(), targets.end()})});
        finding.fix = fix.titled("Let " + node.name + " only read");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule over_privileged{
    "over-privileged",
    "More rights than needed",
    "Rights that are not used help nobody but whoever takes over the service: a hole in a component that reads becomes "
    "a way to change or delete. An account with the least rights that its work needs keeps a break-in, and a bug, as "
    "small as the work.",
    "Saltzer and Schroeder (1975): least privilege; NIST SP 800-53, AC-6",
    Severity::warning,
    checkOverPrivileged,
};

}  // namespace loadpath::checks
