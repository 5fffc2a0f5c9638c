#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/scaling.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>
#include <unordered_set>

namespace loadpath::checks {
namespace {

/// Flows that begin where this one leaves messages or changes.
class Onward {
public:
    explicit Onward(const FlowGraph& graph)
        : m_graph(graph), m_subscriptions(graph.nodes.size()), m_feeds(graph.nodes.size()) {
        for (std::size_t s = 0; s < graph.subscriptions.size(); ++s)
            at(m_subscriptions, graph.subscriptions[s].broker).push_back(static_cast<int>(s));
        for (const ChangeFeed& feed : graph.feeds) at(m_feeds, feed.source).push_back(feed.flow);
    }

    void follow(int flowIndex, std::vector<int>& found, std::unordered_set<int>& seen) const {
        const FlowPath& flow = at(m_graph.flows, flowIndex);
        const auto take = [&](int next) {
            if (next >= 0 && seen.insert(next).second) found.push_back(next);
        };
        for (const Visit& visit : flow.visits) {
            for (const Call& call : visit.calls) {
                if (call.mean() <= 0) continue;
                if (call.kind == Call::Kind::publish)
                    for (const int s : at(m_subscriptions, call.target)) {
                        const Subscription& subscription = at(m_graph.subscriptions, s);
                        if (subscription.topic < 0 || subscription.topic == call.topic) take(subscription.flow);
                    }
                if (call.purpose == Purpose::write)
                    for (const int next : at(m_feeds, call.target)) take(next);
            }
            // A broker that takes messages from another one passes them on.
            if (flow.derived && at(m_graph.nodes, flow.entry).isBroker() && visit.node == flow.entry)
                for (const int s : at(m_subscriptions, flow.entry)) take(at(m_graph.subscriptions, s).flow);
        }
    }

private:
    const FlowGraph& m_graph;
    std::vector<std::vector<int>> m_subscriptions, m_feeds;  // by node
};

/// The fullest component that the load of a flow comes to, behind brokers too; −1 where none has a figure.
int fullestOf(const Evidence& evidence, const Onward& onward, int flowIndex) {
    const FlowGraph& graph = evidence.snapshot.graph();
    std::vector<int> flows{flowIndex};
    std::unordered_set<int> seen{flowIndex};
    int fullest = -1;
    for (std::size_t i = 0; i < flows.size(); ++i) {
        const FlowPath& flow = at(graph.flows, flows[i]);
        const std::vector<double>& visits = at(evidence.capacity.flowVisits, flows[i]);
        for (std::size_t v = 0; v < flow.visits.size(); ++v) {
            const int node = flow.visits[v].node;
            const double utilisation = at(evidence.capacity.nodes, node).utilisation;
            if (!(visits[v] > 0) || !std::isfinite(utilisation)) continue;
            const double most = fullest < 0 ? -1 : at(evidence.capacity.nodes, fullest).utilisation;
            const bool fuller = utilisation > most + 1e-12;
            const bool tied = fullest >= 0 && !fuller && utilisation > most - 1e-12;
            if (fuller || (tied && at(graph.nodes, node).id < at(graph.nodes, fullest).id)) fullest = node;
        }
        onward.follow(flows[i], flows, seen);
    }
    return fullest;
}

std::vector<Finding> checkBottleneck(const Evidence& evidence) {
    const FlowGraph& graph = evidence.snapshot.graph();
    const double notable = evidence.threshold(bottleneck, "utilisation");
    const Onward onward(graph);
    std::vector<Finding> findings;
    Placement placement(evidence.snapshot.design());
    for (std::size_t f = 0; f < graph.flows.size(); ++f) {
        const FlowPath& flow = graph.flows[f];
        if (flow.derived || !(evidence.capacity.flowRps[f] > 0)) continue;
        const int index = fullestOf(evidence, onward, static_cast<int>(f));
        if (index < 0) continue;
        const double utilisation = at(evidence.capacity.nodes, index).utilisation;
        if (!(utilisation >= notable - 1e-9)) continue;
        const Node& node = at(graph.nodes, index);
        Finding finding{bottleneck.id, bottleneck.severity};
        finding.message = fill("First to saturate in {}: {}, at {} today's peak",
                               {shownFlow(evidence.snapshot, flow), node.name, factor(1 / utilisation)});
        finding.components = {node.id};
        finding.flow = flow.id;
        // A little below the line, and never so that it would be called busy.
        finding.fix =
            moreCapacity(evidence, placement, index,
                         utilisation * comfortableUtilisation / std::min(0.9 * notable, comfortableUtilisation));
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule bottleneck{
    "bottleneck",
    "First to saturate",
    "However much room the rest has, a flow can grow only until its busiest component is full. Knowing which one that "
    "is, and at how many times today's peak, tells where the next instance belongs and where money would be wasted.",
    "The utilization law (Lazowska et al., Quantitative System Performance); Google SRE Book, ch. 18",
    Severity::info,
    checkBottleneck,
    {{"utilisation", 0.5, 0.05, 1, "told from this utilisation on"}},
    Proof::peakLoad,
};

}  // namespace loadpath::checks
