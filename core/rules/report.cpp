#include "rules/report.h"

namespace loadpath {

Report evaluate(std::shared_ptr<const Snapshot> snapshot, const AvailabilityOptions& options) {
    Report report;
    report.snapshot = std::move(snapshot);
    report.availability = analyseAvailability(*report.snapshot, options);
    report.capacity = analyseCapacity(*report.snapshot);
    report.findings = checkDesign({*report.snapshot, report.availability, report.capacity});
    return report;
}

}  // namespace loadpath
