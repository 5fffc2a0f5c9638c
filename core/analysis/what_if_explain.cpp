#include "analysis/what_if_explain.h"

#include "support/format.h"
#include "support/index.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

constexpr double minutesOfYear = 525'600;

std::string asIs(double value) { return std::isfinite(value) ? shortest(value) : "without bound"; }
std::string useText(double use) { return std::isnan(use) ? "–" : std::isinf(use) ? "without bound" : percent(use); }
std::string bounded(bool isExact, double value) { return (isExact ? "" : "≥ ") + asIs(value); }
const std::string& nameOf(const FlowGraph& graph, int node) { return graph.nodes[at(node)].name; }
std::vector<std::string> itemOf(const FlowGraph& graph, int node) { return {graph.nodes[at(node)].id.value}; }

void addStep(Derivation& to, std::string what, std::string expression, std::string result,
             std::vector<std::string> components = {}) {
    to.steps.push_back({std::move(what), std::move(expression), std::move(result), std::move(components)});
}

}  // namespace

Derivation explainCutSet(const FlowGraph& graph, const FlowAvailability& flow, const std::vector<std::string>& cut) {
    Derivation derivation;
    double together = 1;
    std::string product;
    for (const std::string& name : cut)
        for (const UnitFigures& unit : flow.units) {
            if (unit.unit != name) continue;
            const double down = 1 - unit.availability;
            together *= down;
            product += (product.empty() ? "" : " · ") + asIs(down);
            addStep(derivation, name + " is down", "1 − " + asIs(unit.availability), asIs(down),
                    unit.node >= 0 ? itemOf(graph, unit.node)
                                   : std::vector<std::string>{"zone:" + graph.domains[at(unit.domain)].id.value});
        }
    addStep(derivation, "All of them at once, independently", product, asIs(together));
    addStep(derivation, "In a year", asIs(together) + " · 525,600 min", downtime(together * minutesOfYear));
    addStep(derivation, "Why it is minimal", "with any one of them up the flow may still succeed",
            plural(static_cast<long long>(cut.size()), "unit", "units"));
    derivation.title = "What " + graph.flows[at(flow.flow)].name + " does not survive together";
    derivation.result = downtime(together * minutesOfYear);
    return derivation;
}

Derivation explainImprovement(const FlowGraph& graph, const FlowAvailability& flow, const Improvement& improvement) {
    Derivation derivation;
    const auto self = itemOf(graph, improvement.node);
    addStep(derivation, "As drawn", "A of " + graph.flows[at(flow.flow)].name, bounded(flow.exact, flow.availability));
    addStep(derivation, "Change to " + nameOf(graph, improvement.node), {}, improvement.change, self);
    addStep(derivation, "The whole flow worked out again", "A′", bounded(flow.exact, improvement.availability), self);
    addStep(derivation, "Downtime that goes away", "(A′ − A) · 525,600 min", downtime(improvement.minutesGainedYear));
    derivation.title = "What the change to " + nameOf(graph, improvement.node) + " buys";
    derivation.result = downtime(improvement.minutesGainedYear);
    return derivation;
}

Derivation explainStage(const FlowGraph& graph, const AsyncAvailability& stage) {
    const auto [source, consumer] = stageEnds(graph, stage.flow);
    Derivation derivation = explainAvailability(graph, stage.flow);
    derivation.title = "Processing of " + nameOf(graph, source) + " by " + nameOf(graph, consumer);
    return derivation;
}

Derivation explainChain(const FlowGraph& graph, const AvailabilityReport& report, const AsyncChain& chain) {
    Derivation derivation;
    double product = 1;
    std::string factors;
    for (const int stage : chain.stages)
        for (const AsyncAvailability& async : report.async) {
            if (async.flow != stage) continue;
            const auto [source, consumer] = stageEnds(graph, stage);
            product *= async.availability;
            factors += (factors.empty() ? "" : " · ") + asIs(async.availability);
            addStep(derivation, nameOf(graph, source) + " → " + nameOf(graph, consumer),
                    "both, and all that the consumer needs", bounded(async.exact, async.availability),
                    {graph.nodes[at(source)].id.value, graph.nodes[at(consumer)].id.value});
        }
    addStep(derivation, "If the stages shared nothing", factors, asIs(product));
    addStep(derivation, "All stages together", "what several of them need fails once",
            bounded(chain.exact, chain.availability));
    derivation.title = "All stages of the chain";
    derivation.result = bounded(chain.exact, chain.availability);
    return derivation;
}

