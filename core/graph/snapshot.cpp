#include "graph/snapshot.h"

namespace loadpath {

std::shared_ptr<const Snapshot> Snapshot::of(Design design, std::shared_ptr<const Catalog> catalog) {
    const std::shared_ptr<Snapshot> snapshot(new Snapshot);
    snapshot->m_design = std::move(design);
    snapshot->m_catalog = std::move(catalog);
    snapshot->m_graph = compileFlowGraph(snapshot->m_design, *snapshot->m_catalog);
    return snapshot;
}

ParameterView Snapshot::parameters(const Component& component) const {
    return {m_catalog->typeOf(component.type).parameters, component.properties};
}

ParameterView Snapshot::parameters(const Connection& connection) const {
    return {m_catalog->connectionParameters, connection.properties};
}

}  // namespace loadpath
