// What a design file may say about a rule: its id, its severity and the numbers on which it turns. The
// rules themselves are code of another room, which hands these facts to the catalogue.
#pragma once

#include "model/design_enums.h"

#include <string>
#include <vector>

namespace loadpath {

struct ThresholdFacts {
    std::string key;
    double value = 0, least = 0, most = 0;
    std::string meaning;
};

struct RuleFacts {
    std::string id, title;
    RuleLevel level = RuleLevel::warning;
    std::vector<ThresholdFacts> thresholds;
};

}  // namespace loadpath
