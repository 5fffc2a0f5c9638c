#include "analysis/frontier.h"
#include "support/index.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace loadpath {

namespace {
constexpr std::size_t mostVertices = 4000;
constexpr std::size_t candidatesLooked = 64;
}  // namespace

AlternativesNetwork::AlternativesNetwork(const Structure& structure) {
    std::size_t alternatives = 0;
    for (const Part& part : structure.parts) {
        if (part.conditions.size() > 1) return;
        for (const Condition& condition : part.conditions) {
            if (condition.need != 1) return;
            if (condition.terms.size() > 1) ++alternatives;
            // A required call that may be skipped belongs to the greatest fixed point.
            if (!condition.isGroup && condition.terms.front().part >= 0) return;
        }
    }
    if (alternatives < 2) return;
    std::map<std::tuple<Ask, int, int, int>, int> known;
    std::vector<int> partOf{0};
    m_vertices.emplace_back();
    bool isShared = false;
    for (std::size_t v = 0; v < partOf.size(); ++v) {
        if (partOf[v] < 0) continue;
        const Part& part = structure.parts[at(partOf[v])];
        m_vertices[v].asks.insert(m_vertices[v].asks.end(), part.asks.begin(), part.asks.end());
        if (part.conditions.empty()) continue;
        m_vertices[v].hasOnward = true;
        for (const Term& term : part.conditions.front().terms) {
            const auto [it, isNew] =
                known.try_emplace({term.ask, term.part, term.coin, term.missOf}, static_cast<int>(partOf.size()));
            isShared |= !isNew && term.part >= 0;
            m_vertices[v].onward.push_back(it->second);
            if (!isNew) continue;
            partOf.push_back(term.part);
            Vertex next;
            next.asks.push_back(term.ask);
            next.coin = term.coin;
            next.missOf = term.missOf;
            m_vertices.push_back(std::move(next));
            if (m_vertices.size() > mostVertices) return;
        }
    }
    if (!isShared) return;
    m_referrers.resize(m_vertices.size());
    std::vector<int> ends;
    for (std::size_t v = 0; v < m_vertices.size(); ++v) {
        Vertex& vertex = m_vertices[v];
        std::sort(vertex.onward.begin(), vertex.onward.end());
        vertex.onward.erase(std::unique(vertex.onward.begin(), vertex.onward.end()), vertex.onward.end());
        std::sort(vertex.asks.begin(), vertex.asks.end());
        vertex.asks.erase(std::unique(vertex.asks.begin(), vertex.asks.end()), vertex.asks.end());
        for (const int to : vertex.onward) m_referrers[at(to)].push_back(static_cast<int>(v));
        if (!vertex.hasOnward) ends.push_back(static_cast<int>(v));
    }
    m_applies = true;
    double least = std::numeric_limits<double>::infinity();
    std::vector<int> plain(m_vertices.size());
    for (std::size_t v = 0; v < plain.size(); ++v) plain[v] = static_cast<int>(v);
    const std::vector<int> reversed(plain.rbegin(), plain.rend());
    const auto consider = [&](std::vector<int> order) {
        const double cost = costOf(order);
        if (cost >= least) return;
        least = cost;
        m_order = std::move(order);
    };
    for (const int window : {1, 2, 4, 1 << 20}) {
        consider(greedyOrder({0}, window));
        consider(greedyOrder(ends, window));
    }
    consider(plain);
    consider(reversed);
}

