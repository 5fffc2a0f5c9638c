#include "graph/popularity.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

constexpr double oneByOne = 4096;  // ranks summed singly
constexpr double perBucket = 512;  // further ranks share a bucket with those up to 1/512 less popular

/// Σ i^−α from rank a to b ≥ a, by Euler and Maclaurin; a is large enough for it to be exact in double.
double tailSum(double a, double b, double alpha) {
    if (b < a) return 0;
    const double logRatio = std::log(b / a), power = 1 - alpha;
    const double integral =
        std::pow(a, power) * (std::abs(power * logRatio) < 1e-12 ? logRatio : std::expm1(power * logRatio) / power);
    const auto f = [alpha](double x) { return std::pow(x, -alpha); };
    const auto slope = [alpha](double x) { return -alpha * std::pow(x, -alpha - 1); };
    const auto third = [alpha](double x) { return -alpha * (alpha + 1) * (alpha + 2) * std::pow(x, -alpha - 3); };
    return integral + (f(a) + f(b)) / 2 + (slope(b) - slope(a)) / 12 - (third(b) - third(a)) / 720;
}

/// Sum over the first `count` ranks.
double headSum(double count, double alpha) {
    const double single = std::min(count, oneByOne);
    double sum = 0;
    for (double rank = single; rank >= 1; --rank) sum += std::pow(rank, -alpha);
    return count > single ? sum + tailSum(single + 1, count, alpha) : sum;
}

double whole(double keys) { return std::max(1.0, std::floor(keys)); }

struct Bucket {
    double keys, share;  // share of requests of each
};

std::vector<Bucket> bucketsOf(double keys, double alpha) {
    std::vector<Bucket> buckets;
    const double total = harmonic(keys, alpha);
    for (double rank = 1; rank <= std::min(keys, oneByOne); ++rank)
        buckets.push_back({1, std::pow(rank, -alpha) / total});
    for (double rank = oneByOne + 1; rank <= keys;) {
        const double last = std::min(keys, rank + std::floor(rank / perBucket));
        const double count = last - rank + 1;
        buckets.push_back({count, tailSum(rank, last, alpha) / total / count});
        rank = last + 1;
    }
    return buckets;
}

double present(Eviction eviction, double x) { return eviction == Eviction::lru ? -std::expm1(-x) : x / (1 + x); }
double slopeOf(Eviction eviction, double x) {
    return eviction == Eviction::lru ? std::exp(-x) : 1 / ((1 + x) * (1 + x));
}

}  // namespace

double harmonic(double keys, double alpha) { return headSum(whole(keys), std::max(0.0, alpha)); }

double topShare(double keys, double alpha, double count) {
    keys = whole(keys);
    alpha = std::max(0.0, alpha);
    if (count <= 0) return 0;
    if (count >= keys) return 1;
    return headSum(std::floor(count), alpha) / harmonic(keys, alpha);
}

double hitRatioOf(Eviction eviction, double keys, double alpha, double capacity) {
    keys = whole(keys);
    alpha = std::max(0.0, alpha);
    if (!(capacity > 0)) return 0;
    if (capacity >= keys) return 1;
    if (eviction == Eviction::lfu) return topShare(keys, alpha, capacity);
    const std::vector<Bucket> buckets = bucketsOf(keys, alpha);
    // The number present is concave in the characteristic time, so Newton from below only climbs.
    double time = capacity;
    for (int round = 0; round < 200; ++round) {
        double held = 0, slope = 0;
        for (const Bucket& b : buckets) {
            held += b.keys * present(eviction, b.share * time);
            slope += b.keys * b.share * slopeOf(eviction, b.share * time);
        }
        const double step = slope > 0 ? (capacity - held) / slope : 0;
        time += step;
        if (!(step > 1e-13 * time)) break;
    }
    double hits = 0;
    for (const Bucket& b : buckets) hits += b.keys * b.share * present(eviction, b.share * time);
    return std::clamp(hits, 0.0, 1.0);
}

double ttlHitRatio(double keys, double alpha, double requestsPerS, double ttlS) {
    const double perTtl = requestsPerS * ttlS;
    if (!(perTtl > 0)) return 0;
    if (std::isinf(perTtl)) return 1;
    double hits = 0;
    for (const Bucket& b : bucketsOf(whole(keys), std::max(0.0, alpha)))
        hits += b.keys * b.share * present(Eviction::fifo, b.share * perTtl);
    return std::clamp(hits, 0.0, 1.0);
}

}  // namespace loadpath
