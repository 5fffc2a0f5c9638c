#include "sim/random.h"

#include <algorithm>

namespace loadpath::sim {

double Stream::erlang(int k) {
    double sum = 0, product = 1;
    for (int i = 1; i <= k; ++i) {
        product *= positive();
        if (i % 16 == 0 || i == k) {  // 16 factors of at least 2^-53 stay normal
            sum -= naturalLog(product);
            product = 1;
        }
    }
    return sum / k;
}

double Stream::normal() {
    for (;;) {  // polar method; the second value is dropped so that a stream has no hidden state
        const double x = 2 * uniform() - 1, y = 2 * uniform() - 1, r = x * x + y * y;
        if (r > 0 && r < 1) return x * std::sqrt(-2 * naturalLog(r) / r);
    }
}

double Stream::lognormal(double cv) {
    const double variance = naturalLog(1 + cv * cv);
    return exponentialOf(std::sqrt(variance) * normal() - variance / 2);
}

double Stream::pareto(double alpha) {
    alpha = std::max(alpha, 1.01);  // the mean does not exist at 1 and below
    return (alpha - 1) / alpha * exponentialOf(-naturalLog(positive()) / alpha);
}

}  // namespace loadpath::sim
