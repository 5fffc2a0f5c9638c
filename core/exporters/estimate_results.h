// The estimation sheet in the formats of the command line, with the tables to reason with.
#pragma once

#include "analysis/estimate.h"
#include "exporters/text_table.h"
#include "support/result.h"

#include <string>

namespace loadpath {

struct EstimateTextOptions {
    Colours colours = Colours::plain;
    ByteUnits bytes = ByteUnits::decimal;
    bool withSteps = false;  // the worked steps of every figure
};

std::string estimateText(const EstimateSheet& sheet, const EstimateTextOptions& options = {});
/// {"design", "inputs": [{"key", "name", "value", "unit", "origin", "source"}], "sections": [{"id", "title",
/// "figures": [{"key", "name", "value", "rounded", "unit", "text", "rounded_text", "problem"?, "canvas"?,
/// "steps": []}]}], "latency": [], "downtime": []}; figures that do not exist are null.
std::string estimateJson(const EstimateSheet& sheet, const Problems& warnings = {});

}  // namespace loadpath
