// The availability of a flow written out in series/parallel notation, where its structure allows that.
#pragma once

#include "analysis/variables.h"

#include <functional>
#include <string>
#include <vector>

namespace loadpath {

/// One component of a formula, for those who want to see how its factor came about.
struct Factor {
    Ask ask;
    Serving serving;
    double value = 1;
};

/// A formula twice, in names and in numbers, and what the numbers come to.
struct Written {
    std::string names, numbers;
    double value = 1;
    std::size_t factors = 0;
    bool isSeriesParallel = true;  // false: something is shared; the rest is void
    std::vector<Factor> used;
};

/// P(enough units of a component are up), the zones being as they are. Negative: not to be had in short.
using UpProbability = std::function<double(const Ask&)>;

/// Components in `known` are taken for up or down and appear in no formula.
Written seriesParallel(const FlowGraph& graph, const Structure& structure, const UpProbability& up,
                       const std::map<int, bool>& known = {});

/// As many digits as tell the value from 1, at most ten.
std::string formulaNumber(double value);

/// One combination of zones that matters.
struct ZoneState {
    double weight = 1;
    std::vector<char> isUp;  // by domain of the graph
    std::string name;        // "all zones up", "a down", "a and b down"
};
/// The likeliest first; one state of weight 1 where no zone of the flow can fail. Empty: too many.
std::vector<ZoneState> zoneStates(const FlowGraph& graph, const Structure& structure);
double upIn(const FlowGraph& graph, const ZoneState& state, const Ask& ask);

/// "A = lb · gw₍1 of 3₎ = 0.9999 × 0.99999 = 0.9999", with zones as a sum over their states; empty where
/// shared parts or cycles make the product of the factors wrong, or where it would be too long to read.
std::string formulaOf(const FlowGraph& graph, const Structure& structure, double availability);

}  // namespace loadpath
