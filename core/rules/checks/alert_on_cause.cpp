#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "rules/watching.h"

namespace loadpath::checks {
namespace {

Value errorRatioAlarm() {
    Value::Object alarm;
    alarm.emplace("signal", "symptom");
    alarm.emplace("expr", "more than 1 % of requests fail");
    alarm.emplace("window", "5 min");
    alarm.emplace("route", "on call");
    return alarm;
}

std::vector<Finding> checkAlertOnCause(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Watching watching(snapshot);
    std::vector<int> watchers;
    std::vector<std::string> shown;
    for (const Alarm& alarm : watching.alarms()) {
        if (alarm.isTicket) continue;
        if (!alarm.isCause) return {};
        if (watchers.empty() || watchers.back() != alarm.watcher) watchers.push_back(alarm.watcher);
        if (!alarm.expression.empty()) shown.push_back(alarm.expression);
    }
    if (watchers.empty()) return {};
    Finding finding{alert_on_cause.id, alert_on_cause.severity};
    for (const int watcher : watchers) finding.components.push_back(at(graph.nodes, watcher).id);
    std::sort(shown.begin(), shown.end());
    finding.message = fill(
        "Alarms look at causes only{}: a busy machine wakes somebody though users notice nothing, and errors that "
        "users see wake nobody",
        {shown.empty() ? std::string() : " (" + listed(shown) + ")"});
    Placement placement(snapshot.design());
    FixBuilder fix(snapshot, placement);
    const int first = watchers.front();
    const Value rules = viewOf(snapshot, first).value("rules");
    Value::List more = *rules.list();
    if (statedSlo(snapshot) > 0) {
        const Value alarms = burnRateAlarms();
        more.insert(more.end(), alarms.list()->begin(), alarms.list()->end());
    } else {
        more.push_back(errorRatioAlarm());
    }
    fix.set(at(graph.nodes, first).id, "rules", std::move(more));
    finding.fix = fix.titled("Add an alarm on what users feel");
    return {std::move(finding)};
}

}  // namespace

const Rule alert_on_cause{
    "alert-on-cause",
    "Alarms on causes only",
    "A processor at 90 % may be money well spent, and an outage may leave it idle. Alarms on causes fire when nobody "
    "is hurt and stay silent for every cause that nobody thought of; those on errors and delays catch them all. Causes "
    "belong on dashboards, where the one who was called looks next.",
    "Google SRE Book, ch. 6: symptoms versus causes; My Philosophy on Alerting (R. Ewaschuk)",
    Severity::info,
    checkAlertOnCause,
};

}  // namespace loadpath::checks
