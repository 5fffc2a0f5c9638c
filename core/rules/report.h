// Everything that is computed of a design without running it, in one value: what the window, the
// command line and the report show.
#pragma once

#include "rules/rule.h"

#include <memory>

namespace loadpath {

struct Report {
    std::shared_ptr<const Snapshot> snapshot;
    AvailabilityReport availability;
    CapacityReport capacity;
    std::vector<Finding> findings;
};

Report evaluate(std::shared_ptr<const Snapshot> snapshot, const AvailabilityOptions& options = {});

}  // namespace loadpath
