// Availability by trying every state, straight from the definitions and sharing nothing with the engine.
#pragma once

#include "graph/flow_graph.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace loadpath::test {

class Enumeration {
public:
    struct Variable {
        std::string name;  // coins: "coin:INDEX"
        double probability = 1;
        bool isCoin = false;
    };
    std::vector<Variable> variables;

    Enumeration(const FlowGraph& graph, int flow) : m_graph(graph), m_flow(graph.flows[std::size_t(flow)]) {
        std::set<int> nodes;
        for (const Visit& visit : m_flow.visits) nodes.insert(visit.node);
        for (const int v : nodes)
            for (const Standby& s : graph.nodes[std::size_t(v)].standbys) nodes.insert(s.node);
        for (const int v : nodes) {
            const Node& node = graph.nodes[std::size_t(v)];
            if (node.behaviour == Behaviour::client) continue;
            for (int u = 0; u < (node.managed ? 1 : node.units); ++u) {
                m_unit[{v, u}] = add(graph.unitName(v, u), node.availability);
            }
            if (!node.standbys.empty())
                m_takeover[v] = add(node.id.value + ":failover", 1 - node.standbys.front().windowShare);
        }
        for (std::size_t d = 0; d < graph.domains.size(); ++d)
            if (graph.domains[d].hasVariable)
                m_domain[int(d)] = add("zone:" + graph.domains[d].id.value, graph.domains[d].availability);
        for (std::size_t c = 0; c < graph.coins.size(); ++c) {
            m_coin[int(c)] = add("coin:" + std::to_string(c), graph.coins[c].probability);
            variables.back().isCoin = true;
        }
        const std::size_t states = std::size_t{1} << variables.size();
        m_works.resize(states);
        for (std::size_t s = 0; s < states; ++s) m_works[s] = works(s);
    }

    /// Upper bound of the number of variables, without trying anything.
    static int countOf(const FlowGraph& graph) {
        std::size_t count = graph.domains.size() + graph.coins.size();
        for (const Node& node : graph.nodes)
            if (node.behaviour != Behaviour::client)
                count += std::size_t(node.managed ? 1 : node.units) + (node.standbys.empty() ? 0 : 1);
        return int(count);
    }

    /// P(works), with one variable fixed if asked.
    double probability(int fixed = -1, bool value = true, bool coinsCalled = false) const {
        double sum = 0;
        for (std::size_t s = 0; s < m_works.size(); ++s) {
            if (!m_works[s]) continue;
            double p = 1;
            for (std::size_t i = 0; i < variables.size(); ++i) {
                const bool is = s >> i & 1;
                double up = variables[i].probability;
                if (variables[i].isCoin && coinsCalled) up = 1;
                if (int(i) == fixed) up = value ? 1 : 0;
                p *= is ? up : 1 - up;
            }
            sum += p;
        }
        return sum;
    }
    /// P(works) with everything but one variable up and coins random.
    double allUpBut(int down) const {
        double sum = 0;
        for (std::size_t s = 0; s < m_works.size(); ++s) {
            if (!m_works[s]) continue;
            double p = 1;
            for (std::size_t i = 0; i < variables.size(); ++i) {
                const bool is = s >> i & 1;
                const double up = variables[i].isCoin ? variables[i].probability : int(i) == down ? 0 : 1;
                p *= is ? up : 1 - up;
            }
            sum += p;
        }
        return sum;
    }
    std::set<std::set<std::string>> cutSets(int order) const {
        std::vector<std::size_t> cuts;
        const std::size_t all = m_works.size() - 1;
        for (int size = 0; size <= order; ++size)
            for (std::size_t down = 0; down <= all; ++down) {
                if (__builtin_popcountll(down) != size || m_works[all & ~down]) continue;
                bool counts = true;
                for (std::size_t i = 0; i < variables.size(); ++i)
                    if ((down >> i & 1) && (variables[i].isCoin || variables[i].probability >= 1)) counts = false;
                for (const std::size_t smaller : cuts)
                    if ((smaller & down) == smaller) counts = false;
                if (counts) cuts.push_back(down);
            }
        std::set<std::set<std::string>> named;
        for (const std::size_t cut : cuts) {
            std::set<std::string> names;
            for (std::size_t i = 0; i < variables.size(); ++i)
                if (cut >> i & 1) names.insert(variables[i].name);
            named.insert(names);
        }
        return named;
    }
    int indexOf(const std::string& name) const {
        for (std::size_t i = 0; i < variables.size(); ++i)
            if (variables[i].name == name) return int(i);
        return -1;
    }

private:
    int add(std::string name, double probability) {
        variables.push_back({std::move(name), probability, false});
        return int(variables.size()) - 1;
    }
    bool is(std::size_t state, int variable) const { return state >> variable & 1; }

