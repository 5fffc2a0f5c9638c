// Numbers of one flow from its diagram: probability, importance, impact, cut sets. Sweeps over the
// diagram once per combination of zones, never once per unit.
#pragma once

#include "analysis/availability.h"
#include "analysis/variables.h"

namespace loadpath {

struct FlowFigures {
    double availability = 1, strict = 1;
    std::vector<UnitFigures> units;  // class by class as Block::classes number them, then windows, then zones
    std::vector<int> unitOrder;      // number of the unit in its component
};

class FigureMaker {
public:
    FigureMaker(const FlowGraph& graph, const Variables& variables) : m_graph(graph), m_variables(variables) {}

    /// Probability of each level in a context; coins at their own probability, or always called.
    enum class Coins { random, called };
    std::vector<double> probabilities(const Context& context, Coins coins) const;
    double probability(const BddFunction& function, Coins coins) const;
    /// Availability and the Birnbaum importance of every unit.
    FlowFigures figures(const BddFunction& function) const;
    /// P(fails | down, else up) − P(fails | all up) into the units.
    void addImpact(const BddFunction& function, FlowFigures& figures) const;
    struct CutSets {
        std::vector<std::vector<int>> sets;  // indices into FlowFigures::units, smallest first
        int completeTo = 0;                  // every minimal set up to this order is there
    };
    /// Minimal cut sets up to an order, or to a smaller one where there are too many.
    CutSets cutSets(const BddFunction& function, int order) const;

    /// Everything up but the places that are not, coins random; each level 0 or 1 but for those.
    std::vector<double> certain(const std::vector<char>& isPlaceUp, int downDomain) const;

private:
    struct Profile;
    Profile profileOf(const Block& block, const Context& context) const;
    void listUnits(FlowFigures& figures) const;
    bool cutSetsOf(const BddFunction& function, int order, std::vector<std::vector<int>>& minimal) const;
    std::vector<int> costs(const std::vector<char>& isPlaceUp) const;

    const FlowGraph& m_graph;
    const Variables& m_variables;
};

}  // namespace loadpath
