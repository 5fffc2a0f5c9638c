#include "rules/caches.h"

#include "model/keys.h"
#include "rules/lookup.h"

namespace loadpath {

bool hasRole(const Snapshot& snapshot, int node, std::string_view role) {
    const Value roles = viewOf(snapshot, node).value("role");
    if (!roles.list()) return role == "cache" && at(snapshot.graph().nodes, node).behaviour == Behaviour::cache;
    return std::any_of(roles.list()->begin(), roles.list()->end(),
                       [role](const Value& word) { return word.text() && *word.text() == role; });
}

bool isTtlUnset(const Snapshot& snapshot, int node) { return !(viewOf(snapshot, node)(keys::ttlS) > 0); }

bool hasLocalCache(const FlowGraph& graph, int caller) {
    const auto& out = at(graph.outgoing, caller);
    return std::any_of(out.begin(), out.end(), [&graph](int link) {
        const Link& l = at(graph.links, link);
        return l.legal && l.mode == Mode::sync && isIn(at(graph.nodes, l.to), "in_process");
    });
}

KeyDemand::KeyDemand(const Snapshot& snapshot, const CapacityReport& capacity)
    : shares(loadShares(snapshot.graph(), capacity)), popularity(keyPopularity(snapshot, shares)) {
    // Nobody says which keys a change log carries: one key for all of them would be the worst guess.
    const auto& flows = snapshot.graph().flows;
    for (std::size_t f = 0; f < flows.size(); ++f)
        if (flows[f].derived && popularity[f].keys <= 1) popularity[f].hottestShare = 0;
}

}  // namespace loadpath
