#include "analysis/capacity.h"

#include "analysis/copies.h"
#include "analysis/latency.h"
#include "analysis/traffic.h"
#include "support/index.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace loadpath {

namespace {

using Sent = std::vector<std::vector<std::pair<int, double>>>;
/// Nothing sent stays nothing, even from a source without bound.
double times(double rate, double share) { return rate > 0 && share > 0 ? rate * share : 0; }

double squaredVariation(const Node& node) {
    const double shape = node.distributionShape;
    switch (node.distribution) {
        case Distribution::exponential:
            return 1;
        case Distribution::deterministic:
            return 0;
        case Distribution::erlang:
            return 1 / shape;
        case Distribution::lognormal:
            return shape * shape;
        case Distribution::pareto:
            return shape > 2 ? 1 / (shape * (shape - 2)) : std::numeric_limits<double>::infinity();
    }
    return 1;
}

class LoadPass {
public:
    explicit LoadPass(const FlowGraph& graph) : m_graph(graph), m_visitOf(graph.nodes.size(), -1) {
        m_report.nodes.resize(graph.nodes.size());
        m_report.linkRps.assign(graph.links.size(), 0.0);
        m_consumedRps.assign(graph.nodes.size(), 0.0);
    }

    CapacityReport run() {
        m_report.flowVisits.reserve(m_graph.flows.size());
        for (const FlowPath& flow : m_graph.flows) addUnitTraffic(flow);
        solveFlowRates();
        for (std::size_t f = 0; f < m_graph.flows.size(); ++f) addLoad(f);
        addReplication();
        addQueues();
        addLatency();
        auto& diverging = m_report.divergingNodes;
        std::sort(diverging.begin(), diverging.end());
        diverging.erase(std::unique(diverging.begin(), diverging.end()), diverging.end());
        m_report.diverges = !diverging.empty();
        return std::move(m_report);
    }

private:
    /// What one request a second entering a flow makes of every visit.
    void addUnitTraffic(const FlowPath& flow) {
        for (std::size_t i = 0; i < flow.visits.size(); ++i) m_visitOf[at(flow.visits[i].node)] = static_cast<int>(i);
        Sent onward(flow.visits.size());
        std::vector<double> external(flow.visits.size(), 0.0);
        for (std::size_t i = 0; i < flow.visits.size(); ++i)
            for (const Call& call : flow.visits[i].calls)
                if (!call.endsAtTarget() && m_visitOf[at(call.target)] >= 0)
                    onward[i].emplace_back(m_visitOf[at(call.target)], call.mean());
        if (const int entry = m_visitOf[at(flow.entry)]; entry >= 0) external[at(entry)] = 1;
        for (const Visit& visit : flow.visits) m_visitOf[at(visit.node)] = -1;
        TrafficSolution solution = solveTraffic(onward, std::move(external));
        for (int& member : solution.diverging) member = flow.visits[at(member)].node;
        m_report.flowVisits.push_back(std::move(solution.rates));
        m_diverging.push_back(std::move(solution.diverging));
    }

    /// Publishes of every flow feed the flows of those who consume them, which may publish again.
    void solveFlowRates() {
        const auto& flows = m_graph.flows;
        std::vector<double> external;
        for (const FlowPath& flow : flows) external.push_back(flow.derived ? 0 : flow.rateRps);
        Sent onward(flows.size());
        std::multimap<int, std::size_t> consumersOf;  // derived flows by broker
        for (std::size_t f = 0; f < flows.size(); ++f)
            if (flows[f].subscription >= 0)
                consumersOf.emplace(m_graph.subscriptions[at(flows[f].subscription)].broker, f);
        addFeeds(onward);
        addForwards(onward, consumersOf);
        for (std::size_t f = 0; f < flows.size(); ++f)
            for (std::size_t v = 0; v < flows[f].visits.size(); ++v)
                for (const Call& call : flows[f].visits[v].calls) {
                    if (call.kind != Call::Kind::publish) continue;
                    const auto [first, last] = consumersOf.equal_range(call.target);
                    for (auto it = first; it != last; ++it) {
                        const Subscription& s = m_graph.subscriptions[at(flows[it->second].subscription)];
                        const double rate = times(m_report.flowVisits[f][v], call.mean() * s.share);
                        if (rate > 0 && (s.topic < 0 || s.topic == call.topic))
                            onward[f].emplace_back(static_cast<int>(it->second), rate);
                    }
                }
        TrafficSolution solution = solveTraffic(onward, std::move(external));
        for (const int f : solution.diverging) m_report.divergingNodes.push_back(flows[at(f)].entry);
        m_report.flowRps = std::move(solution.rates);
    }

