// What goes wrong, when, and who notices (simulation §13). Faults hold units down by counting, so they
// may overlap. Callers that are no balancers see a change at once; balancers when their probes do.
#include "sim/faults.h"
#include "sim/hot.h"

#include <algorithm>
#include <cmath>

namespace loadpath::sim {

void Engine::addFault(const Fault& fault) {
    m_faults.emplace_back();
    m_faults.back().spec = fault;
    const auto index = static_cast<std::uint32_t>(m_faults.size() - 1);
    const double from = std::clamp(fault.atS, 0.0, 4e9);
    schedule(static_cast<Time>(std::llround(from * 1e9)), EventKind::faultBegins, {index, 0});
    if (!fault.durationS) return;
    const double until = std::clamp(from + *fault.durationS, from, 4e9);
    schedule(static_cast<Time>(std::llround(until * 1e9)), EventKind::faultEnds, {index, 0});
}

void Engine::inject(const Fault& fault) {
    Fault now = fault;
    now.atS = static_cast<double>(m_now) * 1e-9;
    m_faults.emplace_back();
    m_faults.back().spec = now;
    const std::size_t index = m_faults.size() - 1;
    startFault(index);
    if (fault.durationS)
        schedule(m_now + static_cast<Time>(std::llround(std::clamp(*fault.durationS, 0.0, 4e9) * 1e9)),
                 EventKind::faultEnds, {static_cast<std::uint32_t>(index), 0});
}

void Engine::liftFaults() {
    for (std::size_t i = 0; i < m_faults.size(); ++i)
        if (m_faults[i].started && !m_faults[i].ended) endFault(i);
}

/// Holds down the first `count` units that are up; all of them for a negative count.
bool Engine::holdAny(ActiveFault& fault, int node, int count) {
    const int units = static_cast<int>(m_nodes[at(node)].causes.size());
    bool any = false;
    for (int u = 0; u < units && count != 0; ++u) {
        if (count > 0 && !unitUp(node, u)) continue;
        fault.units.emplace_back(node, u);
        ++m_nodes[at(node)].causes[at(u)];
        --count;
        any = true;
    }
    if (any) refresh(node);
    return any;
}

void Engine::startFault(std::size_t index) {
    ActiveFault& fault = m_faults[index];
    if (fault.started) return;
    const FaultTarget target = targetOf(fault.spec, *m_plan.graph);
    if (!target.problem.empty()) return;
    fault.started = true;
    const auto number = [&fault](std::string_view key, double otherwise) {
        const auto it = fault.spec.extra.find(key);
        return it == fault.spec.extra.end() ? otherwise : it->second.number(otherwise);
    };
    fault.nodes = target.nodes;
    fault.links = target.links;
    fault.amount = 0;
    switch (target.kind) {
        case FaultKind::instanceDown:
            for (const int node : fault.nodes) {
                // One that is named by its number falls whether or not it is up.
                const double unit = number("unit", -1);
                if (unit < 0) {
                    holdAny(fault, node, std::max(1, static_cast<int>(number("count", 1))));
                } else if (unit < static_cast<double>(m_nodes[at(node)].causes.size())) {
                    fault.units.emplace_back(node, static_cast<int>(unit));
                    ++m_nodes[at(node)].causes[at(static_cast<int>(unit))];
                    refresh(node);
                }
            }
            break;
        case FaultKind::componentDown:
            for (const int node : fault.nodes) holdAny(fault, node, -1);
            break;
        case FaultKind::zoneDown:
            fault.domains = {target.domain};
            holdDomain(target.domain, +1);
            break;
        case FaultKind::slow:
            fault.amount = std::clamp(number("factor", 2), 1e-6, 1e6);
            for (const int node : fault.nodes) m_nodes[at(node)].slow *= fault.amount;
            break;
        case FaultKind::errorRate:
            fault.amount = std::clamp(number("rate", 1), 0.0, 1.0);
            for (const int node : fault.nodes) {
                m_nodes[at(node)].extraErrors += fault.amount;
                updateCare(m_nodes[at(node)]);
            }
            break;
        case FaultKind::latency:
            fault.amount = std::clamp(number("add_ms", 100), 0.0, 1e9);
            for (const int link : fault.links) m_links[at(link)].added += static_cast<Time>(fault.amount * 5e5);
            break;
        case FaultKind::cacheFlush:
            for (const int node : fault.nodes) flush(node);
            break;
        case FaultKind::load:
            fault.amount = std::clamp(number("factor", 2), 0.0, 1e6);
            for (const int f : m_clientFlows)
                if (fault.nodes.empty() || m_plan.graph->flows[at(f)].entry == fault.nodes.front())
                    fault.flows.push_back(f);
            setRates();
            break;
        case FaultKind::poison:
        case FaultKind::backlog: {
            const auto messages = static_cast<std::int64_t>(
                std::clamp(number(target.kind == FaultKind::poison ? "count" : "messages", 1), 0.0, 1e7));
            for (const int node : fault.nodes)
                for (std::int64_t i = 0; i < messages; ++i)
                    publish(node, 0, ++m_requests, target.kind == FaultKind::poison ? Content::poison : Content::sound);
            break;
        }
        case FaultKind::random:
            startOutages(index, target);
            break;
        default:
            startDisturbance(index, target);
            break;
    }
}

void Engine::endFault(std::size_t index) {
    ActiveFault& fault = m_faults[index];
    if (!fault.started || fault.ended) return;
    fault.ended = true;
    const FaultKind kind = faultKindNamed(fault.spec.kind);
    for (const auto& [node, unit] : fault.units) --m_nodes[at(node)].causes[at(unit)];
    for (std::size_t i = 0; i < fault.units.size(); ++i)
        if (i == 0 || fault.units[i].first != fault.units[i - 1].first) refresh(fault.units[i].first);
    for (const int domain : fault.domains) holdDomain(domain, -1);
    // What was multiplied is recomputed from what still acts, so that ending restores it exactly.
    for (const int node : fault.nodes) {
        double slow = 1, errors = 0;
        for (const ActiveFault& other : m_faults) {
            if (!other.started || other.ended ||
                std::find(other.nodes.begin(), other.nodes.end(), node) == other.nodes.end())
                continue;
            const FaultKind acts = faultKindNamed(other.spec.kind);
            if (acts == FaultKind::slow) slow *= other.amount;
            if (acts == FaultKind::errorRate) errors += other.amount;
        }
        m_nodes[at(node)].slow = slow;
        m_nodes[at(node)].extraErrors = errors;
        updateCare(m_nodes[at(node)]);
    }
    if (kind == FaultKind::latency)
        for (const int link : fault.links) m_links[at(link)].added -= static_cast<Time>(fault.amount * 5e5);
    if (kind == FaultKind::load) setRates();
    if (kind >= FaultKind::packetLoss) endDisturbance(index);
    if (kind == FaultKind::random)
        for (std::size_t o = 0; o < m_outages.size(); ++o)
            if (m_outages[o].fault == index && m_outages[o].down) release(m_outages[o]);
}

// Random outages: every unit, managed component and zone fails and is repaired on its own.

void Engine::startOutages(std::size_t index, const FaultTarget& target) {
    m_idealDetection = true;
    const FlowGraph& graph = *m_plan.graph;
    const ActiveFault& fault = m_faults[index];
    const auto stated = [&fault](std::string_view key) {
        const auto it = fault.spec.extra.find(key);
        return it == fault.spec.extra.end() ? 0.0 : it->second.number(0);
    };
    const double statedUp = stated("mtbf_s"), statedDown = stated("mttr_s");
    const auto add = [&](Outage outage, const std::string& name, double availability, double repairS) {
        outage.downS = statedDown > 0 ? statedDown : repairS;
        outage.upS =
            statedUp > 0 ? statedUp : (availability < 1 ? outage.downS * availability / (1 - availability) : 0);
        if (!(outage.upS > 0) || !(outage.downS > 0)) return;
        if (availability >= 1 && !(statedUp > 0)) return;
        outage.fault = index;
        outage.stream = Stream(streamKey(m_scenario.seed, name, "outages"));
        const auto wait = static_cast<Time>(std::min(outage.stream.exponential() * outage.upS, 4e9) * 1e9);
        m_outages.push_back(outage);
        schedule(m_now + wait, EventKind::outage, {static_cast<std::uint32_t>(m_outages.size() - 1), 0});
    };
    const bool everything = fault.spec.target.empty();
    for (const int n : target.nodes) {
        const Node& node = graph.nodes[at(n)];
        if (node.behaviour == Behaviour::client) continue;
        for (std::size_t u = 0; u < m_nodes[at(n)].causes.size(); ++u) {
            Outage outage;
            outage.node = n;
            outage.unit = static_cast<int>(u);
            add(outage, node.id.value + '#' + std::to_string(u), node.availability, node.mttrS);
        }
    }
    for (std::size_t d = 0; d < graph.domains.size(); ++d) {
        if (!graph.domains[d].hasVariable || (!everything && target.domain != static_cast<int>(d))) continue;
        Outage outage;
        outage.domain = static_cast<int>(d);
        add(outage, "zone:" + graph.domains[d].id.value, graph.domains[d].availability, 3600);
    }
}

void Engine::toggle(std::size_t index) {
    Outage& outage = m_outages[index];
    if (m_faults[outage.fault].ended) return;
    if (outage.down) {
        release(outage);
    } else {
        outage.down = true;
        outage.domain >= 0 ? holdDomain(outage.domain, +1) : hold(outage.node, outage.unit, +1);
    }
    const double mean = outage.down ? outage.downS : outage.upS;
    const auto wait = static_cast<Time>(std::min(outage.stream.exponential() * mean, 4e9) * 1e9);
    schedule(m_now + wait, EventKind::outage, {static_cast<std::uint32_t>(index), 0});
}

void Engine::release(Outage& outage) {
    outage.down = false;
    outage.domain >= 0 ? holdDomain(outage.domain, -1) : hold(outage.node, outage.unit, -1);
}

// Units, instances, components

void Engine::hold(int node, int unit, int change) {
    m_nodes[at(node)].causes[at(unit)] += change;
    refresh(node);
}

void Engine::holdDomain(int domain, int change) {
    m_domainDown[at(domain)] += change;
    for (std::size_t n = 0; n < m_nodes.size(); ++n)
        if (!nodeOf(static_cast<int>(n)).zones.empty()) refresh(static_cast<int>(n));
}

bool Engine::unitUp(int index, int unit) const {
    const Node& node = nodeOf(index);
    if (m_nodes[at(index)].causes[at(unit)] > 0) return false;
    const auto zoneUp = [this](int zone) {
        for (; zone >= 0; zone = m_plan.graph->domains[at(zone)].parent)
            if (m_domainDown[at(zone)] > 0) return false;
        return true;
    };
    if (node.zones.empty()) return true;
    if (node.managed) return !node.zonal || std::any_of(node.zones.begin(), node.zones.end(), zoneUp);
    return zoneUp(node.zones[static_cast<std::size_t>(unit) % node.zones.size()]);
}

/// Brings what is up in line with what holds units down.
void Engine::refresh(int index) {
    const Node& node = nodeOf(index);
    const NodePlan& plan = planOf(index);
    NodeState& state = m_nodes[at(index)];
    std::vector<int> changed;
    state.upList.clear();
    for (int i = 0; i < node.instances; ++i) {
        bool up = false;
        for (int u = 0; u < plan.unitsPerInstance && !up; ++u)
            up = unitUp(index, node.managed ? 0 : i * plan.unitsPerInstance + u);
        if (up != static_cast<bool>(state.up[at(i)])) changed.push_back(i);
        state.up[at(i)] = up;
        if (up) state.upList.push_back(i);
    }
    const bool served = state.serves[0] && state.serves[1];
    for (std::size_t purpose = 0; purpose < 4; ++purpose) {
        int alive = 0;
        const int units = std::min(node.serving[purpose].units, static_cast<int>(state.causes.size()));
        for (int u = 0; u < units && !node.managed; ++u) alive += unitUp(index, u) ? 1 : 0;
        // Partitioned components answer for each partition apart: see quorum, broker and sharded picks.
        const bool partitioned =
            plan.sharded || node.behaviour == Behaviour::quorum_store || node.behaviour == Behaviour::log;
        state.serves[purpose] =
            node.managed || partitioned ? !state.upList.empty() : alive >= std::min(node.serving[purpose].need, units);
    }
    const bool serves = state.serves[0] && state.serves[1];
    if (served && !serves) state.downSince = m_now;
    if (serves) state.downSince = -1;
    findOnly(state);
    for (const int i : changed) instanceChanged(index, i);
}

/// A single instance that serves everything needs no picking.
void Engine::findOnly(NodeState& node) {
    const bool serves = node.serves[0] && node.serves[1] && node.serves[2] && node.serves[3];
    node.only = serves && node.up.size() == 1 && node.up[0] ? &node.stations[0] : nullptr;
}

void Engine::instanceChanged(int index, int instance) {
    const NodePlan& plan = planOf(index);
    NodeState& state = m_nodes[at(index)];
    const bool up = state.up[at(instance)] != 0;
    int stationIndex = instance;
    if (plan.stations == 1) {  // one queue for all: its servers shrink, and what runs is finished
        stationIndex = 0;
        Station& station = state.stations[0];
        const int instances = static_cast<int>(state.up.size());
        station.servers = plan.servers / instances * static_cast<int>(state.upList.size());
        station.up = !state.upList.empty();
        if (!station.up) {
            loseUnflushed(index, 0);
            loseJobs(index, 0);
        }
    } else {
        Station& station = state.stations[at(stationIndex)];
        if (!up) {
            station.up = false;
            loseUnflushed(index, instance);
            loseJobs(index, instance);
        } else {
            station.up = true;
        }
    }
    announceToBalancers(index, instance);
    announceToGroups(index, stationIndex);
    if (up) startNext(state, state.stations[at(stationIndex)]);
}

/// Everything in progress at the station is lost, in a fixed order.
void Engine::loseJobs(int index, int stationIndex) {
    Station& station = m_nodes[at(index)].stations[at(stationIndex)];
    station.busy.clear(m_now);
    m_nodes[at(index)].waiting -= station.waiting;
    station.waiting = 0;
    station.head = station.tail = none;
    const std::uint32_t size = m_jobs.size();
    std::vector<Ref> lost;
    for (std::uint32_t i = 0; i < size; ++i) {
        const Job& job = m_jobs[i];
        if (job.inUse && job.station == &station && job.phase > Job::Phase::wire && job.phase < Job::Phase::replying)
            lost.push_back(job.self);
    }
    for (const Ref ref : lost)
        if (Job* job = m_jobs.find(ref)) finish(*job, {Status::failed, Reason::instanceLost});
}

/// Balancers probe every interval at a phase of their own; the change shows with the n-th probe that
/// agrees, a failing one only after its timeout.
void Engine::announceToBalancers(int node, int instance) {
    for (const int r : m_plan.routesTo[at(node)]) {
        const Route& route = m_plan.routes[at(r)];
        if (!route.checksHealth) continue;
        const HealthCheck& check = m_plan.settings.nodes[at(route.caller)].health;
        const bool up = m_nodes[at(node)].up[at(instance)] != 0;
        const auto interval = static_cast<Time>(check.intervalS * 1e9);
        const std::string name = nodeOf(route.caller).id.value + '>' + nodeOf(node).id.value;
        const auto phase =
            static_cast<Time>(unitInterval(streamKey(m_scenario.seed, name, "probe#" + std::to_string(instance))) *
                              static_cast<double>(interval));
        const Time toNext = interval - (m_now + interval - phase) % interval;
        Time delay = toNext + interval * ((up ? check.healthy : check.unhealthy) - 1);
        if (!up) delay += static_cast<Time>(check.timeoutS * 1e9);
        if (m_idealDetection) delay = 0;
        tell(Notice::Whom::route, r, instance, up, delay, ++m_routes[at(r)].news[at(instance)]);
    }
}

void Engine::tell(Notice::Whom whom, int index, int instance, bool up, Time delay, std::uint32_t edition) {
    Notice& notice = m_notices.take();
    notice.whom = whom;
    notice.index = index;
    notice.instance = instance;
    notice.up = up;
    notice.edition = edition;
    schedule(m_now + delay, EventKind::notice, notice.self);
}

void Engine::notice(std::uint32_t id) {
    const Notice news = m_notices[id];
    m_notices.release(m_notices[id]);
    if (news.whom == Notice::Whom::group) {
        if (m_subscriptions[at(news.index)].news[at(news.instance)] == news.edition)
            groupSees(news.index, news.instance, news.up);
        return;
    }
    RouteState& route = m_routes[at(news.index)];
    if (route.news[at(news.instance)] != news.edition || static_cast<bool>(route.seen[at(news.instance)]) == news.up)
        return;
    route.seen[at(news.instance)] = news.up;
    route.seenUp += news.up ? 1 : -1;
    if (news.up && !route.since.empty()) route.since[at(news.instance)] = m_now;
}

}  // namespace loadpath::sim
