#include "analysis/availability.h"

#include "analysis/async_chains.h"
#include "analysis/explain.h"
#include "analysis/partitions.h"
#include "analysis/solved_flow.h"
#include "analysis/structural_impact.h"
#include "support/index.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace loadpath {

namespace {

constexpr double spofImpact = 0.999;
void sortUnits(FlowFigures& figures) {
    std::vector<std::size_t> order(figures.units.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&figures](std::size_t i, std::size_t j) {
        const UnitFigures &a = figures.units[i], &b = figures.units[j];
        if (a.downtimeMinYear != b.downtimeMinYear) return a.downtimeMinYear > b.downtimeMinYear;
        if (a.birnbaum != b.birnbaum) return a.birnbaum > b.birnbaum;  // what is not known comes last
        if (a.node != b.node) return a.node < b.node;
        if (a.window != b.window) return b.window;
        if (figures.unitOrder[i] != figures.unitOrder[j]) return figures.unitOrder[i] < figures.unitOrder[j];
        return a.domain < b.domain;
    });
    std::vector<UnitFigures> sorted;
    sorted.reserve(order.size());
    for (const std::size_t i : order) sorted.push_back(std::move(figures.units[i]));
    figures.units = std::move(sorted);
}

void addSinglePoints(const FlowGraph& graph, FlowAvailability& flow) {
    for (const UnitFigures& unit : flow.units) {
        if (unit.impact < spofImpact || unit.managed || unit.window) continue;
        if (unit.domain >= 0) {
            flow.spofDomains.push_back(unit.domain);
            continue;
        }
        const Behaviour behaviour = graph.nodes[at(unit.node)].behaviour;
        if (behaviour != Behaviour::client && behaviour != Behaviour::resolver) flow.spofNodes.push_back(unit.node);
    }
    for (auto* list : {&flow.spofNodes, &flow.spofDomains}) {
        std::sort(list->begin(), list->end());
        list->erase(std::unique(list->begin(), list->end()), list->end());
    }
}

FlowAvailability analyseFlow(const FlowGraph& graph, int index, const AvailabilityOptions& options) {
    FlowAvailability result;
    result.flow = index;
    SolvedFlow solved(graph, Structure(graph, graph.flows[at(index)]), options);
    const FigureMaker maker(graph, solved.variables);
    FlowFigures figures = maker.figures(solved.lower);
    result.exact = solved.exact;
    result.availability = figures.availability;
    result.strict = figures.strict;
    result.bounds = {result.availability, result.availability};
    if (!solved.exact) {
        result.bounds = solved.bounds(graph);
        result.availability = result.bounds.first;
    }
    // What holds for the function above the true one holds for the true one: nothing is blamed wrongly.
    const BddFunction& sure = solved.exact ? solved.lower : solved.upper;
    maker.addImpact(sure, figures);
    result.downtimeMinYear = (1 - result.availability) * 525600;
    const FigureMaker::CutSets cuts = maker.cutSets(sure, options.cutSetOrder);
    result.cutSetsCompleteTo = cuts.completeTo;
    result.cutSetsTruncated = cuts.completeTo < options.cutSetOrder;
    for (const auto& cut : cuts.sets) {
        auto& names = result.cutSets.emplace_back();
        for (const int unit : cut) names.push_back(figures.units[at(unit)].unit);
        std::sort(names.begin(), names.end());
    }
    std::sort(result.cutSets.begin(), result.cutSets.end(),
              [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
    if (const double fails = 1 - result.availability; fails > 0)
        for (UnitFigures& unit : figures.units)
            unit.criticality = unit.birnbaum.value_or(0) * (1 - unit.availability) / fails;
    explain(graph, solved, result);
    addStructuralImpact(graph, solved, figures);
    sortUnits(figures);
    result.units = std::move(figures.units);
    addSinglePoints(graph, result);
    return result;
}

}  // namespace

std::pair<int, int> stageEnds(const FlowGraph& graph, int flow) {
    const FlowPath& path = graph.flows[at(flow)];
    return {path.feed >= 0 ? graph.feeds[at(path.feed)].source : graph.subscriptions[at(path.subscription)].broker,
            path.entry};
}

AvailabilityReport analyseAvailability(const FlowGraph& graph, const AvailabilityOptions& options) {
    AvailabilityReport report;
    double rate = 0, weighted = 0, plain = 0;
    for (std::size_t i = 0; i < graph.flows.size(); ++i) {
        const FlowPath& path = graph.flows[i];
        if (path.derived) {
            if (path.subscription < 0 && path.feed < 0) continue;
            SolvedFlow solved(graph, Structure(graph, path), options);
            const auto bounds = solved.bounds(graph);
            report.async.push_back({static_cast<int>(i), bounds.first, solved.exact, bounds});
            continue;
        }
        report.flows.push_back(analyseFlow(graph, static_cast<int>(i), options));
        const double a = report.flows.back().availability;
        rate += path.rateRps;
        weighted += path.rateRps * a;
        plain += a;
        const Visit* entry = path.visit(path.entry);
        if (!entry || entry->calls.empty()) continue;  // a client that calls nothing yet is neither up nor down
        if (report.worstFlow < 0 || a < report.worst) {
            report.worst = a;
            report.worstFlow = static_cast<int>(report.flows.size()) - 1;
        }
    }
    if (!report.flows.empty())
        report.weighted = rate > 0 ? weighted / rate : plain / static_cast<double>(report.flows.size());
    report.chains = asyncChains(graph, options);
    report.partitions = partitionAvailability(graph, options);
    return report;
}

AvailabilityReport analyseAvailability(const Snapshot& snapshot, const AvailabilityOptions& options) {
    return analyseAvailability(snapshot.graph(), options);
}

}  // namespace loadpath
