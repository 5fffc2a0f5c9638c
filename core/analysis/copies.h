// Where the writes of a store go on to: its copies, and theirs. Knows no rate.
#pragma once

#include "graph/flow_graph.h"

#include <vector>

namespace loadpath {

class Copies {
public:
    explicit Copies(const FlowGraph& graph);

    static bool copies(const Link& link);
    /// Connections that carry what is written there: along the shortest ways, so never back.
    std::vector<int> linksFrom(int store) const;
    /// The store itself and everything that gets its writes; connectors are readers, not copies.
    std::vector<int> reachedFrom(int store) const;

private:
    const FlowGraph& m_graph;
    std::vector<std::vector<int>> m_outgoing;  // by node: connections to copies
};

}  // namespace loadpath
