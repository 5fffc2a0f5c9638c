#include "analysis/consistency.h"
#include "graph/node_types.h"

#include "model/keys.h"
#include "support/format.h"
#include "support/index.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace loadpath {
namespace {

/// As each engine's manual has it, not as the standard's table: PostgreSQL has no dirty reads at all and
/// takes a snapshot for repeatable read; InnoDB takes one too but lets an update go over what another
/// transaction changed since; SQL Server locks what was read, so that only new rows get in between.
std::vector<std::string> anomaliesOf(const std::string& isolation, const std::string& engine) {
    const bool locks = engine == "sqlserver";
    const bool isPostgres = engine == "postgres" || engine == "aurora";
    std::vector<std::string> all{"dirty read", "non-repeatable read", "lost update", "phantom", "write skew"};
    if (isolation == "read_uncommitted" && !isPostgres) return all;
    if (isolation == "read_uncommitted" || isolation == "read_committed") return {all.begin() + 1, all.end()};
    if (isolation != "repeatable_read") return {};
    if (locks) return {"phantom"};
    if (engine == "mysql") return {"lost update", "write skew"};
    return {"write skew"};
}

/// What a transaction gets when nobody asks for a level.
std::string usualIsolation(const std::string& engine) {
    return engine == "mysql" ? "repeatable_read" : "read_committed";
}

class ConsistencyPass {
public:
    explicit ConsistencyPass(const Snapshot& snapshot) : m_snapshot(snapshot), m_graph(snapshot.graph()) {}

    ConsistencyReport run() {
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) store(static_cast<int>(i));
        ownWrites();
        return std::move(m_report);
    }

private:
    static int acknowledged(const std::string& level, int rf) {
        if (level == "one" || level == "any") return 1;
        if (level == "two") return std::min(2, rf);
        if (level == "three") return std::min(3, rf);
        return level == "all" ? rf : rf / 2 + 1;
    }

    void store(int index) {
        const Node& node = m_graph.nodes[at(index)];
        if (!node.type) return;
        const ParameterView view = m_snapshot.parameters(index);
        const std::string& type = node.type->id;
        StoreConsistency store;
        store.node = index;
        store.derivation.title = "Consistency of " + node.name;
        if (node.behaviour == Behaviour::quorum_store) {
            const int n = node.managed ? std::max(1, view(keys::rf)) : node.operations[1];
            quorum(store, n, acknowledged(view(keys::readCl), n), acknowledged(view(keys::writeCl), n),
                   view(keys::writeCl) != "any");
        } else if (type == "mongodb") {
            const int n = std::max(1, static_cast<int>(view.value("replica_set").number(3)));
            const bool fromPrimary =
                view.value("read_preference").isNull() || view.value("read_preference") == Value("primary");
            const bool majority =
                view.value("write_concern").isNull() || view.value("write_concern") == Value("majority");
            classify(store, fromPrimary && majority, fromPrimary ? "PC/EC" : "PA/EL",
                     fromPrimary ? (majority ? "reads from the primary, majority writes"
                                             : "an acknowledged write may be rolled back at an election")
                                 : "reads may come from a secondary of " + std::to_string(n) + " members");
        } else if (type == "dynamodb") {
            const bool strong = view.value("consistency") == Value("strong");
            const bool global = view.value("global_table") == Value(true);
            classify(store, strong && !global, strong && !global ? "PC/EC" : "PA/EL",
                     strong ? (global ? "strong inside one region only" : "reads ask the leader of the partition")
                            : "eventually consistent reads ask any replica");
        } else if (isIn(node, "sql_node") && type != "postgres_replica") {
            classify(store, true, "PC/EC", "one primary orders all writes; reads from it see them");
            const std::string engine = view.value("engine").text() ? *view.value("engine").text() : "postgres";
            const bool isAsked = view.isStated("isolation") && view.value("isolation").text();
            store.isolation = isAsked ? *view.value("isolation").text() : usualIsolation(engine);
            store.anomalies = anomaliesOf(store.isolation, engine);
        } else if (type == "postgres_replica") {
            replica(store, index, view);
        } else if (type == "coordination") {
            classify(store, true, "PC/EC", "consensus of a majority");
        } else if (node.behaviour == Behaviour::cache && view(keys::replicas) > 0) {
            classify(store, false, "PA/EL", "replication is asynchronous: a failover may lose acknowledged writes");
        } else {
            return;
        }
        m_report.stores.push_back(std::move(store));
    }

