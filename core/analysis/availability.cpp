#include "analysis/availability.h"

#include "analysis/flow_figures.h"
#include "analysis/formula.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace loadpath {

namespace {

constexpr double spofImpact = 0.999;
std::size_t at(int index) { return static_cast<std::size_t>(index); }

/// Fixed zones keep the diagram small; they cost a sweep per combination that matters.
ZoneTreatment treatmentFor(const FlowGraph& graph, const Structure& structure, ZonesInDiagram wanted) {
    if (wanted == ZonesInDiagram::never) return ZoneTreatment::fixed;
    if (wanted == ZonesInDiagram::always) return ZoneTreatment::levels;
    const std::size_t domains = Variables::domainsOf(graph, structure).size();
    const bool isCheap = domains <= 8 || (domains <= 12 && (structure.atoms.size() << domains) <= 8'000'000);
    return isCheap ? ZoneTreatment::fixed : ZoneTreatment::levels;
}

/// Everything serves and every call is made.
struct AllUp : Leaves {
    Bdd::Ref up(int, Serving) override { return Bdd::yes; }
    Bdd::Ref takesOver(int) override { return Bdd::yes; }
    Bdd::Ref notCalled(int) override { return Bdd::no; }
};

/// The functions of one flow: one when exact, else one on each side of it.
struct Solved {
    Structure structure;
    Bdd bdd;
    Variables variables;
    BddFunction lower, upper;
    bool exact = true;

    Solved(const FlowGraph& graph, const FlowPath& flow, const AvailabilityOptions& options)
        : structure(graph, flow),
          bdd(options.nodeBudget),
          variables(graph, structure, bdd, treatmentFor(graph, structure, options.zonesInDiagram)) {
        const std::size_t budget = options.nodeBudget;
        const Bdd::Ref root = diagramOf(graph, structure, bdd, variables);
        if (!bdd.isExhausted()) {
            lower = BddFunction(bdd, root);
            return;
        }
        exact = false;
        const std::uint32_t all = static_cast<std::uint32_t>(variables.contextOf.size()) - 1;
        const auto likely =
            FigureMaker(graph, variables).probabilities({1, variables.placesUp(all)}, FigureMaker::Coins::random);
        lower = rounded(graph, budget, Rounding::down, likely);
        upper = rounded(graph, budget, Rounding::up, likely);
    }

    /// Nothing fails while every component that is asked serves, unless alternatives only lead to each
    /// other: 1 − Σ P(one does not). Rough, but cheap at any size.
    double unionBound(const FlowGraph& graph) {
        AllUp allUp;
        bdd = Bdd(1000);
        if (diagramOf(graph, structure, bdd, allUp) != Bdd::yes) return 0;
        std::set<Ask> asks;
        for (const Part& part : structure.parts) {
            asks.insert(part.asks.begin(), part.asks.end());
            for (const Condition& condition : part.conditions)
                for (const Term& term : condition.terms) asks.insert(term.ask);
        }
        bdd = Bdd(1'000'000);
        std::vector<BddFunction> up;
        for (const Ask& ask : asks)
            up.emplace_back(bdd, variables.up(ask.node, graph.servingOf(ask.node, ask.purpose, ask.topic)));
        if (bdd.isExhausted()) return 0;
        double fails = 0;
        const FigureMaker maker(graph, variables);
        for (const Context& context : variables.contexts) {
            if (context.weight <= 0) continue;
            const auto p = maker.probabilities(context, FigureMaker::Coins::random);
            for (const BddFunction& f : up) fails += context.weight * (1 - f.probability(p));
        }
        return std::max(0.0, 1 - fails - 1e-12);
    }

private:
    BddFunction rounded(const FlowGraph& graph, std::size_t budget, Rounding rounding,
                        const std::vector<double>& likely) {
        bdd = Bdd(std::clamp<std::size_t>(budget, 5'000, 300'000));
        const Bdd::Ref root = diagramOf(graph, structure, bdd, variables, rounding, likely,
                                        std::clamp<std::size_t>(budget / 64, 8, 4096));
        return BddFunction(bdd, root);
    }
};

void sortUnits(FlowFigures& figures) {
    std::vector<std::size_t> order(figures.units.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&figures](std::size_t i, std::size_t j) {
        const UnitFigures &a = figures.units[i], &b = figures.units[j];
        if (a.downtimeMinYear != b.downtimeMinYear) return a.downtimeMinYear > b.downtimeMinYear;
        if (a.birnbaum != b.birnbaum) return a.birnbaum > b.birnbaum;
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
    Solved solved(graph, graph.flows[at(index)], options);
    const FigureMaker maker(graph, solved.variables);
    FlowFigures figures = maker.figures(solved.lower);
    result.exact = solved.exact;
    result.availability = figures.availability;
    result.strict = figures.strict;
    if (!solved.exact) result.availability = std::max(result.availability, solved.unionBound(graph));
    result.bounds = {result.availability, result.availability};
    if (!solved.exact) result.bounds.second = maker.probability(solved.upper, FigureMaker::Coins::random);
    // What holds for the function above the true one holds for the true one: nothing is blamed wrongly.
    const BddFunction& sure = solved.exact ? solved.lower : solved.upper;
    maker.addImpact(sure, figures);
    result.downtimeMinYear = (1 - result.availability) * 525600;
    for (const auto& cut : maker.cutSets(sure, options.cutSetOrder)) {
        auto& names = result.cutSets.emplace_back();
        for (const int unit : cut) names.push_back(figures.units[at(unit)].unit);
        std::sort(names.begin(), names.end());
    }
    std::sort(result.cutSets.begin(), result.cutSets.end(),
              [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
    if (solved.exact) result.formula = formulaOf(graph, solved.structure, result.availability);
    sortUnits(figures);
    result.units = std::move(figures.units);
    addSinglePoints(graph, result);
    return result;
}

}  // namespace

AvailabilityReport analyseAvailability(const FlowGraph& graph, const AvailabilityOptions& options) {
    AvailabilityReport report;
    double rate = 0, weighted = 0, plain = 0;
    for (std::size_t i = 0; i < graph.flows.size(); ++i) {
        const FlowPath& path = graph.flows[i];
        if (path.derived) {
            if (path.subscription < 0) continue;
            Solved solved(graph, path, options);
            double a = FigureMaker(graph, solved.variables).probability(solved.lower, FigureMaker::Coins::random);
            if (!solved.exact) a = std::max(a, solved.unionBound(graph));
            report.async.push_back({path.subscription, a});
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
    return report;
}

AvailabilityReport analyseAvailability(const Snapshot& snapshot, const AvailabilityOptions& options) {
    return analyseAvailability(snapshot.graph(), options);
}

}  // namespace loadpath
