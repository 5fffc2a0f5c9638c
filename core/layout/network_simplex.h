// Integer positions of nodes that keep least distances along edges and make the weighted sum of
// lengths smallest (network simplex, after Gansner, Koutsofios, North and Vo). Plain numbers.
#pragma once

#include <vector>

namespace loadpath {

class NetworkSimplex {
public:
    explicit NetworkSimplex(int nodes) : m_out(std::size_t(nodes)), m_in(std::size_t(nodes)) {}

    /// position(to) − position(from) ≥ least. The edges must have no cycle.
    void add(int from, int to, int least, int weight);
    /// Positions from 0 on. At most so many exchanges: what is found until then is feasible.
    std::vector<int> solve(int mostExchanges);

private:
    struct Edge {
        int from, to, least, weight;
        int cut = 0;
        bool inTree = false;
    };
    int slack(const Edge& e) const { return m_at[std::size_t(e.to)] - m_at[std::size_t(e.from)] - e.least; }
    void connectAll();
    void placeFeasibly();
    void growTree();
    int tightTree(int root);
    void rangeFrom(int root);
    void cutValues();
    int leaving();
    int entering(int leaving) const;
    void exchange(int leaving, int entering);
    bool isBelow(int node, int top) const {
        return m_low[std::size_t(top)] <= m_lim[std::size_t(node)] &&
               m_lim[std::size_t(node)] <= m_lim[std::size_t(top)];
    }

    std::vector<Edge> m_edges;
    std::vector<std::vector<int>> m_out, m_in;  // edges by node
    std::vector<std::vector<int>> m_tree;       // edges of the tree by node
    std::vector<int> m_at, m_low, m_lim, m_parent;
    std::vector<int> m_part;  // which of the parts that nothing joins
    int m_parts = 0, m_search = 0;
};

}  // namespace loadpath
