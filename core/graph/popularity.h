// How popular keys are by rank (Zipf) and what share of requests a cache of a given size answers.
// Formulas alone: knows no design. Ranks beyond the first few thousand are summed in closed form, so the
// time does not grow with the number of keys.
#pragma once

#include <vector>

namespace loadpath {

/// Generalised harmonic number H(N, α) = Σ i^−α; keys below 1 count as one.
double harmonic(double keys, double alpha);
/// Share of requests that the `count` most popular of `keys` keys take.
double topShare(double keys, double alpha, double count = 1);

enum class Eviction { lru, fifo, lfu };

/// Hit ratio of a store for `capacity` entries. LRU and FIFO/random by Che's approximation (Fricker,
/// Robert and Roberts 2012), LFU exactly (it keeps the most popular). 1 where everything fits.
double hitRatioOf(Eviction eviction, double keys, double alpha, double capacity);
/// Entries that expire `ttlS` after they were filled, without a limit on their number.
double ttlHitRatio(double keys, double alpha, double requestsPerS, double ttlS);

}  // namespace loadpath
