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

std::uint8_t Histogram::added() const {
    const auto place = static_cast<std::uint8_t>(m_counts.size() / perPower);
    m_counts.resize(m_counts.size() + perPower, 0);
    return place;
}

void Histogram::settle() const {
    double sum = m_sum;
    std::uint64_t max = m_max, *counts = m_counts.data();
    for (std::uint32_t i = 0; i < m_recentCount; ++i) {
        const std::uint64_t v = m_recent[i];
        const unsigned shift = 63u - subBits - static_cast<unsigned>(std::countl_zero(v | perPower));  // 0 below both
        const std::size_t bucket = (std::size_t{shift} << subBits) + static_cast<std::size_t>(v >> shift);
        const std::size_t power = bucket >> subBits;
        if (m_place[power] == nowhere) [[unlikely]] {
            m_place[power] = added();
            counts = m_counts.data();
        }
        ++counts[m_place[power] * perPower + (bucket & (perPower - 1))];
        sum += static_cast<double>(v);
        max = std::max(max, v);
    }
    m_sum = sum;
    m_max = max;
    m_count += m_recentCount;
    m_recentCount = 0;
}

double Histogram::sum() const {
    settle();
    return m_sum;
}

std::uint64_t Histogram::max() const {
    settle();
    return m_max;
}

double Histogram::quantile(double share) const {
    settle();
    if (m_count == 0) return 0;
    const double wanted = std::ceil(share * static_cast<double>(m_count));
    const auto rank = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(wanted), 1, m_count);
    std::uint64_t seen = 0;
    for (std::size_t power = 0; power < powers; ++power) {
        if (m_place[power] == nowhere) continue;
        for (std::size_t sub = 0; sub < perPower; ++sub) {
            seen += m_counts[m_place[power] * perPower + sub];
            if (seen >= rank) return std::min(middleOf(power * perPower + sub), static_cast<double>(m_max));
        }
    }
    return static_cast<double>(m_max);
}

std::uint64_t Histogram::upTo(std::int64_t value) const {
    settle();
    std::uint64_t seen = 0;
    for (std::size_t power = 0; power < powers; ++power) {
        if (m_place[power] == nowhere) continue;
        for (std::size_t sub = 0; sub < perPower; ++sub)
            if (middleOf(power * perPower + sub) <= static_cast<double>(value))
                seen += m_counts[m_place[power] * perPower + sub];
    }
    return seen;
}

void Histogram::merge(const Histogram& other) {
    settle();
    other.settle();
    for (std::size_t power = 0; power < powers; ++power) {
        if (other.m_place[power] == nowhere) continue;
        if (m_place[power] == nowhere) m_place[power] = added();
        for (std::size_t sub = 0; sub < perPower; ++sub)
            m_counts[m_place[power] * perPower + sub] += other.m_counts[other.m_place[power] * perPower + sub];
    }
    m_count += other.m_count;
    m_sum += other.m_sum;
    m_max = std::max(m_max, other.m_max);
}

void Histogram::clear() {
    m_recentCount = 0;
    if (m_count == 0) return;
    std::fill(m_counts.begin(), m_counts.end(), 0);
    m_count = m_max = 0;
    m_sum = 0;
}

}  // namespace loadpath::sim
