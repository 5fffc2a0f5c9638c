#include "analysis/formula.h"

#include "analysis/binomial.h"
#include "analysis/partitions.h"
#include "support/index.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace loadpath {

namespace {

constexpr std::size_t mostFactors = 24, mostZones = 5, mostTerms = 4;
constexpr int mostUnitsWritten = 64;
constexpr const char* timesSign = " × ";
}  // namespace

std::string formulaNumber(double value) {
    const int nines = value < 1 ? static_cast<int>(std::floor(-std::log10(1 - value))) : 0;
    char text[32];
    const auto end =
        std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, std::clamp(nines + 4, 4, 10)).ptr;
    std::string result(text, end);
    while (result.size() > 1 && result.back() == '0') result.pop_back();
    if (result.back() == '.') result.pop_back();
    return result;
}

namespace {

std::string number(double value) { return formulaNumber(value); }

class Writer {
public:
    Writer(const FlowGraph& graph, const Structure& structure, const UpProbability& up,
           const std::map<int, bool>& known)
        : m_graph(graph), m_structure(structure), m_up(up), m_known(known) {}

    Written write() {
        Written whole = part(0);
        whole.factors = m_factors;
        whole.isSeriesParallel = m_isSeriesParallel && m_factors > 0;
        whole.used = std::move(m_list);
        if (whole.names.empty()) whole.names = whole.numbers = "1";
        return whole;
    }

private:
    Written fail() {
        m_isSeriesParallel = false;
        return {};
    }

    Written component(const Ask& ask) {
        const Node& node = m_graph.nodes[at(ask.node)];
        Written own;
        if (node.behaviour == Behaviour::client) return own;
        if (const auto it = m_known.find(ask.node); it != m_known.end()) {
            if (it->second) return own;
            own.value = 0;
            own.names = own.numbers = "0";
            return own;
        }
        if (!m_used.insert(ask.node).second || ++m_factors > mostFactors) return fail();
        const Serving serving = m_graph.servingOf(ask.node, ask.purpose, ask.topic);
        const bool isOne = node.managed || serving.units == 1;
        own.value = m_up(ask);
        if (own.value < 0) return fail();
        m_list.push_back({ask, serving, own.value});
        own.names = node.id.value;
        own.numbers = number(own.value);
        if (ask.scatter && hasPartitions(m_graph, ask.node, ask.purpose, ask.topic))
            own.names += "₍all partitions₎";
        else if (!isOne)
            own.names += "₍" + std::to_string(serving.need) + " of " + std::to_string(serving.units) + "₎";
        if (node.standbys.empty()) return own;
        if (node.standbys.size() > 1) return fail();
        const Standby& standby = node.standbys.front();
        Written other = component({standby.node, ask.purpose, 0, ask.scatter});
        if (other.names.empty()) other.names = other.numbers = "1";
        const double takes = 1 - standby.windowShare;
        own.names = "(1 − (1 − " + own.names + ")·(1 − " + other.names + "·takeover))";
        own.numbers = "(1 − (1 − " + own.numbers + ")·(1 − " + other.numbers + " × " + number(takes) + "))";
        own.value = 1 - (1 - own.value) * (1 - other.value * takes);
        return own;
    }