    bool zoneUp(std::size_t state, int domain) const {
        for (; domain >= 0; domain = m_graph.domains[std::size_t(domain)].parent)
            if (m_graph.domains[std::size_t(domain)].hasVariable && !is(state, m_domain.at(domain))) return false;
        return true;
    }
    bool up(std::size_t state, int v, Serving serving) const {
        const Node& node = m_graph.nodes[std::size_t(v)];
        if (node.behaviour == Behaviour::client) return true;
        if (node.managed) {
            bool somewhere = !node.zonal || node.zones.empty();
            for (const int z : node.zones) somewhere = somewhere || zoneUp(state, z);
            return somewhere && is(state, m_unit.at({v, 0}));
        }
        int count = 0;
        for (int u = 0; u < serving.units; ++u) {
            const bool placed = node.zones.empty() || zoneUp(state, node.zones[std::size_t(u) % node.zones.size()]);
            count += placed && is(state, m_unit.at({v, u}));
        }
        return count >= serving.need;
    }
    /// Partition by partition, as model §7.1 lays them out.
    bool upEverywhere(std::size_t state, int v, Serving serving) const {
        const Node& node = m_graph.nodes[std::size_t(v)];
        if (node.managed || node.layout == Node::Layout::whole) return up(state, v, serving);
        const auto unitUp = [&](int u) {
            const bool placed = node.zones.empty() || zoneUp(state, node.zones[std::size_t(u) % node.zones.size()]);
            return placed && is(state, m_unit.at({v, u}));
        };
        const bool isRing = node.layout == Node::Layout::ring;
        const int step = isRing ? 1 : node.copies;
        const int copies = isRing ? serving.units : node.copies;
        int partitions = isRing ? std::min(node.ringPartitions, node.units) : node.units / node.copies;
        if (isRing && copies == node.units) partitions = 1;
        for (int j = 0; j < partitions; ++j) {
            int held = 0;
            for (int i = 0; i < copies; ++i) held += unitUp((j * step + i) % node.units);
            if (held < serving.need) return false;
        }
        return true;
    }
    bool serves(std::size_t state, int v, Purpose purpose, int topic, bool scatter) const {
        const auto does = [&](int node, Serving serving) {
            return scatter ? upEverywhere(state, node, serving) : up(state, node, serving);
        };
        if (does(v, m_graph.servingOf(v, purpose, topic))) return true;
        for (const Standby& s : m_graph.nodes[std::size_t(v)].standbys)
            if (is(state, m_takeover.at(v)) && does(s.node, m_graph.servingOf(s.node, purpose, 0))) return true;
        return false;
    }
    bool callWorks(std::size_t state, const Call& call, const std::map<int, bool>& behind) const {
        if (call.coin >= 0 && !is(state, m_coin.at(call.coin))) {
            const int cache = call.missOf >= 0 ? call.missOf : m_graph.coins[std::size_t(call.coin)].missOf;
            if (cache < 0 || up(state, cache, m_graph.servingOf(cache, Purpose::read, 0))) return true;
        }
        if (!serves(state, call.target, call.purpose, call.topic, call.scatter)) return false;
        return call.kind != Call::Kind::request || behind.at(call.target);
    }
    bool works(std::size_t state) const {
        std::map<int, bool> least;  // Y
        for (const Visit& visit : m_flow.visits) least[visit.node] = false;
        while (true) {
            std::map<int, bool> greatest = least;  // X
            for (auto& [node, value] : greatest) value = true;
            for (bool changed = true; changed;) {
                changed = false;
                for (const Visit& visit : m_flow.visits) {
                    bool holds = true;
                    std::vector<int> working(visit.groups.size(), 0), members(visit.groups.size(), 0);
                    for (const Call& call : visit.calls) {
                        if (call.optional || !call.inPhi) continue;
                        if (call.group < 0) {
                            holds = holds && callWorks(state, call, greatest);
                        } else {
                            ++members[std::size_t(call.group)];
                            working[std::size_t(call.group)] += callWorks(state, call, least);
                        }
                    }
                    for (std::size_t g = 0; g < members.size(); ++g)
                        if (members[g] > 0) holds = holds && working[g] >= visit.groups[g].need;
                    if (greatest[visit.node] != holds) {
                        greatest[visit.node] = holds;
                        changed = true;
                    }
                }
            }
            if (greatest == least) break;
            least = greatest;
        }
        const Node& entry = m_graph.nodes[std::size_t(m_flow.entry)];
        const Purpose purpose = m_flow.op == Op::read ? Purpose::read : Purpose::write;
        return least.at(m_flow.entry) &&
               (entry.behaviour == Behaviour::client || serves(state, m_flow.entry, purpose, 0, false));
    }

    const FlowGraph& m_graph;
    const FlowPath& m_flow;
    std::map<std::pair<int, int>, int> m_unit;
    std::map<int, int> m_takeover, m_domain, m_coin;
    std::vector<char> m_works;
};

}  // namespace loadpath::test
