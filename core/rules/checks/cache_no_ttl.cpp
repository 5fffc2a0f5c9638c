#include "model/keys.h"
#include "rules/caches.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkCacheNoTtl(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < snapshot.graph().nodes.size(); ++i) {
        const Node& node = snapshot.graph().nodes[i];
        const int index = static_cast<int>(i);
        if (node.behaviour != Behaviour::cache || !hasRole(snapshot, index, "cache") || !isTtlUnset(snapshot, index))
            continue;
        const ParameterView view = viewOf(snapshot, index);
        const Value invalidation = view.value("invalidation");
        if (invalidation == Value("delete_on_write") || invalidation == Value("cdc")) continue;
        Finding finding{cache_no_ttl.id, cache_no_ttl.severity};
        finding.components = {node.id};
        finding.message = fill(
            "{} keeps entries for ever and nothing removes them when the data changes: what is stale "
            "once stays stale",
            {node.name});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, keys::ttlS.name, 300);
        if (!(view.value("ttl_jitter").number() > 0)) fix.set(node.id, "ttl_jitter", 0.1);
        finding.fix = fix.titled("Let entries expire after five minutes");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cache_no_ttl{
    "cache-no-ttl",
    "Cache entries never expire",
    "A cache is a copy, and every copy drifts from the original: a delete is lost, a writer does not know of the "
    "cache. "
    "An expiry bounds how long such an error can last. Without it, and without anything that removes entries on a "
    "change, users see old data until somebody empties the cache by hand.",
    "Redis documentation, key expiration; AWS, Caching best practices",
    Severity::warning,
    checkCacheNoTtl,
};

}  // namespace loadpath::checks
