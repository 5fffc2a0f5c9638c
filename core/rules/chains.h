// Longest chains in a directed graph that may have cycles, and who counts as a link of such a chain.
// Knows no rule.
#pragma once

#include "graph/snapshot.h"

#include <functional>
#include <vector>

namespace loadpath {

/// The nodes of weight 1 on the path that has most of them, in its order. Members of a cycle come
/// together, all of them. From `start`, or from wherever it is longest where that is −1. Among equally
/// long ones the one whose nodes come first by `before`. Linear in nodes and edges.
std::vector<int> longestChain(const std::vector<std::vector<int>>& next, const std::vector<char>& counts, int start,
                              const std::function<bool(int, int)>& before);

/// By place on the canvas, then by name and id: an order that neither the file nor ids decide alone.
bool standsBefore(const Snapshot& snapshot, int a, int b);

/// Code that a team deploys and others call by name: services, monoliths, GraphQL servers.
bool isServiceNode(const Node& node);

}  // namespace loadpath
