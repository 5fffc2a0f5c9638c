#include "analysis/explain.h"

#include "analysis/formula.h"
#include "support/format.h"
#include "support/index.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace loadpath {

namespace {

constexpr std::size_t mostStates = 8, mostSteps = 60;

std::string kOfN(Serving serving) { return std::to_string(serving.need) + " of " + std::to_string(serving.units); }

/// "1 − (1 − 0.995)^3", or the sum of the binomial distribution where more than one must be up.
std::string expressionOf(const Node& node, int present, int need) {
    std::string a = formulaNumber(node.availability);
    const std::string n = std::to_string(present);
    if (present < need) return "fewer than " + std::to_string(need) + " can be up";
    if (node.managed || present == 1) return a;
    if (need == 1) return "1 − (1 − " + a + ")^" + n;
    if (need == present) return a + '^' + n;
    return "Σ i = " + std::to_string(need) + " … " + n + ": C(" + n + ", i) · " + a + "^i · (1 − " + a + ")^(" + n +
           " − i)";
}

class Explainer {
public:
    Explainer(const FlowGraph& graph, const SolvedFlow& solved, int deepest)
        : m_graph(graph), m_solved(solved), m_maker(graph, solved.variables), m_deepest(deepest) {}

    Derivation derive(const std::string& name, double value, std::pair<double, double> bounds) {
        m_result.title = "Availability of " + name;
        m_result.result = availability(value);
        if (!m_solved.exact) {
            boundSteps(bounds);
        } else if (!zoneSum(value)) {
            reduce({}, value, 0);
        }
        m_result.steps.push_back({"Downtime a year",
                                  "(1 − " + formulaNumber(value) + ") × 525,600 min",
                                  downtime((1 - value) * 525600),
                                  {}});
        return std::move(m_result);
    }

private:
    void step(std::string what, std::string expression, std::string result, std::vector<std::string> components = {}) {
        if (m_result.steps.size() < mostSteps)
            m_result.steps.push_back(
                {std::move(what), std::move(expression), std::move(result), std::move(components)});
    }

    void boundSteps(std::pair<double, double> bounds) {
        step("Decision diagram",
             "the exact one would pass its budget; states given up count as failed below and as "
             "working above",
             "bounds");
        step("At least", "P of the states that surely work", formulaNumber(bounds.first));
        step("At most", "1 − P of the states that surely fail", formulaNumber(bounds.second));
    }

    int present(const ZoneState& state, int node, Serving serving) const {
        int count = 0;
        for (int unit = 0; unit < serving.units; ++unit) {
            bool isUp = true;
            for (const int domain : m_graph.domainsOfUnit(node, unit)) isUp = isUp && state.isUp[at(domain)];
            count += isUp;
        }
        return count;
    }

    void scatterStep(const Ask& ask, const Factor& factor) {
        const Node& node = m_graph.nodes[at(ask.node)];
        const auto count = static_cast<long long>(m_graph.partitions(ask.node, ask.purpose, ask.topic).size());
        const bool isShared = node.layout == Node::Layout::ring;
        step(node.name + ", every partition",
             plural(count, "partition", "partitions") + ", each with at least " + kOfN(factor.serving) +
                 (isShared ? " on neighbouring units that several partitions share, so that their product is only a "
                             "lower bound: all states of the units in turn around the ring are added up"
                           : " on units of its own: the product over all of them"),
             formulaNumber(factor.value), {node.id.value});
    }

    void factorSteps(const std::vector<Factor>& factors, const ZoneState& state) {
        for (const Factor& factor : factors) {
            const Ask& ask = factor.ask;
            const Node& node = m_graph.nodes[at(ask.node)];
            std::string what = node.name;
            if (ask.scatter && hasPartitions(m_graph, ask.node, ask.purpose, ask.topic)) {
                scatterStep(ask, factor);
                continue;
            }
            if (node.managed)
                what += ", managed";
            else if (factor.serving.units > 1)
                what += ", at least " + kOfN(factor.serving);
            step(what,
                 expressionOf(node, node.managed ? 1 : present(state, ask.node, factor.serving),
                              node.managed ? 1 : factor.serving.need),
                 formulaNumber(factor.value), {node.id.value});
        }
    }

