// Small flow graphs made by hand, for tests of the analyses that must not depend on how drawings compile.
#pragma once

#include "graph/flow_graph.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace loadpath::test {

class GraphBuilder {
public:
    FlowGraph graph;

    int domain(const std::string& id, double availability, int parent = -1) {
        Domain domain;
        domain.id = {id};
        domain.name = id;
        domain.availability = availability;
        domain.parent = parent;
        graph.domains.push_back(domain);
        return static_cast<int>(graph.domains.size()) - 1;
    }
    int node(const std::string& id, double availability, int instances = 1, int need = 1, std::vector<int> zones = {}) {
        Node node;
        node.id = {id};
        node.name = id;
        node.behaviour = Behaviour::compute;
        node.availability = availability;
        node.instances = node.units = instances;
        for (Serving& s : node.serving) s = {instances, need};
        node.zones = std::move(zones);
        graph.nodes.push_back(node);
        graph.outgoing.emplace_back();
        graph.incoming.emplace_back();
        const int index = static_cast<int>(graph.nodes.size()) - 1;
        graph.nodeById[id] = index;
        return index;
    }
    int client(const std::string& id = "client") {
        const int index = node(id, 1);
        graph.nodes.back().behaviour = Behaviour::client;
        graph.nodes.back().managed = true;
        return index;
    }
    int coin(const std::string& name, double probability, int missOf = -1) {
        graph.coins.push_back({name, probability, missOf});
        return static_cast<int>(graph.coins.size()) - 1;
    }
    int link(int from, int to, Mode mode = Mode::sync) {
        Link link;
        link.id = {"l" + std::to_string(graph.links.size())};
        link.from = from;
        link.to = to;
        link.mode = mode;
        const int index = static_cast<int>(graph.links.size());
        graph.links.push_back(link);
        graph.outgoing[static_cast<std::size_t>(from)].push_back(index);
        graph.incoming[static_cast<std::size_t>(to)].push_back(index);
        return index;
    }
    int flow(int entry, Op op = Op::read, double rate = 0) {
        FlowPath flow;
        flow.id = {"flow" + std::to_string(graph.flows.size())};
        flow.entry = entry;
        flow.op = op;
        flow.rateRps = rate;
        for (std::size_t i = 0; i < graph.nodes.size(); ++i) flow.visits.push_back({static_cast<int>(i), {}, {}});
        graph.flows.push_back(flow);
        return static_cast<int>(graph.flows.size()) - 1;
    }
    /// A required call without group; the returned reference may be changed until the next call of this.
    Call& call(int from, int to, int flow = 0, Mode mode = Mode::sync) {
        Call call;
        call.link = link(from, to, mode);
        call.target = to;
        FlowPath& path = graph.flows[static_cast<std::size_t>(flow)];
        call.purpose = path.op == Op::read ? Purpose::read : Purpose::write;
        if (mode == Mode::publish) {
            call.kind = Call::Kind::publish;
            call.purpose = Purpose::publish;
        }
        auto& calls = path.visits[static_cast<std::size_t>(from)].calls;
        calls.push_back(call);
        return calls.back();
    }
    void alternatives(int from, const std::vector<int>& targets, int need = 1, int flow = 0) {
        Visit& visit = graph.flows[static_cast<std::size_t>(flow)].visits[static_cast<std::size_t>(from)];
        CallGroup group;
        group.need = need;
        for (const int to : targets) {
            group.calls.push_back(static_cast<int>(visit.calls.size()));
            Call& made = call(from, to, flow);
            made.group = static_cast<int>(visit.groups.size());
            if (need == 1) made.share = 1.0 / static_cast<double>(targets.size());
        }
        visit.groups.push_back(group);
    }
};

}  // namespace loadpath::test
