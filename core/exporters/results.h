// Results of check, analyze and simulate in the formats of the command line contract.
#pragma once

#include "exporters/text_table.h"
#include "json/value_json.h"
#include "rules/report.h"
#include "sim/metrics.h"
#include "support/result.h"

#include <string>
#include <utility>
#include <vector>

namespace loadpath {

/// Findings that are not acknowledged, by severity.
struct FindingCounts {
    int error = 0, warning = 0, info = 0;
};
FindingCounts countFindings(const Report& report);

std::string checkText(const Report& report, Colours colours = Colours::plain);
std::string checkJson(const Report& report, const Problems& warnings = {});
JsonNode checkTree(const Report& report, const Problems& warnings);  // one element where several files are checked
std::string sarif(const std::vector<std::pair<std::string, Report>>& files);  // (path, report); SARIF 2.1.0
std::string junit(const std::vector<std::pair<std::string, Report>>& files);
enum class Explained { no, yes };  // whether the steps behind each figure are shown
std::string analyzeText(const Report& report, Colours colours = Colours::plain, Explained explained = Explained::no);
std::string analyzeJson(const Report& report, const Problems& warnings = {});
std::string simulateText(const Metrics& metrics, const Snapshot& snapshot, Colours colours = Colours::plain);
std::string simulateJson(const Metrics& metrics, const Snapshot& snapshot, bool withSeries,
                         const Problems& warnings = {});
/// One line a step and thing (flow, component): long form, as spreadsheets and plotting tools like it.
std::string simulateCsv(const Metrics& metrics, const Snapshot& snapshot);

}  // namespace loadpath
