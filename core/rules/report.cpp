#include "rules/report.h"

namespace loadpath {

Report evaluate(std::shared_ptr<const Snapshot> snapshot, const AvailabilityOptions& options,
                std::shared_ptr<const HouseRules> house) {
    Report report;
    report.snapshot = std::move(snapshot);
    report.houseRules = std::move(house);
    report.availability = analyseAvailability(*report.snapshot, options);
    report.capacity = analyseCapacity(*report.snapshot);
    report.findings = checkDesign({*report.snapshot, report.availability, report.capacity}, report.houseRules.get());
    return report;
}

RuleWords wordsOf(const Report& report, std::string_view rule) {
    if (const Rule* known = findRule(rule)) return {known->title, known->why, known->source, known->severity};
    if (const HouseRule* own = report.houseRules ? report.houseRules->find(rule) : nullptr)
        return {own->title, own->why, own->source, own->severity};
    return {};
}

}  // namespace loadpath
