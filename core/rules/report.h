// Everything that is computed of a design without running it, in one value: what the window, the
// command line and the report show.
#pragma once

#include "rules/house_rules.h"

#include <memory>

namespace loadpath {

struct Report {
    std::shared_ptr<const Snapshot> snapshot;
    AvailabilityReport availability;
    CapacityReport capacity;
    std::vector<Finding> findings;
    std::shared_ptr<const HouseRules> houseRules;  // findings may point into it; null: none
};

/// `house`: rules of a file beside those of the program.
Report evaluate(std::shared_ptr<const Snapshot> snapshot, const AvailabilityOptions& options = {},
                std::shared_ptr<const HouseRules> house = nullptr);

/// What a rule says of itself, be it of the program or of the report's house rules; empty texts where
/// neither has it.
struct RuleWords {
    std::string_view title, why, source;
    Severity severity = Severity::warning;
};
RuleWords wordsOf(const Report& report, std::string_view rule);

}  // namespace loadpath
