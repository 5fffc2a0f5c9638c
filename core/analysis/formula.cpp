#include "analysis/formula.h"

#include "analysis/binomial.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace loadpath {

namespace {

constexpr std::size_t mostFactors = 24;
std::size_t at(int index) { return static_cast<std::size_t>(index); }

/// A part of the formula twice: in names and in numbers.
struct Written {
    std::string names, numbers;
    double value = 1;
};

/// As many digits as tell the value from 1, at most ten.
std::string number(double value) {
    const int nines = value < 1 ? static_cast<int>(std::floor(-std::log10(1 - value))) : 0;
    char text[32];
    const auto end =
        std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, std::clamp(nines + 4, 4, 10)).ptr;
    std::string result(text, end);
    while (result.size() > 1 && result.back() == '0') result.pop_back();
    if (result.back() == '.') result.pop_back();
    return result;
}

class Writer {
public:
    Writer(const FlowGraph& graph, const Structure& structure) : m_graph(graph), m_structure(structure) {}

    std::string write(double availability) {
        const Written whole = part(0);
        // The last word has the exact value: a product that differs from it is not the formula.
        if (!m_isSeriesParallel || m_factors < 1 || std::abs(whole.value - availability) > 1e-12) return {};
        std::string text = "A = " + whole.names;
        if (m_factors > 1 || whole.numbers != number(availability)) text += " = " + whole.numbers;
        return m_factors > 1 ? text + " = " + number(availability) : text;
    }

private:
    static constexpr const char* times = " × ";

    Written fail() {
        m_isSeriesParallel = false;
        return {};
    }

    Written component(const Ask& ask) {
        const Node& node = m_graph.nodes[at(ask.node)];
        Written own;
        if (node.behaviour == Behaviour::client) return own;
        if (!m_used.insert(ask.node).second || ++m_factors > mostFactors) return fail();
        const Serving serving = m_graph.servingOf(ask.node, ask.purpose, ask.topic);
        const bool isOne = node.managed || serving.units == 1;
        own.value = isOne ? node.availability : binomialTail(serving.units, serving.need, node.availability);
        own.names = node.id.value;
        own.numbers = number(own.value);
        if (!isOne) own.names += "₍" + std::to_string(serving.need) + " of " + std::to_string(serving.units) + "₎";
        if (node.standbys.empty()) return own;
        if (node.standbys.size() > 1) return fail();
        const Standby& standby = node.standbys.front();
        const Written other = component({standby.node, ask.purpose, 0});
        const double takes = 1 - standby.windowShare;
        own.names = "(1 − (1 − " + own.names + ")·(1 − " + other.names + "·takeover))";
        own.numbers = "(1 − (1 − " + own.numbers + ")·(1 − " + other.numbers + " × " + number(takes) + "))";
        own.value = 1 - (1 - own.value) * (1 - other.value * takes);
        return own;
    }

    static void append(Written& product, const Written& factor) {
        if (factor.names.empty()) return;
        product.names += (product.names.empty() ? "" : " · ") + factor.names;
        product.numbers += (product.numbers.empty() ? "" : times) + factor.numbers;
        product.value *= factor.value;
    }

    Written term(const Term& term) {
        Written inner = component(term.ask);
        if (term.part >= 0) append(inner, part(term.part));
        if (term.coin < 0) return inner;
        if (!m_usedCoins.insert(term.coin).second) return fail();
        double skipped = 1 - m_graph.coins[at(term.coin)].probability;
        std::string names = "(1 − p)", numbers = number(skipped);
        const std::string called = number(1 - skipped);
        if (term.missOf >= 0) {
            const Written cache = component({term.missOf, Purpose::read, 0});
            names = "hit·" + cache.names;
            numbers += " × " + cache.numbers;
            skipped *= cache.value;
        }
        // Skipped, or not skipped and working.
        Written whole;
        whole.names = "(1 − (1 − " + names + ")·(1 − " + inner.names + "))";
        whole.numbers = "(1 − (1 − " + numbers + ")·(1 − " + inner.numbers + "))";
        whole.value = 1 - (1 - skipped) * (1 - inner.value);
        return whole;
    }

    Written alternatives(const Condition& condition) {
        if (condition.terms.size() == 1 && condition.need == 1) return term(condition.terms.front());
        if (condition.need != 1) return fail();
        Written whole;
        double down = 1;
        for (const Term& each : condition.terms) {
            const Written one = term(each);
            whole.names += (whole.names.empty() ? "(1 − (1 − " : "·(1 − ") + one.names + ")";
            whole.numbers += (whole.numbers.empty() ? "(1 − (1 − " : "·(1 − ") + one.numbers + ")";
            down *= 1 - one.value;
        }
        whole.names += ")";
        whole.numbers += ")";
        whole.value = 1 - down;
        return whole;
    }

    Written part(int index) {
        Written product;
        if (!m_isSeriesParallel || !m_usedParts.insert(index).second) return fail();
        const Part& part = m_structure.parts[at(index)];
        std::vector<Ask> asks = part.asks;
        std::stable_sort(asks.begin(), asks.end(),
                         [this](const Ask& a, const Ask& b) { return place(a.node) < place(b.node); });
        for (const Ask& ask : asks)
            if (m_isSeriesParallel) append(product, component(ask));
        for (const Condition& condition : part.conditions)
            if (m_isSeriesParallel) append(product, alternatives(condition));
        return product;
    }

    /// Where the flow comes by first.
    std::size_t place(int node) {
        if (m_places.empty())
            for (std::size_t i = 0; i < m_structure.atoms.size(); ++i)
                if (m_structure.atoms[i].kind == Atom::Kind::component) m_places.emplace(m_structure.atoms[i].index, i);
        const auto it = m_places.find(node);
        return it == m_places.end() ? 0 : it->second;
    }

    const FlowGraph& m_graph;
    const Structure& m_structure;
    std::set<int> m_used, m_usedCoins, m_usedParts;
    std::map<int, std::size_t> m_places;
    std::size_t m_factors = 0;
    bool m_isSeriesParallel = true;
};

}  // namespace

std::string formulaOf(const FlowGraph& graph, const Structure& structure, double availability) {
    // A zone shared by several factors, or by the units of one, cannot be written as a product.
    if (structure.atoms.size() > 4 * mostFactors) return {};
    for (const int domain : Variables::domainsOf(graph, structure))
        if (graph.domains[at(domain)].availability < 1) return {};
    return Writer(graph, structure).write(availability);
}

}  // namespace loadpath
