// What stands between a caller and the wire (simulation §6–§8): circuit breaker, bulkhead and connection
// pool of each instance of the caller, a second attempt when the first is slow, and a network that
// loses or cuts. Connections without any of it never come by here.
#include "sim/hot.h"

#include <algorithm>

namespace loadpath::sim {
namespace {

constexpr Time retransmission = second / 5;  // Linux: first repetition after 200 ms, then doubled
constexpr int mostRepetitions = 15;
constexpr Time connectionTimeout = 127 * second;  // Linux gives up a connection attempt after six repetitions

}  // namespace

void Engine::prepareGuards(int index) {
    LinkState& link = m_links[at(index)];
    if (!link.guards.empty()) return;
    const LinkSettings& settings = m_plan.settings.links[at(index)];
    link.guards.resize(at(std::max(1, planOf(m_plan.graph->links[at(index)].from).stations)));
    if (settings.breaker)
        for (Guard& guard : link.guards) guard.breaker.emplace(*settings.breaker);
}

void Engine::updateGuarded(LinkState& link) {
    const auto index = static_cast<int>(&link - m_links.data());
    const LinkSettings& settings = m_plan.settings.links[at(index)];
    const bool stands = settings.breaker || settings.bulkhead > 0 || settings.pool > 0 || settings.hedgeAfterMs > 0;
    if (stands) prepareGuards(index);
    link.guarded = stands || link.loss > 0 || link.cut || !m_cuts.empty();
}

/// Whether the call goes on now; else it waits for a connection, or its end is on the way.
Engine::Way Engine::passGuards(Job& call) {
    LinkState& link = m_links[at(call.plan->link)];
    if (link.guards.empty() || call.guarded) return Way::open;
    const LinkSettings& settings = m_plan.settings.links[at(call.plan->link)];
    const Job* const parent = m_jobs.find(call.parent);
    call.guard = 0;
    if (parent && parent->station && link.guards.size() > 1)
        call.guard = static_cast<std::uint32_t>(parent->station - parent->node->stations.data());
    Guard& guard = link.guards[std::min<std::size_t>(call.guard, link.guards.size() - 1)];
    if (settings.bulkhead > 0 && guard.inFlight >= settings.bulkhead) {
        reply(call, {Status::rejected, Reason::bulkheadFull}, 0);
        return Way::closed;
    }
    if (guard.breaker) {
        if (!guard.breaker->admits(m_now)) {
            ++link.counts.rejected;
            call.attempt = 0xffff;  // another attempt would be refused as well
            reply(call, {Status::failed, Reason::breakerOpen}, 0);
            return Way::closed;
        }
        call.epoch = guard.breaker->epoch();
    }
    ++guard.inFlight;
    call.guarded = true;
    if (settings.pool > 0) {
        if (guard.pooled >= settings.pool) {
            call.phase = Job::Phase::pooling;
            guard.waiting.push_back(call.self);
            if (settings.poolWaitS > 0)
                schedule(m_now + static_cast<Time>(settings.poolWaitS * 1e9), EventKind::pooled, call.self);
            return Way::closed;
        }
        ++guard.pooled;
    }
    if (settings.hedgeAfterMs > 0 && call.twin.isNone() && !call.parent.isNone())
        schedule(m_now + static_cast<Time>(settings.hedgeAfterMs * 1e6), EventKind::hedge, call.self);
    return Way::open;
}

/// The attempt is over for the caller, one way or the other.
void Engine::leaveGuards(Job& call, bool failed, bool counts) {
    call.guarded = false;
    const int index = call.plan->link;
    LinkState& link = m_links[at(index)];
    Guard& guard = link.guards[std::min<std::size_t>(call.guard, link.guards.size() - 1)];
    --guard.inFlight;
    if (guard.breaker && counts) guard.breaker->record(m_now, failed, m_now - call.sent, call.epoch);
    if (m_plan.settings.links[at(index)].pool <= 0 || call.phase == Job::Phase::pooling) return;
    --guard.pooled;
    nextPooled(link, guard);
}

void Engine::nextPooled(LinkState& link, Guard& guard) {
    const int size = m_plan.settings.links[static_cast<std::size_t>(&link - m_links.data())].pool;
    while (guard.pooled < size && !guard.waiting.empty()) {
        Job* const next = m_jobs.find(guard.waiting.front());
        guard.waiting.pop_front();
        if (!next || next->phase != Job::Phase::pooling) continue;
        ++guard.pooled;
        next->phase = Job::Phase::wire;
        putOnWire(*next);
    }
}

/// Time on the wire with what has to be sent again.
Time Engine::wireTime(LinkState& link, Time half) {
    Time pause = retransmission;
    for (int i = 0; i < mostRepetitions && link.luck.chance(link.loss); ++i, pause *= 2) half += pause;
    return half;
}

/// The first attempt is slow: a second one goes out beside it, and the first answer counts.
void Engine::hedge(Job& call) {
    if (call.phase == Job::Phase::replying || call.detached || !caller(call.parent)) return;
    Job& second = m_jobs.take();
    second.parent = call.parent;
    second.tally = call.tally;
    second.plan = call.plan;
    second.branch = call.branch;
    second.request = call.request;
    second.flow = call.flow;
    second.depth = call.depth;
    second.twin = call.self;
    call.twin = second.self;
    send(second);
}

/// Nobody is interested in the attempt any more.
void Engine::abandon(Job& call) {
    if (call.routed >= 0) --m_routes[at(call.plan->route)].outstanding[at(call.routed)];
    call.routed = -1;
    if (call.guarded) leaveGuards(call, false, false);
    if (call.phase == Job::Phase::replying || call.phase <= Job::Phase::pooling || !call.node) {
        m_jobs.release(call);
        return;
    }
    call.detached = true;
    call.parent = {};
    call.twin = {};
}

/// Whether a partition lies between the caller's instance and the one it picked.
bool Engine::isCut(const Job& call, int target, int instance) const {
    if (m_links[at(call.plan->link)].cut) return true;
    const Job* const parent = m_jobs.find(call.parent);
    if (!parent) return false;
    int from = 0;
    if (parent->station && parent->node->stations.size() > 1)
        from = static_cast<int>(parent->station - parent->node->stations.data());
    return std::any_of(m_cuts.begin(), m_cuts.end(), [&](const Cut& cut) {
        const bool fromOne = isIn(cut.one, parent->node->index, from), toOne = isIn(cut.one, target, instance);
        const bool fromOther = isIn(cut.other, parent->node->index, from), toOther = isIn(cut.other, target, instance);
        return (fromOne && toOther) || (fromOther && toOne);
    });
}

bool Engine::isIn(const Side& side, int node, int instance) const {
    if (side.node >= 0) return side.node == node;
    const Node& spec = nodeOf(node);
    if (spec.zones.empty()) return false;
    const int units = planOf(node).unitsPerInstance;
    for (int zone = spec.zones[static_cast<std::size_t>(instance * units) % spec.zones.size()]; zone >= 0;
         zone = m_plan.graph->domains[at(zone)].parent)
        if (zone == side.domain) return true;
    return false;
}

/// What a call without a timeout of its own has to wait when nothing answers.
Time Engine::silence() { return connectionTimeout; }

}  // namespace loadpath::sim
