#include "proof/verify.h"

#include "analysis/availability.h"
#include "analysis/capacity.h"
#include "sim/settings.h"
#include "support/index.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

using Kind = VerifyCheck::Kind;

constexpr double standardErrors = 4;  // a true figure is outside once in some 16,000 comparisons
constexpr double strayShare = 1e-3;   // of calls that fail or repeat: too few to be seen in a utilisation

VerifyCheck verifyEqual(Kind kind, const std::string& subject, double expected, double measured, double tolerance) {
    return {kind, subject, expected, measured, tolerance, std::abs(expected - measured) <= tolerance};
}

void verifyConservation(const Metrics& metrics, Verification& all) {
    for (const FlowMetrics& flow : metrics.flows) {
        const std::uint64_t found = flow.completed + flow.failed + flow.timedOut + flow.rejected + flow.inFlight;
        all.checks.push_back({Kind::requests, flow.flow, static_cast<double>(flow.offered), static_cast<double>(found),
                              0, flow.offered == found});
    }
    for (const ComponentMetrics& component : metrics.components) {
        const std::uint64_t came = component.presentBefore + component.arrivals;
        const std::uint64_t found = component.completed + component.failed + component.rejected + component.presentNow;
        if (came == 0 && found == 0) continue;
        all.checks.push_back({Kind::visits, component.component, static_cast<double>(came), static_cast<double>(found),
                              0, came == found});
    }
}

/// L = λW over a window, with the time that those at its ends spend outside of it: no run is too short for that.
void verifyLittle(const Metrics& metrics, Verification& all) {
    const double window = metrics.durationS - metrics.warmupS;
    for (const ComponentMetrics& component : metrics.components) {
        const auto left = static_cast<double>(component.completed + component.failed);
        if (left <= 0 || window <= 0) continue;
        const double byLaw =
            (left * component.meanResponseMs * 1e-3 - component.presentAgeBeforeS + component.presentAgeNowS) / window;
        all.checks.push_back(
            verifyEqual(Kind::little, component.component, byLaw, component.meanInSystem, 1e-6 * byLaw + 1e-9));
    }
}

/// What makes the run something else than a steady state at the design's rates; empty: nothing.
std::string unsteadyBecause(const Metrics& metrics, const sim::Settings& settings, const FlowGraph& graph,
                            const CapacityReport& theory, const Scenario& scenario) {
    if (!scenario.faults.empty()) return "the scenario has faults";
    if (scenario.load <= 0) return "there is no load";
    for (const FlowPath& flow : graph.flows) {
        if (flow.derived) continue;
        const sim::ClientSettings& client = settings.nodes[at(flow.entry)].client;
        if ((client.arrivals != sim::Arrivals::poisson && client.arrivals != sim::Arrivals::deterministic) ||
            client.flashDurationS > 0)
            return "the rate of " + graph.nodes[at(flow.entry)].name + " changes in the course of the run";
    }
    if (theory.diverges) return "the load multiplies without end";
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
        if (theory.nodes[n].utilisation >= 1) return graph.nodes[n].name + " is overloaded";
        if (settings.nodes[n].cache.isReal) return graph.nodes[n].name + " holds real keys, its hit ratio is a result";
        if (graph.nodes[n].errorRate > 0) return graph.nodes[n].name + " fails some of its requests";
    }
    for (const sim::LinkSettings& link : settings.links)
        if (link.hedgeAfterMs > 0) return "hedged calls add load that theory does not know";
    for (const ConnectionMetrics& link : metrics.connections)
        if (static_cast<double>(link.failures + link.rejected + link.retries) >
            strayShare * static_cast<double>(link.calls))
            return "calls over " + link.connection + " fail or are repeated";
    for (const FlowMetrics& flow : metrics.flows)
        if (flow.errorRatio > strayShare) return "requests of " + flow.flow + " fail";
    return {};
}

/// Requests whose work reaches the component one by one: Poisson arrivals as queueing theory has them.
bool arrivesAsPoisson(const FlowGraph& graph, const sim::Settings& settings, int target) {
    for (const FlowPath& flow : graph.flows) {
        for (const Visit& visit : flow.visits) {
            for (const Call& call : visit.calls) {
                if (call.target != target) continue;
                // Farther in, arrivals are Poisson only where all before it is a network of Jackson's.
                if (flow.derived || visit.node != flow.entry || call.calls != 1 || call.kind != Call::Kind::request ||
                    settings.nodes[at(flow.entry)].client.arrivals != sim::Arrivals::poisson)
                    return false;
            }
        }
    }
    return true;
}

