// How the figures of cut sets, improvements, chains of consumers, growth, loss and retries come about, line
// by line. Knows no window and no format.
#pragma once

#include "analysis/availability.h"
#include "analysis/what_if.h"

namespace loadpath {

Derivation explainCutSet(const FlowGraph& graph, const FlowAvailability& flow, const std::vector<std::string>& cut);
Derivation explainImprovement(const FlowGraph& graph, const FlowAvailability& flow, const Improvement& improvement);
Derivation explainStage(const FlowGraph& graph, const AsyncAvailability& stage);
Derivation explainChain(const FlowGraph& graph, const AvailabilityReport& report, const AsyncChain& chain);
Derivation explainGrowth(const FlowGraph& graph, const Limit& limit, double factor);
Derivation explainLoss(const FlowGraph& graph, const CapacityReport& before, const LossCase& loss);
Derivation explainRetries(const FlowGraph& graph, const Amplification& retries);
Derivation explainPartitions(const FlowGraph& graph, const PartitionAvailability& store);

}  // namespace loadpath
