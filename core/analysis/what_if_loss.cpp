#include "analysis/what_if_loss.h"
#include "support/index.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace loadpath {
namespace {

class Degrading {
public:
    Degrading(const FlowGraph& graph, const Loss& loss) : m_graph(graph), m_loss(loss) {
        m_result.graph = graph;
        m_result.instancesLeft.resize(graph.nodes.size());
        m_result.isDown.assign(graph.nodes.size(), 0);
        m_alive.resize(graph.nodes.size());
        m_standbyFor.assign(graph.nodes.size(), -1);
    }

    Degraded run() {
        loseDomains();
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) loseUnits(static_cast<int>(i));
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            const Node& node = m_graph.nodes[i];
            if (serves(static_cast<int>(i), Purpose::read, 0) || serves(static_cast<int>(i), Purpose::write, 0))
                continue;
            for (const Standby& standby : node.standbys)
                if (m_standbyFor[i] < 0 && serves(standby.node, Purpose::write, 0)) m_standbyFor[i] = standby.node;
            m_result.isDown[i] = m_standbyFor[i] < 0;
        }
        shareSubscriptions();
        for (std::size_t f = 0; f < m_graph.flows.size(); ++f) reroute(f);
        return std::move(m_result);
    }

private:
    void loseDomains() {
        m_domainDown.assign(m_graph.domains.size(), 0);
        for (std::size_t d = 0; d < m_graph.domains.size(); ++d) {
            std::size_t steps = 0;
            for (int up = static_cast<int>(d); up >= 0 && steps <= m_graph.domains.size(); ++steps) {
                if (up == m_loss.domain) m_domainDown[d] = 1;
                up = m_graph.domains[at(up)].parent;
            }
        }
    }

    void loseUnits(int index) {
        const Node& node = m_graph.nodes[at(index)];
        auto& alive = m_alive[at(index)];
        if (node.managed) {
            const bool hasPlace =
                node.zones.empty() ||
                std::any_of(node.zones.begin(), node.zones.end(), [this](int zone) { return !m_domainDown[at(zone)]; });
            alive.assign(1, !node.zonal || hasPlace);
            m_result.instancesLeft[at(index)] = alive.front() ? node.instances : 0;
            return;
        }
        alive.assign(at(std::max(1, node.units)), 1);
        for (std::size_t u = 0; u < alive.size(); ++u)
            if (!node.zones.empty() && m_domainDown[at(node.zones[u % node.zones.size()])]) alive[u] = 0;
        if (index == m_loss.node) alive[0] = 0;
        m_result.instancesLeft[at(index)] = instancesLeft(node, alive);
        Node& left = m_result.graph.nodes[at(index)];
        left.instances = std::max(1, m_result.instancesLeft[at(index)]);
    }

    /// Copies of a shard keep it going; else every unit is an instance.
    static int instancesLeft(const Node& node, const std::vector<char>& alive) {
        const auto living = static_cast<int>(std::count(alive.begin(), alive.end(), 1));
        if (node.units == node.instances) return living;
        const int copies = node.instances > 0 ? node.units / node.instances : 1;
        if (copies < 1 || copies * node.instances != node.units) return living > 0 ? node.instances : 0;
        int shards = 0;
        for (int s = 0; s < node.instances; ++s)
            shards +=
                std::any_of(alive.begin() + s * copies, alive.begin() + (s + 1) * copies, [](char c) { return c; });
        return shards;
    }

    bool serves(int index, Purpose purpose, int topic) const {
        const auto& alive = m_alive[at(index)];
        const Serving need = m_graph.servingOf(index, purpose, topic);
        const auto units = std::min(alive.size(), at(std::max(1, need.units)));
        const auto living = std::count(alive.begin(), alive.begin() + static_cast<std::ptrdiff_t>(units), 1);
        return living >= (m_graph.nodes[at(index)].managed ? 1 : need.need);
    }
    /// Serves this call, by itself or through its standby.
    bool answers(const Call& call) const {
        return serves(call.target, call.purpose, call.topic) || m_standbyFor[at(call.target)] >= 0;
    }

    void shareSubscriptions() {
        std::map<std::tuple<int, int, std::string>, std::pair<double, double>> sums;  // all, of those left
        for (const Subscription& s : m_graph.subscriptions) {
            auto& sum = sums[{s.broker, s.topic, s.group}];
            sum.first += s.share;
            if (!m_result.isDown[at(s.consumer)]) sum.second += s.share;
        }
        for (Subscription& s : m_result.graph.subscriptions) {
            const auto& sum = sums[{s.broker, s.topic, s.group}];
            s.share = m_result.isDown[at(s.consumer)] || !(sum.second > 0) ? 0 : s.share * sum.first / sum.second;
        }
    }

    void reroute(std::size_t index) {
        const FlowPath& flow = m_graph.flows[index];
        std::vector<int> visitOf(m_graph.nodes.size(), -1);
        for (std::size_t v = 0; v < flow.visits.size(); ++v) visitOf[at(flow.visits[v].node)] = static_cast<int>(v);
        // From all working down to what is left: members of a cycle fall together.
        std::vector<char> works(flow.visits.size(), 1);
        const auto reached = [&](const Call& call) {
            const int visit = visitOf[at(call.target)];
            return answers(call) && (call.endsAtTarget() || visit < 0 || works[at(visit)]);
        };
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t v = 0; v < flow.visits.size(); ++v) {
                if (!works[v] || worksStill(flow.visits[v], reached)) continue;
                works[v] = 0;
                changed = true;
            }
        }
        const int entry = visitOf[at(flow.entry)];
        if (!flow.derived && entry >= 0 && !works[at(entry)]) m_result.failingFlows.push_back(static_cast<int>(index));
        for (std::size_t v = 0; v < flow.visits.size(); ++v)
            divert(m_result.graph.flows[index].visits[v], flow.visits[v], reached);
    }

    template <class Reached>
    bool worksStill(const Visit& visit, const Reached& reached) const {
        for (const Call& call : visit.calls)
            if (call.group < 0 && call.inPhi && !(call.calls <= 0) && call.probability > 0 && !reached(call))
                return false;
        return std::all_of(visit.groups.begin(), visit.groups.end(), [&](const CallGroup& group) {
            int left = 0;
            bool isNeeded = false;
            for (const int c : group.calls) {
                const Call& call = visit.calls[at(c)];
                left += reached(call);
                isNeeded |= call.inPhi;
            }
            return !isNeeded || left >= group.need;
        });
    }

    template <class Reached>
    void divert(Visit& visit, const Visit& before, const Reached& reached) {
        for (std::size_t c = 0; c < visit.calls.size(); ++c) {
            Call& call = visit.calls[c];
            if (call.missOf >= 0 && m_result.isDown[at(call.missOf)]) call.probability = 1;  // no cache, no hits
            if (!answers(before.calls[c])) {
                call.share = 0;
            } else if (!serves(call.target, call.purpose, call.topic)) {
                call.target = m_standbyFor[at(call.target)];
                call.topic = 0;
            }
        }
        for (const CallGroup& group : before.groups) {
            if (group.need > 1) continue;
            double left = 0, all = 0;
            std::size_t members = 0;
            for (const int c : group.calls) {
                all += before.calls[at(c)].share;
                if (!reached(before.calls[at(c)])) continue;
                left += before.calls[at(c)].share;
                ++members;
            }
            for (const int c : group.calls) {
                Call& call = visit.calls[at(c)];
                if (!reached(before.calls[at(c)]))
                    call.share = 0;
                else  // whoever is left takes all of it, a spare one of share 0 too
                    call.share = left > 0 ? before.calls[at(c)].share * all / left : all / static_cast<double>(members);
            }
        }
    }

    const FlowGraph& m_graph;
    Loss m_loss;
    Degraded m_result;
    std::vector<char> m_domainDown;
    std::vector<std::vector<char>> m_alive;  // by node and unit
    std::vector<int> m_standbyFor;           // by node: who has taken over; −1 = nobody needs to
};

}  // namespace

Degraded degraded(const FlowGraph& graph, const Loss& loss) { return Degrading(graph, loss).run(); }

}  // namespace loadpath
