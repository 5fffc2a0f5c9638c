#include "sim/histogram.h"

#include <algorithm>
#include <cmath>

namespace loadpath::sim {

double Histogram::middleOf(std::size_t bucket) {
    constexpr std::size_t sub = std::size_t{1} << subBits;
    if (bucket < 2 * sub) return static_cast<double>(bucket);  // width 1: exact
    const std::size_t shift = (bucket >> subBits) - 1;
    const double width = std::ldexp(1.0, static_cast<int>(shift));
    return static_cast<double>(sub + (bucket & (sub - 1))) * width + (width - 1) / 2;
}

double Histogram::quantile(double share) const {
    if (m_count == 0) return 0;
    const double wanted = std::ceil(share * static_cast<double>(m_count));
    const auto rank = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(wanted), 1, m_count);
    std::uint64_t seen = 0;
    for (std::size_t b = m_low; b <= m_high; ++b) {
        seen += m_counts[b];
        if (seen >= rank) return std::min(middleOf(b), static_cast<double>(m_max));
    }
    return static_cast<double>(m_max);
}

void Histogram::merge(const Histogram& other) {
    if (other.m_count == 0) return;
    for (std::size_t b = other.m_low; b <= other.m_high; ++b) m_counts[b] += other.m_counts[b];
    m_count += other.m_count;
    m_sum += other.m_sum;
    m_max = std::max(m_max, other.m_max);
    m_low = std::min(m_low, other.m_low);
    m_high = std::max(m_high, other.m_high);
}

void Histogram::clear() {
    if (m_count == 0) return;
    std::fill(m_counts.begin() + static_cast<std::ptrdiff_t>(m_low),
              m_counts.begin() + static_cast<std::ptrdiff_t>(m_high) + 1, 0);
    m_count = m_max = 0;
    m_sum = 0;
    m_low = bucketCount;
    m_high = 0;
}

}  // namespace loadpath::sim
