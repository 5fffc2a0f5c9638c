#include "model/keys.h"
#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <map>
#include <unordered_map>

namespace loadpath::checks {
namespace {

/// The path of a flow on which attempts multiply most.
class AttemptsPath {
public:
    AttemptsPath(const FlowGraph& graph, const FlowPath& flow) : m_graph(graph), m_flow(flow) {
        if (anyRetries()) spread();
    }
    double most() const { return m_most; }
    int end() const { return m_end; }
    /// Connections that repeat, from the end to the entry.
    std::vector<int> repeating() const {
        std::vector<int> links;
        for (int node = m_end; node != m_flow.entry;) {
            const Reached& reached = m_reached.at(node);
            if (mostAttempts(at(m_graph.links, reached.link)) > 1) links.push_back(reached.link);
            node = reached.from;
        }
        return links;
    }

private:
    struct Reached {
        double attempts = 0;
        int link = -1, from = -1;
        int open = 0;  // calls into it that are not looked at yet
    };

    static bool isRepeatable(const Call& call) {
        return call.kind == Call::Kind::request || call.kind == Call::Kind::publish;
    }

    bool anyRetries() const {
        return std::any_of(m_flow.visits.begin(), m_flow.visits.end(), [this](const Visit& visit) {
            return std::any_of(visit.calls.begin(), visit.calls.end(),
                               [this](const Call& call) { return at(m_graph.links, call.link).retries > 0; });
        });
    }

    /// Forwards in an order in which every caller comes before what it calls; nothing on a cycle.
    void spread() {
        for (const Visit& visit : m_flow.visits)
            for (const Call& call : visit.calls)
                if (isRepeatable(call)) ++m_reached[call.target].open;
        m_reached[m_flow.entry].attempts = 1;
        std::vector<int> ready;
        if (m_reached[m_flow.entry].open == 0) ready.push_back(m_flow.entry);
        for (std::size_t i = 0; i < ready.size(); ++i) {
            const int node = ready[i];
            const double attempts = m_reached[node].attempts;
            if (attempts > m_most * (1 + 1e-12)) {
                m_most = attempts;
                m_end = node;
            } else if (attempts > m_most * (1 - 1e-12) && at(m_graph.nodes, node).id < at(m_graph.nodes, m_end).id &&
                       node != m_flow.entry && m_end != m_flow.entry) {
                m_end = node;
            }
            const Visit* visit = m_flow.visit(node);
            if (!visit) continue;
            for (const Call& call : visit->calls) {
                if (!isRepeatable(call)) continue;
                take(node, call, attempts);
                if (--m_reached[call.target].open == 0) ready.push_back(call.target);
            }
        }
        // Back over the calls that are made once: the one that multiplies last is to name.
        while (m_end != m_flow.entry && mostAttempts(at(m_graph.links, m_reached[m_end].link)) <= 1)
            m_end = m_reached[m_end].from;
    }

    void take(int node, const Call& call, double attempts) {
        Reached& target = m_reached[call.target];
        const double here = attempts * mostAttempts(at(m_graph.links, call.link));
        const bool isSame = target.link >= 0 && here == target.attempts;
        if (here < target.attempts ||
            (isSame && !(at(m_graph.links, call.link).id < at(m_graph.links, target.link).id)))
            return;
        target.attempts = here;
        target.link = call.link;
        target.from = node;
    }

    const FlowGraph& m_graph;
    const FlowPath& m_flow;
    std::unordered_map<int, Reached> m_reached;
    double m_most = 1;
    int m_end = m_flow.entry;
};

std::vector<Finding> checkRetryAmplification(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double limit = evidence.threshold(retry_amplification, "calls");
    std::vector<const FlowPath*> flows;
    for (const FlowPath& flow : graph.flows) flows.push_back(&flow);
    std::sort(flows.begin(), flows.end(), [](const FlowPath* a, const FlowPath* b) { return a->id < b->id; });
    std::map<std::string, Finding> byKey;  // flows that share the path share the finding
    Placement placement(snapshot.design());
    for (const FlowPath* flow : flows) {
        const AttemptsPath path(graph, *flow);
        if (!(path.most() > limit * (1 + 1e-12))) continue;
        Finding finding{retry_amplification.id, retry_amplification.severity};
        finding.components = {at(graph.nodes, path.end()).id};
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> factors;
        for (const int link : path.repeating()) {
            const Link& l = at(graph.links, link);
            finding.connections.push_back(l.id);
            factors.insert(factors.begin(), shortest(mostAttempts(l)));
            fix.set(l.id, keys::retryBudget.name, 0.1);
        }
        std::string product;
        for (const std::string& factor : factors) product += (product.empty() ? "" : " · ") + factor;
        finding.message =
            fill("One request of {} can become {} calls at {} ({} attempts along the path)",
                 {shownFlow(snapshot, *flow), compact(path.most()), snapshot.nameOf(path.end()), product});
        finding.fix = fix.titled("Let retries add at most 10 % to the load");
        byKey.try_emplace(finding.key(), std::move(finding));
    }
    std::vector<Finding> findings;
    for (auto& [key, finding] : byKey) findings.push_back(std::move(finding));
    return findings;
}

}  // namespace

const Rule retry_amplification{
    "retry-amplification",
    "Retries multiply along the path",
    "Each layer that repeats a failed call multiplies what the layer above repeats. Three attempts in each of five "
    "layers make 243 calls out of one, just when the last component is already in trouble; it cannot recover under "
    "them. Retries belong in one layer, or under a budget that bounds what they may add.",
    "Timeouts, retries and backoff with jitter (Amazon Builders' Library); Google SRE Book, ch. 21",
    Severity::warning,
    checkRetryAmplification,
    {{"calls", 10, 1, 1000, "more calls than this out of one"}},
};

}  // namespace loadpath::checks
