// Who is covered by which service mesh, and what that gives its connections. Knows no rule.
#pragma once

#include "graph/snapshot.h"

#include <vector>

namespace loadpath {

class Meshes {
public:
    explicit Meshes(const Snapshot& snapshot);

    bool any() const { return !m_meshes.empty(); }
    bool covers(int node) const;
    /// Calls that leave it have a circuit breaker.
    bool breaks(int node) const;
    /// It counts as measured and traced.
    bool observes(int node) const;
    /// Both ends stand in one mesh that encrypts what passes between them.
    bool encrypts(int from, int to) const;

private:
    struct Mesh {
        std::vector<char> members;  // by node
        bool breaks = false, observes = false, encrypts = false;
    };
    std::vector<Mesh> m_meshes;
};

}  // namespace loadpath
