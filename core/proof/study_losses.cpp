#include "analysis/availability.h"
#include "proof/studies.h"
#include "support/index.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace loadpath {
namespace {

/// Everything up and every standby in its place.
FlowGraph graphWithoutChance(const FlowGraph& graph) {
    FlowGraph sure = graph;
    for (Node& node : sure.nodes) {
        node.availability = 1;
        for (Standby& standby : node.standbys) standby.windowShare = 0;
    }
    for (Domain& domain : sure.domains) domain.availability = 1;
    return sure;
}

double rateOfLossFlow(const FlowGraph& graph, int flow) { return graph.flows[at(flow)].rateRps; }

/// Share of all requests that fail, by the rates of their flows.
double failedInGraph(const FlowGraph& graph) {
    double failed = 0, all = 0;
    for (const FlowAvailability& flow : analyseAvailability(graph).flows) {
        failed += rateOfLossFlow(graph, flow.flow) * (1 - flow.availability);
        all += rateOfLossFlow(graph, flow.flow);
    }
    return all > 0 ? failed / all : 0;
}

/// By the name of the unit: share of all requests that fail while it is down and all else is up.
std::map<std::string, double> impactsOfUnits(FlowGraph graph) {
    // What cannot fail has no variable, so everything may; impact does not depend on how often.
    for (Node& node : graph.nodes) node.availability = 0.9;
    std::map<std::string, double> impacts;
    double all = 0;
    for (const FlowAvailability& flow : analyseAvailability(graph).flows) {
        const double rate = rateOfLossFlow(graph, flow.flow);
        all += rate;
        for (const UnitFigures& unit : flow.units) impacts[unit.unit] += rate * unit.impact;
    }
    for (auto& impact : impacts) impact.second = all > 0 ? impact.second / all : 0;
    return impacts;
}

double failedInRun(const Metrics& metrics) {
    std::uint64_t failed = 0, ended = 0;
    for (const FlowMetrics& flow : metrics.flows) {
        const std::uint64_t bad = flow.failed + flow.rejected + flow.timedOut;
        failed += bad;
        ended += bad + flow.completed;
    }
    return ended > 0 ? static_cast<double>(failed) / static_cast<double>(ended) : 0;
}

Fault faultOfLoss(const LossCase& loss) {
    Fault fault;
    fault.target = loss.target;
    switch (loss.kind) {
        case LossCase::Kind::instance:
            fault.kind = "instance_down";
            fault.extra = {{"unit", loss.unit}};
            break;
        case LossCase::Kind::component:
            fault.kind = "component_down";
            break;
        case LossCase::Kind::zone:
            fault.kind = "zone_down";
            break;
    }
    return fault;
}

std::vector<LossCase> lossCases(const FlowGraph& graph) {
    std::vector<LossCase> cases;
    const FlowGraph sure = graphWithoutChance(graph);
    const std::map<std::string, double> impacts = impactsOfUnits(sure);
    const auto predict = [&](auto change) {
        FlowGraph changed = sure;
        change(changed);
        return failedInGraph(changed);
    };
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
        const Node& node = graph.nodes[n];
        if (node.behaviour == Behaviour::client) continue;
        LossCase whole;
        whole.target = node.id.value;
        whole.predicted = predict([n](FlowGraph& changed) { changed.nodes[n].availability = 0; });
        cases.push_back(whole);
        if (node.managed || node.units < 2) continue;
        // Units in one place that share no data are alike: one of them is enough.
        const int places = static_cast<int>(std::max<std::size_t>(node.zones.size(), 1));
        const bool alike = node.layout == Node::Layout::whole;
        for (int unit = 0; unit < (alike ? std::min(places, node.units) : node.units); ++unit) {
            LossCase one = whole;
            one.kind = LossCase::Kind::instance;
            one.unit = unit;
            one.standsFor = alike ? (node.units - unit + places - 1) / places : 1;
            const auto impact = impacts.find(node.id.value + '#' + std::to_string(unit));
            one.predicted = impact != impacts.end() ? impact->second : 0;
            cases.push_back(one);
        }
    }
    for (std::size_t d = 0; d < graph.domains.size(); ++d) {
        if (!graph.domains[d].hasVariable) continue;
        LossCase zone;
        zone.kind = LossCase::Kind::zone;
        zone.target = graph.domains[d].id.value;
        zone.predicted = predict([d](FlowGraph& changed) { changed.domains[d].availability = 0; });
        cases.push_back(zone);
    }
    return cases;
}

}  // namespace

std::string_view label(LossCase::Kind kind) {
    switch (kind) {
        case LossCase::Kind::instance:
            return "instance";
        case LossCase::Kind::component:
            return "component";
        case LossCase::Kind::zone:
            return "zone";
    }
    return {};
}

LossStudy lossStudy(const std::shared_ptr<const Snapshot>& snapshot, const Scenario& scenario, double settleS,
                    const RunAll& runAll) {
    const FlowGraph& graph = snapshot->graph();
    LossStudy study;
    study.cases = lossCases(graph);
    double settled = std::max(0.0, settleS);
    for (const Node& node : graph.nodes)
        for (const Standby& standby : node.standbys) settled = std::max(settled, settleS + standby.takeoverS);
    Scenario usual = scenario;
    usual.seriesStepS = 0;
    usual.faults.clear();
    usual.expectations.clear();
    usual.durationS = settled + std::max(scenario.durationS - scenario.warmupS, 1e-3);
    usual.warmupS = settled;
    std::vector<StudyRun> runs{{snapshot, usual}};
    for (const LossCase& loss : study.cases) {
        StudyRun run{snapshot, usual};
        run.scenario.faults.push_back(faultOfLoss(loss));
        runs.push_back(std::move(run));
    }
    const std::vector<Metrics> results = runAll(runs);
    study.undisturbed = failedInRun(results.front());
    for (std::size_t i = 0; i < study.cases.size(); ++i) {
        LossCase& loss = study.cases[i];
        const Metrics& metrics = results[i + 1];
        loss.measured = failedInRun(metrics);
        double ended = 0;
        for (const FlowMetrics& flow : metrics.flows) {
            ended += static_cast<double>(flow.completed + flow.failed + flow.rejected + flow.timedOut);
            if (flow.errorRatio <= loss.worstFlow) continue;
            loss.worstFlow = flow.errorRatio;
            loss.flow = flow.flow;
        }
        const double expected = std::min(1.0, loss.predicted + study.undisturbed);
        const double error = ended > 0 ? std::sqrt(expected * (1 - expected) / ended) : 1;
        loss.worseThanPredicted = loss.measured > expected + std::max(0.005, 4 * error);
    }
    std::stable_sort(study.cases.begin(), study.cases.end(),
                     [](const LossCase& a, const LossCase& b) { return a.measured > b.measured; });
    return study;
}

}  // namespace loadpath
