#include "rules/mesh.h"

#include "graph/node_types.h"
#include "support/index.h"

namespace loadpath {
namespace {

constexpr ParameterKey<bool> meshBreaks{"circuit_breaking"}, meshObserves{"observability"}, meshEncrypts{"mtls"};

bool isUsualMember(const Node& node) {
    const bool selfRunBalancer = node.behaviour == Behaviour::balancer && !node.managed;
    return isIn(node, "compute") || isIn(node, "ws") || node.behaviour == Behaviour::gateway || selfRunBalancer;
}

}  // namespace

Meshes::Meshes(const Snapshot& snapshot) {
    const FlowGraph& graph = snapshot.graph();
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (graph.nodes[i].behaviour != Behaviour::overlay) continue;
        const ParameterView view = snapshot.parameters(static_cast<int>(i));
        Mesh mesh;
        mesh.breaks = view(meshBreaks);
        mesh.observes = view(meshObserves);
        mesh.encrypts = view(meshEncrypts);
        mesh.members.assign(graph.nodes.size(), 0);
        const Value named = view.value("members");
        if (named.list() && !named.list()->empty()) {
            for (const Value& id : *named.list())
                if (const int node = id.text() ? graph.node({*id.text()}) : -1; node >= 0) mesh.members[at(node)] = 1;
        } else {
            for (std::size_t n = 0; n < graph.nodes.size(); ++n) mesh.members[n] = isUsualMember(graph.nodes[n]);
        }
        m_meshes.push_back(std::move(mesh));
    }
}

bool Meshes::covers(int node) const {
    return std::any_of(m_meshes.begin(), m_meshes.end(),
                       [node](const Mesh& mesh) { return mesh.members[at(node)] != 0; });
}

bool Meshes::breaks(int node) const {
    return std::any_of(m_meshes.begin(), m_meshes.end(),
                       [node](const Mesh& mesh) { return mesh.breaks && mesh.members[at(node)]; });
}

bool Meshes::observes(int node) const {
    return std::any_of(m_meshes.begin(), m_meshes.end(),
                       [node](const Mesh& mesh) { return mesh.observes && mesh.members[at(node)]; });
}

bool Meshes::encrypts(int from, int to) const {
    return std::any_of(m_meshes.begin(), m_meshes.end(), [from, to](const Mesh& mesh) {
        return mesh.encrypts && mesh.members[at(from)] && mesh.members[at(to)];
    });
}

}  // namespace loadpath
