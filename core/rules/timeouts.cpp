#include "rules/timeouts.h"

#include "rules/edges.h"
#include "rules/lookup.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

constexpr int deepest = 500;          // calls below one another that are looked at
constexpr double tailFactor = 4.605;  // ln 100: 99th percentile of an exponential time with mean one
constexpr double allowance = 3;

double roundedUp(double ms) {
    const double step = ms <= 100 ? 10 : ms <= 1000 ? 50 : ms <= 10000 ? 500 : 5000;
    return std::max(step, std::ceil(ms / step - 1e-9) * step);
}

bool isWaitedFor(const Link& link) { return link.mode == Mode::sync && link.legal; }

}  // namespace

bool lacksTimeout(const FlowGraph& graph, const Link& link) {
    if (link.mode != Mode::sync || !link.legal || link.timeoutMs > 0) return false;
    const Node &from = at(graph.nodes, link.from), &to = at(graph.nodes, link.to);
    if (isIn(to, "in_process") || to.behaviour == Behaviour::resolver) return false;
    const bool ownGateway = isType(from, "api_gateway") && !from.managed;
    return isIn(from, "compute") || isIn(from, "ws") || isIn(from, "cache") || ownGateway;
}

TimeoutAdvice::TimeoutAdvice(const Evidence& evidence)
    : m_graph(&evidence.snapshot.graph()),
      m_capacity(&evidence.capacity),
      m_mean(m_graph->nodes.size(), -1),
      m_wait(m_graph->nodes.size(), -1) {}

/// Mean time to an answer, the calls below included.
double TimeoutAdvice::meanMs(int index, int depth) {
    double& known = at(m_mean, index);
    if (known >= 0) return known;
    const Node& node = at(m_graph->nodes, index);
    const double own = std::max(node.serviceMs[0], node.serviceMs[1]);
    const double response = at(m_capacity->nodes, index).responseMs;
    // An overloaded target has no mean; five times its own work is what it should take once mended.
    double mean = std::isfinite(response) ? std::max(response, own) : 5 * own;
    known = mean;  // ends cycles
    if (depth < deepest)
        for (const int link : at(m_graph->outgoing, index)) {
            const Link& l = at(m_graph->links, link);
            if (isWaitedFor(l)) mean += l.rttMs + meanMs(l.to, depth + 1);
        }
    return at(m_mean, index) = mean;
}

/// The longest it waits for one of its own calls, every attempt counted.
double TimeoutAdvice::longestWaitMs(int index, int depth) {
    double& known = at(m_wait, index);
    if (known >= 0) return known;
    known = 0;
    double longest = 0;
    if (depth < deepest)
        for (const int link : at(m_graph->outgoing, index)) {
            const Link& l = at(m_graph->links, link);
            if (!isWaitedFor(l)) continue;
            const double each = l.timeoutMs > 0             ? l.timeoutMs
                                : lacksTimeout(*m_graph, l) ? suggestion(l.to, l.rttMs, depth + 1)
                                                            : longestWaitMs(l.to, depth + 1);
            longest = std::max(longest, each * (l.retries + 1) + nominalPausesMs(l));
        }
    return at(m_wait, index) = longest;
}

double TimeoutAdvice::suggestion(int node, double rttMs, int depth) {
    const double p99 = tailFactor * (rttMs + meanMs(node, depth));
    return roundedUp(std::max(allowance * p99, 1.2 * longestWaitMs(node, depth)));
}

double TimeoutAdvice::forLink(int link) {
    const Link& l = at(m_graph->links, link);
    double timeout = suggestion(l.to, l.rttMs, 0);
    double patience = 0;  // of the least patient caller of the source
    for (const int in : at(m_graph->incoming, l.from)) {
        const Link& caller = at(m_graph->links, in);
        if (isWaitedFor(caller) && caller.timeoutMs > 0)
            patience = patience > 0 ? std::min(patience, caller.timeoutMs) : caller.timeoutMs;
    }
    if (patience > 0) {
        const double most = std::floor((0.9 * patience - nominalPausesMs(l)) / (l.retries + 1));
        if (most >= 1) timeout = std::min(timeout, most);
    }
    return timeout;
}

double TimeoutAdvice::leastForLink(int link) {
    const Link& l = at(m_graph->links, link);
    return std::max(tailFactor * (l.rttMs + meanMs(l.to, 0)), 1.05 * longestWaitMs(l.to, 0));
}

double TimeoutAdvice::forTarget(int node) { return suggestion(node, 0.5, 0); }

}  // namespace loadpath