    /// A queue that takes the messages of a topic, or a mirror, hands them on to its own consumers.
    void addForwards(Sent& onward, const std::multimap<int, std::size_t>& consumersOf) const {
        for (std::size_t f = 0; f < m_graph.flows.size(); ++f) {
            if (m_graph.flows[f].subscription < 0) continue;
            const Subscription& from = m_graph.subscriptions[at(m_graph.flows[f].subscription)];
            const auto [first, last] = consumersOf.equal_range(from.consumer);
            for (auto it = first; it != last; ++it) {
                const Subscription& to = m_graph.subscriptions[at(m_graph.flows[it->second].subscription)];
                if (to.share > 0 && goesInto(from, to)) onward[f].emplace_back(static_cast<int>(it->second), to.share);
            }
        }
    }
    /// Topics of a mirror keep their names; what has one topic takes everything into it.
    bool goesInto(const Subscription& from, const Subscription& to) const {
        const auto &source = m_graph.nodes[at(from.broker)].topics, &target = m_graph.nodes[at(to.broker)].topics;
        if (to.topic < 0 || from.topic < 0 || target.size() <= 1) return true;
        return source[at(from.topic)].name == target[at(to.topic)].name;
    }

    /// Writes of a store feed the flows of those who read its changes, or those of a copy of it.
    void addFeeds(Sent& onward) const {
        if (m_graph.feeds.empty()) return;
        const auto& flows = m_graph.flows;
        const Copies copies(m_graph);
        std::vector<std::vector<const ChangeFeed*>> readersOf(m_graph.nodes.size());
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            const auto reached = copies.reachedFrom(static_cast<int>(i));
            for (const ChangeFeed& feed : m_graph.feeds)
                if (std::find(reached.begin(), reached.end(), feed.source) != reached.end())
                    readersOf[i].push_back(&feed);
        }
        for (std::size_t f = 0; f < flows.size(); ++f) {
            const auto feedAll = [&](int store, double writes) {
                for (const ChangeFeed* feed : readersOf[at(store)])
                    if (writes > 0) onward[f].emplace_back(feed->flow, writes * feed->share);
            };
            if (flows[f].op == Op::write) feedAll(flows[f].entry, 1);
            for (std::size_t v = 0; v < flows[f].visits.size(); ++v)
                for (const Call& call : flows[f].visits[v].calls)
                    if (call.purpose != Purpose::read)
                        feedAll(call.target, times(m_report.flowVisits[f][v], call.mean()));
        }
    }

    void addOperations(int index, Op op, double rps) {
        const Node& node = m_graph.nodes[at(index)];
        ComponentLoad& load = m_report.nodes[at(index)];
        (op == Op::read ? load.readRps : load.writeRps) += rps;
        load.arrivalRps += times(rps, node.operations[at(static_cast<int>(op))]);
    }

    void addLoad(std::size_t index) {
        const FlowPath& flow = m_graph.flows[index];
        const double rate = m_report.flowRps[index];
        if (rate <= 0) return;
        const auto& diverging = m_diverging[index];
        m_report.divergingNodes.insert(m_report.divergingNodes.end(), diverging.begin(), diverging.end());
        addOperations(flow.entry, flow.op, rate);
        if (flow.subscription >= 0) {
            m_report.linkRps[at(m_graph.subscriptions[at(flow.subscription)].link)] += rate;
            m_consumedRps[at(flow.entry)] += rate;
        }
        if (flow.feed >= 0) {
            const int link = m_graph.feeds[at(flow.feed)].link;
            if (m_graph.links[at(link)].mode == Mode::consume) m_report.linkRps[at(link)] += rate;
        }
        for (std::size_t v = 0; v < flow.visits.size(); ++v) {
            const double visits = times(rate, m_report.flowVisits[index][v]);
            for (const Call& call : flow.visits[v].calls) {
                const double rps = times(visits, call.mean());
                m_report.linkRps[at(call.link)] += rps;
                addOperations(call.target, call.purpose == Purpose::read ? Op::read : Op::write, rps);
            }
        }
    }

