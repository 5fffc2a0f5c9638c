#include "analysis/components.h"
#include "analysis/structure.h"
#include "support/index.h"

#include <algorithm>

namespace loadpath {

namespace {

using Ref = Bdd::Ref;

/// Conjunction and disjunction, of which the rounded ones keep their results small.
class Algebra {
public:
    Algebra(Bdd& bdd, Rounding rounding, std::span<const double> likely)
        : m_bdd(bdd), m_rounding(rounding), m_likely(likely) {}

    Ref both(Ref f, Ref g) { return rounded(m_bdd.both(f, g)); }
    Ref either(Ref f, Ref g) { return rounded(m_bdd.either(f, g)); }
    std::uint32_t level(Ref f) const { return m_bdd.level(f); }

    bool rounds() const { return m_rounding != Rounding::none; }
    bool isExhausted() const { return m_bdd.isExhausted(); }
    Ref givenUp() const { return m_rounding == Rounding::up ? Bdd::yes : Bdd::no; }
    void setSize(std::size_t nodes) { m_size = nodes; }
    std::size_t work() const { return m_work; }

private:
    Ref rounded(Ref f) {
        if (!rounds() || m_bdd.isExhausted() || f <= Bdd::yes) return f;
        // Looking costs as much as the function is large; few new nodes cannot have made it so.
        m_checkedAt = std::min(m_checkedAt, m_bdd.nodeCount());
        if (m_bdd.nodeCount() < m_checkedAt + m_size / 2) return f;
        m_checkedAt = m_bdd.nodeCount();
        const BddFunction function(m_bdd, f);
        m_work += function.nodes().size() * 4 + m_bdd.nodeCount() / 16;
        const auto nodes = function.nodes();
        if (nodes.size() <= m_size + 2) return f;
        // A node weighs what giving it up may cost: the probability that it is reached and decides otherwise.
        std::vector<double> value(nodes.size()), reached(nodes.size(), 0.0), weight(nodes.size(), 0.0);
        value[1] = 1;
        for (std::size_t i = 2; i < nodes.size(); ++i) {
            const double p = m_likely[nodes[i].level];
            value[i] = value[nodes[i].low] + p * (value[nodes[i].high] - value[nodes[i].low]);
        }
        reached[function.root()] = 1;
        for (std::size_t i = nodes.size(); i-- > 2;) {
            const double p = m_likely[nodes[i].level];
            reached[nodes[i].high] += reached[i] * p;
            reached[nodes[i].low] += reached[i] * (1 - p);
            weight[i] = reached[i] * (m_rounding == Rounding::down ? value[i] : 1 - value[i]);
        }
        std::vector<std::size_t> heaviest;
        for (std::size_t i = 2; i < nodes.size(); ++i) heaviest.push_back(i);
        std::nth_element(
            heaviest.begin(), heaviest.begin() + static_cast<std::ptrdiff_t>(m_size), heaviest.end(),
            [&weight](std::size_t a, std::size_t b) { return weight[a] != weight[b] ? weight[a] > weight[b] : a > b; });
        std::vector<Ref> now(nodes.size(), givenUp());
        now[0] = Bdd::no;
        now[1] = Bdd::yes;
        heaviest.resize(m_size);
        std::sort(heaviest.begin(), heaviest.end());
        for (const std::size_t i : heaviest) now[i] = m_bdd.make(nodes[i].level, now[nodes[i].low], now[nodes[i].high]);
        return now[function.root()];
    }

    Bdd& m_bdd;
    Rounding m_rounding;
    std::span<const double> m_likely;
    std::size_t m_size = 4096, m_checkedAt = 0, m_work = 0;
};

class Evaluation {
public:
    Evaluation(const FlowGraph& graph, const Structure& structure, Bdd& bdd, Leaves& leaves, Rounding rounding,
               std::span<const double> likely, std::size_t size)
        : m_graph(graph),
          m_structure(structure),
          m_bdd(bdd),
          m_leaves(leaves),
          m_algebra(bdd, rounding, likely),
          m_size(size),
          m_values(structure.parts.size(), Bdd::no),
          m_within(structure.parts.size(), Bdd::no),
          m_componentOf(structure.parts.size(), -1) {}

    Ref run() {
        std::vector<std::vector<int>> behind(m_structure.parts.size());
        for (std::size_t i = 0; i < behind.size(); ++i)
            for (const Condition& condition : m_structure.parts[i].conditions)
                for (const Term& term : condition.terms)
                    if (term.part >= 0) behind[i].push_back(term.part);
        const auto components = stronglyConnected(behind);
        for (std::size_t c = 0; c < components.size(); ++c)
            for (const int part : components[c]) m_componentOf[at(part)] = static_cast<int>(c);
        for (std::size_t c = 0; c < components.size(); ++c) {
            const auto& members = components[c];
            const auto& own = behind[at(members.front())];
            const bool isCycle = members.size() > 1 || std::find(own.begin(), own.end(), members.front()) != own.end();
            m_component = static_cast<int>(c);
            if (isCycle)
                solveCycle(members);
            else
                m_values[at(members.front())] = valueOf(members.front());
            if (!m_algebra.rounds() && m_bdd.isExhausted()) return Bdd::no;
        }
        return m_values[0];
    }

private:
    /// μY.νX of one component: m_values holds Y, m_within X. As many rounds as members reach the fixed
    /// point for every assignment, so rounded results stay on their side after that many.
    void solveCycle(const std::vector<int>& members) {
        bool hasRequired = false;
        for (const int part : members)
            for (const Condition& condition : m_structure.parts[at(part)].conditions)
                for (const Term& term : condition.terms)
                    hasRequired |= !condition.isGroup && term.part >= 0 && m_componentOf[at(term.part)] == m_component;
        for (const int part : members) m_values[at(part)] = Bdd::no;
        for (std::size_t round = 0; round <= members.size(); ++round) {
            if (!hasRequired) {
                if (!update(members, m_values)) return;
            } else {
                for (const int part : members) m_within[at(part)] = Bdd::yes;
                for (std::size_t inner = 0; inner <= members.size(); ++inner)
                    if (!update(members, m_within)) break;
                bool changed = false;
                for (const int part : members) {
                    changed |= m_values[at(part)] != m_within[at(part)];
                    m_values[at(part)] = m_within[at(part)];
                }
                if (!changed) return;
            }
            if (!m_algebra.rounds() && m_bdd.isExhausted()) return;
        }
    }

