// How figures of load, waiting and latency come about, worked out line by line when somebody asks. Knows
// no window and no format.
#pragma once

#include "analysis/capacity_limits.h"
#include "support/derivation.h"

namespace loadpath {

Derivation explainLoad(const Snapshot& snapshot, const CapacityReport& capacity, int node);
Derivation explainUtilisation(const Snapshot& snapshot, const CapacityReport& capacity, int node);
Derivation explainWait(const Snapshot& snapshot, const CapacityReport& capacity, int node);
Derivation explainLatency(const Snapshot& snapshot, const CapacityReport& capacity, int flow);
Derivation explainLimit(const Snapshot& snapshot, const Limit& limit);
Derivation explainHeadroom(const Snapshot& snapshot, const CapacityReport& capacity);

}  // namespace loadpath
