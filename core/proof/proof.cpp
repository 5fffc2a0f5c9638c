#include "proof/proof.h"

#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

// Long enough to see a queue grow or a failover pass, short enough to be had while one looks on.
constexpr double wantedRequests = 40000, longestS = 60, shortestS = 1, mostTakeoverS = 600;
constexpr std::uint64_t mostEvents = 6'000'000;
constexpr int samples = 60;
constexpr double slowByMs = 5000;

/// The component whose failure or wait is shown; −1: none.
int subjectOf(const FlowGraph& graph, const Finding& finding) {
    return finding.components.empty() ? -1 : graph.node(finding.components.front());
}

int connectionOfFinding(const FlowGraph& graph, const Finding& finding) {
    for (const ConnectionId& id : finding.connections)
        if (const auto it = graph.linkById.find(id.value); it != graph.linkById.end())
            if (at(graph.links, it->second).legal) return it->second;
    return -1;
}

/// Messages are poison to the consumers of a broker: the finding names it, or a connection to it.
int brokerOf(const FlowGraph& graph, const Finding& finding) {
    for (const ComponentId& id : finding.components)
        if (const int node = graph.node(id); node >= 0 && at(graph.nodes, node).isBroker()) return node;
    const int link = connectionOfFinding(graph, finding);
    if (link < 0) return -1;
    const Link& l = at(graph.links, link);
    if (at(graph.nodes, l.from).isBroker()) return l.from;
    return at(graph.nodes, l.to).isBroker() ? l.to : -1;
}

/// Flows of clients that come by the node (or over the connection); all of them where none does.
std::vector<std::string> flowsBy(const FlowGraph& graph, int node, int link) {
    std::vector<std::string> passing, all;
    for (const FlowPath& flow : graph.flows) {
        if (flow.derived) continue;
        all.push_back(flow.id.value);
        bool comes = node >= 0 && flow.visit(node) != nullptr;
        if (link >= 0)
            for (const Visit& visit : flow.visits)
                comes = comes || std::any_of(visit.calls.begin(), visit.calls.end(),
                                             [link](const Call& call) { return call.link == link; });
        if (comes) passing.push_back(flow.id.value);
    }
    return passing.empty() ? all : passing;
}

double longestTakeoverS(const FlowGraph& graph) {
    double longest = 0;
    for (const Node& node : graph.nodes)
        for (const Standby& standby : node.standbys) longest = std::max(longest, standby.takeoverS);
    return longest;
}

double offeredRps(const FlowGraph& graph) {
    double sum = 0;
    for (const FlowPath& flow : graph.flows) sum += flow.derived ? 0 : flow.rateRps;
    return sum;
}

Fault faultOf(std::string kind, std::string target, double atS, Parameters extra = {}) {
    Fault fault;
    fault.kind = std::move(kind);
    fault.target = std::move(target);
    fault.atS = atS;
    fault.extra = std::move(extra);
    return fault;
}

/// Fills in what the kind of proof runs; false where the finding gives it nothing to work on.
bool arrange(Proof proof, const Snapshot& snapshot, const Finding& finding, ProofPlan& plan) {
    const FlowGraph& graph = snapshot.graph();
    const double at0 = plan.startsAtS;
    const std::string when = " at " + duration(at0 * 1000);
    switch (proof) {
        case Proof::none:
            return false;
        case Proof::killInstance: {
            const int node = subjectOf(graph, finding);
            if (node < 0 || at(graph.nodes, node).managed || at(graph.nodes, node).behaviour == Behaviour::client)
                return false;
            plan.what = "An instance of " + snapshot.nameOf(node) + " fails for good" + when;
            plan.scenario.faults = {faultOf("instance_down", finding.components.front().value, at0, {{"count", 1}})};
            plan.flows = flowsBy(graph, node, -1);
            return true;
        }
        case Proof::loseZone: {
            if (finding.zones.empty()) return false;
            const auto domain = graph.domainById.find(finding.zones.front().value);
            if (domain == graph.domainById.end()) return false;
            plan.what = "Zone " + at(graph.domains, domain->second).name + " is lost" + when;
            plan.scenario.faults = {faultOf("zone_down", finding.zones.front().value, at0)};
            plan.flows = flowsBy(graph, -1, -1);
            return true;
        }
        case Proof::peakLoad: {
            const int node = subjectOf(graph, finding);
            plan.what = "The stated peak, " + rate(offeredRps(graph)) + ", and no fault";
            plan.startsAtS = -1;
            plan.measure = ProofMeasure::p99;
            plan.flows = flowsBy(graph, node, -1);
            return true;
        }
        case Proof::slowDependency: {
            const int link = connectionOfFinding(graph, finding);
            if (link < 0) return false;
            const Link& l = at(graph.links, link);
            plan.what = snapshot.nameOf(l.to) + " takes " + duration(slowByMs) + " longer to answer " +
                        snapshot.nameOf(l.from) + when;
            plan.scenario.faults = {faultOf("latency", finding.connections.front().value, at0, {{"add_ms", slowByMs}})};
            plan.scenario.faults.front().target = l.id.value;
            plan.measure = ProofMeasure::inProgress;
            plan.subject = at(graph.nodes, l.from).id;
            plan.flows = flowsBy(graph, -1, link);
            return true;
        }
        case Proof::poisonMessages: {
            const int broker = brokerOf(graph, finding);
            if (broker < 0) return false;
            plan.what = "Twenty messages that fail every time reach " + snapshot.nameOf(broker) + when;
            plan.scenario.faults = {faultOf("poison_message", at(graph.nodes, broker).id.value, at0, {{"count", 20}})};
            plan.measure = ProofMeasure::lag;
            plan.subject = at(graph.nodes, broker).id;
            plan.flows = flowsBy(graph, -1, -1);
            return true;
        }
    }
    return false;
}

}  // namespace

