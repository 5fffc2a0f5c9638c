#include "layout/network_simplex.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace loadpath {

void NetworkSimplex::add(int from, int to, int least, int weight) {
    assert(from != to);
    m_out[std::size_t(from)].push_back(int(m_edges.size()));
    m_in[std::size_t(to)].push_back(int(m_edges.size()));
    m_edges.push_back({from, to, least, weight});
}

/// Parts that nothing joins are joined by an edge that costs nothing.
void NetworkSimplex::connectAll() {
    const std::size_t nodes = m_out.size();
    std::vector<char> seen(nodes, 0);
    std::vector<int> stack;
    int previous = -1;
    m_part.assign(nodes, 0);
    m_parts = 0;
    for (std::size_t first = 0; first < nodes; ++first) {
        if (seen[first]) continue;
        if (previous >= 0) add(previous, int(first), -(1 << 20), 0);
        previous = int(first);
        seen[first] = 1;
        stack.push_back(int(first));
        ++m_parts;
        while (!stack.empty()) {
            const std::size_t node = std::size_t(stack.back());
            stack.pop_back();
            m_part[node] = m_parts - 1;
            const auto visit = [&](int other) {
                if (seen[std::size_t(other)]) return;
                seen[std::size_t(other)] = 1;
                stack.push_back(other);
            };
            for (const int e : m_out[node]) visit(m_edges[std::size_t(e)].to);
            for (const int e : m_in[node]) visit(m_edges[std::size_t(e)].from);
        }
    }
}

void NetworkSimplex::placeFeasibly() {
    const std::size_t nodes = m_out.size();
    std::vector<int> waits(nodes, 0), ready;
    m_at.assign(nodes, std::numeric_limits<int>::min());
    for (const Edge& e : m_edges) ++waits[std::size_t(e.to)];
    for (std::size_t i = 0; i < nodes; ++i)
        if (waits[i] == 0) ready.push_back(int(i));
    std::size_t done = 0;
    while (done < ready.size()) {
        const std::size_t node = std::size_t(ready[done++]);
        if (m_at[node] == std::numeric_limits<int>::min()) m_at[node] = 0;
        for (const int index : m_out[node]) {
            const Edge& e = m_edges[std::size_t(index)];
            int& at = m_at[std::size_t(e.to)];
            at = std::max(at, m_at[node] + e.least);
            if (--waits[std::size_t(e.to)] == 0) ready.push_back(e.to);
        }
    }
    assert(done == nodes);
}

/// Marks a tree of edges without slack from the root; returns how many nodes it reaches.
int NetworkSimplex::tightTree(int root) {
    for (Edge& e : m_edges) e.inTree = false;
    std::vector<int> stack{root};
    m_parent.assign(m_out.size(), -2);
    m_parent[std::size_t(root)] = -1;
    int count = 1;
    while (!stack.empty()) {
        const std::size_t node = std::size_t(stack.back());
        stack.pop_back();
        for (const std::vector<int>* list : {&m_out[node], &m_in[node]})
            for (const int index : *list) {
                Edge& e = m_edges[std::size_t(index)];
                const int other = e.from == int(node) ? e.to : e.from;
                if (m_parent[std::size_t(other)] != -2 || slack(e) != 0) continue;
                m_parent[std::size_t(other)] = index;
                e.inTree = true;
                ++count;
                stack.push_back(other);
            }
    }
    return count;
}

void NetworkSimplex::growTree() {
    const int nodes = int(m_out.size());
    while (tightTree(0) < nodes) {
        int least = std::numeric_limits<int>::max(), shift = 0;
        for (const Edge& e : m_edges) {
            const bool fromIn = m_parent[std::size_t(e.from)] != -2, toIn = m_parent[std::size_t(e.to)] != -2;
            if (fromIn == toIn || slack(e) >= least) continue;
            least = slack(e);
            shift = fromIn ? least : -least;
        }
        assert(least != std::numeric_limits<int>::max());
        for (int node = 0; node < nodes; ++node)
            if (m_parent[std::size_t(node)] != -2) m_at[std::size_t(node)] += shift;
    }
    m_tree.assign(std::size_t(nodes), {});
    for (std::size_t i = 0; i < m_edges.size(); ++i) {
        if (!m_edges[i].inTree) continue;
        m_tree[std::size_t(m_edges[i].from)].push_back(int(i));
        m_tree[std::size_t(m_edges[i].to)].push_back(int(i));
    }
}

