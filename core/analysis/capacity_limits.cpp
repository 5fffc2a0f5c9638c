#include "analysis/capacity_limits.h"

#include "analysis/capacity_connections.h"
#include "analysis/latency.h"
#include "graph/node_types.h"
#include "graph/popularity.h"
#include "model/keys.h"
#include "support/format.h"
#include "support/index.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace loadpath {
namespace {

std::string wholeText(double number) { return fixed(number, 0); }

struct NodeLoad {
    double reads = 0, writes = 0;        // calls a second
    double hotReads = 0, hotWrites = 0;  // of the most popular key, taken as the same for all flows
    double inFlight = 0;                 // Little: λ · (wait + own work + calls)
    double gbitPerS = 0;
};

class LimitPass {
public:
    LimitPass(const Snapshot& snapshot, const CapacityReport& capacity)
        : m_snapshot(snapshot),
          m_graph(snapshot.graph()),
          m_capacity(capacity),
          m_shares(loadShares(m_graph, capacity)),
          m_popularity(keyPopularity(snapshot, m_shares)),
          m_load(m_graph.nodes.size()),
          m_pools(m_graph.nodes.size()),
          m_consumed(m_graph.nodes.size()) {}

    LimitReport run() {
        collect();
        LimitReport report;
        report.binding.assign(m_graph.nodes.size(), -1);
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            m_found.clear();
            if (m_graph.nodes[i].behaviour != Behaviour::client) limitsOf(static_cast<int>(i));
            std::stable_sort(m_found.begin(), m_found.end(),
                             [](const Limit& a, const Limit& b) { return a.use > b.use; });
            if (!m_found.empty()) report.binding[i] = static_cast<int>(report.limits.size());
            for (Limit& limit : m_found) {
                const int index = static_cast<int>(report.limits.size());
                if (limit.growsWithLoad && limit.use > 0 &&
                    (report.first < 0 || limit.use > report.limits[at(report.first)].use))
                    report.first = index;
                report.limits.push_back(std::move(limit));
                if (report.first == index) report.headroom = 1 / report.limits.back().use;
            }
        }
        return report;
    }

private:
    void collect() {
        for (const LoadShare& share : m_shares) {
            NodeLoad& load = m_load[at(share.node)];
            const double hot = share.rps * m_popularity[at(share.flow)].hottestShare;
            (share.op == Op::read ? load.reads : load.writes) += share.rps;
            (share.op == Op::read ? load.hotReads : load.hotWrites) += hot;
        }
        const std::vector<double> own = ownTimesMs(m_capacity);
        for (std::size_t f = 0; f < m_graph.flows.size(); ++f) {
            const double rate = m_capacity.flowRps[f];
            if (!(rate > 0)) continue;
            const FlowPath& flow = m_graph.flows[f];
            const std::vector<double> behind = timesBehindMs(m_graph, flow, own);
            for (std::size_t v = 0; v < flow.visits.size(); ++v)
                if (const double visits = m_capacity.flowVisits[f][v]; visits > 0)
                    m_load[at(flow.visits[v].node)].inFlight +=
                        rate * visits * (own[at(flow.visits[v].node)] + behind[v]) / 1000;
        }
        for (std::size_t l = 0; l < m_graph.links.size(); ++l) {
            const Link& link = m_graph.links[l];
            const double rps = m_capacity.linkRps[l];
            if (link.poolSize > 0 && link.legal && rps > 0) m_pools[at(link.from)].push_back(static_cast<int>(l));
            if (!link.legal || !(rps > 0)) continue;
            const double kb = m_snapshot.parameters(m_snapshot.design().connections[l]).value("payload_kb").number(1);
            for (const int end : {link.from, link.to}) m_load[at(end)].gbitPerS += rps * kb * 8 / 1e6;
        }
        for (std::size_t s = 0; s < m_graph.subscriptions.size(); ++s)
            m_consumed[at(m_graph.subscriptions[s].consumer)].push_back(static_cast<int>(s));
    }

    Limit& add(Limit::Kind kind, int node, std::string name, std::string unit, double demand, double limit) {
        Limit found;
        found.kind = kind;
        found.node = node;
        found.name = std::move(name);
        found.unit = std::move(unit);
        found.demand = demand;
        found.limit = limit;
        found.use = demand / limit;
        m_found.push_back(std::move(found));
        return m_found.back();
    }
    static bool isUsable(double demand, double limit) {
        return std::isfinite(demand) && std::isfinite(limit) && limit > 0;
    }

