// What readers may see: overlap of quorums, chance of a stale read, the class of each store in CAP and
// PACELC under its settings, anomalies its isolation allows, and whether a flow sees what was written.
// Knows no rule and no format.
#pragma once

#include "analysis/capacity.h"
#include "support/derivation.h"

#include <string>

namespace loadpath {

/// C(N − W, R) / C(N, R): no replica of a random read quorum has taken the write that was just acknowledged.
double staleQuorum(int replicas, int readers, int writers);
/// A write rate w against a delay D: 1 − e^(−wD) for a fixed delay, wD / (1 + wD) for an exponential one.
double staleReplica(double writesPerS, double lagS, bool isExponential);

struct StoreConsistency {
    int node = 0;
    int replicas = 0, readers = 0, writers = 0;  // N, R, W; 0: not a quorum store
    bool isStrong = false;                       // every read sees the last acknowledged write
    double staleProbability = noFigure;          // of a read right after a write
    std::string cap, pacelc;                     // "CP", "PC/EC"
    std::string isolation;                       // empty: no transactions across records
    std::vector<std::string> anomalies;          // that this isolation lets happen
    Derivation derivation;
};

/// A read flow that reads another copy than the one a write flow of the same client changes.
struct ReadYourWrites {
    int readFlow = 0, writeFlow = 0;
    int source = 0, copy = 0;  // nodes: where it is written, where it is read
    double lagMs = noFigure;   // how long the own write may stay invisible; NaN where nothing says
};

struct ConsistencyReport {
    std::vector<StoreConsistency> stores;
    std::vector<ReadYourWrites> invisible;
};
ConsistencyReport analyseConsistency(const Snapshot& snapshot);

}  // namespace loadpath
