#include "analysis/structural_impact.h"

#include "support/index.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace loadpath {

namespace {

/// Every level is what it is said to be, but for the calls, which stay open or are made.
class StatedLeaves : public Leaves {
public:
    StatedLeaves(const FlowGraph& graph, Variables& variables, const std::vector<double>& byLevel, bool allCalled)
        : m_graph(graph), m_variables(variables), m_byLevel(byLevel), m_allCalled(allCalled) {}

    /// The others do not serve.
    void onlyNodes(const std::vector<char>& isThere) { m_isThere = &isThere; }

    Bdd::Ref up(int node, Serving serving) override {
        const bool isGone = m_isThere && !(*m_isThere)[at(node)];
        return isGone && m_graph.nodes[at(node)].behaviour != Behaviour::client ? Bdd::no
                                                                                : stated(m_variables.up(node, serving));
    }
    Bdd::Ref upEverywhere(int node, Purpose purpose, int topic) override {
        if (m_isThere && !(*m_isThere)[at(node)]) return Bdd::no;
        return stated(m_variables.upEverywhere(node, purpose, topic));
    }
    Bdd::Ref takesOver(int primary) override { return stated(m_variables.takesOver(primary)); }
    Bdd::Ref notCalled(int coin) override { return m_allCalled ? Bdd::no : m_variables.notCalled(coin); }

private:
    Bdd::Ref stated(Bdd::Ref f) const {
        while (f > Bdd::yes) {
            const Bdd::Node& node = m_variables.diagram().node(f);
            f = m_byLevel[node.level] > 0.5 ? node.high : node.low;
        }
        return f;
    }

    const FlowGraph& m_graph;
    Variables& m_variables;
    const std::vector<double>& m_byLevel;
    bool m_allCalled;
    const std::vector<char>* m_isThere = nullptr;
};

class StructuralImpact {
public:
    StructuralImpact(const FlowGraph& graph, SolvedFlow& solved)
        : m_graph(graph), m_solved(solved), m_variables(solved.variables), m_maker(graph, solved.variables) {
        for (const Part& part : solved.structure.parts) {
            m_size += part.asks.size() + part.conditions.size();
            for (const Condition& condition : part.conditions) m_size += condition.terms.size();
        }
        // A cycle takes about as many rounds as it is long.
        m_size *= static_cast<std::size_t>(std::sqrt(static_cast<double>(solved.structure.parts.size()))) + 1;
        m_up = m_maker.certain(m_variables.placesUp(allPlaces()), -1);
        m_hasCoins = std::any_of(m_variables.levels.begin(), m_variables.levels.end(),
                                 [](const Level& level) { return level.kind == Level::Kind::coin; });
        m_usual = succeeds(m_up);
        if (m_usual >= 1) findWitness();
    }

    void add(FlowFigures& figures) {
        std::size_t unit = 0;
        for (std::size_t b = 0; b < m_variables.blocks.size(); ++b) {
            const Block& block = m_variables.blocks[b];
            std::size_t units = 0;
            for (const UnitClass& c : block.classes) units += at(c.count);
            const std::span<UnitFigures> own(figures.units.data() + unit, units);
            unit += units;
            const bool isLeftOut = m_solved.exact && m_solved.leavesOutPerfect && isPerfect(block);
            if (!isLeftOut && m_solved.exact) continue;
            const bool isFelt =
                std::find(block.needs.begin(), block.needs.end(), static_cast<int>(units)) != block.needs.end();
            const bool isUnknown = isFelt && isPerfect(block) && m_solved.leavesOutPerfect;
            if (isUnknown)
                for (UnitFigures& figure : own) figure.birnbaum.reset();
            double impact = 0;
            if (isFelt && matters(block.node)) {
                if (!affordable()) continue;
                auto p = m_up;
                for (std::size_t i = 0; i < block.needs.size(); ++i)
                    if (block.needs[i] == static_cast<int>(units)) p[block.firstLevel + i] = 0;
                impact = m_usual - succeeds(p);
            }
            for (UnitFigures& figure : own) {
                figure.impact = impact;
                // Without it nothing succeeds, whatever else is up: what it is worth is all there is.
                if (isUnknown && m_solved.exact && impact >= 1) figure.birnbaum = figures.availability;
            }
        }
        if (m_solved.exact) return;
        const auto& levels = m_variables.levels;
        const auto addLevels = [&](Level::Kind kind) {
            for (std::size_t i = 0; i < levels.size(); ++i) {
                if (levels[i].kind != kind) continue;
                auto p = m_up;
                p[i] = 0;
                if (UnitFigures& figure = figures.units[unit++]; affordable()) figure.impact = m_usual - succeeds(p);
            }
        };
        addLevels(Level::Kind::takeover);
        for (std::size_t d = 0; d < m_variables.domains.size(); ++d) {
            UnitFigures& figure = figures.units[unit++];
            if (!affordable()) continue;
            const auto p = m_maker.certain(m_variables.placesUp(allPlaces() & ~(1u << d)), -1);
            figure.impact = m_usual - succeeds(p);
        }
        addLevels(Level::Kind::domain);
    }

private:
    std::uint32_t allPlaces() const { return static_cast<std::uint32_t>(m_variables.contextOf.size()) - 1; }
    bool isPerfect(const Block& block) const {
        const Node& node = m_graph.nodes[at(block.node)];
        return node.availability >= 1 && (node.zones.empty() || (node.managed && !node.zonal));
    }
    bool affordable() const { return m_work <= mostWork; }