    void limitsOf(int index) {
        const Node& node = m_graph.nodes[at(index)];
        const ComponentLoad& load = m_capacity.nodes[at(index)];
        if (std::isinf(load.arrivalRps)) return;
        const ParameterView view = m_snapshot.parameters(index);
        servers(index, node, load);
        consumers(index, node, load);
        pools(index, node);
        requestsInProgress(index, node, view);
        connections(index, node);
        hotKeys(index, node, load, view);
        quotas(index, node, view);
        const double cards = view.value("nic_gbps").number() * node.instances;
        if (!node.managed && isUsable(m_load[at(index)].gbitPerS, cards)) {
            Limit& card =
                add(Limit::Kind::bandwidth, index, "network cards", "Gbit/s", m_load[at(index)].gbitPerS, cards);
            countInstances(card, node);
        }
    }

    static void countInstances(Limit& limit, const Node& node) {
        limit.count = node.instances;
        limit.counted = "instances";
        suggestMore(limit);
    }
    static void suggestMore(Limit& limit) {
        if (limit.use > comfortableUse)
            limit.suggestion = wholeText(limit.needed()) + ' ' + limit.counted + " keep its use at " +
                               percent(comfortableUse, 0) + " or less";
    }

    void servers(int index, const Node& node, const ComponentLoad& load) {
        if (!isUsable(load.arrivalRps, load.capacityRps)) return;
        Limit& limit = add(Limit::Kind::servers, index, "servers", "1/s", load.arrivalRps, load.capacityRps);
        limit.count = load.workingInstances;
        limit.counted = "instances";
        if (limit.use <= comfortableUse) return;
        limit.suggestion = wholeText(limit.needed()) + " instances keep ρ ≤ 0.7; or " +
                           shortest(std::floor(load.serviceMs / limit.use * comfortableUse * 1000) / 1000) +
                           " ms of own work";
        if (load.workingInstances < node.instances)
            limit.suggestion +=
                "; more partitions first, they keep only " + std::to_string(load.workingInstances) + " busy";
    }

    void consumers(int index, const Node& node, const ComponentLoad& load) {
        for (const int s : m_consumed[at(index)]) {
            const Subscription& subscription = m_graph.subscriptions[at(s)];
            const double rate = subscription.flow >= 0 ? m_capacity.flowRps[at(subscription.flow)] : 0;
            const auto& topics = m_graph.nodes[at(subscription.broker)].topics;
            const int topic = subscription.topic >= 0 ? subscription.topic : 0;
            if (topic >= static_cast<int>(topics.size()) || topics[at(topic)].partitions <= 0) continue;
            const double each =
                node.concurrency > 0 && load.serviceMs > 0 ? node.concurrency * 1000 / load.serviceMs : 0;
            const double partitions = topics[at(topic)].partitions;
            if (!node.hasUtilisation || !isUsable(rate, partitions * each)) continue;
            Limit& bound = add(Limit::Kind::partitions, index, "partitions of " + topics[at(topic)].name, "1/s", rate,
                               partitions * each);
            bound.link = subscription.link;
            bound.count = partitions;
            bound.counted = "partitions";
            suggestMore(bound);
            hottestPartition(index, subscription, topics[at(topic)].name, partitions, rate, each);
        }
    }

    void hottestPartition(int index, const Subscription& subscription, const std::string& topic, double partitions,
                          double rate, double each) {
        const Value topics = m_snapshot.parameters(subscription.broker)(keys::topics);
        bool isKeyed = false;
        if (topics.list())
            for (const Value& item : *topics.list()) {
                const Value *name = item.find("name"), *key = item.find("key");
                isKeyed |=
                    name && name->text() && *name->text() == topic && key && key->text() && !key->text()->empty();
            }
        if (!isKeyed || subscription.flow < 0) return;
        const double hot = m_popularity[at(subscription.flow)].hottestShare;
        Limit& limit = add(Limit::Kind::hottestShard, index, "hottest partition of " + topic, "1/s",
                           rate * (hot + (1 - hot) / partitions), each);
        limit.link = subscription.link;
        if (limit.use > comfortableUse) limit.suggestion = "a finer key: one partition is worked on by one consumer";
    }

    /// A pool that nobody stated is a guess, and binds nothing; the simulator reads it so too.
    void pools(int index, const Node& node) {
        const bool isPooler = node.behaviour == Behaviour::pooler;
        std::map<int, std::vector<int>> shared;  // by target: connections drawn apart that go through one pool
        for (const int l : m_pools[at(index)]) {
            const auto view = m_snapshot.parameters(m_snapshot.design().connections[at(l)]);
            if (isPooler)
                shared[m_graph.links[at(l)].to].push_back(l);
            else if (view.isStated(keys::poolSize.name))
                pool(index, node, {l}, m_graph.links[at(l)].poolSize);
        }
        for (const auto& entry : shared)
            pool(index, node, entry.second, m_snapshot.parameters(index)(keys::defaultPoolSize));
    }

