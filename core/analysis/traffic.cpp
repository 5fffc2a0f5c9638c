#include "analysis/traffic.h"

#include "analysis/components.h"
#include "support/index.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace loadpath {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::size_t largestDense = 300;
using Matrix = std::vector<std::vector<double>>;

/// Solves (I − Pᵀ) x = right by elimination; empty when singular.
std::vector<double> eliminated(Matrix m, std::vector<double> right) {
    const std::size_t n = right.size();
    for (std::size_t c = 0; c < n; ++c) {
        std::size_t pivot = c;
        for (std::size_t r = c + 1; r < n; ++r)
            if (std::abs(m[r][c]) > std::abs(m[pivot][c])) pivot = r;
        if (std::abs(m[pivot][c]) < 1e-300) return {};
        std::swap(m[c], m[pivot]);
        std::swap(right[c], right[pivot]);
        for (std::size_t r = c + 1; r < n; ++r) {
            const double factor = m[r][c] / m[c][c];
            if (factor == 0) continue;
            for (std::size_t k = c; k < n; ++k) m[r][k] -= factor * m[c][k];
            right[r] -= factor * right[c];
        }
    }
    for (std::size_t c = n; c-- > 0;) {
        for (std::size_t k = c + 1; k < n; ++k) right[c] -= m[c][k] * right[k];
        right[c] /= m[c][c];
    }
    return right;
}

/// A non-negative cycle converges exactly when (I − Pᵀ) x = 1 has a positive solution.
std::vector<double> solvedDense(const Matrix& m, const std::vector<double>& inflow) {
    const auto test = eliminated(m, std::vector<double>(inflow.size(), 1.0));
    const bool converges =
        !test.empty() && std::all_of(test.begin(), test.end(), [](double x) { return x > 0 && x < 1e15; });
    return converges ? eliminated(m, inflow) : std::vector<double>(inflow.size(), infinite);
}

/// Large cycles: Gauss–Seidel from below.
std::vector<double> solvedSparse(const std::vector<std::vector<std::pair<int, double>>>& incoming,
                                 const std::vector<double>& inflow) {
    std::vector<double> x = inflow;
    for (int round = 0; round < 20'000; ++round) {
        double change = 0, largest = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            double sum = inflow[i];
            for (const auto& [from, weight] : incoming[i]) sum += weight * x[at(from)];
            change = std::max(change, std::abs(sum - x[i]));
            largest = std::max(largest, sum);
            x[i] = sum;
        }
        if (change <= 1e-14 * largest) return x;
        if (!(largest < 1e300)) break;
    }
    return std::vector<double>(inflow.size(), infinite);
}

}  // namespace

TrafficSolution solveTraffic(const std::vector<std::vector<std::pair<int, double>>>& onward,
                             std::vector<double> external) {
    TrafficSolution solution;
    solution.rates = std::move(external);
    auto& rates = solution.rates;
    std::vector<std::vector<int>> successors(onward.size());
    for (std::size_t i = 0; i < onward.size(); ++i)
        for (const auto& [to, weight] : onward[i])
            if (weight > 0) successors[i].push_back(to);
    const auto components = stronglyConnected(successors);
    std::vector<int> position(onward.size(), -1);  // in the component being solved
    for (auto component = components.rbegin(); component != components.rend(); ++component) {
        const std::size_t n = component->size();
        for (std::size_t i = 0; i < n; ++i) position[at((*component)[i])] = static_cast<int>(i);
        std::vector<double> inflow;
        bool hasInflow = false, isInfinite = false, hasCycle = n > 1;
        std::vector<std::vector<std::pair<int, double>>> incoming(n);
        for (const int member : *component) {
            inflow.push_back(rates[at(member)]);
            hasInflow |= inflow.back() > 0;
            isInfinite |= std::isinf(inflow.back());
            for (const auto& [to, weight] : onward[at(member)])
                if (weight > 0 && position[at(to)] >= 0) {
                    incoming[at(position[at(to)])].emplace_back(position[at(member)], weight);
                    hasCycle = true;
                }
        }
        if (hasCycle && isInfinite) {
            std::fill(inflow.begin(), inflow.end(), infinite);
        } else if (hasCycle && hasInflow) {
            if (n <= largestDense) {
                Matrix m(n, std::vector<double>(n, 0.0));
                for (std::size_t i = 0; i < n; ++i) {
                    m[i][i] += 1;
                    for (const auto& [from, weight] : incoming[i]) m[i][at(from)] -= weight;
                }
                inflow = solvedDense(m, inflow);
            } else {
                inflow = solvedSparse(incoming, inflow);
            }
            if (std::isinf(inflow.front()))
                solution.diverging.insert(solution.diverging.end(), component->begin(), component->end());
        }
        for (std::size_t i = 0; i < n; ++i) {
            const int member = (*component)[i];
            rates[at(member)] = inflow[i];
            if (inflow[i] <= 0) continue;
            for (const auto& [to, weight] : onward[at(member)])
                if (weight > 0 && position[at(to)] < 0) rates[at(to)] += weight * inflow[i];
        }
        for (const int member : *component) position[at(member)] = -1;
    }
    std::sort(solution.diverging.begin(), solution.diverging.end());
    return solution;
}

}  // namespace loadpath
