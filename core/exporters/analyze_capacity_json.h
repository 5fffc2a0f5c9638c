// The sections of `analyze` about limits, growth and loss, and the worked calculations of capacity.
#pragma once

#include "json/json_build.h"
#include "rules/report.h"
#include "support/derivation.h"

namespace loadpath {

JsonNode derivationTree(const Derivation& derivation);
/// Adds "limits", "what_if", "consistency" and "derivations".
void addCapacitySections(json::Object& root, const Report& report);
/// Every worked calculation about load and latency: flows, then the components that are asked for anything.
std::vector<Derivation> capacityDerivations(const Report& report);

}  // namespace loadpath
