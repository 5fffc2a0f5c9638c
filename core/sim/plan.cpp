#include "sim/plan.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace loadpath::sim {
namespace {

Time fromMilliseconds(double ms) { return static_cast<Time>(std::llround(std::min(std::max(ms, 0.0), 1e12) * 1e6)); }

Balancing balancingNamed(const std::string& word) {
    if (word == "random") return Balancing::random;
    if (word == "least_conn") return Balancing::leastConnections;
    if (word == "p2c") return Balancing::twoChoices;
    if (word == "ip_hash") return Balancing::byUser;
    if (word == "consistent_hash") return Balancing::byKey;
    return Balancing::roundRobin;
}

class Planner {
public:
    explicit Planner(Plan& plan) : m_plan(plan), m_graph(*plan.graph) {}

    void make() {
        for (const Node& node : m_graph.nodes) m_plan.nodes.push_back(nodePlan(node));
        for (const Link& link : m_graph.links)
            m_plan.links.push_back({fromMilliseconds(link.rttMs) / 2, fromMilliseconds(link.timeoutMs),
                                    link.retryBudget, std::clamp(link.meshMs, 0.0, 1e9) * 1e6});
        for (std::size_t i = 0; i < m_graph.subscriptions.size(); ++i) {
            NodePlan& consumer = m_plan.nodes[at(m_graph.subscriptions[i].consumer)];
            consumer.subscriptions.push_back(static_cast<int>(i));
            consumer.consumes = true;
            m_plan.nodes[at(m_graph.subscriptions[i].broker)].feeds.push_back(static_cast<int>(i));
        }
        countCoins();
        for (const FlowPath& flow : m_graph.flows) addFlow(flow);
        m_plan.routesTo.resize(m_graph.nodes.size());
        for (std::size_t r = 0; r < m_plan.routes.size(); ++r)
            m_plan.routesTo[at(m_plan.routes[r].target)].push_back(static_cast<int>(r));
    }

private:
    NodePlan nodePlan(const Node& node) const {
        NodePlan plan;
        for (int op = 0; op < 2; ++op)
            plan.serviceNs[op] = std::isfinite(node.serviceMs[op]) ? std::min(node.serviceMs[op], 1e12) * 1e6 : 1e18;
        plan.stations = node.queuePerNode ? 1 : node.instances;
        const int merged = node.queuePerNode ? node.instances : 1;
        plan.servers = node.concurrency * merged;
        plan.threads = node.threads * merged;
        plan.unitsPerInstance = node.managed ? 1 : std::max(1, node.units / std::max(1, node.instances));
        plan.sharded = plan.unitsPerInstance > 1;
        plan.isCache = node.behaviour == Behaviour::cache || node.behaviour == Behaviour::edge_cache;
        plan.isBroker = node.isBroker();
        plan.isQuorum = node.behaviour == Behaviour::quorum_store;
        plan.passesErrorsOn = node.behaviour == Behaviour::balancer;
        plan.cancels = node.cancelPropagation;
        plan.queueLimit = node.queueLimit;
        plan.errorRate = node.errorRate;
        plan.distribution = node.distribution;
        plan.distributionShape = node.distributionShape;
        plan.hasStation = plan.servers > 0 || plan.threads > 0;
        return plan;
    }

    /// Connections that name one coin share its outcome within a request; a coin of its own is drawn
    /// again at every visit, which a component on a cycle needs.
    void countCoins() {
        std::vector<int> linkOf(m_graph.coins.size(), -1);
        m_shared.assign(m_graph.coins.size(), 0);
        for (const FlowPath& flow : m_graph.flows)
            for (const Visit& visit : flow.visits)
                for (const Call& call : visit.calls) {
                    if (call.coin < 0) continue;
                    int& link = linkOf[at(call.coin)];
                    if (link >= 0 && link != call.link) m_shared[at(call.coin)] = 1;
                    link = call.link;
                }
    }

    void addFlow(const FlowPath& flow) {
        FlowPlan plan;
        plan.rateRps = flow.derived ? 0 : flow.rateRps;
        plan.subscription = flow.subscription;
        plan.operation = flow.op == Op::write ? 1 : 0;
        const int first = static_cast<int>(m_plan.visits.size());
        const auto visitOf = [&flow, first](int node) {
            const Visit* visit = flow.visit(node);
            return visit ? first + static_cast<int>(visit - flow.visits.data()) : -1;
        };
        for (const Visit& visit : flow.visits) {
            VisitPlan made = visitPlan(visit);
            for (std::size_t c = 0; c < made.calls.size(); ++c)
                if (!visit.calls[c].endsAtTarget()) made.calls[c].visit = visitOf(made.calls[c].target);
            m_plan.visits.push_back(std::move(made));
        }
        plan.visit = visitOf(flow.entry);
        m_plan.flows.push_back(plan);
    }

    int route(int caller, int target) {
        const auto [it, isNew] = m_routes.try_emplace({caller, target}, static_cast<int>(m_plan.routes.size()));
        if (isNew) {
            Route made;
            made.caller = caller;
            made.target = target;
            if (m_graph.nodes[at(caller)].behaviour == Behaviour::balancer) {
                made.balancing = balancingNamed(m_graph.nodes[at(caller)].balancing);
                made.checksHealth = true;
            }
            m_plan.routes.push_back(made);
        }
        return it->second;
    }

