// Results of check, analyze and simulate in the formats of the command line contract.
#pragma once

#include "exporters/text_table.h"
#include "json/item_places.h"
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
/// A report with the file it is about.
struct CheckedFile {
    std::string path;
    Report report;
    ItemPlaces places = {};
};
std::string sarif(const std::vector<CheckedFile>& files);  // SARIF 2.1.0
/// From which severity on a finding fails.
enum class FailLevel { error, warning, never };
std::string junit(const std::vector<CheckedFile>& files, FailLevel level = FailLevel::error);
enum class Explained { no, yes };  // whether the steps behind each figure are shown
std::string analyzeText(const Report& report, Colours colours = Colours::plain, Explained explained = Explained::no);
std::string analyzeJson(const Report& report, const Problems& warnings = {});
std::string simulateText(const Metrics& metrics, const Snapshot& snapshot, Colours colours = Colours::plain);
std::string simulateJson(const Metrics& metrics, const Snapshot& snapshot, bool withSeries,
                         const Problems& warnings = {});
std::string simulateJson(const std::vector<Metrics>& runs, bool withSeries, const Problems& warnings = {});
/// A suite a run, a case an expectation; a run without any is one case that passed.
std::string simulateJunit(const std::vector<Metrics>& runs, const std::string& file);
/// One line a step and thing (flow, component): long form, as spreadsheets and plotting tools like it.
std::string simulateCsv(const Metrics& metrics, const Snapshot& snapshot);

}  // namespace loadpath
