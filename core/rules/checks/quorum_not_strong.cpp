#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/strong_reads.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

std::vector<Finding> checkQuorumNotStrong(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    std::vector<Finding> findings;
    std::optional<StrongReads> wanted;
    Placement placement(snapshot.design());
    for (const StoreConsistency& store : evidence.consistency().stores) {
        const Node& node = at(snapshot.graph().nodes, store.node);
        if (node.behaviour != Behaviour::quorum_store || store.isStrong) continue;
        if (!wanted) wanted.emplace(snapshot);
        const std::string who = wanted->of(store.node);
        if (who.empty()) continue;
        Finding finding{quorum_not_strong.id, quorum_not_strong.severity};
        finding.components = {node.id};
        const std::string n = std::to_string(store.replicas), r = std::to_string(store.readers);
        const bool isHinted = !std::isfinite(store.staleProbability);
        finding.message =
            isHinted ? fill(
                           "{} needs strong consistency of {}, but a write at level ANY may be on none of the replicas "
                           "that are read",
                           {who, node.name})
                     : fill(
                           "{} needs strong consistency of {}, but R {} + W {} ≤ N {}: right after a write a read is "
                           "stale with probability {}",
                           {who, node.name, r, std::to_string(store.writers), n, percent(store.staleProbability)});
        FixBuilder fix(snapshot, placement);
        readAndWriteQuorums(fix, node.id);
        finding.fix = fix.titled("Read and write at QUORUM");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule quorum_not_strong{
    "quorum-not-strong",
    "Quorums do not overlap",
    "A read sees the last acknowledged write only if the replicas that answered it share at least one with those that "
    "confirmed the write: R + W > N. With less, a read may ask exactly those that have not heard of the write yet, and "
    "what was declared strong is merely likely.",
    "Gifford, Weighted Voting for Replicated Data (1979); Bailis et al., Probabilistically Bounded Staleness (2012)",
    Severity::error,
    checkQuorumNotStrong,
};

}  // namespace loadpath::checks