    CallPlan callPlan(const Call& call, int visited) {
        const Link& link = m_graph.links[at(call.link)];
        CallPlan plan;
        plan.kind = call.kind;
        plan.link = call.link;
        plan.target = call.target;
        plan.topic = call.topic;
        plan.route = route(visited, call.target);
        plan.optional = call.optional;
        plan.forgiven = link.fallback;
        plan.waited = call.kind != Call::Kind::publish || call.inPhi || call.optional;
        plan.purpose = call.purpose;
        plan.operation = call.purpose == Purpose::read ? 0 : 1;
        plan.probability = call.probability;
        plan.missOf = call.missOf;
        if (call.coin >= 0) {
            const Coin& coin = m_graph.coins[at(call.coin)];
            plan.ownMiss =
                m_plan.nodes[at(visited)].isCache && coin.name == "miss:" + m_graph.nodes[at(visited)].id.value;
            if (m_shared[at(call.coin)] && !plan.ownMiss) plan.coin = call.coin;
        }
        if (plan.missOf == visited) plan.ownMiss = true;
        const double calls = std::min(std::max(call.calls, 0.0), 1e5);
        plan.whole = static_cast<int>(calls);
        plan.fraction = calls - plan.whole;
        plan.together = call.parallel;
        plan.share = call.share;
        plan.isPlain = call.kind != Call::Kind::publish && !m_plan.nodes[at(call.target)].isQuorum &&
                       !m_plan.nodes[at(call.target)].sharded && link.retryBudget < 0 && !(link.meshMs > 0) &&
                       m_plan.routes[at(plan.route)].balancing == Balancing::uniform;
        return plan;
    }

    VisitPlan visitPlan(const Visit& visit) {
        VisitPlan plan;
        plan.node = visit.node;
        for (const Call& call : visit.calls) plan.calls.push_back(callPlan(call, visit.node));
        const bool balancer = m_graph.nodes[at(visit.node)].behaviour == Behaviour::balancer;
        const Balancing balancing = balancingNamed(m_graph.nodes[at(visit.node)].balancing);
        const bool cycles = balancer && balancing != Balancing::random && balancing != Balancing::byUser &&
                            balancing != Balancing::byKey;
        struct Draft {
            Branch branch;
            bool lookup, alone;
            int order;
        };
        std::vector<Draft> drafts;
        std::vector<char> grouped(visit.groups.size(), 0);
        for (std::size_t c = 0; c < visit.calls.size(); ++c) {
            const Call& call = visit.calls[c];
            Draft draft{{}, call.kind == Call::Kind::lookup, !call.parallel, call.order};
            if (call.group < 0) {
                draft.branch.calls = {static_cast<int>(c)};
            } else {
                if (grouped[at(call.group)]) continue;
                grouped[at(call.group)] = 1;
                const CallGroup& group = visit.groups[at(call.group)];
                draft.branch.calls = group.calls;
                draft.branch.need = std::max(1, group.need);
                draft.alone = false;
                if (cycles && draft.branch.need == 1) draft.branch.cycle = m_plan.cycles++;
            }
            drafts.push_back(std::move(draft));
        }
        // Names first, then by order; within one order those that run together before those alone.
        std::stable_sort(drafts.begin(), drafts.end(), [](const Draft& a, const Draft& b) {
            if (a.lookup != b.lookup) return a.lookup;
            if (a.order != b.order) return a.order < b.order;
            return a.alone < b.alone;
        });
        for (std::size_t d = 0; d < drafts.size(); ++d) {
            const bool joins = d > 0 && !drafts[d].alone && !drafts[d - 1].alone &&
                               drafts[d].lookup == drafts[d - 1].lookup &&
                               (drafts[d].lookup || drafts[d].order == drafts[d - 1].order);
            if (!joins) plan.stages.push_back({static_cast<int>(d), static_cast<int>(d)});
            plan.stages.back().last = static_cast<int>(d) + 1;
            plan.branches.push_back(std::move(drafts[d].branch));
        }
        linkMisses(plan);
        for (Stage& stage : plan.stages) {
            const Branch& branch = plan.branches[at(stage.first)];
            stage.call = branch.calls.front();
            const CallPlan& call = plan.calls[at(stage.call)];
            stage.isPlainCall = stage.last == stage.first + 1 && branch.need == 0 && branch.after < 0 && call.waited &&
                                call.probability >= 1 && call.missOf < 0 && !call.ownMiss && call.whole == 1 &&
                                call.fraction == 0;
        }
        return plan;
    }

    /// A call caused by a miss waits for the call to that cache where the same visit makes it.
    static void linkMisses(VisitPlan& plan) {
        const auto stageOf = [&plan](int branch) {
            int stage = 0;
            while (plan.stages[at(stage)].last <= branch) ++stage;
            return stage;
        };
        for (int b = 0; b < static_cast<int>(plan.branches.size()); ++b) {
            Branch& branch = plan.branches[at(b)];
            int cache = -1;
            for (const int call : branch.calls)
                if (!plan.calls[at(call)].ownMiss && cache < 0) cache = plan.calls[at(call)].missOf;
            if (cache < 0) continue;
            for (int other = 0; other < static_cast<int>(plan.branches.size()) && other < 64; ++other) {
                const Branch& asked = plan.branches[at(other)];
                if (other == b || asked.need > 1 || stageOf(other) > stageOf(b)) continue;
                for (const int call : asked.calls)
                    if (plan.calls[at(call)].target == cache && branch.after < 0 && asked.after < 0)
                        branch.after = other;
            }
        }
    }

    Plan& m_plan;
    const FlowGraph& m_graph;
    std::map<std::pair<int, int>, int> m_routes;
    std::vector<char> m_shared;
};

}  // namespace

Plan Plan::of(std::shared_ptr<const FlowGraph> graph, Settings settings) {
    Plan plan;
    plan.graph = std::move(graph);
    plan.settings = std::move(settings);
    Planner(plan).make();
    for (Route& route : plan.routes)
        if (route.checksHealth) route.checksHealth = plan.settings.nodes[at(route.caller)].health.enabled;
    return plan;
}

}  // namespace loadpath::sim
