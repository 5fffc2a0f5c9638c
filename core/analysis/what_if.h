// What breaks when there is more load, or less to carry it: ten and a hundred times the requests, the loss
// of one instance, of a zone or region, and of answers (retries). Each case on the whole design.
#pragma once

#include "analysis/capacity_limits.h"
#include "analysis/what_if_loss.h"

namespace loadpath {

/// A limit that the growth exceeds.
struct Break {
    int limit = 0;             // index into LimitReport::limits
    double atFactor = 1;       // the multiple of today's load at which it is full
    double use = 0;            // with the load of the case
    double needed = noFigure;  // of what the limit counts, for a comfortable use
};
struct Growth {
    double factor = 10;
    std::vector<Break> breaks;  // what breaks first in front
};

struct Survivor {
    int node = 0;
    int instancesLeft = 0;
    double utilisation = noFigure;
};
struct LossCase {
    int domain = -1, node = -1;     // what is lost: one of them, the other −1
    std::vector<int> down;          // components that do not serve any more
    std::vector<int> failingFlows;  // of clients
    std::vector<Survivor> changed;  // whose instances or load differ from before, fullest first
    int worst = -1;                 // node with the highest ρ then, changed or not
    double worstUtilisation = noFigure;
};

/// Attempts that reach a component when everything behind retries: the product over the layers.
struct Amplification {
    int flow = 0, node = 0;
    double worst = 1;        // every attempt fails; infinite in a cycle with retries
    double half = 1;         // every second attempt fails: (1 − f^m)/(1 − f) a layer
    std::vector<int> links;  // the layers that retry, from the client on
};

struct WhatIf {
    std::vector<Growth> growth;
    std::vector<LossCase> instances, domains;
    std::vector<Amplification> retries;  // by flow the component hit hardest; none where nobody retries
    bool allInstances = true;            // false: a component with a single instance was not followed through
};

/// What follows from the loss of a component's only instance is worked out on a copy of the design, for as
/// many components as `followedNodes` nodes of copies allow: all of them in designs up to some 150 components.
WhatIf analyseWhatIf(const Snapshot& snapshot, const CapacityReport& capacity, const LimitReport& limits,
                     std::size_t followedNodes = 20'000);

Growth growth(const LimitReport& limits, double factor);
LossCase lossCase(const FlowGraph& graph, const CapacityReport& before, const Loss& loss);
std::vector<Amplification> retryAmplification(const FlowGraph& graph);

}  // namespace loadpath
