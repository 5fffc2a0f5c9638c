#include "analysis_rows.h"

#include "row_parts.h"

namespace loadpath {

using namespace rows;

std::vector<FigureColumn> columnsOf(AnalysisTable table) {
    using Align = FigureColumn::Align;
    switch (table) {
        case AnalysisTable::flows:
            return {{Words::tr("Flow"), Align::left, 1.6},
                    {Words::tr("Availability"), Align::right, 1.2},
                    {Words::tr("Downtime"), Align::right, 1.2},
                    {Words::tr("All calls"), Align::right, 1.1, Words::tr("With every probabilistic call made")},
                    {Words::tr("Latency"), Align::right, 0.9}};
        case AnalysisTable::units:
            return {
                {Words::tr("Unit"), Align::left, 2},
                {Words::tr("Availability"), Align::right, 1.1},
                {Words::tr("Importance")},
                {Words::tr("Costs"), Align::right, 1.2, Words::tr("Downtime of the flow that goes to its account")}};
        case AnalysisTable::cutSets:
            return {{Words::tr("Down together"), Align::left, 3.4},
                    {Words::tr("Order"), Align::right, 0.6},
                    {Words::tr("Happens"), Align::right, 1.1}};
        case AnalysisTable::improvements:
            return {{Words::tr("Change"), Align::left, 3},
                    {Words::tr("Availability"), Align::right, 1.2},
                    {Words::tr("Buys"), Align::right, 1.1, Words::tr("Downtime of the flow that goes away")}};
        case AnalysisTable::partitions:
            return {{Words::tr("Store"), Align::left, 1.6},
                    {Words::tr("For"), Align::left, 1.1},
                    {Words::tr("Partitions"), Align::right, 0.9},
                    {Words::tr("One up"), Align::right, 1.1},
                    {Words::tr("All up"), Align::right, 1.1}};
        case AnalysisTable::retries:
            return {{Words::tr("Flow"), Align::left, 1.5},
                    {Words::tr("Hits"), Align::left, 1.5},
                    {Words::tr("Half fail"), Align::right, 0.9},
                    {Words::tr("All fail"), Align::right, 0.9}};
        case AnalysisTable::async:
            return {{Words::tr("Messages"), Align::left, 3},
                    {Words::tr("Availability"), Align::right, 1.2},
                    {Words::tr("Downtime"), Align::right, 1.1}};
        case AnalysisTable::load:
            return {{Words::tr("Component"), Align::left, 1.45},
                    {Words::tr("Load"), Align::right, 1.05},
                    {Words::tr("Capacity"), Align::right, 1.05},
                    {Words::tr("Used"), Align::right, 1.1, Words::tr("Utilisation ρ: load by capacity")},
                    {Words::tr("Wait"), Align::right, 1.05},
                    {Words::tr("Response"), Align::right, 1.05}};
        case AnalysisTable::limits:
            return {{Words::tr("Component"), Align::left, 1.7},
                    {Words::tr("Bound by"), Align::left, 1.6},
                    {Words::tr("Used / there is"), Align::right, 1.4},
                    {Words::tr("Use"), Align::right, 0.8}};
        case AnalysisTable::growth:
            return {{Words::tr("Component"), Align::left, 1.7},
                    {Words::tr("Limit"), Align::left, 1.5},
                    {Words::tr("Full at"), Align::right, 0.8},
                    {Words::tr("For 10×"), Align::right, 0.9},
                    {Words::tr("For 100×"), Align::right, 0.9}};
        case AnalysisTable::losses:
            return {{Words::tr("Lost"), Align::left, 1.8},
                    {Words::tr("Flows that fail"), Align::left, 1.4},
                    {Words::tr("Fullest then"), Align::right, 1.7}};
        case AnalysisTable::consistency:
            return {{Words::tr("Store"), Align::left, 1.6},   {Words::tr("CAP"), Align::right, 0.6},
                    {Words::tr("PACELC"), Align::right, 0.9}, {Words::tr("R+W / N"), Align::right, 0.9},
                    {Words::tr("Reads"), Align::right, 1.3},  {Words::tr("Isolation"), Align::right, 1.3}};
        case AnalysisTable::invisible:
            return {{Words::tr("Flow"), Align::left, 1.6},
                    {Words::tr("Reads from"), Align::left, 1.6},
                    {Words::tr("May not see it for"), Align::right, 1.2}};
        case AnalysisTable::cost:
            return {{Words::tr("Component"), Align::left, 1.8},
                    {Words::tr("A month"), Align::right, 1, Words::tr("Typical price times average load")},
                    {Words::tr("From – to"), Align::right, 1.4}};
        case AnalysisTable::flowCost:
            return {{Words::tr("Flow"), Align::left, 1.8}, {Words::tr("A million requests"), Align::right, 1.4}};
    }
    return {};
}

AnalysisRows reportRows(const Report& report, int flow) {
    AnalysisRows rows;
    rows[AnalysisTable::flows] = flowRows(report);
    rows[AnalysisTable::units] = unitRows(report, flow);
    rows[AnalysisTable::cutSets] = cutSetRows(report, flow);
    rows[AnalysisTable::partitions] = partitionRows(report);
    rows[AnalysisTable::async] = asyncRows(report);
    rows[AnalysisTable::load] = loadRows(report);
    return rows;
}

AnalysisRows deeperRows(const Report& report, int flow, const std::stop_token& stop) {
    AnalysisRows rows;
    const LimitReport limits = analyseLimits(*report.snapshot, report.capacity);
    rows[AnalysisTable::limits] = limitRows(report, limits);
    if (stop.stop_requested()) return rows;
    const WhatIf whatIf = analyseWhatIf(*report.snapshot, report.capacity, limits);
    rows[AnalysisTable::growth] = growthRows(report, limits, whatIf);
    rows[AnalysisTable::losses] = lossRows(report, whatIf);
    rows[AnalysisTable::retries] = retryRows(report, whatIf);
    const ConsistencyReport consistency = analyseConsistency(*report.snapshot);
    rows[AnalysisTable::consistency] = consistencyRows(report, consistency);
    rows[AnalysisTable::invisible] = invisibleRows(report, consistency);
    const CostReport cost = analyseCost(*report.snapshot);
    rows[AnalysisTable::cost] = costRows(report, cost);
    rows[AnalysisTable::flowCost] = flowCostRows(report, cost);
    if (stop.stop_requested()) return rows;
    rows[AnalysisTable::improvements] = improvementRows(report, flow, stop);
    return rows;
}

}  // namespace loadpath
