#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

/// What runs when the cache does not answer: its misses go elsewhere anyway.
bool missesGoElsewhere(const Snapshot& snapshot, const Link& link) {
    const FlowGraph& graph = snapshot.graph();
    if (at(graph.nodes, link.to).behaviour != Behaviour::cache) return false;
    const std::string wanted = "miss:" + at(graph.nodes, link.to).id.value;
    const auto& out = at(graph.outgoing, link.from);
    return std::any_of(out.begin(), out.end(), [&snapshot, &wanted](int other) {
        return viewOfLink(snapshot, other).value("p_from") == Value(wanted);
    });
}

std::vector<Finding> checkOptionalWithoutFallback(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        Finding finding{optional_without_fallback.id, optional_without_fallback.severity};
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> targets;
        for (const int out : graph.outgoing[i]) {
            const Link& link = at(graph.links, out);
            // Nobody waits for what a publish would have brought.
            if (!link.optional || link.fallback || link.mode != Mode::sync || !link.legal) continue;
            if (missesGoElsewhere(snapshot, link)) continue;
            finding.connections.push_back(link.id);
            targets.push_back(snapshot.nameOf(link.to));
            fix.set(link.id, "fallback", "default");
        }
        if (targets.empty()) continue;
        const Node& node = graph.nodes[i];
        finding.components = {node.id};
        std::sort(targets.begin(), targets.end());
        targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
        finding.message = fill("{} can do without {}, but the design does not say what it answers then",
                               {node.name, listed(targets)});
        finding.fix = fix.titled("Answer with a default");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule optional_without_fallback{
    "optional-without-fallback",
    "Optional, but nothing in its place",
    "Calling something optional is a promise that the page works without it, and somebody has to keep it: an empty "
    "list, the "
    "value of yesterday, the entry of a cache. Unless that answer is built and tried, the first outage finds out that "
    "the "
    "part was needed after all.",
    "Release It! (Nygard), ch. 5",
    Severity::info,
    checkOptionalWithoutFallback,
};

}  // namespace loadpath::checks
