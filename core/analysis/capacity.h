// Load, utilisation and queueing delay at peak with everything up (model §4): linear traffic
// equations over all flows, Erlang C with the Allen–Cunneen correction per station.
#pragma once

#include "graph/snapshot.h"

#include <limits>
#include <vector>

namespace loadpath {

/// "No such figure": zero service time, elastic service, diverging load.
inline constexpr double noFigure = std::numeric_limits<double>::quiet_NaN();

struct ComponentLoad {
    double arrivalRps = 0;  // operations a second (replica operations for quorum stores)
    double readRps = 0, writeRps = 0;
    double capacityRps = noFigure;
    double utilisation = noFigure;  // ρ
    double waitMs = noFigure;       // mean time queued; infinite for ρ ≥ 1
    double responseMs = noFigure;   // wait + own work
};

struct CapacityReport {
    std::vector<ComponentLoad> nodes;   // by node
    std::vector<double> linkRps;        // by link: calls (or messages, replicated writes) a second
    std::vector<double> flowRps;        // by flow, derived ones solved
    std::vector<double> flowLatencyMs;  // by flow: analytic mean (a lower bound where branches run in parallel)
    int saturatesFirst = -1;            // node; −1 = nothing has a utilisation
    double headroom = noFigure;         // 1/ρ of that node
    bool diverges = false;              // a synchronous cycle multiplies load without end
    std::vector<int> divergingNodes;
};

CapacityReport analyseCapacity(const FlowGraph& graph);
CapacityReport analyseCapacity(const Snapshot& snapshot);

/// P(wait > 0) in M/M/c with offered load a = λS < c. Source: Erlang 1917; stable recursion over B.
double erlangC(int servers, double offeredLoad);
/// Blocking of M/M/c/c.
double erlangB(int servers, double offeredLoad);
/// Mean queueing delay in the unit of `service`; infinite for a ≥ c. cv2 = squared coefficient of variation of service.
double meanWait(int servers, double arrivalRate, double service, double cv2 = 1);

}  // namespace loadpath
