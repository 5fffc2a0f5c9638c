#include "sim/histogram.h"

#include <algorithm>
#include <cmath>

namespace loadpath::sim {

double Histogram::middleOf(std::size_t bucket) {
    if (bucket < 2 * perPower) return static_cast<double>(bucket);  // width 1: exact
    const std::size_t shift = (bucket >> subBits) - 1;
    const double width = std::ldexp(1.0, static_cast<int>(shift));
    return static_cast<double>(perPower + (bucket & (perPower - 1))) * width + (width - 1) / 2;
}

std::uint32_t Histogram::added() {
    const auto place = static_cast<std::uint32_t>(m_counts.size());
    m_counts.resize(m_counts.size() + perPower, 0);
    return place;
}

double Histogram::quantile(double share) const {
    if (m_count == 0) return 0;
    const double wanted = std::ceil(share * static_cast<double>(m_count));
    const auto rank = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(wanted), 1, m_count);
    std::uint64_t seen = 0;
    for (std::size_t power = 0; power < powers; ++power) {
        if (m_place[power] == nowhere) continue;
        for (std::size_t sub = 0; sub < perPower; ++sub) {
            seen += m_counts[m_place[power] + sub];
            if (seen >= rank) return std::min(middleOf(power * perPower + sub), static_cast<double>(m_max));
        }
    }
    return static_cast<double>(m_max);
}

std::uint64_t Histogram::upTo(std::int64_t value) const {
    std::uint64_t seen = 0;
    for (std::size_t power = 0; power < powers; ++power) {
        if (m_place[power] == nowhere) continue;
        for (std::size_t sub = 0; sub < perPower; ++sub)
            if (middleOf(power * perPower + sub) <= static_cast<double>(value)) seen += m_counts[m_place[power] + sub];
    }
    return seen;
}

void Histogram::merge(const Histogram& other) {
    for (std::size_t power = 0; power < powers; ++power) {
        if (other.m_place[power] == nowhere) continue;
        if (m_place[power] == nowhere) m_place[power] = added();
        for (std::size_t sub = 0; sub < perPower; ++sub)
            m_counts[m_place[power] + sub] += other.m_counts[other.m_place[power] + sub];
    }
    m_count += other.m_count;
    m_sum += other.m_sum;
    m_max = std::max(m_max, other.m_max);
}

void Histogram::clear() {
    if (m_count == 0) return;
    std::fill(m_counts.begin(), m_counts.end(), 0);
    m_count = m_max = 0;
    m_sum = 0;
}

}  // namespace loadpath::sim
