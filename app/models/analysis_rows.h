// Rows of the analysis tables, made of plain reports; runs on a worker. Knows no window.
#pragma once

#include "analysis/cost.h"
#include "analysis/what_if.h"
#include "figure_table.h"
#include "rules/report.h"

#include <map>
#include <stop_token>

namespace loadpath {

enum class AnalysisTable {
    flows,
    units,
    cutSets,
    improvements,
    partitions,
    async,
    load,
    limits,
    growth,
    losses,
    retries,
    consistency,
    invisible,
    cost,
    flowCost
};
using AnalysisRows = std::map<AnalysisTable, std::vector<FigureRow>>;

std::vector<FigureColumn> columnsOf(AnalysisTable table);

/// What the report already has. `flow` is an index into FlowGraph::flows, −1 for none.
AnalysisRows reportRows(const Report& report, int flow);
/// What takes longer: limits, growth, loss, what more would buy, consistency. Stops early when asked to; then some
/// tables are missing.
AnalysisRows deeperRows(const Report& report, int flow, const std::stop_token& stop);

/// Costs a month, the total first, then the dearest; and what a million requests of each flow cost.
std::vector<FigureRow> costRows(const Report& report, const CostReport& cost);
std::vector<FigureRow> flowCostRows(const Report& report, const CostReport& cost);

}  // namespace loadpath
