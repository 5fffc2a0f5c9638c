// Change logs and their readers, and service meshes: what connections mean beyond their own ends.
#include "graph/compile.h"
#include "graph/node_types.h"
#include "model/keys.h"
#include "support/index.h"

#include <algorithm>

namespace loadpath::compile {
namespace {

constexpr double triggerMs = 1;     // that a trigger adds to each write
constexpr double sidecarMs = 1.15;  // mean per hop; its 90th percentile is 2.65

}  // namespace

void changeFeeds(FlowGraph& graph, const Design& design, const Catalog& catalog) {
    const auto viewOf = [&](int node) {
        const Component& c = design.components[at(node)];
        return ParameterView(catalog.typeOf(c.type).parameters, c.properties);
    };
    for (std::size_t i = 0; i < graph.links.size(); ++i) {
        const Link& link = graph.links[i];
        Node& source = graph.nodes[at(link.from)];
        const Node& reader = graph.nodes[at(link.to)];
        const bool isConnector = link.mode == Mode::replicate && isIn(reader, "cdc");
        const bool isStream = link.mode == Mode::consume && source.topics.empty();
        if (!link.legal || (!isConnector && !isStream)) continue;
        const ParameterView view(catalog.connectionParameters, design.connections[i].properties);
        ChangeFeed feed;
        feed.link = static_cast<int>(i);
        feed.source = link.from;
        feed.consumer = link.to;
        feed.share =
            (view.isSet(keys::p.name) ? std::clamp(view(keys::p), 0.0, 1.0) : 1) * std::max(0.0, view(keys::calls));
        graph.feeds.push_back(feed);
        const bool isTriggered = isConnector && viewOf(link.to).value("method") == Value("trigger");
        if (isTriggered && !viewOf(link.from).isStated(keys::serviceTimeMs.name)) source.serviceMs[1] += triggerMs;
    }
}

void meshes(FlowGraph& graph, const Design& design, const Catalog& catalog) {
    std::vector<char> isMember(graph.nodes.size(), 0);
    bool any = false;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (graph.nodes[i].behaviour != Behaviour::overlay) continue;
        any = true;
        const Component& c = design.components[i];
        const Value members = ParameterView(catalog.typeOf(c.type).parameters, c.properties).value("members");
        if (members.list() && !members.list()->empty()) {
            for (const Value& id : *members.list())
                if (const int node = id.text() ? graph.node({*id.text()}) : -1; node >= 0) isMember[at(node)] = 1;
            continue;
        }
        for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
            const Node& node = graph.nodes[n];
            const bool selfRunBalancer = node.behaviour == Behaviour::balancer && !node.managed;
            if (isIn(node, "compute") || isIn(node, "ws") || node.behaviour == Behaviour::gateway || selfRunBalancer)
                isMember[n] = 1;
        }
    }
    if (!any) return;
    for (Link& link : graph.links)
        if (link.mode == Mode::sync && isMember[at(link.from)] && isMember[at(link.to)]) link.meshMs = sidecarMs;
}

}  // namespace loadpath::compile