Derivation explainGrowth(const FlowGraph& graph, const Limit& limit, double factor) {
    Derivation derivation;
    const auto self = itemOf(graph, limit.node);
    const double use = limit.use * factor, needed = limit.needed(factor);
    addStep(derivation, "Today", compact(limit.demand) + " / " + compact(limit.limit) + " " + limit.unit,
            useText(limit.use), self);
    addStep(derivation, "Full at", "1 / " + useText(limit.use), loadpath::factor(1 / limit.use));
    addStep(derivation, "At " + shortest(factor) + "×", useText(limit.use) + " · " + shortest(factor), useText(use));
    if (std::isnan(needed))
        addStep(derivation, "More of them", "do not help: this is one thing that cannot be divided", "–", self);
    else
        addStep(derivation, limit.counted + " to stay at 70 %",
                compact(limit.count) + " · " + useText(use) + " / 70 %, rounded up", compact(needed), self);
    if (!limit.suggestion.empty()) addStep(derivation, "What to change", {}, limit.suggestion, self);
    derivation.title = limit.name + " of " + nameOf(graph, limit.node) + " at " + shortest(factor) + "× the load";
    derivation.result = std::isnan(needed) ? useText(use) : compact(needed) + " " + limit.counted;
    return derivation;
}

Derivation explainLoss(const FlowGraph& graph, const CapacityReport& before, const LossCase& loss) {
    constexpr std::size_t most = 12;
    Derivation derivation;
    for (std::size_t i = 0; i < std::min(most, loss.down.size()); ++i)
        addStep(derivation, nameOf(graph, loss.down[i]), "too few of its instances are left", "does not serve",
                itemOf(graph, loss.down[i]));
    for (std::size_t i = 0; i < std::min(most, loss.changed.size()); ++i) {
        const Survivor& left = loss.changed[i];
        const Node& node = graph.nodes[at(left.node)];
        addStep(derivation, node.name,
                std::to_string(left.instancesLeft) + " of " + std::to_string(node.instances) + " instances, " +
                    useText(before.nodes[at(left.node)].utilisation) + " before",
                useText(left.utilisation), itemOf(graph, left.node));
    }
    const std::size_t listed = std::min(most, loss.down.size()) + std::min(most, loss.changed.size());
    if (const std::size_t all = loss.down.size() + loss.changed.size(); all > listed)
        addStep(derivation, "And", {}, std::to_string(all - listed) + " more");
    for (const int flow : loss.failingFlows) addStep(derivation, graph.flows[at(flow)].name, {}, "fails");
    if (loss.failingFlows.empty()) addStep(derivation, "Flows that fail", {}, "none");
    if (loss.worst >= 0)
        addStep(derivation, "Fullest then", nameOf(graph, loss.worst), useText(loss.worstUtilisation),
                itemOf(graph, loss.worst));
    derivation.title = loss.domain >= 0 ? "Without zone " + graph.domains[at(loss.domain)].name
                                        : "With one instance of " + nameOf(graph, loss.node) + " lost";
    derivation.result = loss.worst >= 0 ? useText(loss.worstUtilisation) : "–";
    return derivation;
}

Derivation explainRetries(const FlowGraph& graph, const Amplification& retries) {
    Derivation derivation;
    std::string product;
    for (const int index : retries.links) {
        const Link& link = graph.links[at(index)];
        product += (product.empty() ? "" : " · ") + std::to_string(link.retries + 1);
        addStep(derivation, nameOf(graph, link.from) + " → " + nameOf(graph, link.to),
                "1 + " + plural(link.retries, "retry", "retries") +
                    (link.retryBudget >= 0 ? ", budget " + percent(link.retryBudget) : ""),
                std::to_string(link.retries + 1) + " attempts",
                {graph.nodes[at(link.from)].id.value, graph.nodes[at(link.to)].id.value});
    }
    addStep(derivation, "Everything fails: the layers multiply", product, factor(retries.worst));
    addStep(derivation, "Every second attempt fails", "(1 − 0.5^m) / (1 − 0.5) a layer", factor(retries.half));
    derivation.title = "Retries that reach " + nameOf(graph, retries.node);
    derivation.result = std::isinf(retries.worst) ? "without bound" : factor(retries.worst);
    return derivation;
}

Derivation explainPartitions(const FlowGraph& graph, const PartitionAvailability& store) {
    const Node& node = graph.nodes[at(store.node)];
    const Serving serving = graph.servingOf(store.node, store.purpose, store.topic);
    Derivation derivation;
    const auto self = itemOf(graph, store.node);
    addStep(derivation, "One partition",
            "at least " + std::to_string(serving.need) + " of its " + std::to_string(serving.units) +
                " copies, each up with " + asIs(node.availability) + " and its zones",
            asIs(store.one), self);
    addStep(derivation, "All " + std::to_string(store.partitions) + " partitions",
            "every one at once; partitions that share units fail together",
            store.exact ? asIs(store.all) : "from " + asIs(store.bounds.first) + " to " + asIs(store.bounds.second),
            self);
    derivation.title = "All partitions of " + node.name;
    derivation.result = bounded(store.exact, store.all);
    return derivation;
}

}  // namespace loadpath
