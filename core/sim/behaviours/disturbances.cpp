// Faults of the network, of keys, disks, names and clocks, and those that go on by steps (simulation
// §13). What they change is recomputed from all that still act, so that the end of one restores it exactly.
#include "sim/hot.h"

#include <algorithm>
#include <cmath>

namespace loadpath::sim {
namespace {

constexpr double leastStepS = 1e-3;

}  // namespace

double Engine::numberOf(const ActiveFault& fault, std::string_view key, double otherwise) {
    const auto it = fault.spec.extra.find(key);
    return it == fault.spec.extra.end() ? otherwise : it->second.number(otherwise);
}

void Engine::startDisturbance(std::size_t index, const FaultTarget& target) {
    ActiveFault& fault = m_faults[index];
    switch (target.kind) {
        case FaultKind::packetLoss:
            fault.amount = std::clamp(numberOf(fault, "rate", 0.01), 0.0, 1.0);
            break;
        case FaultKind::partition:
            if (!fault.links.empty()) break;
            m_cuts.push_back({{target.nodes.empty() ? -1 : target.nodes.front(), target.domain},
                              {target.otherNode, target.otherDomain},
                              index});
            break;
        case FaultKind::hotKey:
            fault.amount = std::clamp(numberOf(fault, "share", 0.5), 0.0, 1.0);
            break;
        case FaultKind::replicaLag:
            fault.amount = std::clamp(numberOf(fault, "add_ms", 1000), 0.0, 1e9);
            break;
        case FaultKind::providerLimit:
            fault.amount = std::clamp(numberOf(fault, "rate_rps", 100), 0.0, 1e9);
            break;
        case FaultKind::clockSkew:  // a clock that was set back gives no numbers until it has caught up
            fault.amount = std::clamp(numberOf(fault, "ms", 1000), 0.0, 1e9);
            for (const int node : fault.nodes)
                m_nodes[at(node)].refusesUntil = m_now + static_cast<Time>(fault.amount * 1e6);
            break;
        case FaultKind::connectionLeak:
            fault.amount = std::clamp(numberOf(fault, "per_s", 1), 0.0, 1e6);
            for (const int link : fault.links) {
                int& pool = m_plan.settings.links[at(link)].pool;
                if (pool == 0) pool = m_plan.graph->links[at(link)].poolSize;
                prepareGuards(link);
            }
            break;
        default:
            break;
    }
    applyDisturbances();
    if (target.kind == FaultKind::deploy || target.kind == FaultKind::connectionLeak) step(index);
}

void Engine::endDisturbance(std::size_t index) {
    ActiveFault& fault = m_faults[index];
    const FaultKind kind = faultKindNamed(fault.spec.kind);
    m_cuts.erase(std::remove_if(m_cuts.begin(), m_cuts.end(), [index](const Cut& cut) { return cut.fault == index; }),
                 m_cuts.end());
    if (kind == FaultKind::dnsStale)
        for (const int node : fault.nodes) m_nodes[at(node)].staleSince = m_now;
    if (kind == FaultKind::connectionLeak)
        for (const int l : fault.links)
            for (Guard& guard : m_links[at(l)].guards) {
                guard.pooled -= fault.leaked;
                nextPooled(m_links[at(l)], guard);
            }
    applyDisturbances();
}

void Engine::applyDisturbances() {
    for (LinkState& link : m_links) {
        link.loss = 0;
        link.cut = link.hasty = false;
    }
    for (NodeState& node : m_nodes) {
        node.hotShare = 0;
        node.addedLag = 0;
        node.diskFull = node.staleNames = false;
    }
    std::vector<double> allowed(m_nodes.size(), -1);
    for (const ActiveFault& fault : m_faults) {
        if (!fault.started || fault.ended) continue;
        const FaultKind kind = faultKindNamed(fault.spec.kind);
        for (const int l : fault.links) {
            LinkState& link = m_links[at(l)];
            if (kind == FaultKind::packetLoss) link.loss = 1 - (1 - link.loss) * (1 - fault.amount);
            if (kind == FaultKind::partition) link.cut = true;
            if (kind == FaultKind::retryBug) link.hasty = true;
        }
        for (const int n : fault.nodes) {
            NodeState& node = m_nodes[at(n)];
            if (kind == FaultKind::hotKey) node.hotShare = std::max(node.hotShare, fault.amount);
            if (kind == FaultKind::replicaLag) node.addedLag += static_cast<Time>(fault.amount * 1e6);
            if (kind == FaultKind::diskFull) node.diskFull = true;
            if (kind == FaultKind::dnsStale) node.staleNames = true;
            if (kind == FaultKind::providerLimit)
                allowed[at(n)] = allowed[at(n)] < 0 ? fault.amount : std::min(allowed[at(n)], fault.amount);
        }
    }
    for (LinkState& link : m_links) updateGuarded(link);
    for (std::size_t n = 0; n < m_nodes.size(); ++n) {
        NodeState& node = m_nodes[n];
        if (allowed[n] < 0) node.provider.clear();
        if (allowed[n] >= 0 && node.provider.empty()) {  // a second's worth may come at once
            LimiterSpec spec;
            spec.ratePerS = allowed[n];
            spec.burst = std::max(1.0, allowed[n]);
            spec.limit = allowed[n] * 60;
            node.provider.emplace_back(spec);
        }
        updateCare(node);
    }
    m_staleNames = std::any_of(m_nodes.begin(), m_nodes.end(),
                               [](const NodeState& node) { return node.staleNames || node.staleSince >= 0; });
}

/// A deployment takes the next instances down and brings the last ones back; a leak takes one more connection.
void Engine::step(std::size_t index) {
    ActiveFault& fault = m_faults[index];
    if (fault.ended) return;
    const auto in = [this](double seconds) {
        return m_now + static_cast<Time>(std::clamp(seconds, leastStepS, 4e9) * 1e9);
    };
    if (faultKindNamed(fault.spec.kind) == FaultKind::connectionLeak) {
        if (fault.amount <= 0) return;
        if (fault.stepped) {
            ++fault.leaked;
            for (const int l : fault.links)
                for (Guard& guard : m_links[at(l)].guards) ++guard.pooled;
        }
        fault.stepped = true;
        schedule(in(1 / fault.amount), EventKind::step, {static_cast<std::uint32_t>(index), 0});
        return;
    }
    const int node = fault.nodes.front();
    const int units = static_cast<int>(m_nodes[at(node)].causes.size());
    const int batch = std::max(1, static_cast<int>(numberOf(fault, "batch", 1)));
    for (const auto& [n, unit] : fault.units) --m_nodes[at(n)].causes[at(unit)];
    fault.units.clear();
    for (int i = 0; i < batch && fault.position < units; ++i, ++fault.position) {
        fault.units.emplace_back(node, fault.position);
        ++m_nodes[at(node)].causes[at(fault.position)];
    }
    const bool over = fault.units.empty();
    refresh(node);
    if (over)
        m_faults[index].ended = true;
    else
        schedule(in(numberOf(fault, "restart_s", 30)), EventKind::step, {static_cast<std::uint32_t>(index), 0});
}

/// Whether a client still goes by the names it learnt before the change: all do while the resolver does
/// not learn of it, then each until its time to live has run out, which began at any time before.
bool Engine::goesByOldNames(int resolver, Stream& draw) {
    NodeState& node = m_nodes[at(resolver)];
    if (node.staleNames) return true;
    if (node.staleSince < 0) return false;
    const double ttl = m_plan.settings.nodes[at(resolver)].ttlS * 1e9;
    const double share = ttl > 0 ? 1 - static_cast<double>(m_now - node.staleSince) / ttl : 0;
    if (share <= 0) {
        node.staleSince = -1;
        return false;
    }
    return draw.chance(share);
}

}  // namespace loadpath::sim
