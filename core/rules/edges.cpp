#include "rules/edges.h"

#include "model/keys.h"
#include "rules/lookup.h"

#include <cmath>

namespace loadpath {

bool hasBreaker(const Snapshot& snapshot, const Meshes& meshes, int link) {
    if (viewOfLink(snapshot, link).isSet("circuit_breaker")) return true;
    const int source = at(snapshot.graph().links, link).from;
    if (meshes.breaks(source)) return true;
    if (at(snapshot.graph().nodes, source).behaviour != Behaviour::gateway) return false;
    const Value features = viewOf(snapshot, source).value("features");
    return features.list() && std::find(features.list()->begin(), features.list()->end(), Value("circuit_breaking")) !=
                                  features.list()->end();
}

bool hasBulkhead(const Snapshot& snapshot, int link) { return viewOfLink(snapshot, link).isSet("bulkhead"); }

double nominalPausesMs(const Link& link) {
    if (link.backoff == Link::Backoff::none) return 0;
    if (link.backoff == Link::Backoff::fixed) return link.backoffBaseMs * link.retries;
    double sum = 0, pause = std::min(link.backoffBaseMs, link.backoffCapMs);
    for (int i = 0; i < link.retries; ++i) {
        sum += pause;
        pause = std::min(link.backoffCapMs, 2 * pause);
    }
    return sum;
}

double allAttemptsMs(const Link& link) {
    if (!(link.timeoutMs > 0)) return 0;
    return link.timeoutMs * (link.retries + 1) + nominalPausesMs(link);
}

double mostAttempts(const Link& link) {
    const double attempts = link.retries + 1.0;
    return link.retryBudget >= 0 ? std::min(attempts, 1 + link.retryBudget) : attempts;
}

Passing::Passing(const Snapshot& snapshot)
    : m_graph(&snapshot.graph()), m_flows(m_graph->links.size()), m_writes(m_graph->links.size(), 0) {
    for (std::size_t f = 0; f < m_graph->flows.size(); ++f) {
        const FlowPath& flow = m_graph->flows[f];
        for (const Visit& visit : flow.visits)
            for (const Call& call : visit.calls) {
                const bool reads =
                    call.purpose == Purpose::read || (call.purpose == Purpose::publish && flow.op == Op::read);
                at(m_flows, call.link)
                    .push_back(Flow{static_cast<int>(f), reads ? Op::read : Op::write, call.optional});
                if (reads || at(m_writes, call.link)) continue;
                at(m_writes, call.link) = !flow.derived || viewOfLink(snapshot, call.link)(keys::ops) == "write";
            }
    }
}

bool Passing::writes(int link) const { return at(m_writes, link) != 0; }

bool Passing::onlyReads(int link) const {
    return std::all_of(over(link).begin(), over(link).end(), [](const Flow& flow) { return flow.op == Op::read; });
}

bool Passing::serveClients(int link) const {
    return std::any_of(over(link).begin(), over(link).end(),
                       [this](const Flow& flow) { return !at(m_graph->flows, flow.flow).derived; });
}

bool isIdempotent(const Snapshot& snapshot, const Passing& passing, int link) {
    const Value stated = viewOfLink(snapshot, link).value("idempotent");
    return stated.boolean() ? *stated.boolean() : passing.onlyReads(link);
}

}  // namespace loadpath
