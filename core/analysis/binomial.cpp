#include "analysis/binomial.h"

#include <algorithm>
#include <cmath>

namespace loadpath {

namespace {

/// Sums of the distribution relative to its largest point, so that no factorial is ever formed.
struct Sums {
    double below = 0, at = 0, above = 0;  // points < k, = k, > k
};

Sums sumsAround(int n, int k, double up) {
    const int mode = std::min(n, static_cast<int>((n + 1) * up));
    Sums sums;
    const auto add = [&](int i, double point) { (i < k ? sums.below : i == k ? sums.at : sums.above) += point; };
    double point = 1;
    for (int i = mode; i >= 0 && point > 0; --i) {
        add(i, point);
        point *= i * (1 - up) / ((n - i + 1) * up);
    }
    point = 1;
    for (int i = mode; i < n && point > 0;) {
        point *= (n - i) * up / ((i + 1) * (1 - up));
        add(++i, point);
    }
    return sums;
}

}  // namespace

double binomialPoint(int n, int k, double up) {
    if (k < 0 || k > n) return 0;
    if (up <= 0) return k == 0 ? 1 : 0;
    if (up >= 1) return k == n ? 1 : 0;
    const Sums s = sumsAround(n, k, up);
    return s.at / (s.below + s.at + s.above);
}

double binomialTail(int n, int k, double up) {
    if (k <= 0) return 1;
    if (k > n || up <= 0) return 0;
    if (up >= 1) return 1;
    const Sums s = sumsAround(n, k, up);
    const double inside = s.at + s.above, total = s.below + inside;
    return s.below < inside ? 1 - s.below / total : inside / total;
}

}  // namespace loadpath
