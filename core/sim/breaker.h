// A circuit breaker (simulation §6): closed until too many of the last calls failed, then open for a
// while, then half open for a few calls that decide. Knows no calls, only their results.
#pragma once

#include "sim/event_queue.h"

#include <vector>

namespace loadpath::sim {

struct BreakerSpec {
    int window = 100, minCalls = 100, halfOpenCalls = 10;
    double failurePercent = 50, slowPercent = 100;
    Time slow = 0;  // 0: duration does not matter
    Time open = 60 * second;
};

class Breaker {
public:
    enum class State { closed, open, halfOpen };

    explicit Breaker(const BreakerSpec& spec) : m_spec(spec) {}

    /// Whether a call may go out now. What it returns belongs to the call's result.
    bool admits(Time now);
    std::uint32_t epoch() const { return m_epoch; }
    /// The result of a call that was admitted in `epoch`; late ones of an earlier state do not count.
    void record(Time now, bool failed, Time duration, std::uint32_t epoch);
    State state() const { return m_state; }

private:
    void enter(State state, Time now);

    BreakerSpec m_spec;
    State m_state = State::closed;
    std::vector<char> m_results;  // ring of the last calls: 1 failed, 2 slow
    std::size_t m_next = 0;
    int m_count = 0, m_failed = 0, m_slow = 0, m_permits = 0;
    Time m_until = 0;
    std::uint32_t m_epoch = 0;
};

}  // namespace loadpath::sim
