// Random numbers of a run: one independent stream per component and purpose, keyed by seed and names,
// so that adding a component leaves the draws of all others alone. Samplers are arithmetic only (no
// libm, no std distributions): the same bits on every platform.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace loadpath::sim {

inline std::uint64_t mix(std::uint64_t x) {  // finaliser of splitmix64
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

inline std::uint64_t hashOf(std::string_view text, std::uint64_t seed) {
    std::uint64_t h = mix(seed);
    for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return mix(h);
}

/// Key of the stream for one purpose of one named thing.
inline std::uint64_t streamKey(std::int64_t seed, std::string_view name, std::string_view purpose) {
    return hashOf(purpose, hashOf(name, static_cast<std::uint64_t>(seed)));
}

/// Top 53 bits as a number in [0, 1).
inline double unitInterval(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1p-53; }

/// Natural logarithm of a positive normal number, to a few units in the last place.
inline double naturalLog(double x) {
    const auto bits = std::bit_cast<std::uint64_t>(x);
    // x = m·2^exponent with m in (√½, √2], without a branch that random numbers would make a gamble.
    constexpr std::uint64_t aboveRootHalf = 0x3fe6a09e667f3bceULL;
    const std::int64_t exponent = static_cast<std::int64_t>(bits - aboveRootHalf) >> 52;
    const double m = std::bit_cast<double>(bits - (static_cast<std::uint64_t>(exponent) << 52));
    const double s = (m - 1) / (m + 1), z = s * s, z2 = z * z, z4 = z2 * z2;
    // atanh series, |s| ≤ 0.1716; paired terms keep the chain of dependent products short.
    const double low = (1.0 + z * (1.0 / 3)) + z2 * (1.0 / 5 + z * (1.0 / 7));
    const double high = (1.0 / 9 + z * (1.0 / 11)) + z2 * (1.0 / 13 + z * (1.0 / 15));
    const double top = 1.0 / 17 + z * (1.0 / 19);
    return static_cast<double>(exponent) * 0.6931471805599453 + 2 * s * (low + z4 * (high + z4 * top));
}

/// e^x for |x| < 700.
inline double exponentialOf(double x) {
    const double k = std::floor(x * 1.4426950408889634 + 0.5);
    const double r = (x - k * 0.693147180369123816490) - k * 1.90821492927058770002e-10;
    double term = 1, sum = 1;
    for (int i = 1; i <= 14; ++i) {
        term *= r / i;
        sum += term;
    }
    return sum * std::bit_cast<double>(static_cast<std::uint64_t>(static_cast<std::int64_t>(k) + 1023) << 52);
}

/// xoshiro256++ (Blackman and Vigna, public domain), seeded through splitmix64.
class Stream {
public:
    Stream() : Stream(0) {}
    explicit Stream(std::uint64_t key) {
        for (auto& word : m_state) word = key = mix(key);
    }

    std::uint64_t bits() {
        const std::uint64_t result = std::rotl(m_state[0] + m_state[3], 23) + m_state[0];
        const std::uint64_t t = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= t;
        m_state[3] = std::rotl(m_state[3], 45);
        return result;
    }
    double uniform() { return unitInterval(bits()); }                                // [0, 1)
    double positive() { return (static_cast<double>(bits() >> 11) + 1) * 0x1p-53; }  // (0, 1]
    bool chance(double p) { return p >= 1 || (p > 0 && uniform() < p); }
    std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(((bits() >> 32) * n) >> 32); }

    double exponential() { return -naturalLog(positive()); }  // mean 1
    double erlang(int k);                                     // mean 1, cv² 1/k
    double normal();                                          // mean 0, variance 1
    double lognormal(double cv);                              // mean 1
    double pareto(double alpha);                              // mean 1 (alpha above 1)

private:
    std::uint64_t m_state[4];
};

}  // namespace loadpath::sim
