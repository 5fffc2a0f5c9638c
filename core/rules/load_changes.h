// What a fix that changes the load offered must not do: bring down what holds today. Knows no rule.
#pragma once

#include "rules/rule.h"

namespace loadpath {

/// Whether every component would still stay below its capacity with so many times the load.
bool holdsTimes(const CapacityReport& capacity, double times);

}  // namespace loadpath
