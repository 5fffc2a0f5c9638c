#include "rules/culprits.h"

#include "rules/lookup.h"

#include <unordered_map>

namespace loadpath {
namespace {

/// Which components make a flow fail when one zone is lost and everything else is up.
class Culprits {
public:
    Culprits(const FlowGraph& graph, const FlowPath& flow, int domain, Losing losing)
        : m_graph(graph), m_flow(flow), m_domain(domain), m_losing(losing) {}

    std::set<int> find() {
        fails(m_flow.entry, 0);
        blame(m_flow.entry);
        return m_blamed;
    }

private:
    static constexpr int deepest = 2000;

    int unitsLeft(int index, int units) const {
        int left = 0;
        for (int unit = 0; unit < units; ++unit) {
            const auto chain = m_graph.domainsOfUnit(index, unit);
            left += std::find(chain.begin(), chain.end(), m_domain) == chain.end();
        }
        return left;
    }

    bool isDown(int index, Serving serving) const {
        const Node& node = at(m_graph.nodes, index);
        if (node.behaviour == Behaviour::client || node.zones.empty()) return false;
        if (node.managed) {
            if (!node.zonal) return false;
            return unitsLeft(index, static_cast<int>(node.zones.size())) == 0;
        }
        if (unitsLeft(index, serving.units) >= serving.need) return false;
        return std::none_of(node.standbys.begin(), node.standbys.end(), [this](const Standby& standby) {
            const Node& other = at(m_graph.nodes, standby.node);
            return !isDown(standby.node, other.serving[0]);
        });
    }

    bool counts(const Call& call) const {
        return call.inPhi && (m_losing == Losing::sometimes || !(call.coin >= 0 && call.probability < 0.999));
    }

    bool callFails(const Call& call, int depth) {
        if (isDown(call.target, m_graph.servingOf(call))) return true;
        return !call.endsAtTarget() && fails(call.target, depth + 1);
    }

    /// Whether the calls of a component fail, itself left out.
    bool fails(int index, int depth) {
        if (const auto known = m_fails.find(index); known != m_fails.end()) return known->second;
        m_fails[index] = false;  // a cycle does not bring itself down
        const Visit* visit = m_flow.visit(index);
        if (!visit || depth > deepest) return false;
        bool failed = false;
        std::vector<int> working(visit->groups.size(), 0);
        for (const Call& call : visit->calls) {
            if (!counts(call)) continue;
            const bool lost = callFails(call, depth);
            if (call.group >= 0)
                at(working, call.group) += !lost;
            else
                failed |= lost;
        }
        for (std::size_t g = 0; g < working.size(); ++g) failed |= working[g] < visit->groups[g].need;
        return m_fails[index] = failed;
    }

    void blame(int start) {
        std::vector<int> waiting{start};
        std::set<int> seen{start};
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            const Visit* visit = m_flow.visit(waiting[i]);
            if (!visit) continue;
            std::vector<int> working(visit->groups.size(), 0);
            for (const Call& call : visit->calls)
                if (call.group >= 0 && counts(call)) at(working, call.group) += !callFails(call, 0);
            for (const Call& call : visit->calls) {
                if (!counts(call) || !callFails(call, 0)) continue;
                if (call.group >= 0 &&
                    at(working, call.group) >= visit->groups[static_cast<std::size_t>(call.group)].need)
                    continue;
                if (isDown(call.target, m_graph.servingOf(call))) m_blamed.insert(call.target);
                if (!call.endsAtTarget() && seen.insert(call.target).second) waiting.push_back(call.target);
            }
        }
    }

    const FlowGraph& m_graph;
    const FlowPath& m_flow;
    int m_domain;
    Losing m_losing;
    std::unordered_map<int, bool> m_fails;
    std::set<int> m_blamed;
};

}  // namespace

std::set<int> culpritsOf(const FlowGraph& graph, const FlowPath& flow, int domain, Losing losing) {
    return Culprits(graph, flow, domain, losing).find();
}

}  // namespace loadpath
