// Exact availability of every flow (model §3): the probability that a request succeeds when every
// instance, zone, managed service, probabilistic call and failover window is an independent
// Bernoulli variable. Shared variables are conditioned on once (decision diagram).
#pragma once

#include "graph/snapshot.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace loadpath {

/// A variable that can fail, as named in results: "component#i", "component" (managed),
/// "component:failover", "zone:ID".
struct UnitFigures {
    std::string unit;
    int node = -1;    // its component; −1 for zones
    int domain = -1;  // its zone; −1 for components
    bool managed = false, window = false;
    double availability = 1;
    double birnbaum = 0;         // P(φ | up) − P(φ | down)
    double impact = 0;           // P(request fails | this down, all else up) − P(fails | all up)
    double downtimeMinYear = 0;  // birnbaum · unavailability · 525,600: what it costs the flow
};

struct FlowAvailability {
    int flow = 0;             // index into FlowGraph::flows
    double availability = 1;  // request-weighted
    double strict = 1;        // with every probabilistic call made
    double downtimeMinYear = 0;
    std::vector<int> spofNodes;    // non-managed components with a unit of impact ≥ 0.999, clients and dns excepted
    std::vector<int> spofDomains;  // zones and regions with impact ≥ 0.999
    std::vector<std::vector<std::string>> cutSets;  // minimal, every probabilistic call made, sorted by order then name
    std::vector<UnitFigures> units;                 // by downtime, largest first
    std::string formula;  // series/parallel with the numbers put in; empty where the structure is not
    bool exact = true;    // false: the bounds contain the value, `availability` is the lower one
    std::pair<double, double> bounds{0, 1};
};

/// Eventual processing behind a broker (model §3.4).
struct AsyncAvailability {
    int subscription = 0;
    double availability = 1;
};

struct AvailabilityReport {
    std::vector<FlowAvailability> flows;  // flows of clients only, in their order
    std::vector<AsyncAvailability> async;
    int worstFlow = -1;              // index into `flows`
    double worst = 1, weighted = 1;  // weighted by rate
};

/// How zones are conditioned on: one sweep per combination, or as variables of the diagram.
enum class ZonesInDiagram { whenMany, never, always };

struct AvailabilityOptions {
    int cutSetOrder = 2;
    ZonesInDiagram zonesInDiagram = ZonesInDiagram::whenMany;
    std::size_t nodeBudget = 2'000'000;  // of the decision diagram; past it bounds
};

AvailabilityReport analyseAvailability(const FlowGraph& graph, const AvailabilityOptions& options = {});
AvailabilityReport analyseAvailability(const Snapshot& snapshot, const AvailabilityOptions& options = {});

}  // namespace loadpath
