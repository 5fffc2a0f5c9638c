// Small questions about caches: what they are for, what they hold, which keys are asked for most. Knows
// no rule.
#pragma once

#include "analysis/capacity_limits.h"

#include <string_view>
#include <vector>

namespace loadpath {

/// Whether the list of roles of a Redis has this one; other caches are caches and nothing else.
bool hasRole(const Snapshot& snapshot, int node, std::string_view role);
bool isTtlUnset(const Snapshot& snapshot, int node);
/// A cache inside the process of one of these callers answers first.
bool hasLocalCache(const FlowGraph& graph, int caller);

/// The keys that are asked for and how unevenly, by what arrives where.
struct KeyDemand {
    std::vector<LoadShare> shares;
    std::vector<KeyPopularity> popularity;  // by flow

    KeyDemand(const Snapshot& snapshot, const CapacityReport& capacity);
    double hottest(const LoadShare& share) const {
        return share.rps * popularity[static_cast<std::size_t>(share.flow)].hottestShare;
    }
};

}  // namespace loadpath
