// The report of a design as one HTML file that needs nothing else: verdict, diagram, findings with
// their reasons, how the figures come about, capacity, and a simulated run.
#pragma once

#include "rules/report.h"
#include "sim/metrics.h"

#include <string>

namespace loadpath {

/// `diagramSvg` may be empty (no diagram), `metrics` null (no run; its series is drawn if it has one).
std::string htmlReport(const Report& report, const std::string& diagramSvg, const Metrics* metrics);

}  // namespace loadpath