    void classify(StoreConsistency& store, bool isStrong, const char* pacelc, std::string why) const {
        store.isStrong = isStrong;
        store.pacelc = pacelc;
        store.cap = store.pacelc.starts_with("PC") ? "CP" : "AP";
        if (isStrong) store.staleProbability = 0;
        const std::vector<std::string> self{m_graph.nodes[at(store.node)].id.value};
        store.derivation.steps.push_back({"Reads and writes", {}, std::move(why), self});
        store.derivation.steps.push_back({"Class", {}, store.cap + ", " + store.pacelc, self});
        store.derivation.result = store.pacelc + (isStrong ? ", strong" : ", eventual");
    }

    void quorum(StoreConsistency& store, int n, int r, int w, bool isReplicaWrite) const {
        store.replicas = n;
        store.readers = r;
        store.writers = w;
        const bool overlap = r + w > n && isReplicaWrite;
        const std::vector<std::string> self{m_graph.nodes[at(store.node)].id.value};
        store.derivation.steps.push_back({"Overlap of quorums",
                                          "R + W > N: " + std::to_string(r) + " + " + std::to_string(w) +
                                              (r + w > n ? " > " : " ≤ ") + std::to_string(n),
                                          overlap ? "every read meets the last write" : "a read may miss it", self});
        const double stale = isReplicaWrite ? staleQuorum(n, r, w) : noFigure;
        if (isReplicaWrite)
            store.derivation.steps.push_back(
                {"Stale right after a write", "C(N − W, R) / C(N, R)", percent(stale), self});
        classify(store, overlap, overlap ? "PC/EC" : "PA/EL",
                 overlap ? "refuses when too few replicas answer" : "answers from whoever is there");
        store.staleProbability = stale;
    }

    void replica(StoreConsistency& store, int index, const ParameterView& view) const {
        const double lagS = view.value("lag_ms").number(0) / 1000;
        const bool isSync = view.value("sync") == Value(true) || lagS <= 0;
        classify(store, isSync, isSync ? "PC/EC" : "PA/EL",
                 isSync ? "a commit waits for it" : "it follows its primary by " + duration(lagS * 1000));
        if (isSync) return;
        double writes = 0;
        for (const int in : m_graph.incoming[at(index)]) {
            const Link& link = m_graph.links[at(in)];
            if (link.mode == Mode::replicate || link.mode == Mode::standby) writes += capacity().linkRps[at(in)];
        }
        const bool exponential = !(view.value("lag_dist") == Value("det"));
        store.staleProbability = std::isfinite(writes) ? staleReplica(writes, lagS, exponential) : 1;
        store.derivation.steps.push_back({"Some write is missing when a read comes",
                                          (exponential ? "w·D / (1 + w·D), w = " : "1 − e^(−w·D), w = ") + rate(writes),
                                          percent(store.staleProbability),
                                          {m_graph.nodes[at(index)].id.value}});
    }

    const CapacityReport& capacity() const {
        if (m_capacity.nodes.empty()) m_capacity = analyseCapacity(m_graph);
        return m_capacity;
    }

    /// What a client's flow asks of which nodes, over all its visits.
    struct Asked {
        std::vector<int> reads, writes;           // nodes, ascending
        std::vector<std::pair<int, int>> misses;  // store, cache whose miss asks it
        bool writesTo(int node) const { return std::binary_search(writes.begin(), writes.end(), node); }
    };

