// Strongly connected components of a small index graph, without recursion. Knows no design.
#pragma once

#include <vector>

namespace loadpath {

/// Components with those they lead to first. Members are in ascending order.
std::vector<std::vector<int>> stronglyConnected(const std::vector<std::vector<int>>& successors);

}  // namespace loadpath
