// Consistent hashing: targets stand on a ring many times over, and a key belongs to the first point
// after it whose target can be used. Knows neither calls nor what a key is.
#pragma once

#include "sim/random.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace loadpath::sim {

class HashRing {
public:
    HashRing() = default;
    explicit HashRing(int targets, int points = 150) {
        m_points.reserve(static_cast<std::size_t>(targets) * static_cast<std::size_t>(points));
        for (int t = 0; t < targets; ++t)
            for (int p = 0; p < points; ++p)
                m_points.push_back(
                    {mix(mix(static_cast<std::uint64_t>(t) + 0x72696e67) + static_cast<unsigned>(p)), t});
        std::sort(m_points.begin(), m_points.end(), [](const Point& a, const Point& b) { return a.place < b.place; });
    }

    /// −1 when no target can be used. `usable` takes the index of a target.
    template <class Usable>
    int pick(std::uint64_t key, Usable usable) const {
        const std::uint64_t place = mix(key ^ 0x6b657973);
        const auto first = std::lower_bound(m_points.begin(), m_points.end(), place,
                                            [](const Point& point, std::uint64_t p) { return point.place < p; });
        auto index = static_cast<std::size_t>(first - m_points.begin());
        for (std::size_t step = 0; step < m_points.size(); ++step, ++index) {
            const int target = m_points[index % m_points.size()].target;
            if (usable(static_cast<std::uint32_t>(target))) return target;
        }
        return -1;
    }

private:
    struct Point {
        std::uint64_t place = 0;
        int target = 0;
    };
    std::vector<Point> m_points;
};

}  // namespace loadpath::sim