/// Always next what leaves the shortest border, among equals what was seen first; but never further than
/// `window` steps beyond what is nearest to the start, so that the border moves as a front.
std::vector<int> AlternativesNetwork::greedyOrder(std::vector<int> start, int window) const {
    const std::size_t count = m_vertices.size();
    std::vector<int> order, unplacedReferrers(count), seen = std::move(start);
    std::vector<char> isPlaced(count, 0), isSeen(count, 0);
    for (std::size_t v = 0; v < count; ++v) unplacedReferrers[v] = static_cast<int>(m_referrers[v].size());
    for (const int v : seen) isSeen[at(v)] = 1;
    std::vector<int> depth(count, 0);
    std::size_t nextUnseen = 0;
    while (order.size() < count) {
        if (seen.empty()) {
            while (isSeen[nextUnseen]) ++nextUnseen;
            seen.push_back(static_cast<int>(nextUnseen));
            isSeen[nextUnseen] = 1;
        }
        std::size_t best = 0;
        int least = std::numeric_limits<int>::max(), front = least;
        for (const int v : seen) front = std::min(front, depth[at(v)]);
        for (std::size_t i = 0; i < std::min(candidatesLooked, seen.size()); ++i) {
            const std::size_t v = at(seen[i]);
            if (depth[v] > front + window) continue;
            int growth = unplacedReferrers[v] > 0 || v == 0 ? 1 : 0;
            for (const int to : m_vertices[v].onward)
                if (isPlaced[at(to)] && unplacedReferrers[at(to)] == 1) --growth;
            if (growth >= least) continue;
            least = growth;
            best = i;
        }
        const int chosen = seen[best];
        seen.erase(seen.begin() + static_cast<std::ptrdiff_t>(best));
        isPlaced[at(chosen)] = 1;
        order.push_back(chosen);
        for (const int to : m_vertices[at(chosen)].onward) --unplacedReferrers[at(to)];
        for (const auto* near : {&m_vertices[at(chosen)].onward, &m_referrers[at(chosen)]})
            for (const int v : *near) {
                if (isSeen[at(v)]) continue;
                isSeen[at(v)] = 1;
                depth[at(v)] = depth[at(chosen)] + 1;
                seen.push_back(v);
            }
    }
    return order;
}

/// States that a border of this length can be in, summed over the order.
double AlternativesNetwork::costOf(const std::vector<int>& order) const {
    std::vector<std::size_t> place(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) place[at(order[i])] = i;
    std::vector<int> change(order.size() + 1, 0);
    for (std::size_t v = 0; v < order.size(); ++v) {
        std::size_t last = v == 0 ? order.size() : place[v];
        for (const int from : m_referrers[v]) last = std::max(last, place[at(from)]);
        ++change[place[v]];
        --change[last];
    }
    double cost = 0;
    int width = 0;
    for (const int c : change) {
        width += c;
        cost += std::exp2(2 * std::min(width, 450));
    }
    return cost;
}

Structure AlternativesNetwork::arranged(const FlowGraph& graph, Structure structure) const {
    std::vector<Atom> arranged;
    std::set<std::pair<Atom::Kind, int>> known;
    const auto add = [&](Atom atom) {
        if (known.emplace(atom.kind, atom.index).second) arranged.push_back(atom);
    };
    for (const int v : m_order) {
        const Vertex& vertex = m_vertices[at(v)];
        if (vertex.coin >= 0) add({Atom::Kind::coin, vertex.coin});
        if (vertex.missOf >= 0) add({Atom::Kind::component, vertex.missOf});
        for (const Ask& ask : vertex.asks) {
            add({Atom::Kind::component, ask.node});
            const auto& standbys = graph.nodes[at(ask.node)].standbys;
            if (!standbys.empty()) add({Atom::Kind::takeover, ask.node});
            for (const Standby& standby : standbys) add({Atom::Kind::component, standby.node});
        }
    }
    for (const Atom& atom : structure.atoms) add(atom);
    structure.atoms = std::move(arranged);
    return structure;
}

Bdd::Ref servingOf(const FlowGraph& graph, Bdd& bdd, Leaves& leaves, const Ask& ask) {
    Bdd::Ref value = leaves.asked(graph, ask);
    const auto& standbys = graph.nodes[at(ask.node)].standbys;
    if (standbys.empty()) return value;
    const Bdd::Ref takes = leaves.takesOver(ask.node);
    for (const Standby& standby : standbys) {
        const Bdd::Ref up = leaves.asked(graph, {standby.node, ask.purpose, 0, ask.scatter});
        value = bdd.either(value, bdd.both(takes, up));
    }
    return value;
}

}  // namespace loadpath
