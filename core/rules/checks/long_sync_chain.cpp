#include "analysis/binomial.h"
#include "rules/chains.h"
#include "rules/checks.h"
#include "rules/decoupling.h"
#include "rules/edges.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <map>

namespace loadpath::checks {
namespace {

std::vector<int> longestSyncChain(const Snapshot& snapshot, const FlowPath& flow) {
    const FlowGraph& graph = snapshot.graph();
    std::vector<std::vector<int>> next(flow.visits.size());
    std::vector<char> counts(flow.visits.size(), 0);
    int start = 0;
    for (std::size_t i = 0; i < flow.visits.size(); ++i) {
        const Visit& visit = flow.visits[i];
        counts[i] = isIn(at(graph.nodes, visit.node), "compute");
        if (visit.node == flow.entry) start = static_cast<int>(i);
        for (const Call& call : visit.calls) {
            if (call.kind != Call::Kind::request) continue;
            if (const Visit* target = flow.visit(call.target))
                next[i].push_back(static_cast<int>(target - flow.visits.data()));
        }
    }
    std::vector<int> chain = longestChain(next, counts, start, [&](int a, int b) {
        return standsBefore(snapshot, at(flow.visits, a).node, at(flow.visits, b).node);
    });
    for (int& place : chain) place = at(flow.visits, place).node;
    return chain;
}

/// That each of them serves, zones and what they share left out.
double togetherUp(const FlowGraph& graph, const std::vector<int>& chain) {
    double up = 1;
    for (const int index : chain) {
        const Node& node = at(graph.nodes, index);
        const Serving& serving = node.serving[0];
        up *= node.managed ? node.availability : binomialTail(serving.units, serving.need, node.availability);
    }
    return up;
}

/// The call after the longest allowed head, where nothing but writes of clients pass it: nobody waits
/// for what comes behind.
std::optional<Fix> asyncTail(const Snapshot& snapshot, Placement& placement, const Passing& passing,
                             const std::vector<int>& chain, std::size_t most) {
    const FlowGraph& graph = snapshot.graph();
    const int from = chain[most - 1], to = chain[most];
    std::vector<int> links;
    std::vector<FlowId> flows;
    for (const int out : at(graph.outgoing, from)) {
        const Link& link = at(graph.links, out);
        if (link.to != to || link.mode != Mode::sync || !passing.any(out)) continue;
        links.push_back(out);
        for (const Passing::Flow& pass : passing.over(out)) {
            const FlowPath& flow = at(graph.flows, pass.flow);
            if (flow.derived || flow.op == Op::read) return std::nullopt;
            if (std::find(flows.begin(), flows.end(), flow.id) == flows.end()) flows.push_back(flow.id);
        }
    }
    if (links.empty()) return std::nullopt;
    FixBuilder fix(snapshot, placement);
    const auto title = tellOverQueue(fix, from, to, links, flows);
    return title ? std::optional(fix.titled(*title)) : std::nullopt;
}

std::vector<Finding> checkLongSyncChain(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const auto most = static_cast<std::size_t>(evidence.threshold(long_sync_chain, "services"));
    struct Told {
        const FlowPath* first = nullptr;
        bool isOnly = true;
    };
    std::map<std::vector<int>, Told> chains;
    for (const FlowPath& flow : graph.flows) {
        if (flow.visits.size() <= most) continue;
        std::vector<int> chain = longestSyncChain(snapshot, flow);
        if (chain.size() <= most) continue;
        Told& told = chains[std::move(chain)];
        told.isOnly = told.first == nullptr;
        if (!told.first) told.first = &flow;
    }
    if (chains.empty()) return {};

    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    const Passing passing(snapshot);
    for (const auto& [chain, told] : chains) {
        Finding finding{long_sync_chain.id, long_sync_chain.severity};
        std::string path;
        double workMs = 0;
        for (const int index : chain) {
            const Node& node = at(graph.nodes, index);
            finding.components.push_back(node.id);
            path += (path.empty() ? "" : " → ") + node.name;
            workMs += node.serviceMs[told.first->op == Op::read ? 0 : 1];
        }
        if (told.isOnly) finding.flow = told.first->id;
        finding.message = fill(
            "{} through {} services one after another ({}): all of them are up {} of the time, and their own work "
            "alone adds up to {}",
            {told.isOnly ? "A request of " + shownFlow(snapshot, *told.first) + " goes" : "Requests go",
             inWords(static_cast<long long>(chain.size())), path, availability(togetherUp(graph, chain)),
             duration(workMs)});
        finding.fix = asyncTail(snapshot, placement, passing, chain, most);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule long_sync_chain{
    "long-sync-chain",
    "Long chain of calls",
    "Every service that a request has to wait for multiplies its own availability into the whole and adds its own "
    "time, network and queue. A chain of six at 99.9 % each is down six times as long as one of them, and its slowest "
    "link holds threads in all the others. What the caller need not know at once can happen behind a queue.",
    "Building Microservices (S. Newman), ch. 4 and 12: temporal coupling, chained calls",
    Severity::warning,
    checkLongSyncChain,
    {{"services", 4, 1, 100, "a request goes through more services than this, one after another"}},
};

}  // namespace loadpath::checks
