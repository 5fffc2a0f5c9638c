#include "model/keys.h"
#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

bool isSse(const Link& link) { return link.legal && link.mode == Mode::sync && link.protocol == "sse"; }

/// The source sends the same flow over a connection that can carry it too.
bool goesElsewhere(const FlowGraph& graph, const Passing& passing, int source, int flow) {
    const auto& out = at(graph.outgoing, source);
    return std::any_of(out.begin(), out.end(), [&](int link) {
        const Link& l = at(graph.links, link);
        if (isSse(l) || l.mode != Mode::sync || at(graph.nodes, l.to).behaviour == Behaviour::resolver) return false;
        const auto& over = passing.over(link);
        return std::any_of(over.begin(), over.end(), [flow](const Passing::Flow& f) { return f.flow == flow; });
    });
}

/// Sockets in place of the stream, where that needs no further decision (users on different instances).
std::optional<Fix> withSockets(const Snapshot& snapshot, Placement& placement, const Node& gateway, int index) {
    const ComponentType* sockets = snapshot.catalog().find("websocket_gateway");
    const Value backplane = viewOf(snapshot, index).value("backplane");
    const bool isJoined = backplane.text() && !backplane.text()->empty() && *backplane.text() != "none";
    const bool isAlone = viewOf(snapshot, index).value("addressing") == Value("own_session");
    if (!sockets || !isType(gateway, "sse_gateway") || !(gateway.instances < 2 || isJoined || isAlone))
        return std::nullopt;
    FixBuilder fix(snapshot, placement);
    Component& changed = fix.edit(gateway.id);
    changed.type = sockets->id;
    std::erase_if(changed.properties,
                  [sockets](const auto& property) { return !findSpec(sockets->parameters, property.first); });
    for (const int in : at(snapshot.graph().incoming, index))
        if (isSse(at(snapshot.graph().links, in)))
            fix.set(at(snapshot.graph().links, in).id, keys::protocol.name, "wss");
    return fix.titled("Make " + gateway.name + " a WebSocket gateway");
}

std::vector<Finding> checkSseBidirectional(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    if (std::none_of(graph.links.begin(), graph.links.end(), isSse)) return findings;
    const Passing passing(snapshot);
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        for (const int link : graph.outgoing[i]) {
            const Link& l = at(graph.links, link);
            if (!isSse(l)) continue;
            std::vector<std::string> flows;
            for (const Passing::Flow& passed : passing.over(link)) {
                const FlowPath& flow = at(graph.flows, passed.flow);
                if (flow.op == Op::write && !flow.derived && !goesElsewhere(graph, passing, l.from, passed.flow))
                    flows.push_back(flow.name);
            }
            if (flows.empty()) continue;
            Finding finding{sse_bidirectional.id, sse_bidirectional.severity};
            finding.components = {at(graph.nodes, l.to).id};
            finding.connections = {l.id};
            finding.message = fill("{} sends to {} over server-sent events, which only flow from the server: {}",
                                   {snapshot.nameOf(l.from), snapshot.nameOf(l.to), listed(flows)});
            finding.fix = withSockets(snapshot, placement, at(graph.nodes, l.to), l.to);
            findings.push_back(std::move(finding));
        }
    return findings;
}

}  // namespace

const Rule sse_bidirectional{
    "sse-bidirectional",
    "Writing over a one-way stream",
    "Server-sent events are one long answer to a GET: the server writes, the browser reads and reconnects by itself. "
    "There is no way back over the same connection. What the user sends has to travel by ordinary requests beside the "
    "stream, or both ways over a WebSocket.",
    "WHATWG HTML standard, server-sent events; RFC 6455",
    Severity::error,
    checkSseBidirectional,
};

}  // namespace loadpath::checks
