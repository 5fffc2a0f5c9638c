// Who is let in (simulation §5): the rate limits of a component, and what a provider allows. Requests
// beyond are refused before they wait for anything.
#include "sim/engine.h"

#include <algorithm>

namespace loadpath::sim {
namespace {

constexpr std::uint64_t userSalt = 0x75736572;
constexpr std::size_t mostUsers = 1'000'000;  // of one limit: memory stays bounded

}  // namespace

/// How many people send requests like this one; 0: nobody knows.
double Engine::usersOf(const Job& job) const {
    const FlowPath& flow = m_plan.graph->flows[at(job.flow)];
    return m_plan.settings.nodes[at(flow.derived ? m_anyClient : flow.entry)].client.population;
}

/// Whose request it is; where nobody knows, everyone sends one.
std::uint64_t Engine::userOf(const Job& job) const {
    const auto users = static_cast<std::uint64_t>(usersOf(job));
    return users > 0 ? mix(job.request ^ userSalt) % users : job.request;
}

bool Engine::admits(const Job& job) {
    NodeState& node = *job.node;
    const std::uint64_t user = userOf(job);
    const bool isKnown = usersOf(job) >= 1;
    return std::all_of(node.limiters.begin(), node.limiters.end(),
                       [&](KeyedLimiter& limiter) {
                           if (limiter.spec.perUser && !isKnown) return true;  // nobody knows whose requests these are
                           if (limiter.byUser.size() > mostUsers) limiter.byUser.clear();
                           return limiter.byUser.try_emplace(limiter.spec.perUser ? user : 0, limiter.spec)
                               .first->second.admits(m_now);
                       }) &&
           std::all_of(node.provider.begin(), node.provider.end(),
                       [this](Limiter& limiter) { return limiter.admits(m_now); });
}

}  // namespace loadpath::sim
