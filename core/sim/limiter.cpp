#include "sim/limiter.h"

#include <algorithm>
#include <cmath>

namespace loadpath::sim {
namespace {

constexpr double rounding = 1e-9;  // tokens are sums of shares of time

Time gapOf(const LimiterSpec& spec) {
    return spec.ratePerS > 0 ? static_cast<Time>(std::llround(std::min(1e18, 1e9 / spec.ratePerS)))
                             : static_cast<Time>(1e18);
}

}  // namespace

LimitAlgorithm limitAlgorithmNamed(std::string_view word) {
    if (word == "leaky_bucket") return LimitAlgorithm::leakyBucket;
    if (word == "fixed_window") return LimitAlgorithm::fixedWindow;
    if (word == "sliding_log") return LimitAlgorithm::slidingLog;
    if (word == "sliding_counter") return LimitAlgorithm::slidingCounter;
    return LimitAlgorithm::tokenBucket;
}

void LimiterSpec::complete() {
    window = std::max<Time>(window, 1);
    const double seconds = static_cast<double>(window) * 1e-9;
    if (limit <= 0) limit = ratePerS * seconds;
    if (ratePerS <= 0) ratePerS = limit / seconds;
    if (burst <= 0) burst = std::max(1.0, ratePerS);
}

void Limiter::roll(Time now) {
    const std::int64_t index = now / m_spec.window;
    if (index == m_index) return;
    m_previous = index == m_index + 1 ? m_current : 0;
    m_current = 0;
    m_index = index;
}

bool Limiter::admits(Time now) {
    switch (m_spec.algorithm) {
        case LimitAlgorithm::tokenBucket:
            m_level = std::min(m_spec.burst, m_level + static_cast<double>(now - m_last) * 1e-9 * m_spec.ratePerS);
            m_last = now;
            if (m_level + rounding < 1) return false;
            m_level -= 1;
            return true;
        case LimitAlgorithm::leakyBucket: {  // GCRA: burst = 1 + tolerance / gap
            const Time gap = gapOf(m_spec);
            const auto tolerance = static_cast<Time>((std::max(1.0, m_spec.burst) - 1) * static_cast<double>(gap));
            if (now < m_last - tolerance) return false;
            m_last = std::max(now, m_last) + gap;
            return true;
        }
        case LimitAlgorithm::fixedWindow:
            roll(now);
            if (m_current + 1 > m_spec.limit) return false;
            ++m_current;
            return true;
        case LimitAlgorithm::slidingLog:
            m_log.erase(m_log.begin(), std::upper_bound(m_log.begin(), m_log.end(), now - m_spec.window));
            if (static_cast<double>(m_log.size()) + 1 > m_spec.limit) return false;
            m_log.push_back(now);
            return true;
        case LimitAlgorithm::slidingCounter: {
            roll(now);
            const double passed =
                static_cast<double>(now - m_index * m_spec.window) / static_cast<double>(m_spec.window);
            if (m_previous * (1 - passed) + m_current + 1 > m_spec.limit + rounding) return false;
            ++m_current;
            return true;
        }
    }
    return true;
}

Time Limiter::retryAfter(Time now) const {
    switch (m_spec.algorithm) {
        case LimitAlgorithm::tokenBucket:
            return m_spec.ratePerS > 0
                       ? static_cast<Time>(std::ceil(std::max(0.0, 1 - m_level) / m_spec.ratePerS * 1e9))
                       : m_spec.window;
        case LimitAlgorithm::leakyBucket: {
            const Time gap = gapOf(m_spec);
            const auto tolerance = static_cast<Time>((std::max(1.0, m_spec.burst) - 1) * static_cast<double>(gap));
            return std::max<Time>(0, m_last - tolerance - now);
        }
        case LimitAlgorithm::slidingLog:
            return m_log.empty() ? 0 : std::max<Time>(0, m_log.front() + m_spec.window - now);
        default:
            return (now / m_spec.window + 1) * m_spec.window - now;
    }
}

}  // namespace loadpath::sim