/// By flow: whether it is the work on changes of a store, or on messages that come of it. The analysis charges
/// that, a run leaves it out.
std::vector<char> flowsLeftOut(const FlowGraph& graph) {
    std::vector<char> left(graph.flows.size(), 0);
    for (std::size_t f = 0; f < left.size(); ++f) left[f] = graph.flows[f].feed >= 0;
    for (bool grew = true; grew;) {
        grew = false;
        for (std::size_t f = 0; f < left.size(); ++f) {
            const int subscription = graph.flows[f].subscription;
            if (left[f] || subscription < 0) continue;
            const int broker = graph.subscriptions[at(subscription)].broker;
            for (std::size_t other = 0; other < left.size() && !left[f]; ++other)
                left[f] = left[other] && graph.flows[other].visit(broker);
            grew = grew || left[f];
        }
    }
    return left;
}

/// Why the run has less work for the component than the analysis.
std::string notCharged(const FlowGraph& graph, const std::vector<char>& leftOut, int index) {
    const Node& node = graph.nodes[at(index)];
    for (std::size_t f = 0; f < graph.flows.size(); ++f) {
        const FlowPath& flow = graph.flows[f];
        if (leftOut[f] && flow.visit(index)) return "it works on changes of a store, which the run leaves out";
        if (flow.subscription >= 0 && flow.entry == index && (node.operations[0] > 1 || node.operations[1] > 1))
            return "messages are written by one of its replicas in the run";
    }
    return {};
}

std::string noDelayTheory(const FlowGraph& graph, const sim::Settings& settings, int index) {
    const Node& node = graph.nodes[at(index)];
    if (node.distribution != Distribution::exponential) return "the time its work takes is not exponential";
    if (node.threads > 0) return "its threads are held during calls";
    if (node.queueLimit >= 0) return "its queue is bounded";
    if (node.operations[0] != 1 || node.operations[1] != 1) return "one call is several operations";
    if (node.serviceMs[0] != node.serviceMs[1] && node.serviceMs[1] > 0) return "reads and writes take different times";
    if (!arrivesAsPoisson(graph, settings, index)) return "its arrivals are not Poisson";
    return {};
}

void verifyTheory(const Metrics& metrics, const Snapshot& snapshot, const Scenario& scenario, Verification& all) {
    FlowGraph graph = snapshot.graph();
    for (FlowPath& flow : graph.flows) flow.rateRps *= scenario.load;
    const CapacityReport theory = analyseCapacity(graph);
    const sim::Settings settings = sim::Settings::of(snapshot);
    const std::string unsteady = unsteadyBecause(metrics, settings, graph, theory, scenario);
    if (!unsteady.empty()) {
        all.omissions.push_back({Kind::utilisation, {}, unsteady});
        all.omissions.push_back({Kind::delay, {}, unsteady});
        return;
    }
    const std::vector<char> leftOut = flowsLeftOut(graph);
    double requests = 0;
    for (const FlowMetrics& flow : metrics.flows) requests += static_cast<double>(flow.completed);
    for (std::size_t n = 0; n < graph.nodes.size() && n < metrics.components.size(); ++n) {
        const ComponentMetrics& run = metrics.components[n];
        const ComponentLoad& load = theory.nodes[n];
        if (!run.utilisation || !(load.utilisation > 0) || !std::isfinite(load.utilisation)) continue;
        if (std::string why = notCharged(graph, leftOut, static_cast<int>(n)); !why.empty()) {
            all.omissions.push_back({Kind::utilisation, run.component, std::move(why)});
            continue;
        }
        // Work that one request causes comes together, so requests count and not operations.
        const double independent = std::min(requests, static_cast<double>(run.arrivals));
        if (independent < 1000) {
            all.omissions.push_back({Kind::utilisation, run.component, "fewer than a thousand arrivals"});
            continue;
        }
        const double rho = load.utilisation;
        const double ownError = std::sqrt((1 + load.squaredVariation) / independent);
        all.checks.push_back(verifyEqual(Kind::utilisation, run.component, rho, *run.utilisation,
                                         rho * std::max(0.02, standardErrors * ownError)));
        if (std::string why = noDelayTheory(graph, settings, static_cast<int>(n)); !why.empty()) {
            all.omissions.push_back({Kind::delay, run.component, std::move(why)});
            continue;
        }
        // Work done by the servers over what came: the own work of one operation as it was measured.
        const double window = (metrics.durationS - metrics.warmupS) * 1e3;
        const double work = *run.utilisation * window * load.queues * load.servers / static_cast<double>(run.arrivals);
        // The number in an M/M/1 over time has this relative error (Whitt 1989); with more servers it is smaller.
        const double queueError = std::sqrt(2 * (1 + rho) / independent) / (1 - rho);
        if (standardErrors * queueError > 0.25) {
            all.omissions.push_back({Kind::delay, run.component, "the run is too short to tell at this utilisation"});
            continue;
        }
        all.checks.push_back(verifyEqual(Kind::delay, run.component, load.responseMs, run.meanWaitMs + work,
                                         load.responseMs * std::max(0.02, standardErrors * queueError)));
    }
}

}  // namespace

