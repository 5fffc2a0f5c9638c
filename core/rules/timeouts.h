// How long a call should be waited for: three times the estimated 99th percentile of what it asks for,
// longer than what the target itself waits for, shorter than what the caller's own callers wait.
#pragma once

#include "rules/rule.h"

#include <vector>

namespace loadpath {

/// A synchronous call that nobody bounds: its source has no timeout of its own making.
bool lacksTimeout(const FlowGraph& graph, const Link& link);

class TimeoutAdvice {
public:
    explicit TimeoutAdvice(const Evidence& evidence);

    double forLink(int link);
    /// The shortest that normal answers and the target's own waiting leave room for.
    double leastForLink(int link);
    /// For a call that is not drawn yet.
    double forTarget(int node);

private:
    double meanMs(int node, int depth);
    double longestWaitMs(int node, int depth);
    double suggestion(int node, double rttMs, int depth);

    const FlowGraph* m_graph;
    const CapacityReport* m_capacity;
    std::vector<double> m_mean, m_wait;  // by node; negative: not known yet
};

}  // namespace loadpath
