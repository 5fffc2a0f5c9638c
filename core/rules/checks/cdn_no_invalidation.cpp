#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

/// Segments of a video never change once written; all else may.
bool isMutable(const Value& content) {
    if (!content.list() || content.list()->empty()) return true;
    return std::any_of(content.list()->begin(), content.list()->end(),
                       [](const Value& kind) { return !(kind == Value("video")); });
}

std::vector<Finding> checkCdnNoInvalidation(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double longest = evidence.threshold(cdn_no_invalidation, "ttl_s");
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (!isType(node, "cdn")) continue;
        const ParameterView view = viewOf(snapshot, static_cast<int>(i));
        const double ttl = view.value("cache_ttl_s").number();
        if (!(ttl > longest) || !(view.value("invalidation") == Value("ttl")) || !isMutable(view.value("content")))
            continue;
        Finding finding{cdn_no_invalidation.id, cdn_no_invalidation.severity};
        finding.message = fill("{} keeps answers for {} and nothing replaces them before: a mistake stays that long",
                               {node.name, duration(ttl * 1000)});
        finding.components = {node.id};
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "invalidation", "versioned_urls");
        finding.fix = fix.titled("Use a new address for every version");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cdn_no_invalidation{
    "cdn-no-invalidation",
    "Content that cannot be replaced",
    "With nothing but a lifetime, an answer that turned out wrong stays at hundreds of places until it expires, while "
    "some users already see the new one. Addresses that change with the content need no waiting, and let the lifetime "
    "be as long as one likes.",
    "CloudFront documentation: updating content using versioned file names",
    Severity::info,
    checkCdnNoInvalidation,
    {{"ttl_s", 3600, 0, 31536000, "kept for longer than this"}},
};

}  // namespace loadpath::checks
