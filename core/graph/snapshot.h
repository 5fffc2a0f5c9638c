// An immutable copy of a design with its compiled meaning. The only thing a worker thread sees.
#pragma once

#include "graph/flow_graph.h"

#include <memory>

namespace loadpath {

class Snapshot {
public:
    static std::shared_ptr<const Snapshot> of(Design design, std::shared_ptr<const Catalog> catalog);

    const Design& design() const { return m_design; }
    const Catalog& catalog() const { return *m_catalog; }
    const FlowGraph& graph() const { return m_graph; }
    ParameterView parameters(const Component& component) const;
    ParameterView parameters(const Connection& connection) const;
    ParameterView parameters(int node) const { return parameters(m_design.components[std::size_t(node)]); }
    /// The name shown for a component: its own, else that of its type.
    const std::string& nameOf(int node) const { return m_graph.nodes[std::size_t(node)].name; }

private:
    Snapshot() = default;
    Design m_design;
    std::shared_ptr<const Catalog> m_catalog;
    FlowGraph m_graph;
};

}  // namespace loadpath