    static Asked askedBy(const FlowPath& flow) {
        Asked asked;
        for (const Visit& visit : flow.visits)
            for (const Call& call : visit.calls) {
                if (call.missOf >= 0) asked.misses.emplace_back(call.target, call.missOf);
                if (call.mean() > 0)
                    (call.purpose == Purpose::read ? asked.reads : asked.writes).push_back(call.target);
            }
        for (std::vector<int>* nodes : {&asked.reads, &asked.writes}) {
            std::sort(nodes->begin(), nodes->end());
            nodes->erase(std::unique(nodes->begin(), nodes->end()), nodes->end());
        }
        return asked;
    }

    void ownWrites() {
        std::map<int, std::vector<int>> flowsOfClient;
        std::vector<Asked> asked(m_graph.flows.size());
        for (std::size_t f = 0; f < m_graph.flows.size(); ++f) {
            if (m_graph.flows[f].derived) continue;
            asked[f] = askedBy(m_graph.flows[f]);
            flowsOfClient[m_graph.flows[f].entry].push_back(static_cast<int>(f));
        }
        for (const StoreConsistency& store : m_report.stores)
            if (isReadLate(store)) m_readLate.push_back(store.node);
        for (const auto& [client, flows] : flowsOfClient)
            for (const int read : flows)
                for (const int write : flows)
                    if (m_graph.flows[at(read)].op == Op::read && m_graph.flows[at(write)].op == Op::write)
                        compare(read, asked[at(read)], write, asked[at(write)]);
    }

    /// Its own reads need not see what it has acknowledged.
    bool isReadLate(const StoreConsistency& store) const {
        if (store.isStrong) return false;
        if (store.replicas > 0) return true;
        const Node& node = m_graph.nodes[at(store.node)];
        if (isType(node, "mongodb")) return store.cap == "AP";
        return isType(node, "dynamodb") && m_snapshot.parameters(store.node).value("consistency") != Value("strong");
    }

    void compare(int readFlow, const Asked& reader, int writeFlow, const Asked& writer) {
        for (const int copy : reader.reads)
            for (const int in : m_graph.incoming[at(copy)]) {
                const Link& link = m_graph.links[at(in)];
                if (!link.legal || (link.mode != Mode::replicate && link.mode != Mode::standby)) continue;
                const ParameterView view = m_snapshot.parameters(copy);
                if (!writer.writesTo(link.from) || view.value("sync") == Value(true)) continue;
                const Value lag = view.value("lag_ms");
                m_report.invisible.push_back(
                    {readFlow, writeFlow, link.from, copy, lag.isNumber() ? lag.number() : noFigure});
            }
        for (const auto& [store, cache] : reader.misses) {
            // A cache in front of what is written, and nobody deletes what changed.
            if (!writer.writesTo(store)) continue;
            const ParameterView view = m_snapshot.parameters(cache);
            if (!(view.value("invalidation") == Value("ttl_only"))) continue;
            const double ttl = view(keys::ttlS);
            m_report.invisible.push_back({readFlow, writeFlow, store, cache, ttl > 0 ? ttl * 1000 : noFigure});
        }
        for (const int node : reader.reads)
            if (std::binary_search(m_readLate.begin(), m_readLate.end(), node) && writer.writesTo(node))
                m_report.invisible.push_back({readFlow, writeFlow, node, node, noFigure});
    }

    const Snapshot& m_snapshot;
    const FlowGraph& m_graph;
    mutable CapacityReport m_capacity;  // worked out when a replica asks for its write rate
    std::vector<int> m_readLate;        // stores, ascending
    ConsistencyReport m_report;
};

}  // namespace

double staleQuorum(int replicas, int readers, int writers) {
    if (replicas <= 0 || readers <= 0) return 0;
    double share = 1;
    for (int i = 0; i < readers; ++i)
        share *= std::max(0.0, static_cast<double>(replicas - std::max(0, writers) - i)) / std::max(1, replicas - i);
    return share;
}

double staleReplica(double writesPerS, double lagS, bool isExponential) {
    const double missing = std::max(0.0, writesPerS) * std::max(0.0, lagS);
    return isExponential ? missing / (1 + missing) : -std::expm1(-missing);
}

ConsistencyReport analyseConsistency(const Snapshot& snapshot) { return ConsistencyPass(snapshot).run(); }

}  // namespace loadpath
