// Results of check, analyze and simulate in the formats of the command line contract.
#pragma once

#include "rules/report.h"
#include "sim/metrics.h"
#include "support/result.h"

#include <string>
#include <utility>
#include <vector>

namespace loadpath {

std::string checkText(const Report& report);
std::string checkJson(const Report& report, const Problems& warnings = {});
std::string sarif(const std::vector<std::pair<std::string, Report>>& files);  // (path, report); SARIF 2.1.0
std::string junit(const std::vector<std::pair<std::string, Report>>& files);
std::string analyzeText(const Report& report);
std::string analyzeJson(const Report& report);
std::string simulateText(const Metrics& metrics, const Snapshot& snapshot);
std::string simulateJson(const Metrics& metrics, const Snapshot& snapshot, bool withSeries);
std::string simulateCsv(const Metrics& metrics, const Snapshot& snapshot);

}  // namespace loadpath
