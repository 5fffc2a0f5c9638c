#include "model/keys.h"
#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "rules/timeouts.h"
#include "support/format.h"

#include <cmath>
#include <map>
#include <optional>
#include <set>

namespace loadpath::checks {
namespace {

/// A call that may take longer than somebody waits for the component that makes it.
struct Inversion {
    int link = 0;
    double patience = 0;    // least of the stated timeouts of those who call
    int caller = 0;         // connection that has it
    std::set<int> callers;  // connections that give up too early
};

class Inversions {
public:
    explicit Inversions(const Snapshot& snapshot) : m_graph(snapshot.graph()) {
        for (const FlowPath& flow : m_graph.flows) look(flow);
    }
    /// By source of the calls, then by connection.
    const std::map<ComponentId, std::map<ConnectionId, Inversion>>& bySource() const { return m_bySource; }

private:
    static bool isWaitedFor(const Call& call) { return call.kind == Call::Kind::request; }

    void look(const FlowPath& flow) {
        std::map<int, std::vector<int>> into;  // by node: calls with a timeout
        for (const Visit& visit : flow.visits)
            for (const Call& call : visit.calls)
                if (isWaitedFor(call) && at(m_graph.links, call.link).timeoutMs > 0)
                    into[call.target].push_back(call.link);
        std::optional<std::set<int>> circling;
        for (const Visit& visit : flow.visits) {
            const auto callers = into.find(visit.node);
            if (callers == into.end()) continue;
            for (const Call& call : visit.calls) {
                const Link& link = at(m_graph.links, call.link);
                const double total = allAttemptsMs(link);
                if (!isWaitedFor(call) || link.mode != Mode::sync || !(total > 0)) continue;
                for (const int caller : callers->second) {
                    if (at(m_graph.links, caller).timeoutMs > total) continue;
                    if (!circling) circling = onCycles(flow);
                    if (!circling->contains(visit.node)) add(visit.node, call.link, caller);
                }
            }
        }
    }

    /// What waits for itself in the end: no order of timeouts helps there.
    std::set<int> onCycles(const FlowPath& flow) const {
        std::set<int> nodes;
        for (const auto& cycle : synchronousCycles(m_graph, flow)) nodes.insert(cycle.begin(), cycle.end());
        return nodes;
    }

    void add(int source, int link, int caller) {
        Inversion& found = m_bySource[at(m_graph.nodes, source).id][at(m_graph.links, link).id];
        const Link& waiting = at(m_graph.links, caller);
        const bool isFirst = found.callers.empty();
        found.link = link;
        found.callers.insert(caller);
        if (!isFirst && (waiting.timeoutMs > found.patience ||
                         (waiting.timeoutMs == found.patience && !(waiting.id < at(m_graph.links, found.caller).id))))
            return;
        found.patience = waiting.timeoutMs;
        found.caller = caller;
    }

    const FlowGraph& m_graph;
    std::map<ComponentId, std::map<ConnectionId, Inversion>> m_bySource;
};

/// Shorter attempts where they still leave the target enough time, else more patience before it.
std::string reconcile(FixBuilder& fix, TimeoutAdvice& advice, const Inversion& inversion) {
    const FlowGraph& graph = fix.snapshot().graph();
    const Link& link = at(graph.links, inversion.link);
    constexpr double left = 0.9;  // for the component's own work
    const double shorter = std::floor((left * inversion.patience - nominalPausesMs(link)) / (link.retries + 1));
    if (shorter >= 1 && shorter >= advice.leastForLink(inversion.link)) {
        fix.set(link.id, keys::timeoutMs.name, shorter);
        return "Wait " + duration(shorter) + " for " + fix.snapshot().nameOf(link.to);
    }
    const double longer = std::ceil(allAttemptsMs(link) * 1.25 / 50) * 50;
    for (const int caller : inversion.callers) {
        const Link& waiting = at(graph.links, caller);
        const Connection& now = fix.edit(waiting.id);
        const auto stated = now.properties.find(keys::timeoutMs.name);
        if (stated == now.properties.end() || stated->second.number() < longer)
            fix.set(waiting.id, keys::timeoutMs.name, longer);
    }
    return "Wait " + duration(longer) + " for " + fix.snapshot().nameOf(link.from);
}

std::vector<Finding> checkTimeoutInversion(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    TimeoutAdvice advice(evidence);
    const Inversions all(snapshot);
    for (const auto& [source, inversions] : all.bySource()) {
        Finding finding{timeout_inversion.id, timeout_inversion.severity};
        finding.components = {source};
        FixBuilder fix(snapshot, placement);
        std::string title;
        const Inversion* worst = nullptr;
        for (const auto& [id, inversion] : inversions) {
            finding.connections.push_back(id);
            title = reconcile(fix, advice, inversion);
            if (!worst || allAttemptsMs(at(graph.links, inversion.link)) / inversion.patience >
                              allAttemptsMs(at(graph.links, worst->link)) / worst->patience)
                worst = &inversion;
        }
        const Link &link = at(graph.links, worst->link), &caller = at(graph.links, worst->caller);
        const std::string attempts =
            link.retries > 0 ? fill(" ({} attempts)", {inWords(link.retries + 1LL)}) : std::string();
        finding.message = fill("{} gives up on {} after {}, before {} can answer: it is waited for up to {}{}",
                               {snapshot.nameOf(caller.from), snapshot.nameOf(link.from), duration(worst->patience),
                                snapshot.nameOf(link.to), duration(allAttemptsMs(link)), attempts});
        finding.fix = fix.titled(inversions.size() == 1 ? title : "Let timeouts shrink on the way down");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule timeout_inversion{
    "timeout-inversion",
    "Caller gives up before its target can",
    "When the outer timeout is shorter than all the attempts inside, the caller has gone while the work goes on for "
    "nobody: late retries and late answers are thrown away, and under stress, when timeouts matter, most of the "
    "capacity is spent on them. Timeouts have to shrink on the way down.",
    "Timeouts, retries and backoff with jitter (Amazon Builders' Library); Google SRE Book, ch. 22 (deadlines)",
    Severity::warning,
    checkTimeoutInversion,
};

}  // namespace loadpath::checks