std::string_view label(ProofMeasure measure) {
    switch (measure) {
        case ProofMeasure::completed:
            return "answered requests a second";
        case ProofMeasure::p99:
            return "99 % are answered within, ms";
        case ProofMeasure::inProgress:
            return "requests in progress";
        case ProofMeasure::lag:
            return "messages waiting";
    }
    return {};
}

bool hasProof(const Report& report, const Finding& finding) {
    const Rule* rule = findRule(finding.rule);
    if (!rule || rule->proof == Proof::none || !finding.fix || !(offeredRps(report.snapshot->graph()) > 0))
        return false;
    ProofPlan plan;
    return arrange(rule->proof, *report.snapshot, finding, plan);
}

std::optional<ProofPlan> proofPlan(const Report& report, const Finding& finding) {
    if (!hasProof(report, finding)) return std::nullopt;
    const double load = offeredRps(report.snapshot->graph());
    Design edited = report.snapshot->design();
    applyEdits(edited, finding.fix->edits);
    const std::shared_ptr<const Catalog> catalog(report.snapshot, &report.snapshot->catalog());
    const std::shared_ptr<const Snapshot> mended = Snapshot::of(std::move(edited), catalog);
    ProofPlan plan;
    const Proof proof = findRule(finding.rule)->proof;
    if (proof == Proof::peakLoad) {
        plan.scenario.durationS = std::clamp(wantedRequests / load, shortestS, longestS);
    } else {
        // What a fault does shows at any load, but a takeover takes its time: rather fewer requests.
        plan.scenario.durationS = std::clamp(2 * longestTakeoverS(mended->graph()), longestS, mostTakeoverS);
        plan.scenario.load = std::min(1.0, wantedRequests / plan.scenario.durationS / load);
    }
    plan.scenario.warmupS = 0;
    plan.scenario.seriesStepS = plan.scenario.durationS / samples;
    plan.startsAtS = plan.scenario.durationS / 3;
    arrange(proof, *report.snapshot, finding, plan);
    if (plan.scenario.load < 1) plan.what += ", at " + percent(plan.scenario.load) + " of the peak";
    plan.before = report.snapshot;
    plan.after = mended;
    if (!problems(plan.scenario, *plan.before).empty() || !problems(plan.scenario, *plan.after).empty())
        return std::nullopt;
    return plan;
}

ProofRun::ProofRun(ProofPlan plan)
    : m_plan(std::move(plan)),
      m_before(std::make_unique<Simulator>(m_plan.before, m_plan.scenario)),
      m_after(std::make_unique<Simulator>(m_plan.after, m_plan.scenario)) {}

ProofRun::~ProofRun() = default;

bool ProofRun::advance(std::uint64_t maxEvents) {
    Simulator* const simulators[2] = {m_before.get(), m_after.get()};
    for (int i = 0; i < 2; ++i) {
        if (m_done[i]) continue;
        m_done[i] = !simulators[i]->advance(maxEvents);
        m_events[i] += maxEvents;
        m_done[i] = m_done[i] || m_events[i] >= mostEvents;
        break;
    }
    return !m_done[0] || !m_done[1];
}

double ProofRun::progress() const {
    const auto share = [](const Simulator& simulator, bool done) {
        const Progress progress = simulator.progress();
        return done ? 1 : progress.durationS > 0 ? std::clamp(progress.timeS / progress.durationS, 0.0, 1.0) : 0;
    };
    return (share(*m_before, m_done[0]) + share(*m_after, m_done[1])) / 2;
}

ProofCurve ProofRun::curveOf(const Simulator& simulator, const Snapshot& snapshot) const {
    const Metrics metrics = simulator.metrics();
    ProofCurve curve;
    curve.timeS = metrics.series.timeS;
    curve.values.assign(curve.timeS.size(), 0);
    const int subject = m_plan.subject.empty() ? -1 : snapshot.graph().node(m_plan.subject);
    for (std::size_t f = 0; f < metrics.flows.size(); ++f) {
        const FlowMetrics& flow = metrics.flows[f];
        if (std::find(m_plan.flows.begin(), m_plan.flows.end(), flow.flow) == m_plan.flows.end()) continue;
        curve.offered += static_cast<double>(flow.offered);
        curve.completed += static_cast<double>(flow.completed);
        curve.failed += static_cast<double>(flow.failed + flow.timedOut + flow.rejected);
        curve.p99Ms = std::max(curve.p99Ms, flow.latency.p99);
        if (f >= metrics.series.flows.size()) continue;
        const std::vector<FlowSample>& series = metrics.series.flows[f];
        for (std::size_t i = 0; i < series.size() && i < curve.values.size(); ++i) {
            if (m_plan.measure == ProofMeasure::completed)
                curve.values[i] += series[i].completedRps;
            else if (m_plan.measure == ProofMeasure::p99)
                curve.values[i] = std::max(curve.values[i], series[i].p99Ms);
        }
    }
    if (subject >= 0 && static_cast<std::size_t>(subject) < metrics.series.components.size()) {
        const std::vector<ComponentSample>& series = at(metrics.series.components, subject);
        for (std::size_t i = 0; i < series.size() && i < curve.values.size(); ++i) {
            if (m_plan.measure == ProofMeasure::inProgress) curve.values[i] = series[i].inSystem;
            if (m_plan.measure == ProofMeasure::lag) curve.values[i] = series[i].lag;
        }
    }
    return curve;
}

ProofResult ProofRun::result() const { return {curveOf(*m_before, *m_plan.before), curveOf(*m_after, *m_plan.after)}; }

}  // namespace loadpath
