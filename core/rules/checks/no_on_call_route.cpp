#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "rules/watching.h"
#include "support/format.h"

#include <map>

namespace loadpath::checks {
namespace {

/// A service that does nothing but call people, drawn beside what raises the alarms.
bool hasPager(const Snapshot& snapshot, const Watching& watching) {
    return std::any_of(watching.watchers().begin(), watching.watchers().end(), [&snapshot](int watcher) {
        const ParameterView view = viewOf(snapshot, watcher);
        const Value rules = view.value("rules");
        return view.value("role") == Value(Value::List{"alerting"}) && (!rules.list() || rules.list()->empty());
    });
}

std::vector<Finding> checkNoOnCallRoute(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Watching watching(snapshot);
    std::map<int, int> without;
    for (const Alarm& alarm : watching.alarms())
        if (alarm.route.empty()) ++without[alarm.watcher];
    if (without.empty() || hasPager(snapshot, watching)) return {};
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const auto& [watcher, count] : without) {
        const Node& node = at(graph.nodes, watcher);
        Finding finding{no_on_call_route.id, no_on_call_route.severity};
        finding.components = {node.id};
        finding.message = fill("{} of {} {} nobody to call",
                               {plural(count, "alarm", "alarms"), node.name, count == 1 ? "names" : "name"});
        Value::List rules = *viewOf(snapshot, watcher).value("rules").list();
        for (Value& rule : rules) {
            auto* object = std::get_if<Value::Object>(&rule.data);
            const Value* route = object ? rule.find("route") : nullptr;
            if (object && !(route && route->text() && !route->text()->empty()))
                object->insert_or_assign("route", "on call");
        }
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "rules", std::move(rules));
        finding.fix = fix.titled("Call whoever is on duty");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule no_on_call_route{
    "no-on-call-route",
    "Alarm that reaches nobody",
    "An alarm that lands in a channel is read in the morning. Somebody has to be on duty, be called in a way that "
    "wakes, and be followed by the next one when there is no answer; tools for on-call rotas do that, once they are "
    "told which alarm goes to whom.",
    "Google SRE Book, ch. 11: Being On-Call",
    Severity::info,
    checkNoOnCallRoute,
};

}  // namespace loadpath::checks