    /// Series and parallel, given the zones. False: something else is shared.
    bool zoneSum(double value) {
        const auto states = zoneStates(m_graph, m_solved.structure);
        if (states.empty()) return false;
        double sum = 0, shown = 0;
        std::string terms;
        std::vector<DerivationStep> lines;
        Written first;
        for (std::size_t s = 0; s < states.size(); ++s) {
            const ZoneState& state = states[s];
            const UpProbability up = [&](const Ask& ask) { return upIn(m_graph, state, ask); };
            Written written = seriesParallel(m_graph, m_solved.structure, up);
            if (!written.isSeriesParallel) return false;
            sum += state.weight * written.value;
            if (s < mostStates) {
                shown += state.weight * written.value;
                terms += (s == 0 ? "" : " + ") + formulaNumber(state.weight) + " × " + formulaNumber(written.value);
                std::vector<std::string> zones;
                for (std::size_t d = 0; d < state.isUp.size(); ++d)
                    if (!state.isUp[d]) zones.push_back("zone:" + m_graph.domains[d].id.value);
                lines.push_back({"Given " + state.name + ", P = " + formulaNumber(state.weight), written.numbers,
                                 formulaNumber(written.value), std::move(zones)});
            }
            if (s == 0) first = std::move(written);
        }
        if (std::abs(sum - value) > 1e-12) return false;
        factorSteps(first.used, states.front());
        if (states.size() == 1) {
            step("All of them", first.names + " = " + first.numbers, formulaNumber(value));
            return true;
        }
        for (DerivationStep& line : lines) step(line.what, line.expression, line.result, line.components);
        if (states.size() > mostStates)
            terms += " + " + formulaNumber(sum - shown) + " for the other " +
                     std::to_string(states.size() - mostStates) + " states of the zones";
        step("Sum over the states of the zones", terms, formulaNumber(value));
        return true;
    }

    struct Given {
        std::map<std::uint32_t, bool> levels;
        std::map<int, bool> nodes;
    };

    /// P(given) and P(works and given).
    std::pair<double, double> joint(const Given& given) const {
        double mass = 0, works = 0;
        for (const Context& context : m_solved.variables.contexts) {
            if (context.weight <= 0) continue;
            auto p = m_maker.probabilities(context, FigureMaker::Coins::random);
            double weight = context.weight;
            for (const auto& [level, isUp] : given.levels) {
                weight *= isUp ? p[level] : 1 - p[level];
                p[level] = isUp ? 1 : 0;
            }
            mass += weight;
            if (weight > 0) works += weight * m_solved.lower.probability(p);
        }
        return {mass, works};
    }

    /// The shared component that decides most; −1: none is left.
    int pivot(const Given& given) const {
        std::map<int, int> asked;
        for (const Part& part : m_solved.structure.parts) {
            for (const Ask& ask : part.asks) ++asked[ask.node];
            for (const Condition& condition : part.conditions)
                for (const Term& term : condition.terms) ++asked[term.ask.node];
        }
        std::map<int, int> blocksOf;
        for (const Block& block : m_solved.variables.blocks) ++blocksOf[block.node];
        int best = -1;
        double most = 0;
        for (std::size_t b = 0; b < m_solved.variables.blocks.size(); ++b) {
            const Block& block = m_solved.variables.blocks[b];
            const auto servings = m_solved.structure.servings.find(block.node);
            if (block.needs.size() != 1 || servings->second.size() != 1 || given.nodes.contains(block.node)) continue;
            if (m_solved.variables.availability(block) >= 1 || blocksOf[block.node] > 1) continue;
            Given with = given;
            with.levels[block.firstLevel] = true;
            const auto up = joint(with);
            with.levels[block.firstLevel] = false;
            const auto down = joint(with);
            if (up.first <= 0 || down.first <= 0) continue;
            const double decides = up.second / up.first - down.second / down.first;
            const double weight = decides * (asked[block.node] > 1 ? 10 : 1);
            if (weight <= most + 1e-9) continue;
            most = weight;
            best = static_cast<int>(b);
            if (m_solved.variables.blocks.size() > 200 && asked[block.node] > 1) break;
        }
        return best;
    }

