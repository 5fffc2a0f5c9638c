// Who gets a request (simulation §3): a balancer picks the connection by weight, then the instance by
// its algorithm and as its health checks see it; everybody else picks an instance that is up, uniformly.
#include "sim/engine.h"

#include <algorithm>

namespace loadpath::sim {

/// The component that answers for `target` now: itself, or a standby that has taken over; −1: none.
int Engine::servingNode(int target, Purpose purpose) const {
    const NodeState& state = m_nodes[at(target)];
    if (state.serves[static_cast<std::size_t>(purpose)]) return target;
    for (const Standby& standby : nodeOf(target).standbys) {
        const auto takeover = static_cast<Time>(standby.takeoverS * 1e9);
        const NodeState& other = m_nodes[at(standby.node)];
        const bool there = other.serves[static_cast<std::size_t>(Purpose::write)] && !other.upList.empty();
        if (there && state.downSince >= 0 && m_now - state.downSince >= takeover) return standby.node;
    }
    return -1;
}

bool Engine::isReachable(const CallPlan& plan) const {
    const Route& route = m_plan.routes[at(plan.route)];
    if (route.checksHealth && !m_idealDetection) {
        if (m_routes[at(plan.route)].seenUp > 0) return true;
        return !nodeOf(plan.target).standbys.empty() && servingNode(plan.target, plan.purpose) >= 0;
    }
    return servingNode(plan.target, plan.purpose) >= 0;
}

int Engine::pickInstance(const CallPlan& plan, int target, const Job& call) {
    RouteState& route = m_routes[at(plan.route)];
    const NodeState& node = m_nodes[at(target)];
    if (node.hotShare > 0 && node.plan->sharded && route.choice.chance(node.hotShare)) return 0;
    if (node.plan->sharded) return static_cast<int>(route.choice.below(static_cast<std::uint32_t>(node.up.size())));
    if (target == plan.target && route.balancing != Balancing::uniform) return pickByBalancer(plan, call);
    if (node.upList.empty()) return -1;
    if (node.upList.size() == 1) return node.upList.front();
    return node.upList[route.choice.below(static_cast<std::uint32_t>(node.upList.size()))];
}

/// Share of its full weight that a target has: it grows linearly after its return.
double Engine::warmth(const CallPlan& plan, std::uint32_t i) const {
    const RouteState& route = m_routes[at(plan.route)];
    if (route.since.empty() || route.since[i] < 0) return 1;
    const double full = m_plan.settings.nodes[at(m_plan.routes[at(plan.route)].caller)].slowStartS * 1e9;
    return std::clamp(static_cast<double>(m_now - route.since[i]) / full, 0.01, 1.0);
}

int Engine::pickByBalancer(const CallPlan& plan, const Job& call) {
    const Route& spec = m_plan.routes[at(plan.route)];
    RouteState& route = m_routes[at(plan.route)];
    const NodeState& node = m_nodes[at(plan.target)];
    const auto n = static_cast<std::uint32_t>(node.up.size());
    // Which instances the balancer believes in: its probes' view, all of them where it has none left
    // (fail open) or does not probe.
    const bool ideal = m_idealDetection;
    const std::vector<char>& view = ideal ? node.up : route.seen;
    const int believed = ideal ? static_cast<int>(node.upList.size()) : route.seenUp;
    bool all = believed == static_cast<int>(n);
    if (believed == 0) {
        if (ideal || !m_plan.settings.nodes[at(spec.caller)].health.failOpen) return -1;
        all = true;
    }
    const auto usable = [&](std::uint32_t i) { return all || view[i] != 0; };
    const bool slowStart = !route.since.empty();
    // A target that warms up lets some of its turns pass, as long as anybody else can take them.
    int passed = 0;
    const auto passes = [&](std::uint32_t i) {
        if (!slowStart || passed > 1000) return false;
        const double weight = warmth(plan, i);
        if (weight >= 1 || route.choice.chance(weight)) return false;
        ++passed;
        return true;
    };
    const auto drawn = [&]() {
        for (;;)
            if (const std::uint32_t i = route.choice.below(n); usable(i) && !passes(i)) return i;
    };
    const auto busier = [&](std::uint32_t a, std::uint32_t b) {  // a has more to do than b, for its weight
        if (!slowStart) return route.outstanding[a] > route.outstanding[b];
        return (route.outstanding[a] + 1) / warmth(plan, a) > (route.outstanding[b] + 1) / warmth(plan, b);
    };
    switch (spec.balancing) {
        case Balancing::uniform:
        case Balancing::random:
            return static_cast<int>(drawn());
        case Balancing::roundRobin:
            for (;;) {
                const std::uint32_t i = route.next;
                route.next = i + 1 == n ? 0 : i + 1;
                if (usable(i) && !passes(i)) return static_cast<int>(i);
            }
        case Balancing::leastConnections: {
            int best = -1;
            for (std::uint32_t step = 0; step < n; ++step) {  // ties: the next in turn
                const std::uint32_t i = (route.next + step) % n;
                if (usable(i) && (best < 0 || busier(static_cast<std::uint32_t>(best), i))) best = static_cast<int>(i);
            }
            route.next = static_cast<std::uint32_t>(best + 1) % n;
            return best;
        }
        case Balancing::twoChoices: {
            const std::uint32_t first = drawn();
            if (believed < 2 && !all) return static_cast<int>(first);
            if (n < 2) return static_cast<int>(first);
            std::uint32_t second = drawn();
            while (second == first) second = drawn();
            return static_cast<int>(busier(first, second) ? second : first);
        }
        case Balancing::byKey:
            return route.ring.pick(keyOf(call.request, call.flow), usable);
        case Balancing::byUser: {  // highest random weight: a key moves only when its instance goes
            const std::uint64_t user = userOf(call);
            std::uint64_t best = 0;
            int chosen = -1;
            for (std::uint32_t i = 0; i < n; ++i) {
                if (!usable(i)) continue;
                const std::uint64_t weight = mix(mix(user) ^ (i * 0x9e3779b97f4a7c15ULL));
                if (chosen < 0 || weight > best) {
                    best = weight;
                    chosen = static_cast<int>(i);
                }
            }
            return chosen;
        }
    }
    return -1;
}

/// One member of a group of alternatives, by share among those that can be reached.
int Engine::pickMember(const VisitPlan& visit, int index, const Job& job) {
    const Branch& branch = visit.branches[at(index)];
    const auto callOf = [&](std::size_t m) -> const CallPlan& { return visit.calls[at(branch.calls[m])]; };
    const std::size_t n = branch.calls.size();
    bool old = false;  // goes by names that it learnt before
    if (m_staleNames) {
        const int from = m_plan.graph->links[at(callOf(0).link)].from;
        if (nodeOf(from).behaviour == Behaviour::resolver) old = goesByOldNames(from, job.node->choice);
    }
    const auto isReachable = [&](const CallPlan& plan) { return old || this->isReachable(plan); };
    double total = 0;
    std::size_t first = n;
    for (std::size_t m = 0; m < n; ++m) {
        if (!isReachable(callOf(m))) continue;
        total += callOf(m).share;
        if (first == n) first = m;
    }
    if (first == n) return branch.calls.front();
    if (total <= 0) return branch.calls[first];  // failover routing: the first that is there
    if (branch.cycle >= 0) {
        std::vector<double>& credit = m_cycles[at(branch.cycle)].credit;
        credit.resize(n, 0);
        std::size_t best = n;
        for (std::size_t m = 0; m < n; ++m) {
            if (!isReachable(callOf(m)) || callOf(m).share <= 0) continue;
            credit[m] += callOf(m).share;
            // Shares are rounded numbers: a difference below their precision is a tie.
            if (best == n || credit[m] > credit[best] + 1e-9 * total) best = m;
        }
        credit[best] -= total;
        return branch.calls[best];
    }
    double u = job.node->choice.uniform() * total;
    for (std::size_t m = first; m < n; ++m) {
        if (!isReachable(callOf(m))) continue;
        u -= callOf(m).share;
        if (u < 0 && callOf(m).share > 0) return branch.calls[m];
    }
    return branch.calls[first];
}

}  // namespace loadpath::sim
