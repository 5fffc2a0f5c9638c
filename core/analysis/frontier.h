// The diagram of a structure whose every part is one set of alternatives (reachability: grids, rings,
// meshes of fallbacks), built level by level from what is still open at the border between decided and
// undecided components. Never combines diagrams, so cycles cost nothing extra.
#pragma once

#include "analysis/structure.h"

#include <cstdint>

namespace loadpath {

class AlternativesNetwork {
public:
    explicit AlternativesNetwork(const Structure& structure);

    /// Every part is one set of alternatives, and some are shared, so that the border is worth following.
    bool applies() const { return m_applies; }
    /// The same with its atoms in an order that keeps the border short.
    Structure arranged(const FlowGraph& graph, Structure structure) const;

    struct Diagram {
        Bdd::Ref lower = Bdd::no, upper = Bdd::no;  // the same when complete
        bool isComplete = false;
        bool isBuilt = false;  // false: the border is too wide for this way, nothing is known
    };
    /// At most `mostStates` states, of which `widest` a level: past it the least likely are given up, to
    /// "no" below and to "yes" above. 0: no limit a level, stops unbuilt when there are too many.
    Diagram diagram(const FlowGraph& graph, Bdd& bdd, Leaves& leaves, std::span<const double> likely,
                    std::size_t mostStates, std::size_t widest) const;

private:
    friend class FrontierSweep;
    struct Vertex {
        std::vector<Ask> asks;    // all needed
        bool hasOnward = false;   // one of `onward` is needed too
        std::vector<int> onward;  // vertices
        int coin = -1, missOf = -1;
    };
    std::vector<int> greedyOrder(std::vector<int> start, int window) const;
    double costOf(const std::vector<int>& order) const;

    std::vector<Vertex> m_vertices;  // [0] is the whole
    std::vector<std::vector<int>> m_referrers;
    std::vector<int> m_order;
    bool m_applies = false;
};

/// serv(ask): the component, or a standby that takes over.
Bdd::Ref servingOf(const FlowGraph& graph, Bdd& bdd, Leaves& leaves, const Ask& ask);

}  // namespace loadpath
