// What is run: length, load, seed and faults. How far it is.
#pragma once

#include "model/design.h"

#include <cstdint>
#include <string>
#include <vector>

namespace loadpath {

struct Scenario {
    double durationS = 60, warmupS = 10, load = 1;
    std::int64_t seed = 1;
    double seriesStepS = 1;                 // 0 = no series
    std::size_t seriesKeep = 0;             // at least that many of the newest samples are kept; 0 = all
    std::vector<Fault> faults;              // at_s from the start of the run, warm-up included
    std::vector<std::string> expectations;  // see expectation.h

    static Scenario of(const ScenarioSpec& spec);
};

struct Progress {
    double timeS = 0, durationS = 0;
    std::uint64_t events = 0;
    bool done = false;
};

}  // namespace loadpath
