// Decision diagrams of monotone functions: reduced, ordered, one unique table. Level 0 is the root's.
// Knows nothing of designs. Past its budget it stops growing and says so; what it then returns is void.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace loadpath {

class Bdd {
public:
    using Ref = std::uint32_t;
    static constexpr Ref no = 0, yes = 1;
    static constexpr std::uint32_t terminalLevel = 0xffffffff;

    struct Node {
        std::uint32_t level;
        Ref low, high;  // the variable is false, true
    };

    explicit Bdd(std::size_t nodeBudget);

    Ref variable(std::uint32_t level) { return make(level, no, yes); }
    Ref both(Ref f, Ref g);
    Ref either(Ref f, Ref g);
    Ref atLeast(int need, std::vector<Ref> of);
    /// The node that decides `level` between two functions of deeper levels.
    Ref make(std::uint32_t level, Ref low, Ref high);

    std::uint32_t level(Ref f) const { return m_nodes[f].level; }
    const Node& node(Ref f) const { return m_nodes[f]; }
    std::size_t nodeCount() const { return m_nodes.size(); }
    std::size_t budget() const { return m_budget; }
    bool isExhausted() const { return m_isExhausted; }
    /// Work done since the diagram was made.
    std::size_t steps() const { return m_allSteps + m_steps; }
    /// Forgets everything but the given functions, which it renumbers, and is no longer exhausted.
    void keepOnly(std::span<Ref> functions);

private:
    enum Operation : std::uint32_t { conjunction, disjunction };
    struct Cached {
        Ref f = 0, g = 0, result = 0;
        std::uint32_t operation = 2;
    };

    Ref apply(Operation operation, Ref f, Ref g, int depth);
    void grow();

    std::vector<Node> m_nodes;
    std::vector<Ref> m_table;     // open addressing; 0 = free
    std::vector<Cached> m_cache;  // direct mapped
    std::size_t m_budget, m_steps = 0, m_allSteps = 0;
    bool m_isExhausted = false;
};

/// At least `need` of the functions, by dynamic programming over them. `algebra` has both, either and level.
template <class Algebra>
Bdd::Ref atLeastOf(Algebra& algebra, int need, std::vector<Bdd::Ref> of) {
    if (need <= 0) return Bdd::yes;
    if (need > static_cast<int>(of.size())) return Bdd::no;
    // Deepest first: every step then puts a small function on top of a large one.
    std::stable_sort(of.begin(), of.end(),
                     [&algebra](Bdd::Ref f, Bdd::Ref g) { return algebra.level(f) > algebra.level(g); });
    const auto wanted = static_cast<std::size_t>(need);
    std::vector<Bdd::Ref> reached(wanted + 1, Bdd::no);  // [j]: at least j of those seen
    reached[0] = Bdd::yes;
    for (std::size_t seen = 1; seen <= of.size(); ++seen) {
        // A count too small to become `need` with those still to come is of no use.
        const std::size_t ahead = of.size() - seen;
        const std::size_t least = wanted > ahead ? wanted - ahead : 1;
        for (std::size_t j = std::min(seen, wanted); j >= std::max<std::size_t>(least, 1); --j)
            reached[j] = algebra.either(algebra.both(of[seen - 1], reached[j - 1]), reached[j]);
    }
    return reached[wanted];
}

/// One function taken out of a diagram, children before parents: sweeps are loops over an array.
class BddFunction {
public:
    BddFunction() = default;
    BddFunction(const Bdd& bdd, Bdd::Ref root);

    std::span<const Bdd::Node> nodes() const { return m_nodes; }  // [0] is false, [1] is true
    Bdd::Ref root() const { return m_root; }

    /// P(f) when the variable of each level is true with its probability, independently.
    double probability(std::span<const double> byLevel) const;
    /// P(f), and ∂P/∂p of every level in `derivatives`: P(f | true) − P(f | false). One sweep up, one down.
    double probability(std::span<const double> byLevel, std::span<double> derivatives) const;

private:
    std::vector<Bdd::Node> m_nodes{{Bdd::terminalLevel, 0, 0}, {Bdd::terminalLevel, 1, 1}};
    Bdd::Ref m_root = Bdd::no;
    mutable std::vector<double> m_value, m_reached;
};

}  // namespace loadpath
