// Whether what passes over a connection can be read on the way, and how much that matters. Knows no rule.
#pragma once

#include "rules/edges.h"

#include <vector>

namespace loadpath {

/// By its protocol, as stated, by certificates of both sides, or by a mesh around both ends.
bool isEncrypted(const Snapshot& snapshot, const Meshes& meshes, int link);

/// Personal and payment data: by tags on components, tables, endpoints, connections, topics and flows, and
/// by zones that must comply with a standard that asks for encryption.
class Sensitive {
public:
    Sensitive(const Snapshot& snapshot, const Passing& passing);

    bool holds(int node) const { return m_nodes[static_cast<std::size_t>(node)] != 0; }
    bool passes(int link) const;
    /// It keeps such data, or flows that carry such data reach it.
    bool isReachedBy(int node) const;

private:
    const Snapshot* m_snapshot;
    const Passing* m_passing;
    std::vector<char> m_nodes, m_flows;
};

}  // namespace loadpath