    bool writeOut(const Given& given, double value, const std::string& indent) {
        for (const int domain : Variables::domainsOf(m_graph, m_solved.structure))
            if (m_graph.domains[at(domain)].availability < 1) return false;
        ZoneState all{1, std::vector<char>(m_graph.domains.size(), 1), {}};
        const UpProbability up = [&](const Ask& ask) { return upIn(m_graph, all, ask); };
        const Written written = seriesParallel(m_graph, m_solved.structure, up, given.nodes);
        if (!written.isSeriesParallel || std::abs(written.value - value) > 1e-10) return false;
        step(indent + "is series and parallel", written.names + " = " + written.numbers, formulaNumber(value));
        return true;
    }

    /// A = a·A|up + (1 − a)·A|down, until what is left is series and parallel.
    void reduce(const Given& given, double value, int depth) {
        const std::string indent(at(depth) * 2, ' ');
        if (writeOut(given, value, indent)) return;
        const int block = depth < m_deepest && value > 0 && value < 1 ? pivot(given) : -1;
        if (block < 0) {
            const std::size_t nodes = m_solved.lower.nodes().size() - 2;
            step(indent + "from the decision diagram",
                 plural(static_cast<long long>(nodes), "node", "nodes") + " over " +
                     plural(static_cast<long long>(m_solved.variables.levels.size()), "variable", "variables") +
                     ", what is shared decided once",
                 formulaNumber(value));
            return;
        }
        const Block& chosen = m_solved.variables.blocks[at(block)];
        const Node& node = m_graph.nodes[at(chosen.node)];
        Given up = given, down = given;
        up.levels[chosen.firstLevel] = up.nodes[chosen.node] = true;
        down.levels[chosen.firstLevel] = down.nodes[chosen.node] = false;
        const auto whole = joint(given), withUp = joint(up), withDown = joint(down);
        const double a = withUp.first / whole.first;
        const double ifUp = withUp.second / withUp.first, ifDown = withDown.second / withDown.first;
        step(indent + "Condition on " + node.name,
             "a·A|up + (1 − a)·A|down = " + formulaNumber(a) + " × " + formulaNumber(ifUp) + " + " +
                 formulaNumber(1 - a) + " × " + formulaNumber(ifDown),
             formulaNumber(value), {node.id.value});
        step(indent + "A | " + node.name + " up", "", formulaNumber(ifUp), {node.id.value});
        reduce(up, ifUp, depth + 1);
        step(indent + "A | " + node.name + " down", "", formulaNumber(ifDown), {node.id.value});
        if (ifDown > 0) reduce(down, ifDown, depth + 1);
    }

    const FlowGraph& m_graph;
    const SolvedFlow& m_solved;
    FigureMaker m_maker;
    int m_deepest;
    Derivation m_result;
};

}  // namespace

void explain(const FlowGraph& graph, const SolvedFlow& solved, FlowAvailability& flow) {
    if (solved.exact) flow.formula = formulaOf(graph, solved.structure, flow.availability);
    // A diagram that is swept in no time may be swept once more for every component.
    const bool isSmall = solved.lower.nodes().size() * solved.variables.blocks.size() < 4'000;
    flow.derivation = Explainer(graph, solved, isSmall ? 1 : 0)
                          .derive(graph.flows[at(flow.flow)].name, flow.availability, flow.bounds);
}

