// The simulator held against what must be true of it: requests are conserved, Little's law holds, and
// where queueing theory or the availability analysis know the answer, the run agrees with them.
#pragma once

#include "sim/simulator.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace loadpath {

struct VerifyCheck {
    enum class Kind { requests, visits, little, utilisation, delay, availability } kind = Kind::requests;
    std::string subject;  // id of the flow or component
    double expected = 0, measured = 0;
    double tolerance = 0;  // on their difference; 0: exactly equal
    bool passed = false;
};
std::string_view label(VerifyCheck::Kind kind);

/// What was not compared, and why theory is silent there.
struct VerifyOmission {
    VerifyCheck::Kind kind = VerifyCheck::Kind::utilisation;
    std::string subject;  // empty: the whole design
    std::string why;
};

struct Verification {
    std::vector<VerifyCheck> checks;
    std::vector<VerifyOmission> omissions;

    bool passed() const;
};

/// Of a run that has ended: conservation, Little's law, utilisation and mean delay.
Verification verifyRun(const Metrics& metrics, const Snapshot& snapshot, const Scenario& scenario);

/// How long random outages of every unit are simulated.
struct OutageTrial {
    double mtbfS = 990, mttrS = 10;
    double durationS = 20'000, requestsPerS = 2;
    int runs = 6;
    std::int64_t seed = 1;
};
/// The availability that client flows have while every unit, managed component and zone fails and is repaired
/// at random, beside the exact value for the same outages.
Verification verifyAvailability(const std::shared_ptr<const Snapshot>& snapshot, const OutageTrial& trial = {});

}  // namespace loadpath
