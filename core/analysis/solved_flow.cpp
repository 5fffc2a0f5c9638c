#include "analysis/solved_flow.h"

#include <algorithm>
#include <set>

namespace loadpath {

namespace {

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
    Bdd::Ref upEverywhere(int, Purpose, int) override { return Bdd::yes; }
    Bdd::Ref takesOver(int) override { return Bdd::yes; }
    Bdd::Ref notCalled(int) override { return Bdd::no; }
};

/// What cannot fail does not.
struct PerfectUp : Leaves {
    PerfectUp(const FlowGraph& of, Leaves& all) : graph(of), leaves(all) {}
    Bdd::Ref up(int index, Serving serving) override {
        return isPerfect(index, serving) ? Bdd::yes : leaves.up(index, serving);
    }
    Bdd::Ref upEverywhere(int index, Purpose purpose, int topic) override {
        if (isPerfect(index, graph.servingOf(index, purpose, topic))) return Bdd::yes;
        return leaves.upEverywhere(index, purpose, topic);
    }
    bool isPerfect(int index, Serving serving) const {
        const Node& node = graph.nodes[static_cast<std::size_t>(index)];
        const bool isPlaced = !node.zones.empty() && (!node.managed || node.zonal);
        return node.availability >= 1 && !isPlaced && serving.need <= serving.units;
    }
    Bdd::Ref takesOver(int primary) override { return leaves.takesOver(primary); }
    Bdd::Ref notCalled(int coin) override { return leaves.notCalled(coin); }
    const FlowGraph& graph;
    Leaves& leaves;
};

/// As many states as are tried with a variable even for what cannot fail.
constexpr std::size_t statesWithPerfect = 60'000;
/// Of what the states at the border may take where the exact diagram is out of reach.
constexpr std::size_t statesOfBounds = 150'000;

}  // namespace

SolvedFlow::SolvedFlow(const FlowGraph& graph, Structure of, const AvailabilityOptions& options)
    : network(of),
      structure(network.applies() ? network.arranged(graph, std::move(of)) : std::move(of)),
      bdd(options.nodeBudget),
      variables(graph, structure, bdd, treatmentFor(graph, structure, options.zonesInDiagram)) {
    if (network.applies()) solveByBorder(graph, options);
    if (m_isBuilt) return;
    const std::size_t budget = options.nodeBudget;
    const Bdd::Ref root = diagramOf(graph, structure, bdd, variables);
    if (!bdd.isExhausted()) {
        lower = upper = BddFunction(bdd, root);
        return;
    }
    exact = false;
    const auto likely = likelyLevels(graph);
    lower = rounded(graph, budget, Rounding::down, likely);
    upper = rounded(graph, budget, Rounding::up, likely);
}

/// With everything placed where it can be.
std::vector<double> SolvedFlow::likelyLevels(const FlowGraph& graph) const {
    const std::uint32_t all = static_cast<std::uint32_t>(variables.contextOf.size()) - 1;
    return FigureMaker(graph, variables).probabilities({1, variables.placesUp(all)}, FigureMaker::Coins::random);
}

void SolvedFlow::solveByBorder(const FlowGraph& graph, const AvailabilityOptions& options) {
    const auto likely = likelyLevels(graph);
    auto diagram = network.diagram(graph, bdd, variables, likely, std::min(statesWithPerfect, options.nodeBudget), 0);
    const auto isMissing = [&] { return !diagram.isBuilt || bdd.isExhausted(); };
    PerfectUp leaves(graph, variables);
    if (isMissing()) {
        leavesOutPerfect = true;
        bdd = Bdd(options.nodeBudget);
        diagram = network.diagram(graph, bdd, leaves, likely, options.nodeBudget, 0);
    }
    if (isMissing()) {
        bdd = Bdd(options.nodeBudget + statesOfBounds);
        const std::size_t states = std::min(statesOfBounds, options.nodeBudget);
        const std::size_t widest = std::max<std::size_t>(1, states / std::max<std::size_t>(1, variables.levels.size()));
        diagram = network.diagram(graph, bdd, leaves, likely, states, widest);
    }
    if (isMissing()) {
        leavesOutPerfect = false;
        bdd = Bdd(options.nodeBudget);
        return;
    }
    m_isBuilt = true;
    exact = diagram.isComplete;
    lower = BddFunction(bdd, diagram.lower);
    upper = exact ? lower : BddFunction(bdd, diagram.upper);
}

BddFunction SolvedFlow::rounded(const FlowGraph& graph, std::size_t budget, Rounding rounding,
                                const std::vector<double>& likely) {
    bdd = Bdd(std::clamp<std::size_t>(budget, 5'000, 300'000));
    const Bdd::Ref root =
        diagramOf(graph, structure, bdd, variables, rounding, likely, std::clamp<std::size_t>(budget / 64, 8, 4096));
    return BddFunction(bdd, root);
}

std::pair<double, double> SolvedFlow::bounds(const FlowGraph& graph) {
    const FigureMaker maker(graph, variables);
    const double below = maker.probability(lower, FigureMaker::Coins::random);
    if (exact) return {below, below};
    const double above = maker.probability(upper, FigureMaker::Coins::random);
    return {std::max(below, unionBound(graph)), above};
}

/// Nothing fails while every component that is asked serves, unless alternatives only lead to each
/// other: 1 − Σ P(one does not). Rough, but cheap at any size.
double SolvedFlow::unionBound(const FlowGraph& graph) {
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
    up.reserve(asks.size());
    for (const Ask& ask : asks) up.emplace_back(bdd, variables.asked(graph, ask));
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

}  // namespace loadpath
