// Who is let in (simulation §5): the rate limits of a component, and what a provider allows. Requests
// beyond are refused before they wait for anything.
#include "sim/engine.h"

#include <algorithm>

namespace loadpath::sim {

bool Engine::admits(NodeState& node) {
    const auto admitted = [this](Limiter& limiter) { return limiter.admits(m_now); };
    return std::all_of(node.limiters.begin(), node.limiters.end(), admitted) &&
           std::all_of(node.provider.begin(), node.provider.end(), admitted);
}

}  // namespace loadpath::sim
