// Traffic equations λ = λ0 + Pᵀλ over a small index graph. Knows no design.
#pragma once

#include <utility>
#include <vector>

namespace loadpath {

struct TrafficSolution {
    std::vector<double> rates;   // infinite where a cycle multiplies what enters it, and behind it
    std::vector<int> diverging;  // members of such cycles
};

/// `onward[i]` holds where i sends and how many per arrival.
TrafficSolution solveTraffic(const std::vector<std::vector<std::pair<int, double>>>& onward,
                             std::vector<double> external);

}  // namespace loadpath