    void pool(int index, const Node& node, const std::vector<int>& links, int each) {
        const Link& first = m_graph.links[at(links.front())];
        const ComponentLoad& target = m_capacity.nodes[at(first.to)];
        const double held = first.rttMs + (std::isnan(target.responseMs) ? 0 : target.responseMs);
        double rps = 0;
        for (const int l : links) rps += m_capacity.linkRps[at(l)];
        const double size = static_cast<double>(each) * node.instances;
        if (!isUsable(rps * held, size)) return;
        Limit& pool = add(Limit::Kind::pool, index, "connections to " + m_graph.nodes[at(first.to)].name, "connections",
                          rps * held / 1000, size);
        pool.link = links.front();
        pool.waitMs = meanWait(each, rps / node.instances / 1000, held);
        pool.count = each;
        pool.counted = "connections per instance";
        suggestMore(pool);
    }

    void requestsInProgress(int index, const Node& node, const ParameterView& view) {
        const double inFlight = m_load[at(index)].inFlight;
        if (node.threads > 0 && isUsable(inFlight, node.threads)) {
            Limit& threads = add(Limit::Kind::threads, index, "threads", "requests", inFlight,
                                 static_cast<double>(node.threads) * node.instances);
            countInstances(threads, node);
        }
        if (const double most = view.value("concurrency_limit").number(); isUsable(inFlight, most)) {
            Limit& executions = add(Limit::Kind::inFlight, index, "concurrent executions", "requests", inFlight, most);
            if (executions.use > comfortableUse) executions.suggestion = "a higher limit of the account";
        }
    }

    void connections(int index, const Node& node) {
        const OpenConnections open = openConnections(m_snapshot, index);
        if (!isUsable(open.used, open.accepted) || open.used <= 0) return;
        Limit& limit =
            add(Limit::Kind::connections, index, "connections accepted", "connections", open.used, open.accepted);
        limit.growsWithLoad = open.growsWithUsers;
        if (open.growsWithUsers) {
            countInstances(limit, node);
        } else if (limit.use > 1) {
            limit.suggestion = "smaller pools, or a pooler in front";
        }
    }

    void hotKeys(int index, const Node& node, const ComponentLoad& load, const ParameterView& view) {
        const NodeLoad& own = m_load[at(index)];
        const double each = node.concurrency > 0 && load.serviceMs > 0 ? node.concurrency * 1000 / load.serviceMs : 0;
        if (isType(node, "redis") && isUsable(own.hotReads, each)) {
            const double hot = own.hotReads + own.hotWrites, all = own.reads + own.writes;
            hotKey(index, hot, each, "a local cache in front, or copies of the key");
            if (view(keys::topology) == "cluster" && node.instances > 1)
                hotShard(index, hot + (all - hot) / node.instances, each, node.instances);
        } else if (node.behaviour == Behaviour::quorum_store && isUsable(own.hotReads, each)) {
            // The replicas of one key share its reads, each of them takes every write.
            const double copies = std::max(1, node.operations[1]);
            hotKey(index, own.hotReads * node.operations[0] / copies + own.hotWrites, each, "a finer partition key");
        } else if (const double shards = view.value("shards").number(1); shards > 1 && isUsable(own.hotReads, each)) {
            const double hot = own.hotReads + own.hotWrites, all = own.reads + own.writes;
            hotShard(index, hot + (all - hot) / shards, each * node.instances, shards);
        } else if (isType(node, "dynamodb")) {
            const double bytes = std::max(1.0, view.value("item_bytes").number(1024));
            const double perRead = std::ceil(bytes / 4096) * (view.value("consistency") == Value("strong") ? 1 : 0.5);
            const double perWrite = std::ceil(bytes / 1024);
            add(Limit::Kind::hottestKey, index, "reads of the hottest partition", "RCU", own.hotReads * perRead, 3000);
            if (m_found.back().use > comfortableUse) m_found.back().suggestion = "DAX or another cache in front";
            add(Limit::Kind::hottestKey, index, "writes of the hottest partition", "WCU", own.hotWrites * perWrite,
                1000);
            if (m_found.back().use > comfortableUse) m_found.back().suggestion = "a partition key with a suffix";
            if (view.value("capacity") == Value("provisioned")) {
                quota(index, "provisioned reads", "RCU", own.reads * perRead, view.value("rcu").number());
                quota(index, "provisioned writes", "WCU", own.writes * perWrite, view.value("wcu").number());
            }
        }
    }
    void hotKey(int index, double demand, double limit, const char* suggestion) {
        Limit& key = add(Limit::Kind::hottestKey, index, "hottest key", "1/s", demand, limit);
        if (key.use > comfortableUse) key.suggestion = suggestion;
    }
    void hotShard(int index, double demand, double limit, double shards) {
        Limit& shard = add(Limit::Kind::hottestShard, index, "hottest shard", "1/s", demand, limit);
        shard.count = shards;
        shard.counted = "shards";
        if (shard.use > comfortableUse) shard.suggestion = "split the hottest key; more shards spread only the rest";
    }

