// Runs a scenario several times with consecutive seeds and puts the figures together.
#pragma once

#include "cli/command.h"
#include "sim/simulator.h"

#include <memory>
#include <vector>

namespace loadpath::cli {

/// Runs on up to `threads` threads; the result does not depend on their number. A progress line goes
/// to standard error where that is a terminal.
Metrics runReplications(const std::shared_ptr<const Snapshot>& snapshot, const Scenario& scenario, int count,
                        int threads, Console& console);

/// Counts are sums, ratios and times are means over the runs weighted by what they are of, the maximum
/// is the largest; percentiles are means of the runs' percentiles. The series is that of the first run,
/// the recovery that of the slowest.
/// With two runs or more the confidence interval comes from the runs.
Metrics merged(const std::vector<Metrics>& runs);

}  // namespace loadpath::cli
