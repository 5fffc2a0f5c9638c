// Rate limiters (simulation §5): whether one more request of a key is admitted now. Exact; windows are
// aligned to the start of the run.
#pragma once

#include "sim/event_queue.h"

#include <string_view>
#include <vector>

namespace loadpath::sim {

enum class LimitAlgorithm { tokenBucket, leakyBucket, fixedWindow, slidingLog, slidingCounter };
LimitAlgorithm limitAlgorithmNamed(std::string_view word);

struct LimiterSpec {
    LimitAlgorithm algorithm = LimitAlgorithm::tokenBucket;
    double ratePerS = 0;  // token and leaky bucket
    double burst = 1;
    Time window = 60 * second;
    double limit = 0;      // per window
    bool perUser = false;  // each user has a limit of its own, else all share one
    /// The usual limit of an algorithm in terms of the other: a window admits rate × window, a bucket limit ÷ window.
    void complete();
};

class Limiter {
public:
    explicit Limiter(const LimiterSpec& spec) : m_spec(spec), m_level(spec.burst) {}

    bool admits(Time now);
    /// How long after a refusal the next request would be admitted.
    Time retryAfter(Time now) const;

private:
    void roll(Time now);

    LimiterSpec m_spec;
    double m_level = 0;  // tokens
    Time m_last = 0;     // when they were counted; theoretical arrival time of the leaky bucket
    std::int64_t m_index = 0;
    double m_current = 0, m_previous = 0;  // admitted in this window and the one before
    std::vector<Time> m_log;
};

}  // namespace loadpath::sim
