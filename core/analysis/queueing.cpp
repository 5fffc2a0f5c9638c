#include "analysis/queueing.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace loadpath {

double erlangB(int servers, double offeredLoad) {
    if (offeredLoad <= 0) return servers > 0 ? 0 : 1;
    double blocked = 1;
    for (int c = 1; c <= servers && blocked > 0; ++c) blocked = offeredLoad * blocked / (c + offeredLoad * blocked);
    return blocked;
}

double erlangC(int servers, double offeredLoad) {
    if (offeredLoad >= servers) return 1;
    const double blocked = erlangB(servers, offeredLoad);
    return blocked / (1 - offeredLoad / servers * (1 - blocked));
}

double meanWait(int servers, double arrivalRate, double service, double cv2) {
    const double load = arrivalRate * service;
    if (load <= 0) return 0;
    if (load >= servers) return std::numeric_limits<double>::infinity();
    const double waits = erlangC(servers, load);
    if (waits <= 0) return 0;
    return waits * service / (servers - load) * (1 + cv2) / 2;
}

namespace {

/// Σ r^j and Σ j·r^j over j = 1..n for r ≤ 1, by doubling: only sums of positive terms, whatever n.
struct PowerSums {
    double power = 1, sum = 0, weighted = 0, count = 0;  // r^n, Σ r^j, Σ j r^j, n

    void append(const PowerSums& next) {
        weighted += power * (next.weighted + count * next.sum);
        sum += power * next.sum;
        power *= next.power;
        count += next.count;
    }
};

PowerSums powerSums(double ratio, double n) {
    PowerSums result, block{ratio, ratio, ratio, 1};
    for (double left = std::floor(n); left >= 1; left = std::floor(left / 2)) {
        if (std::fmod(left, 2) == 1) result.append(block);
        const PowerSums copy = block;
        block.append(copy);
    }
    return result;
}

}  // namespace

FiniteQueue finiteQueue(int servers, double waiting, double arrivalRate, double service) {
    FiniteQueue queue;
    const double load = arrivalRate * service;
    if (!(load > 0) || servers <= 0) {
        queue.response = service;
        if (servers <= 0 && arrivalRate > 0) queue.blocked = 1;
        return queue;
    }
    if (std::isinf(load)) {
        const double places = std::max(0.0, std::floor(waiting));
        queue = {1, servers / service, servers + places, places * service / servers, 0};
        queue.response = queue.wait + service;
        return queue;
    }
    // Weights relative to the states 0..c, which together weigh 1; all servers busy and none waiting: B.
    const double full = erlangB(servers, load), ratio = load / servers, places = std::max(0.0, std::floor(waiting));
    double total = 0, blocked = 0, queued = 0;
    if (ratio <= 1) {
        const PowerSums sums = powerSums(ratio, places);
        total = 1 + full * sums.sum;
        blocked = full * sums.power / total;
        queued = full * sums.weighted / total;
    } else {
        // Counted from the full end, so that nothing grows past what a double holds.
        const PowerSums sums = powerSums(1 / ratio, places);  // s^1..s^m; s^m weighs the empty queue
        const double waitingWeight = full * (1 + sums.sum - sums.power);
        total = sums.power + waitingWeight;
        blocked = full / total;
        queued = full * (places * (1 + sums.sum) - sums.weighted) / total;
    }
    queue.blocked = std::clamp(blocked, 0.0, 1.0);
    queue.throughput = arrivalRate * (1 - queue.blocked);
    queue.wait = queue.throughput > 0 ? queued / queue.throughput : 0;
    queue.response = queue.wait + service;
    queue.inSystem = queue.throughput * queue.response;
    return queue;
}

double meanAttempts(double failure, int attempts) {
    if (attempts <= 0) return 0;
    const double f = std::clamp(failure, 0.0, 1.0);
    return f >= 1 ? attempts : (1 - std::pow(f, attempts)) / (1 - f);
}

double givenUpShare(double failure, int attempts) {
    return attempts <= 0 ? 1 : std::pow(std::clamp(failure, 0.0, 1.0), attempts);
}

double anySlow(double each, double calls) {
    if (!(calls > 0)) return 0;
    const double p = std::clamp(each, 0.0, 1.0);
    return -std::expm1(calls * std::log1p(-p));
}

double fastestMean(int of, int k, double mean) {
    double sum = 0;
    for (int left = std::max(0, of - k) + 1; left <= of && k > 0; ++left) sum += 1.0 / left;
    return mean * sum;
}

}  // namespace loadpath
