// Who limits the rate of requests, by what, and what happens then. A limiter is a component of its own or an
// entry in the list of one that has other work too. Knows no rule.
#pragma once

#include "rules/fix_builder.h"

#include <string>
#include <vector>

namespace loadpath {

struct RateLimit {
    int node = 0;
    int place = -1;  // in the component's list; −1: the component is a limiter itself
    std::string algorithm, key, store, onStoreFailure, response;
    double limit = 0, windowS = 60;  // limit 0: not stated
    double ratePerS = 0, burst = 0;
    bool retryAfter = true;

    /// "100 in 60 s", "20/s"; empty where no number is stated.
    std::string shown() const;
};

std::vector<RateLimit> rateLimitsOf(const Snapshot& snapshot, int node);
/// Requests that pass are limited in some way: by limits of its own, by a feature, by a firewall.
bool limitsRate(const Snapshot& snapshot, int node);

void setLimitField(FixBuilder& fix, const RateLimit& limit, const char* field, Value value);
/// The usual limit by address, as the component can have it; false where it can have none.
bool addRateLimit(FixBuilder& fix, int node);

}  // namespace loadpath
