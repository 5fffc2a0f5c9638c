// Durations in fixed memory: log-linear buckets, 64 per power of two, so a quantile is within 0.8 % of
// the sorted one. Sum, count and maximum are exact.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace loadpath::sim {

class Histogram {
public:
    Histogram() : m_counts(bucketCount) {}

    void add(std::int64_t value) {
        const std::uint64_t v = value > 0 ? static_cast<std::uint64_t>(value) : 0;
        const std::size_t bucket = bucketOf(v);
        ++m_counts[bucket];
        ++m_count;
        m_sum += static_cast<double>(v);
        if (v > m_max) m_max = v;
        if (bucket < m_low) m_low = bucket;
        if (bucket > m_high) m_high = bucket;
    }
    void merge(const Histogram& other);
    void clear();

    std::uint64_t count() const { return m_count; }
    double mean() const { return m_count ? m_sum / static_cast<double>(m_count) : 0; }
    double sum() const { return m_sum; }
    std::uint64_t max() const { return m_max; }
    /// Smallest value that at least `share` of the values do not exceed, to bucket precision; 0 without values.
    double quantile(double share) const;

private:
    static constexpr int subBits = 6;
    static constexpr std::size_t bucketCount = (64 - subBits + 1) << subBits;

    static std::size_t bucketOf(std::uint64_t v) {
        if (v < (1u << subBits)) return static_cast<std::size_t>(v);
        const int shift = 63 - std::countl_zero(v) - subBits;
        return (static_cast<std::size_t>(shift) << subBits) + static_cast<std::size_t>(v >> shift);
    }
    static double middleOf(std::size_t bucket);

    std::vector<std::uint64_t> m_counts;
    std::uint64_t m_count = 0, m_max = 0;
    double m_sum = 0;
    std::size_t m_low = bucketCount, m_high = 0;  // buckets in use lie in [low, high]
};

}  // namespace loadpath::sim