Derivation explainAvailability(const FlowGraph& graph, int flow, const AvailabilityOptions& options) {
    if (flow < 0 || at(flow) >= graph.flows.size()) return {};
    SolvedFlow solved(graph, Structure(graph, graph.flows[at(flow)]), options);
    const auto bounds = solved.bounds(graph);
    const bool isLarge = solved.lower.nodes().size() * solved.variables.blocks.size() > 20'000'000;
    return Explainer(graph, solved, isLarge ? 0 : 4).derive(graph.flows[at(flow)].name, bounds.first, bounds);
}

Derivation explainUnit(const FlowGraph& graph, int index, Purpose purpose) {
    Derivation result;
    if (index < 0 || at(index) >= graph.nodes.size()) return result;
    const Node& node = graph.nodes[at(index)];
    const Ask ask{index, purpose, 0, false};
    const Serving serving = node.managed ? Serving{1, 1} : graph.servingOf(index, purpose);
    Structure alone(graph, ask);
    std::set<int> others;  // standbys
    for (const Standby& standby : node.standbys) {
        others.insert(standby.node);
        alone.add(Structure(graph, Ask{standby.node, purpose, 0, false}));
    }
    const auto states = zoneStates(graph, alone);
    result.title = "Availability of " + node.name;
    if (states.empty() || node.behaviour == Behaviour::client) {
        result.result = states.empty() ? "see the flow" : "1";
        return result;
    }
    const double takes = node.standbys.empty() ? 0 : 1 - node.standbys.front().windowShare;
    if (!others.empty())
        result.steps.push_back(
            {"Takeover has closed, whenever the component is down",
             "e^(−" + shortest(node.standbys.front().takeoverS) + " s / " + shortest(node.mttrS) + " s)",
             formulaNumber(takes),
             {node.id.value}});
    double sum = 0;
    std::string terms;
    for (const ZoneState& state : states) {
        const bool isShown = &state - states.data() < static_cast<std::ptrdiff_t>(mostStates);
        const std::string given = states.size() > 1 ? ", given " + state.name : "";
        const double own = upIn(graph, state, ask);
        if (isShown) {
            int present = 0;
            for (int unit = 0; unit < serving.units; ++unit) {
                bool isUp = true;
                for (const int domain : graph.domainsOfUnit(index, unit)) isUp = isUp && state.isUp[at(domain)];
                present += isUp;
            }
            result.steps.push_back({"At least " + kOfN(serving) + " up" + given,
                                    expressionOf(node, present, serving.need),
                                    formulaNumber(own),
                                    {node.id.value}});
        }
        double value = own;
        if (!others.empty()) {
            double noneUp = 1;
            std::string downs;
            std::vector<std::string> involved{node.id.value};
            for (const int other : others) {
                const double up = upIn(graph, state, {other, purpose, 0, false});
                noneUp *= 1 - up;
                downs += (downs.empty() ? "(1 − " : " × (1 − ") + formulaNumber(up) + ")";
                involved.push_back(graph.nodes[at(other)].id.value);
            }
            value = own + (1 - own) * takes * (1 - noneUp);
            if (isShown)
                result.steps.push_back({"… or a standby has taken over" + given,
                                        formulaNumber(own) + " + (1 − " + formulaNumber(own) + ") × " +
                                            formulaNumber(takes) + " × (1 − " + downs + ")",
                                        formulaNumber(value), std::move(involved)});
        }
        sum += state.weight * value;
        if (isShown) terms += (terms.empty() ? "" : " + ") + formulaNumber(state.weight) + " × " + formulaNumber(value);
    }
    if (states.size() > 1)
        result.steps.push_back({"Sum over the states of the zones",
                                terms + (states.size() > mostStates ? " + …" : ""),
                                formulaNumber(sum),
                                {node.id.value}});
    result.result = formulaNumber(sum);
    return result;
}

}  // namespace loadpath