    /// The writes of a store go to its copies, from these to theirs, and never back to where they came from.
    void addReplication() {
        const Copies copies(m_graph);
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            const double writes = m_report.nodes[i].writeRps;
            if (writes > 0)
                for (const int link : copies.linksFrom(static_cast<int>(i))) m_report.linkRps[at(link)] += writes;
        }
        for (std::size_t l = 0; l < m_graph.links.size(); ++l) {
            const Link& link = m_graph.links[l];
            const Node& target = m_graph.nodes[at(link.to)];
            if (!Copies::copies(link) || !(target.applyMs > 0)) continue;
            const double applied = times(m_report.linkRps[l], target.instances);  // each instance applies them all
            m_report.nodes[at(link.to)].appliedRps += applied;
            m_report.nodes[at(link.to)].arrivalRps += applied;
        }
    }

    /// Instances that can work: consumers of a partitioned topic are no more than its partitions.
    int workingInstances(int index) const {
        const Node& node = m_graph.nodes[at(index)];
        const ComponentLoad& load = m_report.nodes[at(index)];
        const bool onlyConsumes = load.arrivalRps > 0 && load.arrivalRps <= m_consumedRps[at(index)] * (1 + 1e-12);
        const bool isIdleConsumer = load.arrivalRps <= 0;
        if (!onlyConsumes && !isIdleConsumer) return node.instances;
        int partitions = 0;
        bool isBounded = false;
        std::vector<std::pair<int, int>> counted;
        for (const Subscription& s : m_graph.subscriptions) {
            if (s.consumer != index) continue;
            const auto& topics = m_graph.nodes[at(s.broker)].topics;
            for (int t = 0; t < static_cast<int>(topics.size()); ++t) {
                if (s.topic >= 0 && s.topic != t) continue;
                if (topics[at(t)].partitions <= 0) return node.instances;
                if (std::find(counted.begin(), counted.end(), std::pair(s.broker, t)) != counted.end()) continue;
                counted.emplace_back(s.broker, t);
                partitions += topics[at(t)].partitions;
                isBounded = true;
            }
        }
        return isBounded ? std::min(node.instances, partitions) : node.instances;
    }

    void addQueues() {
        std::vector<char> consumes(m_graph.nodes.size(), 0);
        for (const Subscription& s : m_graph.subscriptions) consumes[at(s.consumer)] = 1;
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            ComponentLoad& load = m_report.nodes[i];
            load.workingInstances = consumes[i] ? workingInstances(static_cast<int>(i)) : m_graph.nodes[i].instances;
            addQueue(m_graph.nodes[i], load);
            if (!(load.utilisation > 0)) continue;
            const int best = m_report.saturatesFirst;
            const double most = best < 0 ? 0 : m_report.nodes[at(best)].utilisation;
            if (load.utilisation > most ||
                (load.utilisation == most && m_graph.nodes[i].id < m_graph.nodes[at(best)].id))
                m_report.saturatesFirst = static_cast<int>(i);
        }
        if (m_report.saturatesFirst >= 0)
            m_report.headroom = 1 / m_report.nodes[at(m_report.saturatesFirst)].utilisation;
    }

    static void addQueue(const Node& node, ComponentLoad& load) {
        const double reads = times(load.readRps, node.operations[0]), writes = times(load.writeRps, node.operations[1]);
        const bool diverges = std::isinf(load.arrivalRps);
        const bool isBusy = load.arrivalRps > 0 && !diverges;
        const double share = isBusy ? writes / load.arrivalRps : 0;
        const double applied = isBusy ? load.appliedRps / load.arrivalRps : 0;
        const auto mean = [&](double read, double write, double apply) {
            return read * (1 - share - applied) + write * share + apply * applied;
        };
        const double service = mean(node.serviceMs[0], node.serviceMs[1], node.applyMs);
        load.serviceMs = service;
        if (!node.hasUtilisation) {
            if (node.behaviour != Behaviour::client && service > 0 && !diverges) load.responseMs = service;
            return;
        }
        load.capacityRps = applied > 0 ? static_cast<double>(node.instances) * node.concurrency * 1000 / service
                           : diverges  ? node.capacityRps(1, 1)
                                       : node.capacityRps(reads, writes);
        load.capacityRps *= static_cast<double>(load.workingInstances) / node.instances;
        if (diverges || !(load.capacityRps > 0) || std::isinf(load.capacityRps)) return;
        load.utilisation = load.arrivalRps / load.capacityRps;
        // Operations of two lengths vary more than either alone.
        const double square = mean(node.serviceMs[0] * node.serviceMs[0], node.serviceMs[1] * node.serviceMs[1],
                                   node.applyMs * node.applyMs);
        load.squaredVariation = square * (1 + squaredVariation(node)) / (service * service) - 1;
        load.queues = node.queuePerNode ? 1 : load.workingInstances;
        load.servers = node.concurrency * (node.queuePerNode ? load.workingInstances : 1);
        const double arrivals = load.arrivalRps / load.queues / 1000;
        if (node.queueLimit >= 0) {
            // Exact for exponential work; other work is corrected as in the queue without bound, and
            // nobody waits longer than for a full queue.
            const FiniteQueue queue = finiteQueue(load.servers, node.queueLimit, arrivals, service);
            load.blockedShare = queue.blocked;
            load.waitMs = std::min(queue.wait * (1 + load.squaredVariation) / 2,
                                   std::max(queue.wait, node.queueLimit * service / load.servers));
        } else {
            load.waitMs = load.utilisation >= 1 ? std::numeric_limits<double>::infinity()
                                                : meanWait(load.servers, arrivals, service, load.squaredVariation);
        }
        load.responseMs = load.waitMs + service;
    }

    void addLatency() {
        const std::vector<double> ownMs = ownTimesMs(m_report);
        for (const FlowPath& flow : m_graph.flows)
            m_report.flowLatencyMs.push_back(meanLatencyMs(m_graph, flow, ownMs));
    }

    const FlowGraph& m_graph;
    CapacityReport m_report;
    std::vector<std::vector<int>> m_diverging;  // by flow
    std::vector<double> m_consumedRps;          // by node: messages taken from brokers
    std::vector<int> m_visitOf;
};

}  // namespace

