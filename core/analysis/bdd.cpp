#include "analysis/bdd.h"

#include <algorithm>

namespace loadpath {

namespace {

constexpr int deepest = 12'000;  // frames; a deeper diagram counts as too large
constexpr std::size_t stepsPerNode = 10;

std::size_t mix(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
    std::uint64_t h =
        a * 0x9e3779b97f4a7c15ull ^ (b + 0x7f4a7c15) * 0xbf58476d1ce4e5b9ull ^ (c + 0x1ce4e5b9) * 0x94d049bb133111ebull;
    h ^= h >> 29;
    h *= 0xbf58476d1ce4e5b9ull;
    return static_cast<std::size_t>(h ^ (h >> 32));
}

}  // namespace

Bdd::Bdd(std::size_t nodeBudget)
    : m_nodes{{terminalLevel, no, no}, {terminalLevel, yes, yes}}, m_table(1024), m_cache(1024), m_budget(nodeBudget) {}

Bdd::Ref Bdd::make(std::uint32_t level, Ref low, Ref high) {
    if (low == high) return low;
    std::size_t slot = mix(level, low, high) & (m_table.size() - 1);
    while (const Ref found = m_table[slot]) {
        const Node& n = m_nodes[found];
        if (n.level == level && n.low == low && n.high == high) return found;
        slot = (slot + 1) & (m_table.size() - 1);
    }
    if (m_nodes.size() >= m_budget) {
        m_isExhausted = true;
        return no;
    }
    const Ref made = static_cast<Ref>(m_nodes.size());
    m_nodes.push_back({level, low, high});
    m_table[slot] = made;
    if (m_nodes.size() * 2 > m_table.size()) grow();
    return made;
}

void Bdd::grow() {
    std::vector<Ref> table(m_table.size() * 2);
    for (std::size_t i = 2; i < m_nodes.size(); ++i) {
        const Node& n = m_nodes[i];
        std::size_t slot = mix(n.level, n.low, n.high) & (table.size() - 1);
        while (table[slot]) slot = (slot + 1) & (table.size() - 1);
        table[slot] = static_cast<Ref>(i);
    }
    m_table.swap(table);
    // What the small cache knew is soon known again.
    if (m_cache.size() < (std::size_t{1} << 18) && m_cache.size() < m_table.size()) m_cache.assign(m_table.size(), {});
}

Bdd::Ref Bdd::both(Ref f, Ref g) { return apply(conjunction, f, g, 0); }
Bdd::Ref Bdd::either(Ref f, Ref g) { return apply(disjunction, f, g, 0); }

Bdd::Ref Bdd::apply(Operation operation, Ref f, Ref g, int depth) {
    const Ref neutral = operation == conjunction ? yes : no;
    const Ref absorbing = operation == conjunction ? no : yes;
    if (f == g || g == neutral) return f;
    if (f == neutral) return g;
    if (f == absorbing || g == absorbing) return absorbing;
    if (m_isExhausted) return no;
    if (depth > deepest || ++m_steps > m_budget * stepsPerNode) {
        m_isExhausted = true;
        return no;
    }
    if (f > g) std::swap(f, g);
    const std::size_t slot = mix(f, g, operation) & (m_cache.size() - 1);
    if (const Cached& c = m_cache[slot]; c.f == f && c.g == g && c.operation == operation) return c.result;
    const Node a = m_nodes[f], b = m_nodes[g];
    const std::uint32_t top = std::min(a.level, b.level);
    const Ref high = apply(operation, a.level == top ? a.high : f, b.level == top ? b.high : g, depth + 1);
    const Ref low = apply(operation, a.level == top ? a.low : f, b.level == top ? b.low : g, depth + 1);
    const Ref result = make(top, low, high);
    if (!m_isExhausted) m_cache[mix(f, g, operation) & (m_cache.size() - 1)] = {f, g, result, operation};
    return result;
}

Bdd::Ref Bdd::atLeast(int need, std::vector<Ref> of) { return atLeastOf(*this, need, std::move(of)); }

void Bdd::keepOnly(std::span<Ref> functions) {
    std::vector<Ref> renumbered(m_nodes.size(), 0), stack(functions.begin(), functions.end());
    while (!stack.empty()) {
        const Ref f = stack.back();
        stack.pop_back();
        if (f <= yes || renumbered[f]) continue;
        renumbered[f] = 1;
        stack.push_back(m_nodes[f].low);
        stack.push_back(m_nodes[f].high);
    }
    renumbered[yes] = yes;
    std::vector<Node> kept{m_nodes[no], m_nodes[yes]};
    for (std::size_t i = 2; i < m_nodes.size(); ++i) {
        if (!renumbered[i]) continue;
        renumbered[i] = static_cast<Ref>(kept.size());
        kept.push_back({m_nodes[i].level, renumbered[m_nodes[i].low], renumbered[m_nodes[i].high]});
    }
    for (Ref& f : functions) f = renumbered[f];
    m_nodes = std::move(kept);
    m_table.assign(1024, 0);
    while (m_table.size() < m_nodes.size() * 2 + 2) m_table.resize(m_table.size() * 2);
    m_table.resize(m_table.size() / 2);
    grow();
    m_cache.assign(m_cache.size(), {});
    m_allSteps += m_steps;
    m_steps = 0;
    m_isExhausted = false;
}

BddFunction::BddFunction(const Bdd& bdd, Bdd::Ref root) {
    // Children have smaller numbers than parents, so ascending numbers are an order for sweeping.
    std::vector<char> seen(root + 1, 0);
    std::vector<Bdd::Ref> reached, stack{root};
    while (!stack.empty()) {
        const Bdd::Ref f = stack.back();
        stack.pop_back();
        if (f <= Bdd::yes || seen[f]) continue;
        seen[f] = 1;
        reached.push_back(f);
        stack.push_back(bdd.node(f).low);
        stack.push_back(bdd.node(f).high);
    }
    std::sort(reached.begin(), reached.end());
    const auto renumbered = [&reached](Bdd::Ref f) {
        if (f <= Bdd::yes) return f;
        return static_cast<Bdd::Ref>(std::lower_bound(reached.begin(), reached.end(), f) - reached.begin() + 2);
    };
    m_nodes.reserve(reached.size() + 2);
    for (const Bdd::Ref f : reached) {
        const Bdd::Node& n = bdd.node(f);
        m_nodes.push_back({n.level, renumbered(n.low), renumbered(n.high)});
    }
    m_root = renumbered(root);
}

double BddFunction::probability(std::span<const double> byLevel) const {
    m_value.resize(m_nodes.size());
    m_value[0] = 0;
    m_value[1] = 1;
    for (std::size_t i = 2; i < m_nodes.size(); ++i) {
        const Bdd::Node& n = m_nodes[i];
        const double low = m_value[n.low];
        m_value[i] = low + byLevel[n.level] * (m_value[n.high] - low);
    }
    return m_value[m_root];
}

double BddFunction::probability(std::span<const double> byLevel, std::span<double> derivatives) const {
    const double result = probability(byLevel);
    std::fill(derivatives.begin(), derivatives.end(), 0.0);
    m_reached.assign(m_nodes.size(), 0.0);
    m_reached[m_root] = 1;
    for (std::size_t i = m_nodes.size(); i-- > 2;) {
        const double mass = m_reached[i];
        if (mass == 0) continue;
        const Bdd::Node& n = m_nodes[i];
        const double p = byLevel[n.level];
        derivatives[n.level] += mass * (m_value[n.high] - m_value[n.low]);
        m_reached[n.high] += mass * p;
        m_reached[n.low] += mass * (1 - p);
    }
    return result;
}

}  // namespace loadpath
