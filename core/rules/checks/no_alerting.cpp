#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "rules/watching.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkNoAlerting(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const double slo = statedSlo(snapshot);
    const Watching watching(snapshot);
    if (!(slo > 0) || !watching.alarms().empty()) return {};
    Finding finding{no_alerting.id, no_alerting.severity};
    for (const int watcher : watching.watchers())
        if (watching.hasRole(watcher, "alerting")) finding.components.push_back(at(snapshot.graph().nodes, watcher).id);
    finding.message = fill(
        "{} is promised, which leaves {} of failure in 30 days, and no alarm tells anyone when it is being used up",
        {availability(slo), duration((1 - slo) * 30 * 86400 * 1000)});
    Placement placement(snapshot.design());
    FixBuilder fix(snapshot, placement);
    const ComponentId watcher = watcherWith(fix, watching, "alerting");
    fix.set(watcher, "rules", burnRateAlarms());
    finding.fix = fix.titled("Call somebody when the error budget burns");
    return {std::move(finding)};
}

}  // namespace

const Rule no_alerting{
    "no-alerting",
    "Nobody is called",
    "A target that nobody watches is a wish. Failures outside office hours last until somebody looks, so the time to "
    "notice often exceeds the time to mend, and at three nines a single forgotten night uses up the budget of a year.",
    "The Site Reliability Workbook, ch. 5: Alerting on SLOs",
    Severity::warning,
    checkNoAlerting,
};

}  // namespace loadpath::checks
