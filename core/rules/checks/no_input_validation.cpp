#include "rules/checks.h"
#include "rules/doors.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkNoInputValidation(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<int> trusting;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        if (viewOf(snapshot, static_cast<int>(i)).value("input_validation") == Value(false))
            trusting.push_back(static_cast<int>(i));
    if (trusting.empty()) return {};
    // The first code on the way is where input comes in; what stands behind it is called by code.
    const std::vector<char> reached = reachedFromOutside(
        snapshot, [](int) { return false; },
        [&snapshot, &graph](int node) {
            return isIn(at(graph.nodes, node), "compute") || hasFeature(snapshot, node, "validation");
        });
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const int index : trusting) {
        if (!at(reached, index)) continue;
        const Node& node = at(graph.nodes, index);
        Finding finding{no_input_validation.id, no_input_validation.severity};
        finding.components = {node.id};
        finding.message =
            fill("{} takes what comes from outside as it is, and nothing in front of it looks either", {node.name});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "input_validation", true);
        finding.fix = fix.titled("Check input in " + node.name);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule no_input_validation{
    "no-input-validation",
    "Input is taken as it comes",
    "Requests from outside hold what their sender likes: fields too long, negative amounts, markup, another user's id. "
    "Checked against a schema at the boundary, wrong ones cost one rejection; unchecked ones reach queries, logs and "
    "other services that trust their caller.",
    "OWASP Input Validation cheat sheet; OWASP ASVS 4.0, chapter 5",
    Severity::warning,
    checkNoInputValidation,
};

}  // namespace loadpath::checks
