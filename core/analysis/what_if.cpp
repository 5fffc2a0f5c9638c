#include "analysis/what_if.h"

#include "analysis/components.h"
#include "support/index.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

bool isLess(double a, double b) { return std::isnan(a) ? !std::isnan(b) : a < b; }

/// Losing one of several instances changes only the component itself.
LossCase oneOfSeveral(const FlowGraph& graph, const CapacityReport& before, int index) {
    LossCase loss;
    loss.node = index;
    const Node& node = graph.nodes[at(index)];
    const ComponentLoad& load = before.nodes[at(index)];
    // Consumers without a partition take over from the one that is gone.
    const int busy = std::min(load.workingInstances, node.instances - 1);
    const double utilisation = load.utilisation * load.workingInstances / busy;
    loss.changed.push_back({index, node.instances - 1, utilisation});
    // Its own use only rises, so it or the fullest component of before is the fullest now.
    const int fullest = before.saturatesFirst;
    const bool isOwn = fullest < 0 || !isLess(utilisation, before.nodes[at(fullest)].utilisation);
    if (std::isnan(utilisation) && fullest < 0) return loss;
    loss.worst = isOwn ? index : fullest;
    loss.worstUtilisation = isOwn ? utilisation : before.nodes[at(fullest)].utilisation;
    return loss;
}

struct Layer {
    double worst = 1, half = 1;
    std::vector<int> links;
};

Layer behind(const Layer& caller, const Link& link, int index) {
    Layer layer = caller;
    if (link.retries <= 0) return layer;
    // A budget bounds what retries may add.
    const double most = link.retryBudget >= 0 ? 1 + link.retryBudget : link.retries + 1.0;
    layer.worst *= std::min(most, link.retries + 1.0);
    layer.half *= std::min(most, meanAttempts(0.5, link.retries + 1));
    layer.links.push_back(index);
    return layer;
}

Amplification hardestHit(const FlowGraph& graph, int flowIndex) {
    const FlowPath& flow = graph.flows[at(flowIndex)];
    std::vector<int> visitOf(graph.nodes.size(), -1);
    for (std::size_t v = 0; v < flow.visits.size(); ++v) visitOf[at(flow.visits[v].node)] = static_cast<int>(v);
    std::vector<std::vector<int>> successors(flow.visits.size());
    for (std::size_t v = 0; v < flow.visits.size(); ++v)
        for (const Call& call : flow.visits[v].calls)
            if (call.mean() > 0 && visitOf[at(call.target)] >= 0) successors[v].push_back(visitOf[at(call.target)]);
    std::vector<Layer> layers(flow.visits.size());
    std::vector<int> component(flow.visits.size(), -1);
    auto order = stronglyConnected(successors);
    for (std::size_t c = 0; c < order.size(); ++c)
        for (const int v : order[c]) component[at(v)] = static_cast<int>(c);
    Amplification hardest;
    hardest.flow = flowIndex;
    for (auto members = order.rbegin(); members != order.rend(); ++members) {
        bool multiplies = false;  // retries inside a cycle
        for (const int v : *members)
            for (const Call& call : flow.visits[at(v)].calls) {
                const int to = visitOf[at(call.target)];
                multiplies |= to >= 0 && call.mean() > 0 && component[at(to)] == component[at(v)] &&
                              graph.links[at(call.link)].retries > 0;
            }
        for (const int v : *members)  // the way in that multiplies most holds for all of a cycle
            if (layers[at(v)].worst > layers[at(members->front())].worst) layers[at(members->front())] = layers[at(v)];
        for (const int v : *members) {
            layers[at(v)] = layers[at(members->front())];
            if (multiplies) layers[at(v)].worst = layers[at(v)].half = std::numeric_limits<double>::infinity();
            if (layers[at(v)].worst > hardest.worst)
                hardest = {flowIndex, flow.visits[at(v)].node, layers[at(v)].worst, layers[at(v)].half,
                           layers[at(v)].links};
        }
        for (const int v : *members)
            for (const Call& call : flow.visits[at(v)].calls) {
                const int to = visitOf[at(call.target)];
                if (to < 0 || call.mean() <= 0 || component[at(to)] == component[at(v)]) continue;
                Layer layer = behind(layers[at(v)], graph.links[at(call.link)], call.link);
                if (layer.worst > layers[at(to)].worst) layers[at(to)] = std::move(layer);
            }
    }
    return hardest;
}

}  // namespace

