// Durations in bounded memory: log-linear buckets, 64 per power of two, so a quantile is within 0.8 % of
// the sorted one. Powers of two that never occur take no place. Sum, count and maximum are exact.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace loadpath::sim {

class Histogram {
public:
    void add(std::int64_t value) {
        const std::uint64_t v = value > 0 ? static_cast<std::uint64_t>(value) : 0;
        const unsigned shift = v < perPower ? 0u : 63u - static_cast<unsigned>(std::countl_zero(v)) - subBits;
        const std::size_t bucket = (std::size_t{shift} << subBits) + static_cast<std::size_t>(v >> shift);
        const std::size_t power = bucket >> subBits;
        if (m_place[power] == nowhere) [[unlikely]]
            m_place[power] = added();
        ++m_counts[m_place[power] + (bucket & (perPower - 1))];
        ++m_count;
        m_sum += static_cast<double>(v);
        if (v > m_max) m_max = v;
    }
    void merge(const Histogram& other);
    void clear();

    std::uint64_t count() const { return m_count; }
    double mean() const { return m_count ? m_sum / static_cast<double>(m_count) : 0; }
    double sum() const { return m_sum; }
    std::uint64_t max() const { return m_max; }
    /// Smallest value that at least `share` of the values do not exceed, to bucket precision; 0 without values.
    double quantile(double share) const;
    /// How many values are at most `value`, to bucket precision.
    std::uint64_t upTo(std::int64_t value) const;

private:
    static constexpr unsigned subBits = 6;
    static constexpr std::size_t perPower = std::size_t{1} << subBits, powers = 64 - subBits + 1;
    static constexpr std::uint32_t nowhere = 0xffffffffu;

    static double middleOf(std::size_t bucket);
    std::uint32_t added();

    std::array<std::uint32_t, powers> m_place = filled();  // of a power's buckets in m_counts
    std::vector<std::uint64_t> m_counts;
    std::uint64_t m_count = 0, m_max = 0;
    double m_sum = 0;

    static constexpr std::array<std::uint32_t, powers> filled() {
        std::array<std::uint32_t, powers> places{};
        for (auto& place : places) place = nowhere;
        return places;
    }
};

}  // namespace loadpath::sim
