// Exact availability of every flow (model §3): the probability that a request succeeds when every
// instance, zone, managed service, probabilistic call and failover window is an independent
// Bernoulli variable. Shared variables are conditioned on once (decision diagram).
#pragma once

#include "graph/snapshot.h"
#include "support/derivation.h"

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
    /// P(φ | up) − P(φ | down); none where the size of the design forbids to work it out for what cannot fail.
    std::optional<double> birnbaum = 0;
    double impact = 0;           // P(request fails | this down, all else up) − P(fails | all up)
    double criticality = 0;      // birnbaum · unavailability / (1 − A): P(it is down and decides | the flow fails)
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
    bool cutSetsTruncated = false;                  // the order asked for was too much: not all of them are listed
    int cutSetsCompleteTo = 2;                      // every one up to this order is
    std::vector<UnitFigures> units;                 // by downtime, largest first
    std::string formula;    // series/parallel with the numbers put in; empty where the structure is not
    Derivation derivation;  // how the figure comes about, short; explainAvailability has the long form
    bool exact = true;      // false: the bounds contain the value, `availability` is the lower one
    std::pair<double, double> bounds{0, 1};
};

/// Eventual processing behind a broker or a change log (model §3.4).
struct AsyncAvailability {
    int flow = 0;  // the derived flow, index into FlowGraph::flows
    double availability = 1;
    bool exact = true;
    std::pair<double, double> bounds{0, 1};
};

/// Consumers one behind the other: every stage must work.
struct AsyncChain {
    std::vector<int> stages;  // derived flows in the order of the messages; two or more
    double availability = 1;  // of the conjunction; what stages share fails once
    bool exact = true;
    std::pair<double, double> bounds{0, 1};
};

/// What the partitions of a store are worth (model §7.1): information, except to calls that scatter.
struct PartitionAvailability {
    int node = 0;
    Purpose purpose = Purpose::read;
    int topic = 0;       // of a broker
    int partitions = 1;  // that live on different units
    double one = 0;      // the partition on the first units
    double all = 0;      // every partition at once; not exact: the lower bound
    bool exact = true;
    std::pair<double, double> bounds{0, 1};
};

/// Where the messages of a derived flow wait, and who takes them: nodes.
std::pair<int, int> stageEnds(const FlowGraph& graph, int flow);

struct AvailabilityReport {
    std::vector<FlowAvailability> flows;  // flows of clients only, in their order
    std::vector<AsyncAvailability> async;
    std::vector<AsyncChain> chains;                 // from every first consumer to every last one
    std::vector<PartitionAvailability> partitions;  // stores of more than one partition
    int worstFlow = -1;                             // index into `flows`
    double worst = 1, weighted = 1;                 // weighted by rate
};

/// How zones are conditioned on: one sweep per combination, or as variables of the diagram.
enum class ZonesInDiagram { whenMany, never, always };

struct AvailabilityOptions {
    int cutSetOrder = 2;
    ZonesInDiagram zonesInDiagram = ZonesInDiagram::whenMany;
    /// Of the decision diagram; past it bounds. A node takes 12 bytes and about as much again while the
    /// diagram is built, so the default stays below memoryBudgetMb.
    std::size_t nodeBudget = 2'000'000;
};

/// What the exact method takes at most for itself with the default budget, measured at the limit.
inline constexpr int memoryBudgetMb = 100;

AvailabilityReport analyseAvailability(const FlowGraph& graph, const AvailabilityOptions& options = {});
AvailabilityReport analyseAvailability(const Snapshot& snapshot, const AvailabilityOptions& options = {});

/// One change to one component and what it would buy a flow, evaluated exactly.
struct Improvement {
    enum class Kind { replica, zone, nine } kind = Kind::replica;
    int node = 0;
    std::string change;            // "3 instances instead of 2"
    double availability = 1;       // of the flow, afterwards
    double minutesGainedYear = 0;  // of downtime that go away
};

/// How much of the question was answered: in designs of thousands of components not all of it.
struct ImprovementScope {
    std::size_t lookedAt = 0;  // components of which every change was worked out
    std::size_t costly = 0;    // that cost the flow downtime
};

/// For every component that costs the flow downtime, the costliest first, what one more replica, zone or
/// nine buys. `flow` is an index into FlowGraph::flows. At most `most` components are looked at.
std::vector<Improvement> improvementsOf(const Snapshot& snapshot, int flow, std::size_t most = 20,
                                        const AvailabilityOptions& options = {}, ImprovementScope* scope = nullptr);

/// The figure of one flow, step by step: components, zone states, reductions, the sum. Costs as much as
/// the analysis of the flow or a few times that.
Derivation explainAvailability(const FlowGraph& graph, int flow, const AvailabilityOptions& options = {});
/// The figure of one component by itself, as a flow asks for it: k of n, given the zones, with the standbys
/// that take over.
Derivation explainUnit(const FlowGraph& graph, int node, Purpose purpose = Purpose::read);

}  // namespace loadpath
