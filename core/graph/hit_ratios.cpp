// Hit ratios that are worked out of memory and popularity instead of stated (model §4, simulation §4).
#include "graph/compile.h"
#include "graph/popularity.h"
#include "model/keys.h"
#include "support/index.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace loadpath::compile {
namespace {

/// The client whose requests come by with the highest rate; −1 when none does.
int mainClient(const FlowGraph& graph, int cache, const std::vector<double>& rates) {
    std::vector<char> seen(graph.nodes.size(), 0);
    std::vector<int> waiting{cache};
    seen[at(cache)] = 1;
    int best = -1;
    while (!waiting.empty()) {
        const int index = waiting.back();
        waiting.pop_back();
        if (graph.nodes[at(index)].behaviour == Behaviour::client &&
            (best < 0 || rates[at(index)] > rates[at(best)] || (rates[at(index)] == rates[at(best)] && index < best)))
            best = index;
        for (const int in : graph.incoming[at(index)]) {
            const Link& link = graph.links[at(in)];
            if (!link.legal || link.mode == Mode::telemetry || seen[at(link.from)]) continue;
            seen[at(link.from)] = 1;
            waiting.push_back(link.from);
        }
    }
    return best;
}

/// Entries that fit; 0 where nothing says so.
double capacityOf(const Node& node, const ParameterView& view) {
    if (view.isSet("size_items")) return view.value("size_items").number();  // each instance has its own
    double items = view.value("capacity_items").number();
    if (items <= 0) {
        const double bytes = view.value("value_bytes").number();
        items = bytes > 0 ? view.value("memory_gb").number() * 1e9 / bytes : 0;
    }
    return items * (view(keys::topology) == "cluster" ? node.instances : 1);
}

}  // namespace

void hitRatios(FlowGraph& graph, const Design& design, const Catalog& catalog) {
    const auto viewOf = [&](std::size_t node) {
        const Component& c = design.components[node];
        return ParameterView(catalog.typeOf(c.type).parameters, c.properties);
    };
    std::vector<double> rates;  // of clients, only when a cache asks
    std::map<std::tuple<int, double, double, double>, double> known;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        Node& node = graph.nodes[i];
        if (node.behaviour != Behaviour::cache && node.behaviour != Behaviour::edge_cache) continue;
        const ParameterView view = viewOf(i);
        const Value model = view.value("hit_model");
        const std::string* name = model.text();
        if (!name || *name == "given") continue;
        if (rates.empty()) {
            rates.assign(graph.nodes.size(), 0.0);
            for (std::size_t c = 0; c < rates.size(); ++c)
                if (graph.nodes[c].behaviour == Behaviour::client) rates[c] = peakRps(viewOf(c));
        }
        const int client = mainClient(graph, static_cast<int>(i), rates);
        if (client < 0) continue;
        const ParameterView asked = viewOf(at(client));
        const double keys = asked.value("key_space").number(1e6), alpha = asked.value("zipf_alpha").number(0.9);
        const Value eviction = view.value("eviction");
        const std::string word = eviction.text() ? *eviction.text() : "lru";
        if (*name == "ttl" || word == "ttl") {
            const double ttl = view.isSet("cache_ttl_s") ? view.value("cache_ttl_s").number() : view(keys::ttlS);
            const double read = asked.isSet(keys::readShare.name) ? asked(keys::readShare) : 1;
            node.hitRatio = ttlHitRatio(keys, alpha, rates[at(client)] * read, ttl);
            continue;
        }
        const double capacity = capacityOf(node, view);
        if (capacity <= 0) continue;  // how much fits is unknown: the stated ratio stands
        const Eviction kind = word == "lfu"                                                ? Eviction::lfu
                              : word == "random" || word == "fifo" || word == "noeviction" ? Eviction::fifo
                                                                                           : Eviction::lru;
        const auto [it, isNew] = known.try_emplace({static_cast<int>(kind), keys, alpha, capacity}, 0.0);
        if (isNew) it->second = hitRatioOf(kind, keys, alpha, capacity);
        node.hitRatio = it->second;
    }
}

}  // namespace loadpath::compile
