#include "analysis/partitions.h"

#include "analysis/flow_figures.h"
#include "support/index.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace loadpath {

namespace {

constexpr std::size_t nodesOfOneStore = 200'000;
constexpr std::size_t fixedZones = 12;  // more of them become levels

/// One store by itself, its zones included.
class StoreFigures {
public:
    StoreFigures(const FlowGraph& graph, const Ask& ask, std::size_t budget)
        : m_graph(graph),
          m_ask(ask),
          m_structure(graph, ask),
          m_bdd(budget),
          m_variables(graph, m_structure, m_bdd,
                      Variables::domainsOf(graph, m_structure).size() <= fixedZones ? ZoneTreatment::fixed
                                                                                    : ZoneTreatment::levels) {}

    void into(PartitionAvailability& result) {
        const auto refs = m_variables.partitionsUp(m_ask.node, m_ask.purpose, m_ask.topic);
        if (m_bdd.isExhausted()) {  // not even the partitions one by one
            result.exact = false;
            result.bounds = {0, 1};
            return;
        }
        std::vector<BddFunction> partitions;
        partitions.reserve(refs.size());
        for (const Bdd::Ref ref : refs) partitions.emplace_back(m_bdd, ref);
        const Bdd::Ref root = m_variables.upEverywhere(m_ask.node, m_ask.purpose, m_ask.topic);
        result.exact = !m_bdd.isExhausted();
        const BddFunction whole = result.exact ? BddFunction(m_bdd, root) : BddFunction();
        const FigureMaker maker(m_graph, m_variables);
        double all = 0, below = 0, above = 0;
        for (const Context& context : m_variables.contexts) {
            if (context.weight <= 0) continue;
            const auto p = maker.probabilities(context, FigureMaker::Coins::random);
            result.one += context.weight * partitions.front().probability(p);
            if (result.exact) {
                all += context.weight * whole.probability(p);
                continue;
            }
            // More units up never hurt a partition, so that partitions help each other: the product is
            // below the truth (Harris' inequality), and none is likelier than the weakest.
            double product = 1, weakest = 1;
            for (const BddFunction& partition : partitions) {
                const double up = partition.probability(p);
                product *= up;
                weakest = std::min(weakest, up);
            }
            below += context.weight * product;
            above += context.weight * weakest;
        }
        result.bounds = {all, all};
        if (!result.exact) result.bounds = {std::max(0.0, below - 1e-12), std::min(1.0, above + 1e-12)};
        result.all = result.bounds.first;
    }

private:
    const FlowGraph& m_graph;
    Ask m_ask;
    Structure m_structure;
    Bdd m_bdd;
    Variables m_variables;
};

}  // namespace

std::optional<double> allPartitionsUp(const std::vector<std::vector<int>>& partitions, int need,
                                      std::span<const double> unitUp) {
    Bdd bdd(nodesOfOneStore);
    Bdd::Ref all = Bdd::yes;
    for (auto it = partitions.rbegin(); it != partitions.rend(); ++it) {
        std::vector<Bdd::Ref> held;
        for (const int unit : *it) held.push_back(bdd.variable(static_cast<std::uint32_t>(unit)));
        all = bdd.both(bdd.atLeast(need, std::move(held)), all);
    }
    if (bdd.isExhausted()) return std::nullopt;
    return BddFunction(bdd, all).probability(unitUp);
}

std::vector<PartitionAvailability> partitionAvailability(const FlowGraph& graph, const AvailabilityOptions& options) {
    std::vector<PartitionAvailability> result;
    using Shape = std::tuple<int, int, int, int, int, double, std::vector<int>>;
    std::map<Shape, std::size_t> known;  // stores alike have figures alike
    const auto add = [&](int index, Purpose purpose, int topic) {
        if (!hasPartitions(graph, index, purpose, topic)) return;
        const Node& node = graph.nodes[at(index)];
        const Serving serving = graph.servingOf(index, purpose, topic);
        PartitionAvailability entry;
        entry.node = index;
        entry.purpose = purpose;
        entry.topic = topic;
        entry.partitions = static_cast<int>(graph.partitions(index, purpose, topic).size());
        const Shape shape{static_cast<int>(node.layout),
                          node.units,
                          entry.partitions,
                          serving.units,
                          serving.need,
                          node.availability,
                          node.zones};
        const auto [it, isNew] = known.try_emplace(shape, result.size());
        if (isNew) {
            StoreFigures(graph, {index, purpose, topic, true}, std::min(options.nodeBudget, nodesOfOneStore))
                .into(entry);
        } else {
            const PartitionAvailability& same = result[it->second];
            entry.one = same.one;
            entry.all = same.all;
            entry.exact = same.exact;
            entry.bounds = same.bounds;
        }
        result.push_back(entry);
    };
    const auto addBoth = [&](int index, Purpose first, Purpose second, int topic) {
        add(index, first, topic);
        const Serving a = graph.servingOf(index, first, topic), b = graph.servingOf(index, second, topic);
        if (a.need != b.need || a.units != b.units) add(index, second, topic);
    };
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        const int index = static_cast<int>(i);
        if (node.managed || node.layout == Node::Layout::whole) continue;
        if (!node.isBroker()) addBoth(index, Purpose::read, Purpose::write, 0);
        if (node.isBroker())
            for (std::size_t topic = 0; topic < node.topics.size(); ++topic)
                addBoth(index, Purpose::publish, Purpose::consume, static_cast<int>(topic));
    }
    return result;
}

}  // namespace loadpath
