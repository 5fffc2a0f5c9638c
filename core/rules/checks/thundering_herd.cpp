#include "analysis/latency.h"
#include "model/keys.h"
#include "rules/caches.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>

namespace loadpath::checks {
namespace {

struct Herd {
    double hotRps = 0;   // reads of the hottest key
    double fetchMs = 0;  // the longest load after a miss
    int store = -1;
};

/// Caches that many callers may find empty at the same moment.
std::vector<char> unguarded(const Snapshot& snapshot) {
    const FlowGraph& graph = snapshot.graph();
    std::vector<char> result(graph.nodes.size(), 0);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (graph.nodes[i].behaviour != Behaviour::cache || !hasRole(snapshot, static_cast<int>(i), "cache")) continue;
        const ParameterView view = viewOf(snapshot, static_cast<int>(i));
        const std::string pattern = view(keys::pattern);
        result[i] =
            (pattern == "cache_aside" || pattern == "read_through") && view.value("coalescing") == Value("none");
    }
    return result;
}

class HerdPass {
public:
    HerdPass(const Evidence& evidence, const std::vector<char>& caches)
        : m_graph(evidence.snapshot.graph()), m_caches(caches), m_herds(m_graph.nodes.size()) {
        const KeyDemand demand(evidence.snapshot, evidence.capacity);
        for (const LoadShare& share : demand.shares) {
            if (!at(caches, share.node) || share.op != Op::read || share.link < 0) continue;
            // A cache in a process answers for that process alone: each copy loads for itself.
            const bool isLocal = isIn(at(m_graph.nodes, share.node), "in_process");
            const double copies = isLocal ? at(m_graph.nodes, at(m_graph.links, share.link).from).instances : 1;
            at(m_herds, share.node).hotRps += demand.hottest(share) / std::max(1.0, copies);
        }
        m_ownMs = ownTimesMs(evidence.capacity);
        for (std::size_t i = 0; i < m_ownMs.size(); ++i)
            if (!std::isfinite(m_ownMs[i]))
                m_ownMs[i] = m_graph.nodes[i].serviceMs[0];  // overloaded: at least its own work
        for (const FlowPath& flow : m_graph.flows) addFetches(flow);
    }

    const std::vector<Herd>& herds() const { return m_herds; }

private:
    /// The cache whose miss makes this call: named, its own, or the one its caller asks beside it.
    int cacheOf(const Visit& visit, const Call& call) const {
        if (call.missOf >= 0) return call.missOf;
        if (m_graph.nodes[static_cast<std::size_t>(visit.node)].behaviour == Behaviour::cache) return visit.node;
        if (!isIn(at(m_graph.nodes, call.target), "store") ||
            at(m_graph.nodes, call.target).behaviour == Behaviour::cache)
            return -1;
        for (const Call& other : visit.calls)
            if (other.purpose == Purpose::read && at(m_graph.nodes, other.target).behaviour == Behaviour::cache)
                return other.target;
        return -1;
    }

    void addFetches(const FlowPath& flow) {
        const bool comesBy = std::any_of(flow.visits.begin(), flow.visits.end(),
                                         [this](const Visit& visit) { return at(m_caches, visit.node) != 0; });
        if (!comesBy) return;
        const std::vector<double> behind = timesBehindMs(m_graph, flow, m_ownMs);
        std::vector<double> behindOf(m_graph.nodes.size(), 0);
        for (std::size_t v = 0; v < flow.visits.size(); ++v) at(behindOf, flow.visits[v].node) = behind[v];
        for (const Visit& visit : flow.visits)
            for (const Call& call : visit.calls) {
                if (call.kind != Call::Kind::request || call.purpose != Purpose::read) continue;
                const int cache = cacheOf(visit, call);
                if (cache < 0 || cache == call.target || !at(m_caches, cache)) continue;
                const Link& link = at(m_graph.links, call.link);
                const double ms = link.rttMs + link.meshMs + at(m_ownMs, call.target) + at(behindOf, call.target);
                Herd& herd = at(m_herds, cache);
                if (!std::isfinite(ms) || ms <= herd.fetchMs) continue;
                herd.fetchMs = ms;
                herd.store = call.target;
            }
    }

    const FlowGraph& m_graph;
    const std::vector<char>& m_caches;
    std::vector<Herd> m_herds;  // by node
    std::vector<double> m_ownMs;
};

std::vector<Finding> checkThunderingHerd(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const std::vector<char> caches = unguarded(snapshot);
    std::vector<Finding> findings;
    if (std::none_of(caches.begin(), caches.end(), [](char is) { return is != 0; })) return findings;
    const HerdPass pass(evidence, caches);
    const double many = evidence.threshold(thundering_herd, "waiting_reads");
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < caches.size(); ++i) {
        const Herd& herd = pass.herds()[i];
        const double waiting = herd.hotRps * herd.fetchMs / 1000;
        if (!caches[i] || herd.store < 0 || !(waiting > many * (1 + 1e-9)) || !std::isfinite(waiting)) continue;
        const Node& node = snapshot.graph().nodes[i];
        Finding finding{thundering_herd.id, thundering_herd.severity};
        finding.components = {node.id};
        finding.message = fill(
            "When the most popular key of {} expires, about {} requests load it from {} at once ({} of it, {} a load)",
            {node.name, compact(std::round(1 + waiting)), snapshot.nameOf(herd.store), rate(herd.hotRps),
             duration(herd.fetchMs)});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "coalescing", "lease");
        finding.fix = fix.titled("Let one request load, the others wait");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule thundering_herd{
    "thundering-herd",
    "Herd at an expired key",
    "When a popular entry expires, everybody who asks for it before it is loaded again finds nothing and goes to the "
    "store: the rate of the key times the duration of a load. The store slows down, the load takes longer, the herd "
    "grows. With a lease or a lock one request loads and the others wait or take the old value.",
    "Nishtala et al., Scaling Memcache at Facebook (NSDI 2013), leases",
    Severity::warning,
    checkThunderingHerd,
    {{"waiting_reads", 10, 1, 1e6, "more requests than this load the same key at once"}},
};

}  // namespace loadpath::checks