Growth growth(const LimitReport& limits, double factor) {
    Growth growth;
    growth.factor = factor;
    for (std::size_t i = 0; i < limits.limits.size(); ++i) {
        const Limit& limit = limits.limits[i];
        if (!limit.growsWithLoad || !(limit.use * factor >= 1)) continue;
        growth.breaks.push_back({static_cast<int>(i), 1 / limit.use, limit.use * factor, limit.needed(factor)});
    }
    std::stable_sort(growth.breaks.begin(), growth.breaks.end(),
                     [](const Break& a, const Break& b) { return a.atFactor < b.atFactor; });
    return growth;
}

LossCase lossCase(const FlowGraph& graph, const CapacityReport& before, const Loss& loss) {
    LossCase found;
    found.domain = loss.domain;
    found.node = loss.node;
    const Degraded left = degraded(graph, loss);
    const CapacityReport after = analyseCapacity(left.graph);
    found.failingFlows = left.failingFlows;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const int index = static_cast<int>(i);
        const Node& node = graph.nodes[i];
        if (left.isDown[i]) found.down.push_back(index);
        const double was = before.nodes[i].utilisation;
        const double now = left.instancesLeft[i] > 0 ? after.nodes[i].utilisation : noFigure;
        const bool sameLoad = (std::isnan(was) && std::isnan(now)) || std::abs(now - was) <= 1e-9 * was;
        if (left.instancesLeft[i] != node.instances || !sameLoad)
            found.changed.push_back({index, left.instancesLeft[i], now});
        if (!std::isnan(now) && (found.worst < 0 || now > found.worstUtilisation)) {
            found.worst = index;
            found.worstUtilisation = now;
        }
    }
    std::stable_sort(found.changed.begin(), found.changed.end(),
                     [](const Survivor& a, const Survivor& b) { return isLess(b.utilisation, a.utilisation); });
    return found;
}

std::vector<Amplification> retryAmplification(const FlowGraph& graph) {
    std::vector<Amplification> all;
    for (std::size_t f = 0; f < graph.flows.size(); ++f)
        if (Amplification hardest = hardestHit(graph, static_cast<int>(f)); hardest.worst > 1)
            all.push_back(std::move(hardest));
    return all;
}

WhatIf analyseWhatIf(const Snapshot& snapshot, const CapacityReport& capacity, const LimitReport& limits,
                     std::size_t followedNodes) {
    const FlowGraph& graph = snapshot.graph();
    WhatIf result;
    std::size_t followed = followedNodes / std::max<std::size_t>(1, graph.nodes.size());
    for (const double factor : {10.0, 100.0}) result.growth.push_back(growth(limits, factor));
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        const int index = static_cast<int>(i);
        if (node.managed || node.behaviour == Behaviour::client || node.behaviour == Behaviour::telemetry) continue;
        const bool isQuorum = std::any_of(std::begin(node.serving), std::end(node.serving), [&node](const Serving& s) {
            return s.units - 1 < s.need || s.units != node.instances;
        });
        if (node.units == node.instances && node.instances > 1 && !isQuorum) {
            result.instances.push_back(oneOfSeveral(graph, capacity, index));
        } else if (followed > 0) {
            --followed;
            result.instances.push_back(lossCase(graph, capacity, {-1, index}));
        } else {
            result.allInstances = false;
        }
    }
    for (std::size_t d = 0; d < graph.domains.size(); ++d)
        if (graph.domains[d].hasVariable)
            result.domains.push_back(lossCase(graph, capacity, {static_cast<int>(d), -1}));
    result.retries = retryAmplification(graph);
    return result;
}

}  // namespace loadpath
