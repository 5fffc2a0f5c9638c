#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "rules/watching.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

bool namesTargets(const Snapshot& snapshot, const Watching& watching) {
    return std::any_of(watching.watchers().begin(), watching.watchers().end(), [&snapshot](int watcher) {
        const Value targets = viewOf(snapshot, watcher).value("slo");
        return targets.list() && !targets.list()->empty();
    });
}

std::vector<Finding> checkSloBurnConfig(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const Watching watching(snapshot);
    const double slo = statedSlo(snapshot);
    if (!(slo > 0) && !namesTargets(snapshot, watching)) return {};
    int onSymptom = -1;
    for (const Alarm& alarm : watching.alarms()) {
        if (alarm.burnsBudget) return {};
        if (!alarm.isCause && onSymptom < 0) onSymptom = alarm.watcher;
    }
    if (onSymptom < 0) return {};
    const Node& node = at(snapshot.graph().nodes, onSymptom);
    Finding finding{slo_burn_config.id, slo_burn_config.severity};
    finding.components = {node.id};
    finding.message = fill(
        "Alarms of {} do not say how fast the error budget may burn over which window: set too low they wake for every "
        "blip, too high they sleep through a slow leak",
        {node.name});
    Placement placement(snapshot.design());
    FixBuilder fix(snapshot, placement);
    Value::List more = *viewOf(snapshot, onSymptom).value("rules").list();
    const Value alarms = burnRateAlarms();
    more.insert(more.end(), alarms.list()->begin(), alarms.list()->end());
    fix.set(node.id, "rules", std::move(more));
    finding.fix = fix.titled("Alarm on burn rates of 14.4, 6 and 1");
    return {std::move(finding)};
}

}  // namespace

const Rule slo_burn_config{
    "slo-burn-config",
    "Alarm without a burn rate",
    "A burn rate says how many times faster than allowed the error budget is being used. A fast one over an hour "
    "(14.4, checked again over five minutes) calls for an outage at once, a slower one over six hours and one over "
    "three days catch leaks, and all stop ringing soon after the trouble ends.",
    "The Site Reliability Workbook, ch. 5: multiwindow, multi-burn-rate alerts",
    Severity::info,
    checkSloBurnConfig,
};

}  // namespace loadpath::checks