std::vector<LoadShare> loadShares(const FlowGraph& graph, const CapacityReport& report) {
    std::vector<LoadShare> shares;
    for (std::size_t f = 0; f < graph.flows.size(); ++f) {
        const FlowPath& flow = graph.flows[f];
        const double rate = report.flowRps[f];
        if (!(rate > 0)) continue;
        const int index = static_cast<int>(f);
        const int consumed = flow.subscription >= 0 ? graph.subscriptions[at(flow.subscription)].link : -1;
        shares.push_back({index, flow.entry, consumed, flow.op, rate, 1});
        for (std::size_t v = 0; v < flow.visits.size(); ++v)
            for (const Call& call : flow.visits[v].calls) {
                const double each = times(report.flowVisits[f][v], call.mean());
                const Op op = call.purpose == Purpose::read ? Op::read : Op::write;
                if (each > 0) shares.push_back({index, call.target, call.link, op, times(rate, each), each});
            }
    }
    return shares;
}

CapacityReport analyseCapacity(const FlowGraph& graph) { return LoadPass(graph).run(); }
CapacityReport analyseCapacity(const Snapshot& snapshot) { return analyseCapacity(snapshot.graph()); }

CapacityReport analyseAverageLoad(const FlowGraph& graph) {
    FlowGraph calm = graph;
    for (FlowPath& flow : calm.flows) flow.rateRps = flow.averageRps;
    return analyseCapacity(calm);
}

}  // namespace loadpath
