#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/scaling.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>
#include <deque>
#include <map>

namespace loadpath::checks {
namespace {

/// Calls a second that each component would get beside today's if one cache missed every time.
class MissLoad {
public:
    MissLoad(const FlowGraph& graph, const CapacityReport& capacity)
        : m_graph(graph), m_capacity(capacity), m_misses(graph.nodes.size()) {
        for (std::size_t f = 0; f < graph.flows.size(); ++f)
            for (std::size_t v = 0; v < graph.flows[f].visits.size(); ++v) {
                const Visit& visit = graph.flows[f].visits[v];
                const bool isCache = at(graph.nodes, visit.node).behaviour == Behaviour::cache;
                for (const Call& call : visit.calls) {
                    const int cache = call.missOf >= 0 ? call.missOf : isCache ? visit.node : -1;
                    if (cache >= 0 && isMissOf(visit, call, cache)) at(m_misses, cache).push_back({f, v, &call});
                }
            }
    }

    /// By node, reads and writes.
    std::map<int, std::pair<double, double>> without(int cache) const {
        std::map<int, std::pair<double, double>> extra;
        for (const Miss& miss : at(m_misses, cache)) add(miss, cache, extra);
        return extra;
    }

private:
    using Extra = std::map<int, std::pair<double, double>>;

    /// A miss makes this call: named as its cause, or the cache's own way to what it reads from.
    static bool isMissOf(const Visit& visit, const Call& call, int cache) {
        return call.missOf == cache || (visit.node == cache && call.purpose == Purpose::read);
    }

    struct Miss {
        std::size_t flow, visit;
        const Call* call;
    };

    void add(const Miss& miss, int cache, Extra& extra) const {
        const FlowPath& flow = m_graph.flows[miss.flow];
        const double rate = m_capacity.flowRps[miss.flow];
        if (!(rate > 0) || !std::isfinite(rate)) return;
        std::deque<std::pair<int, double>> waiting;  // node, visits a second on top
        const auto send = [&](const Call& call, double rps) {
            if (!(rps > 1e-9 * rate) || !std::isfinite(rps)) return;
            auto& [reads, writes] = extra[call.target];
            (call.purpose == Purpose::read ? reads : writes) += rps;
            if (!call.endsAtTarget()) waiting.emplace_back(call.target, rps);
        };
        const double visits = rate * m_capacity.flowVisits[miss.flow][miss.visit];
        send(*miss.call, visits * (1 - miss.call->probability) * miss.call->calls * miss.call->share);
        // Load that a cycle keeps sending round is left out after so many calls.
        for (std::size_t steps = 0; !waiting.empty() && steps < 10000; ++steps) {
            const auto [node, rps] = waiting.front();
            waiting.pop_front();
            const Visit* visit = flow.visit(node);
            if (!visit) continue;
            for (const Call& call : visit->calls)
                send(call, rps * (isMissOf(*visit, call, cache) ? call.calls * call.share : call.mean()));
        }
    }

    const FlowGraph& m_graph;
    const CapacityReport& m_capacity;
    std::vector<std::vector<Miss>> m_misses;  // by cache
};

/// ρ is linear in the calls: each adds its work, on all replicas that it touches.
double utilisationWith(const Node& node, const ComponentLoad& load, double reads, double writes) {
    const double serversMs = 1000.0 * std::max(1, load.workingInstances) * node.concurrency;
    return load.utilisation +
           (reads * node.operations[0] * node.serviceMs[0] + writes * node.operations[1] * node.serviceMs[1]) /
               serversMs;
}

/// Room for all of them, when each has an honest way to more.
std::optional<Fix> roomForMisses(const Evidence& evidence, Placement& placement,
                                 const std::vector<std::pair<double, int>>& overloaded) {
    if (overloaded.size() != 1) return std::nullopt;
    return moreCapacity(evidence, placement, overloaded.front().second, overloaded.front().first);
}

std::vector<Finding> checkCacheLossOverload(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    if (std::none_of(graph.nodes.begin(), graph.nodes.end(),
                     [](const Node& node) { return node.behaviour == Behaviour::cache; }))
        return findings;
    const MissLoad misses(graph, evidence.capacity);
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& cache = graph.nodes[i];
        if (cache.behaviour != Behaviour::cache || !(cache.hitRatio > 0)) continue;
        std::vector<std::pair<double, int>> overloaded;  // ρ then, node
        for (const auto& [index, extra] : misses.without(static_cast<int>(i))) {
            const ComponentLoad& load = at(evidence.capacity.nodes, index);
            if (!(load.utilisation < 1 - 1e-12)) continue;
            const double then = utilisationWith(at(graph.nodes, index), load, extra.first, extra.second);
            if (then >= 1 - 1e-12) overloaded.emplace_back(then, index);
        }
        if (overloaded.empty()) continue;
        std::sort(overloaded.begin(), overloaded.end(), [&graph](const auto& a, const auto& b) {
            return a.first != b.first ? a.first > b.first : at(graph.nodes, a.second).id < at(graph.nodes, b.second).id;
        });
        Finding finding{cache_loss_overload.id, cache_loss_overload.severity};
        finding.components = {cache.id};
        std::vector<std::string> names;
        for (const auto& [then, index] : overloaded) {
            finding.components.push_back(at(graph.nodes, index).id);
            names.push_back(snapshot.nameOf(index) + " at " + percent(then, 0));
        }
        finding.message = fill("{} carries the load: without its hits it leaves {}", {cache.name, listed(names)});
        finding.fix = roomForMisses(evidence, placement, overloaded);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cache_loss_overload{
    "cache-loss-overload",
    "Cache is load-bearing",
    "A cache is lost now and then: a restart, a failover, a flush by mistake. Then every read goes to the store "
    "behind. "
    "If that cannot carry them, the loss of a cache, which nobody counted as an outage, becomes one, and the store "
    "never "
    "gets free enough to fill the cache again.",
    "AWS Builders' Library, Caching challenges and strategies; Google SRE Book, ch. 22",
    Severity::error,
    checkCacheLossOverload,
};

}  // namespace loadpath::checks