std::string_view label(Kind kind) {
    switch (kind) {
        case Kind::requests:
            return "requests conserved";
        case Kind::visits:
            return "visits conserved";
        case Kind::little:
            return "Little's law";
        case Kind::utilisation:
            return "utilisation";
        case Kind::delay:
            return "mean delay";
        case Kind::availability:
            return "availability";
    }
    return {};
}

bool Verification::passed() const {
    return std::all_of(checks.begin(), checks.end(), [](const VerifyCheck& check) { return check.passed; });
}

Verification verifyRun(const Metrics& metrics, const Snapshot& snapshot, const Scenario& scenario) {
    Verification all;
    verifyConservation(metrics, all);
    verifyLittle(metrics, all);
    verifyTheory(metrics, snapshot, scenario, all);
    return all;
}

Verification verifyAvailability(const std::shared_ptr<const Snapshot>& snapshot, const OutageTrial& trial) {
    Verification all;
    FlowGraph graph = snapshot->graph();
    double rate = 0;
    for (const FlowPath& flow : graph.flows)
        if (!flow.derived) rate += flow.rateRps;
    const auto omit = [&all](std::string why) { all.omissions.push_back({Kind::availability, {}, std::move(why)}); };
    if (!(rate > 0)) {
        omit("no client sends requests");
        return all;
    }
    const double up = trial.mtbfS / (trial.mtbfS + trial.mttrS);
    for (Node& node : graph.nodes) {
        if (node.errorRate > 0) {
            omit(node.name + " fails some of its requests by itself");
            return all;
        }
        if (node.behaviour == Behaviour::client) continue;
        node.availability = up;
        node.mttrS = trial.mttrS;
        for (Standby& standby : node.standbys) standby.windowShare = 1 - std::exp(-standby.takeoverS / trial.mttrS);
    }
    for (Domain& domain : graph.domains)
        if (domain.hasVariable) domain.availability = up;
    // The analysis fails every request while a resolver is down; in a run those that still know the name succeed.
    std::vector<double> asked(graph.nodes.size(), 0);
    for (const FlowPath& flow : graph.flows)
        for (const Visit& visit : flow.visits)
            for (const Call& call : visit.calls)
                if (call.kind == Call::Kind::lookup)
                    asked[at(call.target)] = std::max(asked[at(call.target)], call.probability);
    for (std::size_t n = 0; n < asked.size(); ++n)
        if (asked[n] > 0) graph.nodes[n].availability = 1 - asked[n] * (1 - up);
    const AvailabilityReport exact = analyseAvailability(graph);

    Scenario scenario;
    scenario.durationS = trial.durationS;
    scenario.warmupS = trial.mttrS * 20;
    scenario.load = trial.requestsPerS / rate;
    scenario.seriesStepS = 0;
    Fault outages;
    outages.kind = "random";
    outages.extra = {{"mtbf_s", trial.mtbfS}, {"mttr_s", trial.mttrS}};
    scenario.faults.push_back(std::move(outages));

    std::vector<std::vector<double>> shares;  // by flow, by run
    std::vector<double> ended;
    std::vector<std::string> names;
    for (int run = 0; run < trial.runs; ++run) {
        scenario.seed = trial.seed + run;
        const Metrics metrics = simulate(snapshot, scenario);
        shares.resize(metrics.flows.size());
        ended.resize(metrics.flows.size());
        names.resize(metrics.flows.size());
        for (std::size_t f = 0; f < metrics.flows.size(); ++f) {
            shares[f].push_back(1 - metrics.flows[f].errorRatio);
            ended[f] += static_cast<double>(metrics.flows[f].offered);
            names[f] = metrics.flows[f].flow;
        }
    }
    for (std::size_t f = 0; f < shares.size(); ++f) {
        const auto count = static_cast<double>(shares[f].size());
        double mean = 0, squares = 0;
        for (const double share : shares[f]) mean += share / count;
        for (const double share : shares[f]) squares += (share - mean) * (share - mean);
        const auto same = std::find_if(exact.flows.begin(), exact.flows.end(), [&](const FlowAvailability& one) {
            return graph.flows[at(one.flow)].id.value == names[f];
        });
        if (same == exact.flows.end() || ended[f] < 1000) {
            all.omissions.push_back({Kind::availability, names[f], "fewer than a thousand requests"});
            continue;
        }
        if (!same->exact) {
            all.omissions.push_back({Kind::availability, names[f], "the analysis has only bounds for it"});
            continue;
        }
        // Half the last per mille: requests that were under way when something failed.
        const double error = std::sqrt(squares / (count - 1) / count);
        all.checks.push_back(verifyEqual(Kind::availability, names[f], same->availability, mean,
                                         std::max(5e-4, standardErrors * error)));
    }
    return all;
}

}  // namespace loadpath
