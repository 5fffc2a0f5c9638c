#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

void putProxyBetween(FixBuilder& fix, int link) {
    const FlowGraph& graph = fix.snapshot().graph();
    const Link& l = at(graph.links, link);
    const Component& target = componentOf(fix.snapshot(), l.to);
    const Point from = fix.positionOf(at(graph.nodes, l.from).id), to = target.position;
    // Wherever the target survives the loss of a zone, so should what stands before it.
    std::vector<ZoneId> zones = target.zones.size() > 1 ? target.zones : std::vector<ZoneId>{};
    const ComponentId proxy =
        fix.add("grpc_web_proxy", target.id.value + "-grpc-web", "gRPC-Web proxy",
                {(from.x + to.x) / 2, (from.y + to.y) / 2}, std::move(zones),
                Parameters{{std::string(keys::instances.name), std::max(2, at(graph.nodes, l.to).instances)}});
    Connection& first = fix.edit(l.id);
    first.to = proxy;
    first.bends.clear();
    first.properties.insert_or_assign(std::string(keys::protocol.name), "grpc_web");
    Parameters onward{{std::string(keys::protocol.name), "grpc"}};
    if (const auto tls = first.properties.find("tls"); tls != first.properties.end()) onward.insert(*tls);
    fix.connect(proxy, target.id, Mode::sync, std::move(onward));
}

std::vector<Finding> checkGrpcFromBrowser(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (node.behaviour != Behaviour::client ||
            viewOf(snapshot, static_cast<int>(i)).value("kind") != Value("browser"))
            continue;
        Finding finding{grpc_from_browser.id, grpc_from_browser.severity};
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> targets;
        for (const int link : graph.outgoing[i]) {
            const Link& l = at(graph.links, link);
            if (!l.legal || l.mode != Mode::sync || l.protocol != "grpc") continue;
            finding.connections.push_back(l.id);
            targets.push_back(snapshot.nameOf(l.to));
            putProxyBetween(fix, link);
        }
        if (targets.empty()) continue;
        finding.components = {node.id};
        finding.message = fill("{} runs in a browser and cannot speak gRPC to {}", {node.name, listed(targets)});
        if (snapshot.catalog().find("grpc_web_proxy"))
            finding.fix =
                fix.titled(targets.size() == 1 ? "Put a gRPC-Web proxy between" : "Put gRPC-Web proxies between");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule grpc_from_browser{
    "grpc-from-browser",
    "gRPC from a browser",
    "gRPC needs frames and trailers of HTTP/2 that browsers do not give to scripts, so a page cannot make such a call "
    "at "
    "all. gRPC-Web is a form that it can: a proxy before the service translates between the two.",
    "gRPC documentation, gRPC-Web; PROTOCOL-WEB specification",
    Severity::error,
    checkGrpcFromBrowser,
};

}  // namespace loadpath::checks
