// Questions about stores that several checks ask: who writes there, what kind of data it is, which stores
// follow each other in both directions, and which are spread over shards. Knows no rule.
#pragma once

#include "rules/edges.h"
#include "rules/rule.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace loadpath {

/// A write of a client or of the processing of messages comes by, or messages are written straight into it.
bool receivesWrites(const FlowGraph& graph, const Passing& passing, int node);
/// A tag on the store, one of its tables, a connection into it, or a flow that writes there.
bool dataHasTag(const Evidence& evidence, const Passing& passing, int node, std::string_view tag);
/// The stores that it follows as a copy.
std::vector<int> primariesOf(const FlowGraph& graph, int copy);
/// Poolers and routers stand between a caller and the store: the nodes from which calls really come, and the
/// connection by which each of them leaves its caller.
struct Caller {
    int node = 0, link = 0;
};
std::vector<Caller> callersOf(const FlowGraph& graph, int store);

/// Stores that send their writes to each other: every one of them takes writes of its own.
struct LeaderGroup {
    std::vector<int> members;  // ascending
};
std::vector<LeaderGroup> leaderGroups(const FlowGraph& graph);

/// Data spread over shards: a router with the stores behind it, or one store that is drawn once.
struct ShardedStore {
    int node = 0;  // the router, or the store
    bool isRouter = false;
    int shards = 1;
    std::string strategy;  // of a router, else empty
    std::string key;       // name; empty where nobody says
    std::optional<double> cardinality;
    std::vector<int> stores;  // that hold the data
};
std::vector<ShardedStore> shardedStores(const Snapshot& snapshot);

/// Which of them a store belongs to.
class Shards {
public:
    explicit Shards(const Snapshot& snapshot);
    const std::vector<ShardedStore>& all() const { return m_all; }
    /// Null where the store is whole.
    const ShardedStore* of(int store) const;

private:
    std::vector<ShardedStore> m_all;
    std::unordered_map<int, std::size_t> m_byStore;
};

/// A name that says its values only grow: a time, or a number that counts up.
bool soundsMonotonic(std::string name);

}  // namespace loadpath
