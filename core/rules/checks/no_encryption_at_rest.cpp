#include "rules/checks.h"
#include "rules/encryption.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkNoEncryptionAtRest(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<int> open;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!isIn(graph.nodes[i], "store")) continue;
        const ParameterView view = viewOf(snapshot, static_cast<int>(i));
        if (view.value("encrypted_at_rest") == Value(false) || view.value("encrypted") == Value(false))
            open.push_back(static_cast<int>(i));
    }
    if (open.empty()) return {};
    const Passing passing(snapshot);
    const Sensitive sensitive(snapshot, passing);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const int index : open) {
        const Node& node = at(graph.nodes, index);
        const bool isProtected = sensitive.isReachedBy(index);
        Finding finding{no_encryption_at_rest.id, isProtected ? Severity::error : Severity::warning};
        finding.components = {node.id};
        finding.message =
            isProtected ? fill("{} keeps personal or payment data unencrypted on its disks and backups", {node.name})
                        : fill("{} keeps its data unencrypted on disks and backups", {node.name});
        FixBuilder fix(snapshot, placement);
        for (const char* key : {"encrypted_at_rest", "encrypted"})
            if (viewOf(snapshot, index).value(key) == Value(false)) fix.set(node.id, key, true);
        finding.fix = fix.titled("Encrypt " + node.name + " at rest");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule no_encryption_at_rest{
    "no-encryption-at-rest",
    "Stored unencrypted",
    "Disks are sold on, snapshots are shared by mistake and backups lie where nobody looks. Encrypted at rest, they "
    "are worthless without a key that is kept elsewhere and every use of which is written down. Vendors offer it as a "
    "switch with hardly any cost; for payment data it is required.",
    "OWASP Cryptographic Storage cheat sheet; PCI DSS v4.0, requirement 3",
    Severity::warning,
    checkNoEncryptionAtRest,
};

}  // namespace loadpath::checks
