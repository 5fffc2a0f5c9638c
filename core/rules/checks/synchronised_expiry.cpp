#include "rules/caches.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include "model/keys.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkSynchronisedExpiry(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < snapshot.graph().nodes.size(); ++i) {
        const Node& node = snapshot.graph().nodes[i];
        if (node.behaviour != Behaviour::cache) continue;
        const ParameterView view = viewOf(snapshot, static_cast<int>(i));
        const Value jitter = view.value("ttl_jitter");
        // What never expires cannot expire together.
        if (view.value("prewarm") != Value(true) || !jitter.isNumber() || jitter.number() > 0 ||
            isTtlUnset(snapshot, static_cast<int>(i)))
            continue;
        Finding finding{synchronised_expiry.id, synchronised_expiry.severity};
        finding.components = {node.id};
        finding.message = fill("{} is filled beforehand and all entries live exactly {}: they expire together",
                               {node.name, duration(view(keys::ttlS) * 1000)});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "ttl_jitter", 0.1);
        finding.fix = fix.titled("Vary the time to live by ten percent");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule synchronised_expiry{
    "synchronised-expiry",
    "All entries expire at once",
    "Entries that were written in the same moment with the same time to live disappear in the same moment, and the "
    "store behind gets the whole traffic at once, again after every period. A few percent of chance in the time to "
    "live "
    "spread the reloads out.",
    "AWS Builders' Library, Caching challenges and strategies",
    Severity::info,
    checkSynchronisedExpiry,
};

}  // namespace loadpath::checks
