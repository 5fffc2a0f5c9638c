// The sections of `analyze` about limits, growth, loss and cost, and the worked calculations of capacity.
#pragma once

#include "analysis/cost.h"
#include "json/json_build.h"
#include "rules/report.h"

namespace loadpath {

/// Adds "limits", "what_if", "consistency" and "derivations".
void addCapacitySections(json::Object& root, const Report& report);
/// {"total": {"low", "typical", "high"}, "budget"?, "components": [], "unpriced": [], "flows": [], "prices_as_of"}
JsonNode costTree(const Snapshot& snapshot, const CostReport& cost);
/// Every worked calculation about load and latency: flows, then the components that are asked for anything.
std::vector<Derivation> capacityDerivations(const Report& report);

}  // namespace loadpath
