#include "model/keys.h"
#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/tags.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

/// What it holds, what it writes to, or what is written through it concerns money.
bool holdsMoney(const Snapshot& snapshot, const Passing& passing, int cache) {
    const FlowGraph& graph = snapshot.graph();
    if (componentHasTag(snapshot, cache, "money")) return true;
    for (const int link : at(graph.outgoing, cache))
        if (componentHasTag(snapshot, at(graph.links, link).to, "money") || connectionHasTag(snapshot, link, "money"))
            return true;
    for (const int link : at(graph.incoming, cache)) {
        if (connectionHasTag(snapshot, link, "money")) return true;
        for (const Passing::Flow& passed : passing.over(link))
            if (passed.op == Op::write && flowHasTag(snapshot, at(graph.flows, passed.flow), "money")) return true;
    }
    return false;
}

std::vector<Finding> checkWriteBehindLoss(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    std::vector<Finding> findings;
    std::optional<Passing> passing;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < snapshot.graph().nodes.size(); ++i) {
        const Node& node = snapshot.graph().nodes[i];
        if (node.behaviour != Behaviour::cache) continue;
        const ParameterView view = viewOf(snapshot, static_cast<int>(i));
        if (view(keys::pattern) != "write_behind" || view.value("persistence") == Value("aof_always") ||
            view(keys::replicas) > 0)
            continue;
        if (!passing) passing.emplace(snapshot);
        const bool isMoney = holdsMoney(snapshot, *passing, static_cast<int>(i));
        const double intervalMs = view.value("flush_interval_ms").number(1000);
        const double lost = intervalMs / 1000 * evidence.capacity.nodes[i].writeRps;
        Finding finding{write_behind_loss.id, isMoney ? Severity::error : write_behind_loss.severity};
        finding.components = {node.id};
        const std::string what =
            lost >= 1 && std::isfinite(lost) ? "up to " + compact(lost) + " writes" : "the writes not yet passed on";
        finding.message = fill("{} confirms writes {} before it passes them on: a crash loses {}{}",
                               {node.name, duration(intervalMs), what, isMoney ? ", and they are about money" : ""});
        FixBuilder fix(snapshot, placement);
        if (isType(node, "redis")) {
            fix.set(node.id, "persistence", "aof_always");
            finding.fix = fix.titled("Log every write to disk before it is confirmed");
        } else {
            fix.set(node.id, keys::pattern.name, "write_through");
            finding.fix = fix.titled("Write through to the store");
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule write_behind_loss{
    "write-behind-loss",
    "Confirmed writes can be lost",
    "A write-behind cache tells the caller that all is well while the only copy of the write is in its memory. A crash "
    "before the next flush loses it, and nobody learns of it. Fine for counters that may be a little off, not for what "
    "somebody was told is stored.",
    "Kleppmann, Designing Data-Intensive Applications (2017), ch. 7 (durability); Redis documentation, persistence",
    Severity::warning,
    checkWriteBehindLoss,
};

}  // namespace loadpath::checks
