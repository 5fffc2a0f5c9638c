#include "sim/breaker.h"

#include <algorithm>

namespace loadpath::sim {

void Breaker::enter(State state, Time now) {
    m_state = state;
    ++m_epoch;
    m_results.assign(
        static_cast<std::size_t>(std::max(1, state == State::halfOpen ? m_spec.halfOpenCalls : m_spec.window)), 0);
    m_next = 0;
    m_count = m_failed = m_slow = 0;
    m_permits = std::max(1, m_spec.halfOpenCalls);
    m_until = now + m_spec.open;
}

bool Breaker::admits(Time now) {
    if (m_results.empty()) enter(State::closed, now);
    if (m_state == State::open && now >= m_until) enter(State::halfOpen, now);
    if (m_state == State::open) return false;
    return m_state == State::closed || m_permits-- > 0;
}

void Breaker::record(Time now, bool failed, Time duration, std::uint32_t epoch) {
    if (epoch != m_epoch || m_state == State::open) return;
    const char result = static_cast<char>((failed ? 1 : 0) | (m_spec.slow > 0 && duration > m_spec.slow ? 2 : 0));
    char& place = m_results[m_next];
    const auto size = static_cast<int>(m_results.size());
    if (m_count == size) {
        m_failed -= place & 1;
        m_slow -= place >> 1;
    } else {
        ++m_count;
    }
    place = result;
    m_failed += result & 1;
    m_slow += result >> 1;
    m_next = (m_next + 1) % m_results.size();
    const int enough = m_state == State::halfOpen ? size : std::min(size, std::max(1, m_spec.minCalls));
    if (m_count < enough) return;
    const bool trips = m_failed * 100.0 >= m_spec.failurePercent * m_count ||
                       (m_spec.slow > 0 && m_slow * 100.0 >= m_spec.slowPercent * m_count);
    if (trips)
        enter(State::open, now);
    else if (m_state == State::halfOpen)
        enter(State::closed, now);
}

}  // namespace loadpath::sim
