#include "analysis/capacity_explain.h"

#include "analysis/latency.h"
#include "support/format.h"
#include "support/index.h"

#include <cmath>

namespace loadpath {
namespace {

std::string perSecond(double value) { return std::isfinite(value) ? rate(value) : "without bound"; }
std::string orNone(double value, std::string (*show)(double)) {
    return std::isnan(value) ? "–" : std::isinf(value) ? "without bound" : show(value);
}
std::string ratio(double value) { return fixed(value, value < 0.1 ? 4 : 3); }

class Steps {
public:
    Steps(std::string title, std::string result) { m_derivation = {std::move(title), std::move(result), {}}; }
    void add(std::string what, std::string expression, std::string result, std::vector<std::string> components = {}) {
        m_derivation.steps.push_back(
            {std::move(what), std::move(expression), std::move(result), std::move(components)});
    }
    Derivation take() { return std::move(m_derivation); }

private:
    Derivation m_derivation;
};

}  // namespace

Derivation explainLoad(const Snapshot& snapshot, const CapacityReport& capacity, int index) {
    const FlowGraph& graph = snapshot.graph();
    const Node& node = graph.nodes[at(index)];
    const ComponentLoad& load = capacity.nodes[at(index)];
    Steps steps("Load of " + node.name, perSecond(load.arrivalRps));
    for (const LoadShare& share : loadShares(graph, capacity)) {
        if (share.node != index) continue;
        const FlowPath& flow = graph.flows[at(share.flow)];
        std::string what = flow.name + (share.op == Op::read ? ", reads" : ", writes");
        std::vector<std::string> components{node.id.value};
        if (share.link >= 0) {
            const Node& from = graph.nodes[at(graph.links[at(share.link)].from)];
            what += " from " + from.name;
            components.push_back(from.id.value);
        }
        steps.add(std::move(what),
                  perSecond(capacity.flowRps[at(share.flow)]) + " · " +
                      shortest(std::round(share.perRequest * 1e6) / 1e6) + " a request",
                  perSecond(share.rps), std::move(components));
    }
    for (const int op : {0, 1})
        if (node.operations[op] > 1)
            steps.add(op == 0 ? "Replicas asked by a read" : "Replicas written", {},
                      std::to_string(node.operations[op]), {node.id.value});
    const std::string applied = load.appliedRps > 0 ? " + " + perSecond(load.appliedRps) + " applied" : "";
    if (load.appliedRps > 0)
        steps.add("Replicated writes applied", "each instance applies them all", perSecond(load.appliedRps),
                  {node.id.value});
    steps.add("Together",
              node.operations[0] > 1 || node.operations[1] > 1
                  ? perSecond(load.readRps) + " · " + std::to_string(node.operations[0]) + " + " +
                        perSecond(load.writeRps) + " · " + std::to_string(node.operations[1]) + applied
                  : perSecond(load.readRps) + " reads + " + perSecond(load.writeRps) + " writes" + applied,
              perSecond(load.arrivalRps), {node.id.value});
    return steps.take();
}

Derivation explainUtilisation(const Snapshot& snapshot, const CapacityReport& capacity, int index) {
    const Node& node = snapshot.graph().nodes[at(index)];
    const ComponentLoad& load = capacity.nodes[at(index)];
    Steps steps("Utilisation of " + node.name, std::isnan(load.utilisation) ? "–" : percent(load.utilisation));
    const std::vector<std::string> self{node.id.value};
    if (std::isnan(load.utilisation)) {
        steps.add("No figure", {},
                  std::isinf(load.arrivalRps) ? "load grows without end in a synchronous cycle"
                                              : "it has no servers of its own that could fill up",
                  self);
        return steps.take();
    }
    steps.add("Arrivals at peak", "λ", perSecond(load.arrivalRps), self);
    if (node.serviceMs[0] != node.serviceMs[1])
        steps.add("Own work", "reads " + duration(node.serviceMs[0]) + ", writes " + duration(node.serviceMs[1]),
                  duration(load.serviceMs), self);
    if (load.workingInstances < node.instances)
        steps.add("Instances that have a partition", {},
                  std::to_string(load.workingInstances) + " of " + std::to_string(node.instances), self);
    steps.add("Capacity",
              "n · c / S = " + std::to_string(load.workingInstances) + " · " + std::to_string(node.concurrency) +
                  " / " + duration(load.serviceMs),
              perSecond(load.capacityRps), self);
    steps.add("Utilisation", "ρ = λ / capacity", ratio(load.utilisation), self);
    return steps.take();
}

Derivation explainWait(const Snapshot& snapshot, const CapacityReport& capacity, int index) {
    const Node& node = snapshot.graph().nodes[at(index)];
    const ComponentLoad& load = capacity.nodes[at(index)];
    Steps steps("Wait at " + node.name, orNone(load.waitMs, duration));
    const std::vector<std::string> self{node.id.value};
    if (std::isnan(load.waitMs) || load.servers <= 0) {
        steps.add("No queue", {}, "a pure delay, or a service that grows with its load", self);
        return steps.take();
    }
    const double each = load.arrivalRps / load.queues, offered = each * load.serviceMs / 1000;
    steps.add("Arrivals of one queue", "λ / " + std::to_string(load.queues), perSecond(each), self);
    steps.add("Offered load", "a = λ · S = " + perSecond(each) + " · " + duration(load.serviceMs),
              fixed(offered, 3) + " Erlang", self);
    const std::string c = std::to_string(load.servers);
    if (node.queueLimit >= 0) {
        const FiniteQueue queue = finiteQueue(load.servers, node.queueLimit, each / 1000, load.serviceMs);
        steps.add("Bounded queue", "M/M/" + c + "/" + std::to_string(load.servers + node.queueLimit),
                  percent(queue.blocked, 3) + " find it full", self);
        steps.add("Served", "λ · (1 − blocked)", perSecond(each * (1 - queue.blocked)), self);
    } else if (load.utilisation >= 1) {
        steps.add("Servers", "a ≥ " + c, "the queue grows without end", self);
        return steps.take();
    } else {
        steps.add("Probability to wait (Erlang C)", "C(" + c + ", a)", ratio(erlangC(load.servers, offered)), self);
        steps.add("Wait of exponential work", "C · S / (c − a)",
                  duration(meanWait(load.servers, each / 1000, load.serviceMs)), self);
    }
    if (std::abs(load.squaredVariation - 1) > 1e-12)
        steps.add("Variation of the work (Allen–Cunneen)",
                  "(1 + cv²) / 2, cv² = " + orNone(load.squaredVariation, shortest),
                  orNone((1 + load.squaredVariation) / 2, shortest), self);
    steps.add("Mean wait", {}, orNone(load.waitMs, duration), self);
    steps.add("Response", "wait + own work = " + orNone(load.waitMs, duration) + " + " + duration(load.serviceMs),
              orNone(load.responseMs, duration), self);
    return steps.take();
}

Derivation explainLatency(const Snapshot& snapshot, const CapacityReport& capacity, int index) {
    const FlowGraph& graph = snapshot.graph();
    const FlowPath& flow = graph.flows[at(index)];
    Steps steps("Mean latency of " + flow.name, orNone(capacity.flowLatencyMs[at(index)], duration));
    const std::vector<double> own = ownTimesMs(capacity), behind = timesBehindMs(graph, flow, own);
    for (std::size_t v = 0; v < flow.visits.size(); ++v) {
        const Visit& visit = flow.visits[v];
        const Node& from = graph.nodes[at(visit.node)];
        if (!(capacity.flowVisits[at(index)][v] > 0) || visit.calls.empty()) continue;
        for (const Call& call : visit.calls) {
            if (!(call.mean() > 0)) continue;
            const Node& to = graph.nodes[at(call.target)];
            double inside = 0;
            if (!call.endsAtTarget())
                for (std::size_t t = 0; t < flow.visits.size(); ++t)
                    if (flow.visits[t].node == call.target) inside = behind[t];
            const double rtt = graph.links[at(call.link)].rttMs;
            std::string expression = "round trip " + duration(rtt) + " + wait and work " +
                                     orNone(own[at(call.target)], duration) + " + its calls " +
                                     orNone(inside, duration);
            if (call.mean() != 1) expression += "; made " + shortest(std::round(call.mean() * 1e6) / 1e6) + " times";
            steps.add(from.name + " → " + to.name, std::move(expression),
                      orNone(rtt + own[at(call.target)] + inside, duration), {from.id.value, to.id.value});
        }
        steps.add("All calls of " + from.name, "the slowest of those made together, and the rest one after another",
                  orNone(behind[v], duration), {from.id.value});
    }
    return steps.take();
}

Derivation explainLimit(const Snapshot& snapshot, const Limit& limit) {
    const Node& node = snapshot.graph().nodes[at(limit.node)];
    Steps steps(node.name + ": " + limit.name, percent(limit.use));
    steps.add("Demand", {}, shortest(std::round(limit.demand * 1e4) / 1e4) + ' ' + limit.unit, {node.id.value});
    steps.add("Limit", {}, shortest(std::round(limit.limit * 1e4) / 1e4) + ' ' + limit.unit, {node.id.value});
    steps.add("Use", "demand / limit", ratio(limit.use), {node.id.value});
    if (!limit.suggestion.empty()) steps.add("What gives room", {}, limit.suggestion, {node.id.value});
    return steps.take();
}

Derivation explainHeadroom(const Snapshot& snapshot, const CapacityReport& capacity) {
    Steps steps("Headroom", std::isnan(capacity.headroom) ? "–" : factor(capacity.headroom));
    if (capacity.saturatesFirst < 0) return steps.take();
    const Node& node = snapshot.graph().nodes[at(capacity.saturatesFirst)];
    const double use = capacity.nodes[at(capacity.saturatesFirst)].utilisation;
    steps.add("Fullest component", node.name, percent(use), {node.id.value});
    steps.add("Load it could take", "1 / ρ = 1 / " + ratio(use), factor(capacity.headroom), {node.id.value});
    return steps.take();
}

}  // namespace loadpath
