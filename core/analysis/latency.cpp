#include "analysis/latency.h"

#include "analysis/components.h"
#include "support/index.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace loadpath {

namespace {

double times(double share, double value) { return share > 0 ? share * value : 0; }

class Latency {
public:
    Latency(const FlowGraph& graph, const FlowPath& flow, const std::vector<double>& ownMs)
        : m_graph(graph),
          m_flow(flow),
          m_ownMs(ownMs),
          m_index(graph.nodes.size(), -1),
          m_behind(flow.visits.size(), 0.0) {
        for (std::size_t i = 0; i < flow.visits.size(); ++i) m_index[at(flow.visits[i].node)] = static_cast<int>(i);
    }

    double ofEntry() {
        solve();
        const int entry = m_index[at(m_flow.entry)];
        return m_ownMs[at(m_flow.entry)] + (entry >= 0 ? m_behind[at(entry)] : 0);
    }
    std::vector<double> behindVisits() {
        solve();
        return std::move(m_behind);
    }

private:
    void solve() {
        std::vector<std::vector<int>> successors(m_flow.visits.size());
        for (std::size_t i = 0; i < successors.size(); ++i)
            for (const Call& call : m_flow.visits[i].calls)
                if (!call.endsAtTarget() && call.mean() > 0 && m_index[at(call.target)] >= 0)
                    successors[i].push_back(m_index[at(call.target)]);
        for (const auto& component : stronglyConnected(successors)) {
            const auto& own = successors[at(component.front())];
            const bool isCycle =
                component.size() > 1 || std::find(own.begin(), own.end(), component.front()) != own.end();
            if (isCycle)
                solveCycle(component);
            else
                m_behind[at(component.front())] = behind(m_flow.visits[at(component.front())]);
        }
    }

    void solveCycle(const std::vector<int>& members) {
        for (int round = 0; round < 2000; ++round) {
            double change = 0, largest = 0;
            for (const int member : members) {
                const double now = behind(m_flow.visits[at(member)]);
                change = std::max(change, now - m_behind[at(member)]);
                largest = std::max(largest, now);
                m_behind[at(member)] = now;
            }
            if (!(change > 1e-12 * largest) || std::isinf(largest)) return;
        }
        for (const int member : members) m_behind[at(member)] = std::numeric_limits<double>::infinity();
    }

    /// One call when it is made.
    double once(const Call& call) const {
        const Link& link = m_graph.links[at(call.link)];
        double ms = link.rttMs + m_ownMs[at(call.target)];
        const int index = m_index[at(call.target)];
        if (!call.endsAtTarget() && index >= 0) ms += m_behind[at(index)];
        if (call.optional && link.timeoutMs > 0) ms = std::min(ms, link.timeoutMs);
        return ms;
    }
    double mean(const Call& call) const {
        const bool isWaitedFor = call.kind != Call::Kind::publish || call.inPhi || call.optional;
        if (!isWaitedFor) return 0;
        const double calls = call.parallel ? std::min(1.0, call.calls) : call.calls;
        return times(call.probability * calls, once(call));
    }

    /// The call that asks the cache whose miss causes `call`; null when it does not wait for one.
    static const Call* askedBefore(const Visit& visit, const Call& call) {
        if (call.missOf < 0 || call.group >= 0) return nullptr;
        for (const Call& other : visit.calls)
            if (other.target == call.missOf && other.missOf < 0 && other.group < 0) return &other;
        return nullptr;
    }
    /// A call and those that its miss causes, with the round trip that fills the cache.
    double withMisses(const Visit& visit, const Call& call) const {
        double ms = mean(call);
        for (const Call& other : visit.calls)
            if (askedBefore(visit, other) == &call)
                ms += mean(other) + times(other.probability, m_graph.links[at(call.link)].rttMs);
        return ms;
    }

    double ofGroup(const Visit& visit, const CallGroup& group) const {
        std::vector<double> each;
        double shared = 0;
        for (const int c : group.calls) {
            const Call& call = visit.calls[at(c)];
            each.push_back(mean(call));
            shared += times(call.share, mean(call));
        }
        if (group.need <= 1 || each.empty()) return shared;
        std::sort(each.begin(), each.end());
        return each[std::min(each.size(), at(group.need)) - 1];
    }

    double behind(const Visit& visit) const {
        double total = 0;
        std::vector<char> done(visit.groups.size(), 0);
        for (std::size_t i = 0; i < visit.calls.size();) {
            const int order = visit.calls[i].order;
            double together = 0, inTurn = 0;
            for (; i < visit.calls.size() && visit.calls[i].order == order; ++i) {
                const Call& call = visit.calls[i];
                double ms = 0;
                if (call.group >= 0) {
                    if (done[at(call.group)]) continue;
                    done[at(call.group)] = 1;
                    ms = ofGroup(visit, visit.groups[at(call.group)]);
                } else {
                    if (askedBefore(visit, call)) continue;
                    ms = withMisses(visit, call);
                }
                // A name is resolved before anything is called.
                if (call.parallel && call.kind != Call::Kind::lookup)
                    together = std::max(together, ms);
                else
                    inTurn += ms;
            }
            total += together + inTurn;
        }
        return total;
    }

    const FlowGraph& m_graph;
    const FlowPath& m_flow;
    const std::vector<double>& m_ownMs;
    std::vector<int> m_index;      // visit of a node
    std::vector<double> m_behind;  // by visit: time of all its calls
};

}  // namespace

double meanLatencyMs(const FlowGraph& graph, const FlowPath& flow, const std::vector<double>& ownMs) {
    return Latency(graph, flow, ownMs).ofEntry();
}

std::vector<double> timesBehindMs(const FlowGraph& graph, const FlowPath& flow, const std::vector<double>& ownMs) {
    return Latency(graph, flow, ownMs).behindVisits();
}

std::vector<double> ownTimesMs(const CapacityReport& report) {
    std::vector<double> ownMs(report.nodes.size(), 0.0);
    for (std::size_t i = 0; i < ownMs.size(); ++i) {
        const double response = report.nodes[i].responseMs;
        if (!std::isnan(response)) ownMs[i] = response;
        if (std::isinf(report.nodes[i].arrivalRps)) ownMs[i] = std::numeric_limits<double>::infinity();
    }
    return ownMs;
}

}  // namespace loadpath
