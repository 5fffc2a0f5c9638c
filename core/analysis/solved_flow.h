// One flow, or several that must all succeed, turned into a decision diagram: exact within the budget,
// else a function on each side of the true one. The common ground of figures, improvements and derivations.
#pragma once

#include "analysis/flow_figures.h"
#include "analysis/frontier.h"

namespace loadpath {

struct SolvedFlow {
    AlternativesNetwork network;
    Structure structure;
    Bdd bdd;
    Variables variables;
    BddFunction lower, upper;  // the same where exact
    bool exact = true;
    bool leavesOutPerfect = false;  // components that cannot fail have no variable in the diagram

    SolvedFlow(const FlowGraph& graph, Structure of, const AvailabilityOptions& options);

    /// Where exact the value twice; else the best bounds there are.
    std::pair<double, double> bounds(const FlowGraph& graph);

private:
    std::vector<double> likelyLevels(const FlowGraph& graph) const;
    void solveByBorder(const FlowGraph& graph, const AvailabilityOptions& options);
    BddFunction rounded(const FlowGraph& graph, std::size_t budget, Rounding rounding,
                        const std::vector<double>& likely);
    double unionBound(const FlowGraph& graph);
    bool m_isBuilt = false;
};

}  // namespace loadpath
