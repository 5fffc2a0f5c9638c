#include "canvas_states.h"

#include <cmath>

namespace loadpath {
namespace {

Tone toneOf(Severity severity) {
    return severity == Severity::error ? Tone::error : severity == Severity::warning ? Tone::warning : Tone::info;
}

/// A card is drawn anew only when its figure would read differently.
double wholePercent(double share) { return std::isnan(share) ? share : std::round(share * 100) / 100; }

}  // namespace

void showStates(Scene& scene, Traffic& traffic, const AnalysisService* analysis, const SimulationRunner* simulation,
                const std::unordered_map<std::string, Heat>& heat) {
    const bool running = simulation && simulation->isActive();
    for (const Card& card : scene.cards()) {
        if (!card.alive) continue;
        // The card of a collapsed zone sums up what stands in it: the busiest, all findings, all instances.
        const std::vector<ComponentId> members = scene.standsFor(card);
        CardState state;
        std::size_t down = 0;
        for (const ComponentId& id : members) {
            CardState own;
            if (analysis) {
                const ComponentFigures figures = analysis->figures(id);
                own.utilisation = wholePercent(figures.utilisation);
                own.findings = figures.findings;
                own.worst = figures.findings > 0 ? toneOf(figures.worst) : Tone::none;
            }
            if (running) {
                if (const LiveComponent* live = simulation->component(id)) {
                    if (!std::isnan(own.utilisation) || live->utilisation > 0)
                        own.utilisation = wholePercent(live->utilisation);
                    down += live->isDown() ? 1 : 0;
                    state.up = std::max(state.up, 0) + live->up;
                    state.units = std::max(state.units, 0) + live->units;
                }
            }
            if (std::isnan(state.utilisation) || own.utilisation > state.utilisation)
                state.utilisation = own.utilisation;
            state.findings += own.findings;
            state.worst = std::max(state.worst, own.worst);
            const auto hot = heat.find(id.value);
            if (hot != heat.end() && !(state.heat >= hot->second.share)) {
                state.heat = hot->second.share;
                state.heatText = hot->second.text;
            }
        }
        state.down = down > 0 && down == members.size();
        scene.setCardState(card.id, state);
    }

    std::unordered_map<std::string, double> rates;
    if (analysis && analysis->report()) {
        const Report& report = *analysis->report();
        const FlowGraph& graph = report.snapshot->graph();
        for (std::size_t i = 0; i < graph.links.size() && i < report.capacity.linkRps.size(); ++i)
            rates[graph.links[i].id.value] = report.capacity.linkRps[i];
    }
    if (!running) traffic.clear();
    for (std::size_t i = 0; i < scene.lines().size(); ++i) {
        const Line& line = scene.lines()[i];
        if (!line.alive) {
            traffic.setRates(int(i), {});
            continue;
        }
        LineState state;
        if (const auto it = rates.find(line.id.value); it != rates.end() && std::isfinite(it->second))
            state.rateRps = it->second;
        if (analysis)
            if (const auto severity = analysis->severity(line.id)) state.tone = toneOf(*severity);
        if (running) {
            const LiveConnection* live = simulation->connection(line.id);
            state.rateRps = live ? live->callsRps : 0;
            traffic.setRates(int(i),
                             live ? TrafficRates{live->callsRps, live->failuresRps, live->retriesRps} : TrafficRates{});
        }
        scene.setLineState(line.id, state);
    }
}

}  // namespace loadpath
