// What an analysis says beyond availability and load, as tables with the worked steps behind them: limits,
// growth and loss, consistency, cost. Text and HTML show the same; knows neither.
#pragma once

#include "analysis/cost.h"
#include "exporters/text_table.h"
#include "rules/report.h"
#include "support/derivation.h"

#include <string>
#include <vector>

namespace loadpath {

struct ReportSection {
    std::string title;
    std::vector<std::string> columns;
    std::vector<TextTable::Align> aligns;
    std::vector<std::vector<TextTable::Cell>> rows;
    std::vector<std::string> remarks;
    bool endsWithSum = false;  // the last row is the sum of the others
    std::vector<Derivation> derivations;
};

/// Sections that have something to say, in order.
std::vector<ReportSection> analysisSections(const Report& report, const CostReport& cost);

/// "budget $500, exceeded by $120", or the range where there is no budget.
std::string costRemark(const CostReport& cost);
bool exceedsBudget(const CostReport& cost);

}  // namespace loadpath
