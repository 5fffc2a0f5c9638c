// Which components make a flow fail when a zone is lost and everything else is up. Knows no rule.
#pragma once

#include "graph/flow_graph.h"

#include <set>

namespace loadpath {

enum class Losing {
    always,     // every request, or as good as
    sometimes,  // those that miss a cache, or make a call that not all of them make, too
};

std::set<int> culpritsOf(const FlowGraph& graph, const FlowPath& flow, int domain, Losing losing);

}  // namespace loadpath
