// Load, utilisation and queueing delay at peak with everything up (model §4): linear traffic
// equations over all flows, Erlang C with the Allen–Cunneen correction per station.
#pragma once

#include "analysis/queueing.h"
#include "graph/snapshot.h"

#include <limits>
#include <vector>

namespace loadpath {

/// "No such figure": zero service time, elastic service, diverging load.
inline constexpr double noFigure = std::numeric_limits<double>::quiet_NaN();

struct ComponentLoad {
    double arrivalRps = 0;  // operations a second (replica operations for quorum stores)
    double readRps = 0, writeRps = 0;
    double appliedRps = 0;  // replicated writes that its instances apply, where that is charged
    double capacityRps = noFigure;
    double utilisation = noFigure;  // ρ
    double waitMs = noFigure;       // mean time queued; infinite for ρ ≥ 1 without a bound on the queue
    double responseMs = noFigure;   // wait + own work
    double blockedShare = 0;        // of arrivals that find a bounded queue full

    // What the figures above were worked out of.
    double serviceMs = 0;         // mean own work of one operation, over reads and writes
    double squaredVariation = 1;  // of that work
    int workingInstances = 1;     // without consumers that have no partition
    int queues = 1, servers = 0;  // servers each queue has
};

struct CapacityReport {
    std::vector<ComponentLoad> nodes;   // by node
    std::vector<double> linkRps;        // by link: calls (or messages, replicated writes) a second
    std::vector<double> flowRps;        // by flow, derived ones solved
    std::vector<double> flowLatencyMs;  // by flow: analytic mean (a lower bound where branches run in parallel)
    std::vector<std::vector<double>> flowVisits;  // by flow and visit: how often one request comes by
    int saturatesFirst = -1;                      // node; −1 = nothing has a utilisation
    double headroom = noFigure;                   // 1/ρ of that node
    bool diverges = false;                        // a synchronous cycle multiplies load without end
    std::vector<int> divergingNodes;
};

CapacityReport analyseCapacity(const FlowGraph& graph);
CapacityReport analyseCapacity(const Snapshot& snapshot);
/// The same with every client at its average rate: for storage, bytes sent and cost (model §1).
CapacityReport analyseAverageLoad(const FlowGraph& graph);

/// What one flow asks of one component, over one connection.
struct LoadShare {
    int flow = 0, node = 0;
    int link = -1;  // −1: requests enter here
    Op op = Op::read;
    double rps = 0;         // calls a second
    double perRequest = 0;  // calls per request of the flow
};
/// Every share of the load, by flow, then in the order of visits and calls; those of rate 0 left out.
std::vector<LoadShare> loadShares(const FlowGraph& graph, const CapacityReport& report);

}  // namespace loadpath