/// Numbers the tree in postorder, so that "below" is a comparison.
void NetworkSimplex::rangeFrom(int root) {
    const std::size_t nodes = m_out.size();
    m_low.assign(nodes, 0);
    m_lim.assign(nodes, 0);
    m_parent.assign(nodes, -1);
    struct Visit {
        int node;
        std::size_t next;
    };
    std::vector<Visit> stack{{root, 0}};
    int number = 1;
    m_low[std::size_t(root)] = 1;
    while (!stack.empty()) {
        Visit& top = stack.back();
        const std::size_t node = std::size_t(top.node);
        if (top.next == m_tree[node].size()) {
            m_lim[node] = number++;
            stack.pop_back();
            continue;
        }
        const int index = m_tree[node][top.next++];
        if (index == m_parent[node]) continue;
        const Edge& e = m_edges[std::size_t(index)];
        const int child = e.from == int(node) ? e.to : e.from;
        m_parent[std::size_t(child)] = index;
        m_low[std::size_t(child)] = number;
        stack.push_back({child, 0});
    }
}

/// The weight that a tree edge's two sides pull with: below 0, the sum gets smaller when it gives way.
void NetworkSimplex::cutValues() {
    for (std::size_t node = 0; node < m_parent.size(); ++node) {
        if (m_parent[node] < 0) continue;
        Edge& tree = m_edges[std::size_t(m_parent[node])];
        const int way = tree.from == int(node) ? 1 : -1;
        tree.cut = 0;
        for (const Edge& e : m_edges) {
            const bool from = isBelow(e.from, int(node)), to = isBelow(e.to, int(node));
            if (from != to) tree.cut += (from ? way : -way) * e.weight;
        }
    }
}

int NetworkSimplex::leaving() {
    constexpr int among = 30;
    int best = -1, seen = 0;
    for (std::size_t i = 0; i < m_edges.size() && seen < among; ++i, ++m_search) {
        if (std::size_t(m_search) >= m_edges.size()) m_search = 0;
        const Edge& e = m_edges[std::size_t(m_search)];
        if (!e.inTree || e.cut >= 0) continue;
        if (best < 0 || e.cut < m_edges[std::size_t(best)].cut) best = m_search;
        ++seen;
    }
    return best;
}

int NetworkSimplex::entering(int leaving) const {
    const Edge& gone = m_edges[std::size_t(leaving)];
    const bool tailBelow = m_lim[std::size_t(gone.from)] < m_lim[std::size_t(gone.to)];
    const int top = tailBelow ? gone.from : gone.to;
    int best = -1;
    for (std::size_t i = 0; i < m_edges.size(); ++i) {
        const Edge& e = m_edges[i];
        if (e.inTree) continue;
        const bool from = isBelow(e.from, top), to = isBelow(e.to, top);
        if (from == to || to != tailBelow) continue;
        if (best < 0 || slack(e) < slack(m_edges[std::size_t(best)])) best = int(i);
    }
    return best;
}

void NetworkSimplex::exchange(int leaving, int entering) {
    Edge &gone = m_edges[std::size_t(leaving)], &come = m_edges[std::size_t(entering)];
    const bool tailBelow = m_lim[std::size_t(gone.from)] < m_lim[std::size_t(gone.to)];
    const int top = tailBelow ? gone.from : gone.to, shift = slack(come) * (tailBelow ? -1 : 1);
    for (std::size_t node = 0; node < m_at.size(); ++node)
        if (isBelow(int(node), top)) m_at[node] += shift;
    // Both ways from the new edge to where they meet, the pull changes by that of the old one.
    const int cut = gone.cut;
    const auto climb = [&](int node, int until, bool forwards) {
        while (!isBelow(until, node)) {
            Edge& e = m_edges[std::size_t(m_parent[std::size_t(node)])];
            e.cut += (e.from == node) == forwards ? cut : -cut;
            node = e.from == node ? e.to : e.from;
        }
        return node;
    };
    const int from = come.from, to = come.to;
    climb(from, to, true);
    climb(to, from, false);
    come.cut = -cut;
    gone.cut = 0;
    come.inTree = true;
    gone.inTree = false;
    for (const int node : {gone.from, gone.to}) std::erase(m_tree[std::size_t(node)], leaving);
    for (const int node : {come.from, come.to}) m_tree[std::size_t(node)].push_back(entering);
    rangeFrom(0);
}

std::vector<int> NetworkSimplex::solve(int mostExchanges) {
    if (m_out.empty()) return {};
    connectAll();
    placeFeasibly();
    growTree();
    rangeFrom(0);
    if (mostExchanges > 0) cutValues();
    for (int i = 0; i < mostExchanges; ++i) {
        const int out = leaving();
        if (out < 0) break;
        const int in = entering(out);
        if (in < 0) break;
        exchange(out, in);
    }
    // Parts that nothing joins begin at the same place.
    std::vector<int> least(std::size_t(m_parts), std::numeric_limits<int>::max());
    for (std::size_t i = 0; i < m_at.size(); ++i) {
        int& l = least[std::size_t(m_part[i])];
        l = std::min(l, m_at[i]);
    }
    for (std::size_t i = 0; i < m_at.size(); ++i) m_at[i] -= least[std::size_t(m_part[i])];
    return m_at;
}

}  // namespace loadpath
