#include "rules/checks.h"
#include "rules/encryption.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <map>

namespace loadpath::checks {
namespace {

bool isReadableInside(const Snapshot& snapshot, const Meshes& meshes, int link) {
    const FlowGraph& graph = snapshot.graph();
    const Link& l = at(graph.links, link);
    const Node &from = at(graph.nodes, l.from), &to = at(graph.nodes, l.to);
    if ((l.mode != Mode::sync && l.mode != Mode::publish) || !l.legal) return false;
    if (from.behaviour == Behaviour::client || isIn(from, "edge")) return false;  // plaintext-edge's
    if (from.behaviour == Behaviour::resolver || to.behaviour == Behaviour::resolver) return false;
    if (isIn(to, "in_process")) return false;
    return !isEncrypted(snapshot, meshes, link);
}

/// One finding for what merely passes inside, so that a sketch is not covered with remarks; one for each
/// source of data that the law or a standard protects.
std::vector<Finding> checkPlaintextInternal(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Meshes meshes(snapshot);
    const Passing passing(snapshot);
    const Sensitive sensitive(snapshot, passing);
    std::map<ComponentId, std::vector<int>> protectedData;
    std::vector<int> other;
    for (std::size_t i = 0; i < graph.links.size(); ++i) {
        const int link = static_cast<int>(i);
        if (!isReadableInside(snapshot, meshes, link)) continue;
        if (sensitive.passes(link))
            protectedData[at(graph.nodes, graph.links[i].from).id].push_back(link);
        else
            other.push_back(link);
    }

    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    const auto encrypted = [&](Finding& finding, const std::vector<int>& links) {
        FixBuilder fix(snapshot, placement);
        for (const int link : links) {
            finding.connections.push_back(at(graph.links, link).id);
            fix.set(at(graph.links, link).id, "tls", true);
        }
        finding.fix = fix.titled(links.size() == 1 ? "Encrypt the connection" : "Encrypt these connections");
    };
    for (const auto& [id, links] : protectedData) {
        Finding finding{plaintext_internal.id, Severity::warning};
        finding.components = {id};
        std::vector<std::string> names;
        for (const int link : links) names.push_back(snapshot.nameOf(at(graph.links, link).to));
        std::sort(names.begin(), names.end());
        names.erase(std::unique(names.begin(), names.end()), names.end());
        finding.message = fill("Personal or payment data goes from {} to {} unencrypted",
                               {snapshot.nameOf(graph.node(id)), listed(names)});
        encrypted(finding, links);
        findings.push_back(std::move(finding));
    }
    if (!other.empty()) {
        Finding finding{plaintext_internal.id, Severity::info};
        std::vector<ComponentId> sources;
        for (const int link : other) sources.push_back(at(graph.nodes, at(graph.links, link).from).id);
        std::sort(sources.begin(), sources.end());
        sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
        finding.components = std::move(sources);
        finding.message =
            fill("{} unencrypted: whoever gets into the network can read along",
                 {plural(static_cast<long long>(other.size()), "connection inside is", "connections inside are")});
        encrypted(finding, other);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule plaintext_internal{
    "plaintext-internal",
    "Unencrypted inside",
    "A private network keeps strangers out only until the first machine in it is taken over or a packet capture is "
    "left running; from then on everything that passes unencrypted lies open. For personal and payment data laws and "
    "card rules ask for encryption on every hop; a service mesh gives it to all services at once.",
    "NIST SP 800-207 (Zero Trust Architecture); PCI DSS v4.0, requirement 4",
    Severity::info,
    checkPlaintextInternal,
};

}  // namespace loadpath::checks