    void quota(int index, std::string name, const char* unit, double demand, double limit) {
        if (!isUsable(demand, limit)) return;
        Limit& found = add(Limit::Kind::quota, index, std::move(name), unit, demand, limit);
        if (found.use > comfortableUse) found.suggestion = "have the quota raised, or send less";
    }
    void quotas(int index, const Node& node, const ParameterView& view) {
        const NodeLoad& own = m_load[at(index)];
        const double all = own.reads + own.writes;
        if (isType(node, "object_store")) {
            const double prefixes = std::max(1.0, view.value("prefixes").number(1));
            for (const auto& [what, demand, each] :
                 {std::tuple{"reads per prefix", own.reads, 5500.0}, {"writes per prefix", own.writes, 3500.0}}) {
                Limit& limit = add(Limit::Kind::quota, index, what, "1/s", demand, each * prefixes);
                limit.count = prefixes;
                limit.counted = "prefixes";
                suggestMore(limit);
            }
        }
        if (isType(node, "sqs") && view.value("fifo") == Value(true)) quota(index, "FIFO messages", "1/s", all, 300);
        if (view.isSet("quota_per_s")) quota(index, "quota", "1/s", all, view.value("quota_per_s").number());
        if (node.managed && view.isSet("account_rps_limit"))
            quota(index, "requests of the account", "1/s", all, view.value("account_rps_limit").number());
    }

    const Snapshot& m_snapshot;
    const FlowGraph& m_graph;
    const CapacityReport& m_capacity;
    std::vector<LoadShare> m_shares;
    std::vector<KeyPopularity> m_popularity;
    std::vector<NodeLoad> m_load;
    std::vector<std::vector<int>> m_pools, m_consumed;  // by node: links with a pool, subscriptions
    std::vector<Limit> m_found;                         // of the node at hand
};

}  // namespace

double Limit::needed(double loadFactor) const {
    if (!(count > 0)) return noFigure;
    return std::max(1.0, std::ceil(count * use * (growsWithLoad ? loadFactor : 1) / comfortableUse - 1e-9));
}

const char* name(Limit::Kind kind) {
    switch (kind) {
        case Limit::Kind::servers:
            return "servers";
        case Limit::Kind::threads:
            return "threads";
        case Limit::Kind::pool:
            return "pool";
        case Limit::Kind::connections:
            return "connections";
        case Limit::Kind::partitions:
            return "partitions";
        case Limit::Kind::hottestKey:
            return "hottest_key";
        case Limit::Kind::hottestShard:
            return "hottest_shard";
        case Limit::Kind::quota:
            return "quota";
        case Limit::Kind::inFlight:
            return "in_flight";
        case Limit::Kind::bandwidth:
            return "bandwidth";
    }
    return "";
}

std::vector<KeyPopularity> keyPopularity(const Snapshot& snapshot, const std::vector<LoadShare>& shares) {
    const FlowGraph& graph = snapshot.graph();
    std::vector<std::pair<double, int>> most(graph.nodes.size(), {0.0, -1});  // by broker: who publishes most
    for (const LoadShare& share : shares)
        if (graph.nodes[at(share.node)].isBroker() && share.rps > most[at(share.node)].first)
            most[at(share.node)] = {share.rps, share.flow};
    std::map<std::pair<double, double>, double> known;
    std::vector<KeyPopularity> all(graph.flows.size());
    for (std::size_t f = 0; f < graph.flows.size(); ++f) {
        int source = static_cast<int>(f);
        for (std::size_t step = 0; step < graph.flows.size() && source >= 0; ++step) {
            const int subscription = graph.flows[at(source)].subscription;
            if (subscription < 0) break;
            source = most[at(graph.subscriptions[at(subscription)].broker)].second;
        }
        if (source < 0 || graph.nodes[at(graph.flows[at(source)].entry)].behaviour != Behaviour::client) continue;
        const ParameterView client = snapshot.parameters(graph.flows[at(source)].entry);
        KeyPopularity& popularity = all[f];
        popularity.keys = std::max(1.0, client.value("key_space").number(1e6));
        popularity.alpha = std::max(0.0, client.value("zipf_alpha").number(0.9));
        const auto [it, isNew] = known.try_emplace({popularity.keys, popularity.alpha}, 0.0);
        if (isNew) it->second = topShare(popularity.keys, popularity.alpha);
        popularity.hottestShare = it->second;
    }
    return all;
}

LimitReport analyseLimits(const Snapshot& snapshot, const CapacityReport& capacity) {
    return LimitPass(snapshot, capacity).run();
}

}  // namespace loadpath
