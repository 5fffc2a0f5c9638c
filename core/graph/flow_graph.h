// The compiled meaning of a drawing: what every connection does for every flow. Availability,
// capacity, rules and simulator read this and nothing else, so they cannot disagree. Plain data,
// indices instead of ids; made by compileFlowGraph. Boost.Graph stays inside graph/*.cpp.
#pragma once

#include "model/catalog.h"
#include "model/design.h"

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace loadpath {

/// A failure domain: a zone or region (boundaries have no variable).
struct Domain {
    ZoneId id;
    std::string name;
    int parent = -1;  // index into FlowGraph::domains; every ancestor's variable applies too
    double availability = 1;
    bool hasVariable = true;  // false for boundaries
    bool isRegion = false;
};

/// Why a component is asked: decides how many of its units must be up (partitioned stores, brokers).
enum class Purpose { read, write, publish, consume };

enum class Distribution { exponential, deterministic, erlang, lognormal, pareto };

/// Which units must be up for a component to serve: at least `need` of units 0..units-1.
struct Serving {
    int units = 1;
    int need = 1;
};

struct Standby {
    int node = 0;            // the promotable component
    double takeoverS = 0;    // T: detection + promotion
    double windowShare = 0;  // q = 1 − e^(−T/mttr): share of the primary's downtime not yet taken over
};

struct Topic {
    std::string name;
    int partitions = 0;  // 0 = not partitioned (queues): consumers do not bound each other
    int replicationFactor = 1, minInSync = 1;
    int acknowledging = 0;  // replicas that a publish needs; 0: the component's own rule holds instead
    int delivering = 1;     // replicas that a consumer needs
};

/// A component with everything the engines need, brought into range.
struct Node {
    ComponentId id;
    std::string name;
    const ComponentType* type = nullptr;
    Behaviour behaviour = Behaviour::unknown;

    // Availability (model §1, §3, §7.1)
    int instances = 1;        // n
    int units = 1;            // units that can fail: instances, or instances·(1+replicas)
    Serving serving[4];       // by Purpose
    double availability = 1;  // of one unit; of the whole service when managed
    double mttrS = 3600;
    bool managed = false;    // one variable, instances and zones ignored
    bool zonal = false;      // managed, but needs one of its zones
    std::vector<int> zones;  // domain indices; unit i sits in zones[i mod size]; empty: none
    std::vector<Standby> standbys;
    /// Where the copies of a partition are: anywhere (one partition), on `copies` units in turn around
    /// the ring, or on units of the shard's own. Ask FlowGraph::partitions.
    enum class Layout { whole, ring, shards } layout = Layout::whole;
    int copies = 1;
    int ringPartitions = 1;

    // Work (model §1, §4)
    double serviceMs[2] = {0, 0};  // mean own work of one operation, by Op
    int operations[2] = {1, 1};    // replica operations that one call costs, by Op (quorum stores)
    double applyMs = 0;            // work of applying one replicated write; 0: not charged
    Distribution distribution = Distribution::exponential;
    double distributionShape = 1;  // erlang k, lognormal cv, pareto alpha; unused otherwise
    int concurrency = 0;           // servers per instance; 0 = unlimited (a pure delay)
    bool hasUtilisation = false;   // has servers and is not elastic
    bool queuePerNode = false;     // one queue for all instances
    int queueLimit = -1;           // waiting places per queue; −1 = unbounded
    int threads = 0;               // requests in progress per instance; 0 = unlimited
    double errorRate = 0;          // share of requests it fails by itself
    double hitRatio = 0;           // caches and cdn
    bool cancelPropagation = false;
    std::string balancing;      // algorithm of a balancer: round_robin, random, least_conn, …
    std::vector<Topic> topics;  // brokers; never empty for them

    bool isBroker() const {
        return behaviour == Behaviour::log || behaviour == Behaviour::queue || behaviour == Behaviour::topic;
    }
    /// Requests per second it can serve at full use of its servers, for the given mix of reads and writes.
    double capacityRps(double readRps, double writeRps) const;
};

/// A connection, brought into range. What it does in a flow stands in Call.
struct Link {
    ConnectionId id;
    int from = 0, to = 0;  // nodes
    Mode mode = Mode::sync;
    bool legal = true;  // by the matrix; illegal ones carry nothing and are reported
    std::string protocol;
    bool optional = false;
    double rttMs = 0;
    double meshMs = 0;     // mean of the exponential extra of a service mesh, per call
    double timeoutMs = 0;  // 0 = none
    int retries = 0;
    enum class Backoff { none, fixed, exponential } backoff = Backoff::none;
    double backoffBaseMs = 100, backoffCapMs = 10000;
    enum class Jitter { none, equal, full, decorrelated } jitter = Jitter::none;
    double retryBudget = -1;  // ratio of extra load; −1 = none
    int poolSize = 0;         // connections per caller instance; 0 = does not apply
    bool fallback = false;    // a failed call counts as success
    std::string topic;
};

/// One thing a visit to a component makes it do for others.
struct Call {
    enum class Kind {
        request,  // synchronous call, waited for
        lookup,   // name resolution: φ needs the resolver alone; only `probability` of requests ask it
        publish,  // into a broker: φ needs the broker alone, for Purpose::publish
        push,     // delivery from behind into a gateway: the gateway's own calls are not re-entered
    };
    Kind kind = Kind::request;
    int link = 0;            // index into FlowGraph::links: latency, timeout, retries
    int target = 0;          // node; differs from the link's end where a resolver stands between
    bool optional = false;   // not in φ, but carries load and is waited for
    bool inPhi = true;       // false: optional, or a publish that is not waited for (acks 0, outbox)
    int group = -1;          // index into Visit::groups, −1 = none
    int coin = -1;           // index into FlowGraph::coins; −1: always made
    double probability = 1;  // that the call is made at all (cache up)
    int missOf = -1;         // node of the cache whose miss causes the call
    double calls = 1;        // calls per visit when made
    double share = 1;        // of the visit's requests that this member of a group gets
    int order = 0;
    bool parallel = true;
    Purpose purpose = Purpose::read;
    int topic = 0;         // index into target's topics (publish)
    bool scatter = false;  // touches every partition of the target and needs them all

    /// φ needs serv(target) alone, not φ(target).
    bool endsAtTarget() const { return kind != Kind::request; }
    /// Mean number of calls per visit: p · calls · split.
    double mean() const { return probability * calls * share; }
};

/// Alternatives: at least `need` must answer. need = 1: one member gets each request, by share.
struct CallGroup {
    std::string name;  // empty for the implicit group of a balancing type
    int need = 1;
    std::vector<int> calls;  // indices into Visit::calls
};

/// What a component does in one flow.
struct Visit {
    int node = 0;
    std::vector<Call> calls;  // by order, then file order
    std::vector<CallGroup> groups;
};

/// One request class, or the processing of one consumer's messages (derived).
struct FlowPath {
    FlowId id;  // of the file, or "client.read", or "⇢topic/group"
    std::string name;
    int entry = 0;  // node: the client, or the consumer
    Op op = Op::read;
    bool derived = false;
    double rateRps = 0;  // peak; 0 for derived flows: the capacity pass solves theirs
    double averageRps = 0;
    int subscription = -1;                  // index into FlowGraph::subscriptions (derived)
    int feed = -1;                          // index into FlowGraph::feeds (derived)
    double availabilitySlo = 0, p99Ms = 0;  // own or the document's; 0 = none
    std::vector<Visit> visits;              // ordered by node; the entry and all that its requests reach

    const Visit* visit(int node) const;  // null when the flow does not come by
};

/// A consumer group's connection to a broker.
struct Subscription {
    int link = 0, broker = 0, consumer = 0;
    int topic = 0;             // index into the broker's topics; −1 = all of them
    std::string group;         // consumers of one group share the messages
    double share = 1;          // of the topic's messages: p · calls · split inside the group
    int flow = -1;             // its derived flow
    int maxAttempts = 0;       // 0 = without end
    int deadLetter = -1;       // node; −1 = none
    bool skipsErrors = false;  // on_error=skip
};

/// The writes of a store, carried on by a connector or a reader of its change stream.
struct ChangeFeed {
    int link = 0, source = 0, consumer = 0;
    double share = 1;  // of the writes: p · calls
    int flow = -1;     // its derived flow
};

/// A Bernoulli choice "the call is made", shared by the calls that name it.
struct Coin {
    std::string name;
    double probability = 1;
    int missOf = -1;  // made always while this cache is down
};

struct FlowGraph {
    std::vector<Domain> domains;
    std::vector<Node> nodes;      // in the order of Design::components
    std::vector<Link> links;      // in the order of Design::connections
    std::vector<FlowPath> flows;  // those of clients first, then derived ones
    std::vector<Subscription> subscriptions;
    std::vector<ChangeFeed> feeds;
    std::vector<Coin> coins;
    std::unordered_map<std::string, int> nodeById, domainById, linkById;
    std::vector<std::vector<int>> outgoing, incoming;  // links by node

    int node(const ComponentId& id) const;  // −1 when not there
    /// How many units of the target a call needs; a topic has its own replication.
    Serving servingOf(const Call& call) const { return servingOf(call.target, call.purpose, call.topic); }
    Serving servingOf(int node, Purpose purpose, int topic = 0) const;
    /// Which units hold each partition: a request touches one of them, one that scatters needs them all.
    /// The first is the one servingOf counts in; equal ones are told once; {{0}} when managed.
    std::vector<std::vector<int>> partitions(int node, Purpose purpose = Purpose::read, int topic = 0) const;
    /// Domain chain of unit i of a node, innermost first, only those with a variable.
    std::vector<int> domainsOfUnit(int node, int unit) const;
    /// "component#i", or "component" when managed.
    std::string unitName(int node, int unit) const;
};

FlowGraph compileFlowGraph(const Design& design, const Catalog& catalog);

/// Components of one flow's synchronous calls that can reach each other (more than one node, or a
/// self-call), each in call order, starting with the smallest node. Lookups and pushes left out.
std::vector<std::vector<int>> synchronousCycles(const FlowGraph& graph, const FlowPath& flow);

/// By node: whether it is reached along connections of any mode but telemetry from where work starts
/// (clients, schedulers, batch jobs).
std::vector<char> reachedNodes(const FlowGraph& graph);

}  // namespace loadpath