    static void append(Written& product, const Written& factor) {
        if (factor.names.empty()) return;
        product.names += (product.names.empty() ? "" : " · ") + factor.names;
        product.numbers += (product.numbers.empty() ? "" : timesSign) + factor.numbers;
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
        if (inner.names.empty()) inner.names = inner.numbers = "1";
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
            Written one = term(each);
            if (one.names.empty()) one.names = one.numbers = "1";
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
    const UpProbability& m_up;
    const std::map<int, bool>& m_known;
    std::vector<Factor> m_list;
    std::set<int> m_used, m_usedCoins, m_usedParts;
    std::map<int, std::size_t> m_places;
    std::size_t m_factors = 0;
    bool m_isSeriesParallel = true;
};

}  // namespace

Written seriesParallel(const FlowGraph& graph, const Structure& structure, const UpProbability& up,
                       const std::map<int, bool>& known) {
    if (structure.atoms.size() > 4 * mostFactors) {
        Written nothing;
        nothing.isSeriesParallel = false;
        return nothing;
    }
    return Writer(graph, structure, up, known).write();
}

std::vector<ZoneState> zoneStates(const FlowGraph& graph, const Structure& structure) {
    std::vector<int> domains;
    for (const int domain : Variables::domainsOf(graph, structure))
        if (graph.domains[at(domain)].availability < 1) domains.push_back(domain);
    if (domains.size() > mostZones) return {};
    std::vector<ZoneState> states;
    for (std::uint32_t down = 0; down < 1u << domains.size(); ++down) {
        ZoneState state;
        state.isUp.assign(graph.domains.size(), 1);
        std::vector<std::string> names;
        for (std::size_t d = 0; d < domains.size(); ++d) {
            const Domain& domain = graph.domains[at(domains[d])];
            const bool isDown = down >> d & 1u;
            state.weight *= isDown ? 1 - domain.availability : domain.availability;
            state.isUp[at(domains[d])] = !isDown;
            if (isDown) names.push_back(domain.name);
        }
        for (const std::string& name : names)
            state.name += (state.name.empty() ? "" : &name == &names.back() ? " and " : ", ") + name;
        state.name = names.empty() ? "all zones up" : state.name + " down";
        states.push_back(std::move(state));
    }
    std::stable_sort(states.begin(), states.end(),
                     [](const ZoneState& a, const ZoneState& b) { return a.weight > b.weight; });
    return states;
}

double upIn(const FlowGraph& graph, const ZoneState& state, const Ask& ask) {
    const int index = ask.node;
    const Node& node = graph.nodes[at(index)];
    const Serving serving = node.managed ? Serving{1, 1} : graph.servingOf(index, ask.purpose, ask.topic);
    const auto isPlaced = [&](int unit) {
        for (const int domain : graph.domainsOfUnit(index, unit))
            if (!state.isUp[at(domain)]) return false;
        return true;
    };
    if (node.managed) {
        bool isSomewhere = !node.zonal || node.zones.empty();
        for (std::size_t z = 0; z < node.zones.size(); ++z) isSomewhere = isSomewhere || isPlaced(static_cast<int>(z));
        return isSomewhere ? node.availability : 0;
    }
    if (ask.scatter && hasPartitions(graph, index, ask.purpose, ask.topic)) {
        if (node.units > mostUnitsWritten) return -1;
        std::vector<double> up;
        for (int unit = 0; unit < node.units; ++unit) up.push_back(isPlaced(unit) ? node.availability : 0);
        return allPartitionsUp(graph.partitions(index, ask.purpose, ask.topic), serving.need, up).value_or(-1);
    }
    int present = 0;
    for (int unit = 0; unit < serving.units; ++unit) present += isPlaced(unit);
    return present == 1 && serving.need == 1 ? node.availability
                                             : binomialTail(present, serving.need, node.availability);
}

std::string formulaOf(const FlowGraph& graph, const Structure& structure, double availability) {
    if (structure.atoms.size() > 4 * mostFactors) return {};
    const auto states = zoneStates(graph, structure);
    if (states.empty()) return {};
    Written first;
    double sum = 0;
    std::string terms;
    for (std::size_t s = 0; s < states.size(); ++s) {
        const ZoneState& state = states[s];
        const UpProbability up = [&](const Ask& ask) { return upIn(graph, state, ask); };
        Written written = seriesParallel(graph, structure, up);
        if (!written.isSeriesParallel) return {};
        sum += state.weight * written.value;
        if (s < mostTerms) terms += (s == 0 ? "" : " + ") + number(state.weight) + timesSign + number(written.value);
        if (s == 0) first = std::move(written);
    }
    // The last word has the exact value: a sum that differs from it is not the formula.
    if (std::abs(sum - availability) > 1e-12) return {};
    std::string text = "A = ";
    if (states.size() > 1) {
        if (states.size() > mostTerms) terms += " + …";
        return text + "Σ P(zones) · [" + first.names + "] = " + terms + " = " + number(availability);
    }
    text += first.names;
    if (first.factors > 1 || first.numbers != number(availability)) text += " = " + first.numbers;
    return first.factors > 1 ? text + " = " + number(availability) : text;
}

}  // namespace loadpath