    /// P(a request succeeds) when all but the calls is certain.
    double succeeds(const std::vector<double>& byLevel) {
        if (evaluated(byLevel, true, nullptr) == Bdd::yes) return 1;
        if (!m_hasCoins) return 0;
        const Bdd::Ref root = evaluated(byLevel, false, nullptr);
        return BddFunction(m_solved.bdd, root).probability(byLevel);
    }

    Bdd::Ref evaluated(const std::vector<double>& byLevel, bool allCalled, const std::vector<char>* only) {
        m_work += m_size;
        if (m_solved.bdd.nodeCount() > m_solved.bdd.budget() / 2 || m_solved.bdd.isExhausted() || m_work == m_size)
            m_solved.bdd = Bdd(1'000'000);
        StatedLeaves leaves(m_graph, m_variables, byLevel, allCalled);
        if (only) leaves.onlyNodes(*only);
        return diagramOf(m_graph, m_solved.structure, m_solved.bdd, leaves);
    }

    /// Components that suffice, found along the shortest ways to an end: those besides them have no impact.
    void findWitness() {
        const auto& parts = m_solved.structure.parts;
        constexpr int never = std::numeric_limits<int>::max() / 2;
        std::vector<int> length(parts.size(), never);
        const auto lengthOf = [&](const Term& term) { return term.part < 0 ? 0 : length[at(term.part)]; };
        const auto shortest = [&](const Condition& condition) {
            std::vector<const Term*> terms;
            for (const Term& term : condition.terms) terms.push_back(&term);
            if (!condition.isGroup) return terms;
            std::stable_sort(terms.begin(), terms.end(),
                             [&](const Term* a, const Term* b) { return lengthOf(*a) < lengthOf(*b); });
            terms.resize(std::min(terms.size(), at(std::max(condition.need, 0))));
            return terms;
        };
        for (bool isChanged = true; isChanged;) {
            isChanged = false;
            for (std::size_t i = parts.size(); i-- > 0;) {
                int now = 1;
                for (const Condition& condition : parts[i].conditions)
                    if (condition.isGroup)
                        for (const Term* term : shortest(condition)) now = std::max(now, lengthOf(*term) + 1);
                m_work += parts[i].conditions.size();
                if (now >= length[i]) continue;
                length[i] = now;
                isChanged = true;
            }
        }
        m_isWitness.assign(m_graph.nodes.size(), 0);
        std::vector<char> isSeen(parts.size(), 0);
        std::vector<int> open{0};
        isSeen[0] = 1;
        while (!open.empty()) {
            const Part& part = parts[at(open.back())];
            open.pop_back();
            for (const Ask& ask : part.asks) m_isWitness[at(ask.node)] = 1;
            for (const Condition& condition : part.conditions)
                for (const Term* term : shortest(condition)) {
                    m_isWitness[at(term->ask.node)] = 1;
                    if (term->part < 0 || isSeen[at(term->part)]) continue;
                    isSeen[at(term->part)] = 1;
                    open.push_back(term->part);
                }
        }
        if (evaluated(m_up, true, &m_isWitness) != Bdd::yes) m_isWitness.clear();
    }
    bool matters(int node) const { return m_isWitness.empty() || m_isWitness[at(node)]; }

    static constexpr std::size_t mostWork = 20'000'000;  // terms looked at; past it the diagram of bounds has to do

    const FlowGraph& m_graph;
    SolvedFlow& m_solved;
    Variables& m_variables;
    FigureMaker m_maker;
    std::vector<double> m_up;
    std::vector<char> m_isWitness;  // by node; empty: any of them may matter
    double m_usual = 1;
    bool m_hasCoins = false;
    std::size_t m_size = 0, m_work = 0;
};

}  // namespace

void addStructuralImpact(const FlowGraph& graph, SolvedFlow& solved, FlowFigures& figures) {
    if (solved.exact && !solved.leavesOutPerfect) return;
    StructuralImpact(graph, solved).add(figures);
}

}  // namespace loadpath
