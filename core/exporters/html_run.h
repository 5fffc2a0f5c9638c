// The section of the HTML report about a simulated run.
#pragma once

#include "graph/snapshot.h"
#include "sim/metrics.h"

#include <string>

namespace loadpath {

std::string htmlRun(const Metrics& metrics, const Snapshot& snapshot);

}  // namespace loadpath
