#include "model/keys.h"
#include "rules/caches.h"
#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/tags.h"
#include "rules/text.h"
#include "support/format.h"

#include <map>
#include <optional>
#include <set>

namespace loadpath::checks {
namespace {

struct CachedStores {
    std::set<int> stores, readers;
    bool mayBeStale = true;  // every read of it says that old data will do
};

/// What caches hold copies of: read by their callers on a miss or beside them, or by themselves.
std::map<int, CachedStores> cachedStores(const Snapshot& snapshot) {
    const FlowGraph& graph = snapshot.graph();
    std::map<int, CachedStores> byCache;
    for (const FlowPath& flow : graph.flows) {
        const bool mayBeStale = flowHasTag(snapshot, flow, "stale_ok");
        for (const Visit& visit : flow.visits) {
            std::vector<int> caches;
            if (at(graph.nodes, visit.node).behaviour == Behaviour::cache) caches.push_back(visit.node);
            for (const Call& call : visit.calls) {
                if (at(graph.nodes, call.target).behaviour != Behaviour::cache || call.purpose != Purpose::read)
                    continue;
                caches.push_back(call.target);
                CachedStores& cached = byCache[call.target];
                cached.readers.insert(visit.node);
                cached.mayBeStale = cached.mayBeStale && mayBeStale;
            }
            for (const int cache : caches)
                for (const Call& call : visit.calls) {
                    const Node& target = at(graph.nodes, call.target);
                    const bool isStore = isIn(target, "store") && target.behaviour != Behaviour::cache;
                    if (isStore && call.purpose == Purpose::read && (call.missOf < 0 || call.missOf == cache))
                        byCache[cache].stores.insert(call.target);
                }
        }
    }
    return byCache;
}

/// Components that write to the store, or to the primary that it copies.
std::set<int> writersOf(const FlowGraph& graph, const Passing& passing, int store) {
    std::set<int> writers;
    for (const int link : at(graph.incoming, store)) {
        const Link& l = at(graph.links, link);
        if (l.mode == Mode::sync && l.legal && passing.writes(link) && isIn(at(graph.nodes, l.from), "compute"))
            writers.insert(l.from);
        if (l.mode != Mode::replicate && l.mode != Mode::standby) continue;
        for (const int source : at(graph.incoming, l.from)) {
            const Link& s = at(graph.links, source);
            if (s.mode == Mode::sync && s.legal && passing.writes(source) && isIn(at(graph.nodes, s.from), "compute"))
                writers.insert(s.from);
        }
    }
    return writers;
}

bool feedsConnector(const FlowGraph& graph, const std::set<int>& stores) {
    return std::any_of(stores.begin(), stores.end(), [&graph](int store) {
        const auto& out = at(graph.outgoing, store);
        return std::any_of(out.begin(), out.end(), [&graph](int link) {
            return isType(at(graph.nodes, at(graph.links, link).to), "cdc_connector");
        });
    });
}

std::vector<Finding> checkCacheStaleRisk(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    std::optional<Passing> passing;
    std::optional<std::map<int, CachedStores>> byCache;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        const int index = static_cast<int>(i);
        if (node.behaviour != Behaviour::cache || !hasRole(snapshot, index, "cache")) continue;
        const ParameterView view = viewOf(snapshot, index);
        // A cache in a process knows of nothing but time unless somebody says otherwise.
        const bool isMeant = isIn(node, "in_process") && !view.isStated("invalidation");
        if (view.value("invalidation") != Value("ttl_only") || isMeant) continue;
        if (!byCache) byCache = cachedStores(snapshot);
        const CachedStores& cached = (*byCache)[index];
        if (cached.stores.empty() || cached.mayBeStale) continue;
        if (!passing) passing.emplace(snapshot);
        std::set<int> others;
        for (const int store : cached.stores)
            for (const int writer : writersOf(graph, *passing, store))
                if (cached.readers.size() > 1 || !cached.readers.contains(writer)) others.insert(writer);
        if (others.empty()) continue;
        std::vector<std::string> names;
        for (const int writer : others) names.push_back(snapshot.nameOf(writer));
        Finding finding{cache_stale_risk.id, cache_stale_risk.severity};
        finding.components = {node.id};
        const double ttl = view(keys::ttlS);
        finding.message = fill("{} learns nothing of what {} writes: its entries are stale {}",
                               {node.name, listed(names), ttl > 0 ? "for up to " + duration(ttl * 1000) : "for ever"});
        FixBuilder fix(snapshot, placement);
        const bool isFed = feedsConnector(graph, cached.stores);
        fix.set(node.id, "invalidation", isFed ? "cdc" : "delete_on_write");
        finding.fix = fix.titled(isFed ? "Invalidate by the captured changes" : "Let every writer delete the entry");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cache_stale_risk{
    "cache-stale-risk",
    "Others write what is cached here",
    "A service can remove an entry from its cache when it changes the data itself. When another service writes the "
    "same "
    "data, nobody removes it, and readers see the old value until it expires. Deleting on every write, or following "
    "the "
    "change log of the store, bounds that to moments.",
    "Nishtala et al., Scaling Memcache at Facebook (NSDI 2013), invalidation",
    Severity::info,
    checkCacheStaleRisk,
};

}  // namespace loadpath::checks
