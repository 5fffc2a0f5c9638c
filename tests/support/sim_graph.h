// Hand-made flow graphs for tests of the simulator: nothing stands between the test and the engine.
#pragma once

#include "graph/flow_graph.h"
#include "sim/engine.h"

#include <cmath>
#include <map>
#include <memory>
#include <string>

namespace loadpath::test {

class SimGraph {
public:
    explicit SimGraph(double rateRps = 0, Op op = Op::read) {
        node("client", Behaviour::client);
        if (rateRps > 0) flow("flow", rateRps, op);
    }

    FlowGraph graph;

    Node& at(int index) { return graph.nodes[static_cast<std::size_t>(index)]; }
    Link& linkAt(int index) { return graph.links[static_cast<std::size_t>(index)]; }

    int node(const std::string& id, Behaviour behaviour = Behaviour::compute, double serviceMs = 0, int servers = 0,
             int instances = 1) {
        Node made;
        made.id = {id};
        made.name = id;
        made.behaviour = behaviour;
        made.instances = made.units = instances;
        made.serviceMs[0] = made.serviceMs[1] = serviceMs;
        made.concurrency = servers;
        made.hasUtilisation = servers > 0;
        made.managed = behaviour == Behaviour::client;
        for (Serving& serving : made.serving) serving = {instances, 1};
        graph.nodes.push_back(made);
        const int index = static_cast<int>(graph.nodes.size()) - 1;
        graph.nodeById[id] = index;
        graph.outgoing.emplace_back();
        graph.incoming.emplace_back();
        return index;
    }
    int station(const std::string& id, double serviceMs, int servers = 1, int instances = 1) {
        return node(id, Behaviour::compute, serviceMs, servers, instances);
    }

    int flow(const std::string& id, double rateRps, Op op = Op::read, int entry = 0) {
        FlowPath made;
        made.id = {id};
        made.name = id;
        made.entry = entry;
        made.op = op;
        made.rateRps = made.averageRps = rateRps;
        graph.flows.push_back(made);
        const int index = static_cast<int>(graph.flows.size()) - 1;
        visit(index, entry);
        return index;
    }

    int link(int from, int to, double rttMs = 0, Mode mode = Mode::sync) {
        Link made;
        const int index = static_cast<int>(graph.links.size());
        made.id = {"link" + std::to_string(index)};
        made.from = from;
        made.to = to;
        made.mode = mode;
        made.rttMs = rttMs;
        graph.links.push_back(made);
        graph.linkById[made.id.value] = index;
        graph.outgoing[static_cast<std::size_t>(from)].push_back(index);
        graph.incoming[static_cast<std::size_t>(to)].push_back(index);
        return index;
    }

    Visit& visit(int flow, int node) {
        auto& visits = graph.flows[static_cast<std::size_t>(flow)].visits;
        auto it = visits.begin();
        while (it != visits.end() && it->node < node) ++it;
        if (it == visits.end() || it->node != node) {
            it = visits.insert(it, Visit{});
            it->node = node;
        }
        return *it;
    }

    /// Adds the call over `link` to what its source does; returns its index in the visit.
    int call(int link, Call call = {}, int flow = 0) {
        const Link& over = graph.links[static_cast<std::size_t>(link)];
        call.link = link;
        call.target = over.to;
        if (over.mode == Mode::publish) {
            call.kind = Call::Kind::publish;
            call.purpose = Purpose::publish;
        }
        visit(flow, over.to);
        Visit& from = visit(flow, over.from);
        from.calls.push_back(call);
        return static_cast<int>(from.calls.size()) - 1;
    }
    int connect(int from, int to, double rttMs = 0, Call more = {}, int flow = 0) {
        const int made = link(from, to, rttMs);
        call(made, more, flow);
        return made;
    }

    int coin(double probability, int missOf = -1) {
        graph.coins.push_back({"coin" + std::to_string(graph.coins.size()), probability, missOf});
        return static_cast<int>(graph.coins.size()) - 1;
    }

    void group(int flow, int node, int need, std::vector<int> members) {
        Visit& made = visit(flow, node);
        const int index = static_cast<int>(made.groups.size());
        for (const int member : members) {
            Call& call = made.calls[static_cast<std::size_t>(member)];
            call.group = index;
            if (need == 1 && call.share == 1) call.share = 1.0 / static_cast<double>(members.size());
        }
        made.groups.push_back({{}, need, std::move(members)});
    }

    /// A balancer without work of its own in front of `target`; returns the balancer.
    int balance(int from, int target, const std::string& algorithm) {
        const int lb = node("lb" + std::to_string(graph.nodes.size()), Behaviour::balancer);
        at(lb).balancing = algorithm;
        connect(from, lb);
        connect(lb, target);
        return lb;
    }

    /// A broker with one topic; returns its node.
    int broker(const std::string& id, Behaviour behaviour, int partitions, int instances = 1) {
        const int made = node(id, behaviour, 0, 0, instances);
        at(made).topics.push_back({"default", partitions, 1, 1});
        return made;
    }
    int subscribe(int broker, int consumer, int maxAttempts = 0, double share = 1) {
        Subscription made;
        made.link = link(broker, consumer, 0, Mode::consume);
        made.broker = broker;
        made.consumer = consumer;
        made.group = graph.nodes[static_cast<std::size_t>(consumer)].id.value;
        made.share = share;
        made.maxAttempts = maxAttempts;
        const int index = static_cast<int>(graph.subscriptions.size());
        FlowPath derived;
        derived.id = {"derived" + std::to_string(index)};
        derived.entry = consumer;
        derived.op = Op::write;
        derived.derived = true;
        derived.subscription = index;
        derived.visits.push_back({});
        derived.visits.back().node = consumer;
        made.flow = static_cast<int>(graph.flows.size());
        graph.flows.push_back(derived);
        graph.subscriptions.push_back(made);
        return index;
    }

    sim::Engine engine(const Scenario& scenario) const { return engine(scenario, sim::Settings::usual(graph)); }
    sim::Engine engine(const Scenario& scenario, const sim::Settings& settings) const {
        return {sim::Plan::of(std::make_shared<const FlowGraph>(graph), settings), scenario};
    }
    Metrics run(double durationS, double warmupS = 0, std::int64_t seed = 1) const {
        Scenario scenario;
        scenario.durationS = durationS;
        scenario.warmupS = warmupS;
        scenario.seed = seed;
        scenario.seriesStepS = 0;
        return run(scenario);
    }
    Metrics run(const Scenario& scenario) const {
        sim::Engine made = engine(scenario);
        while (made.advance(1'000'000)) {}
        return made.metrics();
    }
};

inline Fault fault(double atS, std::string kind, std::string target, std::optional<double> durationS = {},
                   Parameters extra = {}) {
    Fault made;
    made.atS = atS;
    made.kind = std::move(kind);
    made.target = std::move(target);
    made.durationS = durationS;
    made.extra = std::move(extra);
    return made;
}

/// Mean over independent seeds with its standard error.
struct Estimate {
    double sum = 0, squares = 0;
    int n = 0;
    void add(double x) {
        sum += x;
        squares += x * x;
        ++n;
    }
    double mean() const { return sum / n; }
    double error() const {
        const double variance = (squares - sum * sum / n) / (n - 1);
        return std::sqrt(std::max(0.0, variance) / n);
    }
    /// The tolerance of the domain documents: three standard errors, or `relative` of what is expected.
    bool agrees(double expected, double relative = 0.02) const {
        return std::abs(mean() - expected) <= std::max(3 * error(), relative * expected);
    }
};

}  // namespace loadpath::test