    bool update(const std::vector<int>& members, std::vector<Ref>& values) {
        bool changed = false;
        for (const int part : members) {
            const Ref before = values[at(part)];
            const std::size_t collected = m_collections;
            const Ref now = valueOf(part);
            changed |= collected != m_collections || now != before;
            values[at(part)] = now;
        }
        return changed;
    }

    /// One part from the values of the others. Rounded and out of room, it is tried again smaller.
    Ref valueOf(int part) {
        if (!m_algebra.rounds()) return computed(part);
        std::size_t size = m_size;
        for (int attempt = 0; attempt < 3; ++attempt, size = std::max<std::size_t>(size / 8, 8)) {
            const std::size_t work = m_bdd.steps() + m_algebra.work() + m_collections * m_bdd.budget() / 2;
            if (work > mostWork) break;
            m_algebra.setSize(work > mostWork / 2 ? std::min<std::size_t>(size, 32) : size);
            if (m_bdd.nodeCount() > m_bdd.budget() / 2) collect();
            const Ref value = computed(part);
            if (!m_bdd.isExhausted()) return value;
            collect();
        }
        return m_algebra.givenUp();
    }

    void collect() {
        m_asked.clear();
        ++m_collections;
        std::vector<Ref> kept(m_values);
        kept.insert(kept.end(), m_within.begin(), m_within.end());
        m_bdd.keepOnly(kept);
        const auto middle = kept.begin() + static_cast<std::ptrdiff_t>(m_values.size());
        std::copy(kept.begin(), middle, m_values.begin());
        std::copy(middle, kept.end(), m_within.begin());
    }

    Ref computed(int index) {
        const Part& part = m_structure.parts[at(index)];
        std::vector<Ref> factors;
        factors.reserve(part.asks.size() + part.conditions.size());
        for (const Ask& ask : part.asks) factors.push_back(serving(ask));
        for (const Condition& condition : part.conditions) {
            std::vector<Ref> terms;
            for (const Term& term : condition.terms) terms.push_back(valueOf(term, condition.isGroup));
            factors.push_back(atLeastOf(m_algebra, condition.need, std::move(terms)));
        }
        std::stable_sort(factors.begin(), factors.end(),
                         [this](Ref f, Ref g) { return m_bdd.level(f) > m_bdd.level(g); });
        Ref all = Bdd::yes;
        for (const Ref f : factors) all = m_algebra.both(f, all);
        return all;
    }

    Ref valueOf(const Term& term, bool isAlternative) {
        Ref works = serving(term.ask);
        if (term.part >= 0) {
            const bool isInside = !isAlternative && m_componentOf[at(term.part)] == m_component;
            works = m_algebra.both(works, (isInside ? m_within : m_values)[at(term.part)]);
        }
        if (term.coin < 0) return works;
        Ref skipped = m_leaves.notCalled(term.coin);
        if (term.missOf >= 0)
            skipped =
                m_algebra.both(skipped, m_leaves.up(term.missOf, m_graph.servingOf(term.missOf, Purpose::read, 0)));
        return m_algebra.either(skipped, works);
    }

    Ref serving(const Ask& ask) {
        if (const auto it = m_asked.find(ask); it != m_asked.end()) return it->second;
        Ref value = m_leaves.asked(m_graph, ask);
        const auto& standbys = m_graph.nodes[at(ask.node)].standbys;
        if (!standbys.empty()) {
            const Ref takes = m_leaves.takesOver(ask.node);
            for (const Standby& standby : standbys) {
                const Ref up = m_leaves.asked(m_graph, {standby.node, ask.purpose, 0, ask.scatter});
                value = m_algebra.either(value, m_algebra.both(takes, up));
            }
        }
        m_asked.emplace(ask, value);
        return value;
    }

    static constexpr std::size_t mostWork = 12'000'000;

    const FlowGraph& m_graph;
    const Structure& m_structure;
    Bdd& m_bdd;
    Leaves& m_leaves;
    Algebra m_algebra;
    std::size_t m_size;
    std::vector<Ref> m_values, m_within;  // by part
    std::vector<int> m_componentOf;
    std::map<Ask, Ref> m_asked;
    std::size_t m_collections = 0;
    int m_component = -1;
};

}  // namespace

Bdd::Ref diagramOf(const FlowGraph& graph, const Structure& structure, Bdd& bdd, Leaves& leaves, Rounding rounding,
                   std::span<const double> likely, std::size_t size) {
    return Evaluation(graph, structure, bdd, leaves, rounding, likely, size).run();
}

}  // namespace loadpath
