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
        m_recent[m_recentCount++] = value > 0 ? static_cast<std::uint64_t>(value) : 0;
        if (m_recentCount == recent) settle();
    }
    void merge(const Histogram& other);
    void clear();

    std::uint64_t count() const { return m_count + m_recentCount; }
    double mean() const { return count() ? sum() / static_cast<double>(count()) : 0; }
    double sum() const;
    std::uint64_t max() const;
    /// Smallest value that at least `share` of the values do not exceed, to bucket precision; 0 without values.
    double quantile(double share) const;
    /// How many values are at most `value`, to bucket precision.
    std::uint64_t upTo(std::int64_t value) const;

private:
    static constexpr unsigned subBits = 6;
    static constexpr std::size_t perPower = std::size_t{1} << subBits, powers = 64 - subBits + 1;
    static constexpr std::uint8_t nowhere = 0xff;

    static constexpr std::uint32_t recent = 8;

    static double middleOf(std::size_t bucket);
    std::uint8_t added() const;
    void settle() const;  // the recent ones into their buckets

    // The latest values wait for each other: what they miss in the processor's caches, they then miss together.
    mutable std::array<std::uint64_t, recent> m_recent{};
    mutable std::uint32_t m_recentCount = 0;
    mutable std::vector<std::uint64_t> m_counts;
    mutable std::uint64_t m_count = 0, m_max = 0;
    mutable double m_sum = 0;
    mutable std::array<std::uint8_t, powers> m_place = filled();  // which perPower buckets of m_counts a power has

    static constexpr std::array<std::uint8_t, powers> filled() {
        std::array<std::uint8_t, powers> places{};
        for (auto& place : places) place = nowhere;
        return places;
    }
};

}  // namespace loadpath::sim
