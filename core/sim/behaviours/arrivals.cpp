// When requests come (simulation §1): Poisson, at a fixed pace, over the day, in bursts, from a closed
// number of users who think between requests, or at given times. A flash crowd multiplies any of the
// open ones.
#include "sim/hot.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace loadpath::sim {
namespace {

constexpr double day = 86400e9, turn = 6.283185307179586;

/// Sine by arithmetic only, for x in [0, 2π]: the same bits everywhere.
double sine(double x) {
    if (x > turn / 2) return -sine(x - turn / 2);
    if (x > turn / 4) x = turn / 2 - x;
    double term = x, sum = x;
    for (int k = 1; k < 12; ++k) sum += term *= -x * x / ((2.0 * k) * (2.0 * k + 1));
    return sum;
}

}  // namespace

const ClientSettings& Engine::clientOf(const FlowState& flow) const {
    return m_plan.settings.nodes[at(flow.entry->index)].client;
}

/// Rate at the highest point of the process, as a multiple of the flow's peak rate.
double Engine::highest(const FlowState& flow) const {
    const ClientSettings& client = clientOf(flow);
    switch (client.arrivals) {
        case Arrivals::diurnal:
            return client.averageShare * (1 + client.amplitude);
        case Arrivals::modulated: {
            const double bursting = client.burstS / (client.burstS + client.calmS);
            const double burst = std::min(client.burstFactor, 1 / bursting);
            return flow.entry->bursting ? burst : (1 - bursting * burst) / (1 - bursting);
        }
        case Arrivals::closed:
        case Arrivals::trace:
            return 0;
        default:
            return 1;
    }
}

/// Whether a candidate of a process whose rate varies takes place (thinning).
bool Engine::takesPlace(FlowState& flow) {
    const ClientSettings& client = clientOf(flow);
    if (client.arrivals != Arrivals::diurnal) return true;
    const double phase = static_cast<double>(m_now % static_cast<Time>(day)) / day * turn;
    return flow.gaps.chance((1 + client.amplitude * sine(phase)) / (1 + client.amplitude));
}

/// Clients whose requests do not come by a rate, and those that change it.
void Engine::startClients() {
    for (std::size_t n = 0; n < m_nodes.size(); ++n) {
        if (nodeOf(static_cast<int>(n)).behaviour != Behaviour::client) continue;
        const ClientSettings& client = m_plan.settings.nodes[n].client;
        NodeState& node = m_nodes[n];
        const Ref self{static_cast<std::uint32_t>(n), 0};
        if (client.arrivals == Arrivals::closed) {
            const auto users = static_cast<int>(std::min(1e6, std::round(client.users * m_load)));
            for (int u = 0; u < users; ++u) think(node);
        }
        if (client.arrivals == Arrivals::trace && !client.traceS.empty())
            schedule(static_cast<Time>(std::llround(std::min(client.traceS.front(), 4e9) * 1e9)), EventKind::user,
                     self);
        if (client.arrivals == Arrivals::modulated)
            schedule(static_cast<Time>(node.choice.exponential() * client.calmS * 1e9), EventKind::modulate, self);
        if (client.flashDurationS > 0 && client.flashFactor != 1) {
            Fault flash;
            flash.atS = client.flashAtS;
            flash.kind = "load";
            flash.target = nodeOf(static_cast<int>(n)).id.value;
            flash.durationS = client.flashDurationS;
            flash.extra["factor"] = Value(client.flashFactor);
            addFault(flash);
        }
    }
}

/// A user has its answer and thinks before the next request.
void Engine::think(NodeState& client) {
    const double pause = client.choice.exponential() * m_plan.settings.nodes[at(client.index)].client.thinkS * 1e9;
    const Time next = m_now + static_cast<Time>(std::min(pause, 4e18) + 0.5);
    if (next < m_end) schedule(next, EventKind::user, {static_cast<std::uint32_t>(client.index), 0});
}

/// A user of a closed client sends a request, or a given time has come; the flow is drawn by share.
void Engine::userArrives(int index) {
    NodeState& client = m_nodes[at(index)];
    const ClientSettings& settings = m_plan.settings.nodes[at(index)].client;
    if (settings.arrivals == Arrivals::trace && ++client.traced < settings.traceS.size()) {
        const auto next = static_cast<Time>(std::llround(std::min(settings.traceS[client.traced], 4e9) * 1e9));
        if (next < m_end) schedule(std::max(next, m_now), EventKind::user, {static_cast<std::uint32_t>(index), 0});
    }
    double total = 0;
    for (const int f : m_clientFlows)
        if (m_flows[at(f)].entry == &client) total += m_plan.flows[at(f)].rateRps;
    double u = total > 0 ? client.choice.uniform() * total : 0;
    int chosen = -1;
    for (const int f : m_clientFlows) {
        if (m_flows[at(f)].entry != &client) continue;
        chosen = f;
        u -= m_plan.flows[at(f)].rateRps;
        if (total > 0 && u < 0) break;
    }
    if (chosen >= 0) begin(chosen);
}

void Engine::modulate(int index) {
    NodeState& client = m_nodes[at(index)];
    const ClientSettings& settings = m_plan.settings.nodes[at(index)].client;
    client.bursting = !client.bursting;
    const double mean = client.bursting ? settings.burstS : settings.calmS;
    schedule(m_now + static_cast<Time>(client.choice.exponential() * mean * 1e9), EventKind::modulate,
             {static_cast<std::uint32_t>(index), 0});
    setRates();
}

}  // namespace loadpath::sim
