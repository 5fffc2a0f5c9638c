#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/strong_reads.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

/// Whether reads of the store may be old by configuration, and the edit that makes them strong.
bool mendEventualReads(FixBuilder& fix, const Snapshot& snapshot, const StoreConsistency& store, std::string& title) {
    const Node& node = at(snapshot.graph().nodes, store.node);
    const ParameterView view = viewOf(snapshot, store.node);
    if (node.behaviour == Behaviour::quorum_store && !store.isStrong) {
        readAndWriteQuorums(fix, node.id);
        title = "Read and write at QUORUM";
    } else if (isType(node, "dynamodb") && view.value("consistency") == Value("eventual")) {
        fix.set(node.id, "consistency", "strong");
        title = "Use strongly consistent reads";
    } else if (isType(node, "mongodb") && view.value("read_preference") != Value("primary")) {
        fix.set(node.id, "read_preference", "primary");
        title = "Read from the primary";
    }
    return !fix.empty();
}

bool isSingleLeader(const Node& node) { return isType(node, "coordination") || isType(node, "postgres"); }

std::vector<Finding> checkCapMismatch(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    std::vector<Finding> findings;
    if (evidence.consistency().stores.empty()) return findings;
    const StrongReads wanted(snapshot);
    Placement placement(snapshot.design());
    for (const StoreConsistency& store : evidence.consistency().stores) {
        const Node& node = at(snapshot.graph().nodes, store.node);
        const bool isQuorum = node.behaviour == Behaviour::quorum_store;
        // Stated of a quorum store it is an error of its own; what is about money needs it without saying so.
        const std::string& strong = isQuorum ? wanted.impliedOf(store.node) : wanted.of(store.node);
        const std::string& available = wanted.availableOver(store.node);
        FixBuilder fix(snapshot, placement);
        std::string title;
        Finding finding{cap_mismatch.id, cap_mismatch.severity};
        finding.components = {node.id};
        if (!strong.empty() && !(isQuorum && !wanted.of(store.node).empty()) &&
            mendEventualReads(fix, snapshot, store, title)) {
            finding.message =
                fill("{} needs the latest data of {}, which is {} as it is set ({}): it may read old ones",
                     {strong, node.name, store.cap, store.pacelc});
            finding.fix = fix.titled(std::move(title));
        } else if (!available.empty() && isSingleLeader(node)) {
            finding.message = fill(
                "{} must go on while the network is cut, but needs {}, which then refuses on the side "
                "without a majority or leader ({}, {})",
                {available, node.name, store.cap, store.pacelc});
        } else {
            continue;
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cap_mismatch{
    "cap-mismatch",
    "Store promises another consistency",
    "When the network is cut, a store either refuses on one side or answers with what it has; and even without a cut "
    "it "
    "trades delay for consistency. Which of them is set must be what the flow needs: money on eventual reads is "
    "counted twice, and a feature that must always answer stands still behind a single leader.",
    "Gilbert and Lynch, Brewer's Conjecture (2002); Abadi, Consistency Tradeoffs (2012), PACELC",
    Severity::warning,
    checkCapMismatch,
};

}  // namespace loadpath::checks
