#include "model/keys.h"
#include "rules/checks.h"
#include "rules/encryption.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

#include <set>

namespace loadpath::checks {
namespace {

/// What a browser speaks without TLS if nobody says otherwise. HTTP/2 and server-sent events exist in
/// browsers over TLS only or ride on what the page came by.
bool isReadableProtocol(std::string_view protocol) {
    static constexpr std::string_view readable[] = {"http", "ws", "tcp", "grpc", "graphql"};
    return std::find(std::begin(readable), std::end(readable), protocol) != std::end(readable);
}

bool leavesReadable(const Snapshot& snapshot, const Meshes& meshes, int link) {
    const Link& l = at(snapshot.graph().links, link);
    if (!l.legal || l.protocol == "dns") return false;
    const bool saysNo = viewOfLink(snapshot, link).value("tls") == Value(false);
    return (saysNo || isReadableProtocol(l.protocol)) && !isEncrypted(snapshot, meshes, link);
}

/// The protocol of the same kind that TLS is part of, where the pair may speak it.
void encryptLink(FixBuilder& fix, const Link& link) {
    static constexpr std::pair<std::string_view, const char*> encrypted[] = {
        {"http", "https"}, {"ws", "wss"}, {"tcp", "tls_tcp"}};
    const FlowGraph& graph = fix.snapshot().graph();
    Connection& connection = fix.edit(link.id);
    for (const auto& [plain, secure] : encrypted) {
        if (link.protocol != plain) continue;
        const std::string &from = at(graph.nodes, link.from).type->id, &to = at(graph.nodes, link.to).type->id;
        if (!fix.snapshot().catalog().legality(from, link.mode, to, secure).legal) break;
        connection.properties.insert_or_assign(std::string(keys::protocol.name), secure);
        connection.properties.erase("tls");
        return;
    }
    connection.properties.insert_or_assign("tls", true);
}

std::vector<Finding> checkPlaintextEdge(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Meshes meshes(snapshot);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (node.behaviour != Behaviour::client && !isIn(node, "edge")) continue;
        Finding finding{plaintext_edge.id, plaintext_edge.severity};
        finding.components = {node.id};
        FixBuilder fix(snapshot, placement);
        std::set<std::string> targets, protocols;
        for (const int out : graph.outgoing[i]) {
            if (!leavesReadable(snapshot, meshes, out)) continue;
            const Link& link = at(graph.links, out);
            finding.connections.push_back(link.id);
            targets.insert(snapshot.nameOf(link.to));
            protocols.insert(link.protocol);
            encryptLink(fix, link);
        }
        if (finding.connections.empty()) continue;
        finding.message =
            fill("From {} to {} goes {} without TLS: everybody on the way can read and change it",
                 {node.name, listed({targets.begin(), targets.end()}), listed({protocols.begin(), protocols.end()})});
        finding.fix = fix.titled("Encrypt with TLS");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule plaintext_edge{
    "plaintext-edge",
    "Unencrypted on the internet",
    "Between a client and your door lie networks that belong to others: the café's Wi-Fi, the provider, the exchange. "
    "Without TLS each of them can read passwords and session cookies and change what is delivered. Certificates are "
    "free and handshakes are cheap, so there is no case left for going without.",
    "OWASP Transport Layer Security cheat sheet; RFC 9325 (recommendations for TLS)",
    Severity::error,
    checkPlaintextEdge,
};

}  // namespace loadpath::checks
