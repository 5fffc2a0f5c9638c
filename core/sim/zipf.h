// Which key a request is about: rank by Zipf's law, without a table (rejection-inversion, Hörmann and
// Derflinger 1996), so that a million keys cost nothing.
#pragma once

#include "sim/random.h"

#include <algorithm>

namespace loadpath::sim {

class Zipf {
public:
    Zipf(std::uint64_t keys, double exponent)
        : m_keys(std::max<std::uint64_t>(1, keys)), m_exponent(std::clamp(exponent, 0.0, 20.0)) {
        m_first = integral(1.5) - 1;
        m_last = integral(static_cast<double>(m_keys) + 0.5);
        m_shortcut = 2 - inverse(integral(2.5) - density(2));
    }

    /// 1 for the most popular key.
    std::uint64_t rank(Stream& stream) const {
        if (m_exponent == 0) return 1 + static_cast<std::uint64_t>(stream.uniform() * static_cast<double>(m_keys));
        for (;;) {
            const double u = m_last + stream.uniform() * (m_first - m_last);
            const double x = inverse(u);
            const double k = std::clamp(std::floor(x + 0.5), 1.0, static_cast<double>(m_keys));
            if (k - x <= m_shortcut || u >= integral(k + 0.5) - density(k)) return static_cast<std::uint64_t>(k);
        }
    }

private:
    double density(double x) const { return exponentialOf(-m_exponent * naturalLog(x)); }
    double integral(double x) const {  // of the density, up to a constant
        const double l = naturalLog(x), t = (1 - m_exponent) * l;
        return std::abs(t) < 1e-8 ? l * (1 + t / 2) : (exponentialOf(t) - 1) / (1 - m_exponent);
    }
    double inverse(double y) const {
        const double t = std::max(-1.0 + 1e-15, y * (1 - m_exponent));
        return exponentialOf(std::abs(t) < 1e-8 ? y * (1 - t / 2) : naturalLog(1 + t) / (1 - m_exponent));
    }

    std::uint64_t m_keys;
    double m_exponent, m_first = 0, m_last = 0, m_shortcut = 0;
};

}  // namespace loadpath::sim
