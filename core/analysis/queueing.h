// Formulas of queueing theory. Knows no design.
#pragma once

namespace loadpath {

/// P(wait > 0) in M/M/c with offered load a = λS < c. Source: Erlang 1917; stable recursion over B.
double erlangC(int servers, double offeredLoad);
/// Blocking of M/M/c/c.
double erlangB(int servers, double offeredLoad);
/// Mean queueing delay in the unit of `service`; infinite for a ≥ c. cv2 = squared coefficient of variation of service.
double meanWait(int servers, double arrivalRate, double service, double cv2 = 1);

/// M/M/c/K in steady state; times in the unit of `service`, rates per that unit.
struct FiniteQueue {
    double blocked = 0;     // share of arrivals that find every place taken
    double throughput = 0;  // what is served
    double inSystem = 0;    // mean number, in service and waiting
    double wait = 0;        // of those admitted
    double response = 0;
};
/// `waiting` = K − c places to wait in. Exact and stable for any number of them and any load.
FiniteQueue finiteQueue(int servers, double waiting, double arrivalRate, double service);

/// Mean number of attempts when each fails with probability f and there are at most `attempts`:
/// (1 − f^m) / (1 − f), m for f = 1.
double meanAttempts(double failure, int attempts);
/// f^m: what fails that often is given up, or dead-lettered.
double givenUpShare(double failure, int attempts);

/// P(at least one of `calls` independent ones is slow) when each is with probability `each` (Dean and
/// Barroso 2013).
double anySlow(double each, double calls);
/// Mean of the k-th fastest of `of` independent exponential times: mean · (H(of) − H(of − k)).
double fastestMean(int of, int k, double mean);

}  // namespace loadpath
