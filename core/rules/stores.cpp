#include "rules/stores.h"

#include "rules/lookup.h"
#include "rules/tables.h"
#include "rules/tags.h"

#include <cctype>

namespace loadpath {
namespace {

bool isBetween(const Node& node) { return node.behaviour == Behaviour::pooler || isType(node, "shard_router"); }

bool copiesWrites(const Link& link) {
    return link.legal && (link.mode == Mode::replicate || link.mode == Mode::standby);
}

int wholeNumber(const Value& value, int otherwise) {
    return value.isNumber() ? std::max(1, static_cast<int>(std::min(value.number(), 1e9))) : otherwise;
}

std::string textOf(const Value* value) { return value && value->text() ? *value->text() : std::string(); }

void readShardKey(ShardedStore& store, const Value& key) {
    if (key.text()) store.key = *key.text();
    store.key = key.object() ? textOf(key.find("name")) : store.key;
    if (const Value* count = key.find("cardinality"); count && count->isNumber()) store.cardinality = count->number();
}

ShardedStore routed(const Snapshot& snapshot, int router) {
    const FlowGraph& graph = snapshot.graph();
    const ParameterView view = viewOf(snapshot, router);
    ShardedStore store;
    store.node = router;
    store.isRouter = true;
    if (const Value strategy = view.value("strategy"); strategy.text()) store.strategy = *strategy.text();
    readShardKey(store, view.value("key"));
    for (const int out : at(graph.outgoing, router)) {
        const Link& link = at(graph.links, out);
        if (link.legal && link.mode == Mode::sync && isIn(at(graph.nodes, link.to), "store") &&
            std::find(store.stores.begin(), store.stores.end(), link.to) == store.stores.end())
            store.stores.push_back(link.to);
    }
    const int drawn = static_cast<int>(store.stores.size());
    store.shards = view.isStated("shards") || drawn < 2 ? wholeNumber(view.value("shards"), 1) : drawn;
    return store;
}

}  // namespace

bool receivesWrites(const FlowGraph& graph, const Passing& passing, int node) {
    for (const int in : at(graph.incoming, node)) {
        const Link& link = at(graph.links, in);
        if (!link.legal) continue;
        if (link.mode == Mode::consume) return true;
        const auto& flows = passing.over(in);
        if (std::any_of(flows.begin(), flows.end(), [](const Passing::Flow& flow) { return flow.op == Op::write; }))
            return true;
    }
    return false;
}

bool dataHasTag(const Evidence& evidence, const Passing& passing, int node, std::string_view tag) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    if (componentHasTag(snapshot, node, tag)) return true;
    for (const StoreTable& table : evidence.tables().of(node))
        if (hasTag(table.tags, tag)) return true;
    for (const int in : at(graph.incoming, node)) {
        if (at(graph.links, in).mode == Mode::telemetry) continue;
        if (connectionHasTag(snapshot, in, tag)) return true;
        for (const Passing::Flow& flow : passing.over(in))
            if (flow.op == Op::write && flowHasTag(snapshot, at(graph.flows, flow.flow), tag)) return true;
    }
    return false;
}

std::vector<int> primariesOf(const FlowGraph& graph, int copy) {
    std::vector<int> primaries;
    for (const int in : at(graph.incoming, copy))
        if (copiesWrites(at(graph.links, in))) primaries.push_back(at(graph.links, in).from);
    return primaries;
}

std::vector<Caller> callersOf(const FlowGraph& graph, int store) {
    std::vector<Caller> callers;
    std::vector<int> waiting{store};
    for (std::size_t i = 0; i < waiting.size(); ++i)
        for (const int in : at(graph.incoming, waiting[i])) {
            const Link& link = at(graph.links, in);
            if (!link.legal || link.mode != Mode::sync) continue;
            if (!isBetween(at(graph.nodes, link.from)))
                callers.push_back({link.from, in});
            else if (std::find(waiting.begin(), waiting.end(), link.from) == waiting.end())
                waiting.push_back(link.from);
        }
    return callers;
}

std::vector<LeaderGroup> leaderGroups(const FlowGraph& graph) {
    // Two that copy to each other; chains of such pairs are one group.
    std::vector<int> groupOf(graph.nodes.size(), -1);
    std::vector<LeaderGroup> groups;
    const auto mutual = [&graph](int a) {
        std::vector<int> others;
        for (const int out : at(graph.outgoing, a)) {
            const Link& link = at(graph.links, out);
            if (!copiesWrites(link) || link.to == a || !isIn(at(graph.nodes, link.to), "store")) continue;
            for (const int back : at(graph.outgoing, link.to))
                if (copiesWrites(at(graph.links, back)) && at(graph.links, back).to == a) others.push_back(link.to);
        }
        return others;
    };
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (groupOf[i] >= 0 || !isIn(graph.nodes[i], "store") || mutual(static_cast<int>(i)).empty()) continue;
        LeaderGroup group;
        group.members = {static_cast<int>(i)};
        groupOf[i] = static_cast<int>(groups.size());
        for (std::size_t k = 0; k < group.members.size(); ++k)
            for (const int other : mutual(group.members[k])) {
                if (at(groupOf, other) >= 0) continue;
                at(groupOf, other) = static_cast<int>(groups.size());
                group.members.push_back(other);
            }
        std::sort(group.members.begin(), group.members.end());
        groups.push_back(std::move(group));
    }
    return groups;
}

std::vector<ShardedStore> shardedStores(const Snapshot& snapshot) {
    const FlowGraph& graph = snapshot.graph();
    std::vector<ShardedStore> all;
    std::vector<char> isRouted(graph.nodes.size(), 0);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!isType(graph.nodes[i], "shard_router")) continue;
        all.push_back(routed(snapshot, static_cast<int>(i)));
        for (const int store : all.back().stores) at(isRouted, store) = 1;
    }
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (isRouted[i] || !(isType(node, "postgres") || isType(node, "mongodb"))) continue;
        const ParameterView view = viewOf(snapshot, static_cast<int>(i));
        ShardedStore store;
        store.node = static_cast<int>(i);
        store.shards = wholeNumber(view.value("shards"), 1);
        if (store.shards < 2) continue;
        store.stores = {store.node};
        readShardKey(store, view.value("shard_key"));
        all.push_back(std::move(store));
    }
    return all;
}

Shards::Shards(const Snapshot& snapshot) : m_all(shardedStores(snapshot)) {
    for (std::size_t i = 0; i < m_all.size(); ++i)
        if (m_all[i].shards > 1)
            for (const int store : m_all[i].stores) m_byStore.emplace(store, i);
}

const ShardedStore* Shards::of(int store) const {
    const auto it = m_byStore.find(store);
    return it == m_byStore.end() ? nullptr : &m_all[it->second];
}

bool soundsMonotonic(std::string name) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    static constexpr std::string_view words[] = {"time",      "timestamp", "date",     "day",          "hour",
                                                 "month",     "year",      "ts",       "at",           "seq",
                                                 "sequence",  "serial",    "datetime", "_id",          "auto_increment",
                                                 "increment", "autoid",    "offset",   "autoincrement"};
    const auto isWord = [](std::string_view word) {
        return std::find(std::begin(words), std::end(words), word) != std::end(words);
    };
    // "created_at", "order_date", "eventTime" lose nothing but the first word of the last.
    const std::size_t last = name.find_last_of("_. -");
    return isWord(name) || (last != std::string::npos && last > 0 && isWord(std::string_view(name).substr(last + 1))) ||
           name.ends_with("timestamp");
}

}  // namespace loadpath
