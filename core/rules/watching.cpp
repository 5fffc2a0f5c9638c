#include "rules/watching.h"

#include "rules/lookup.h"
#include "rules/tags.h"

#include <cctype>

namespace loadpath {
namespace {

std::string lowerCase(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string textOfAlarm(const Value& alarm, std::string_view key) {
    const Value* value = alarm.find(key);
    return value && value->text() ? *value->text() : std::string();
}

bool mentionsMachine(const std::string& expression) {
    static constexpr std::string_view words[] = {"cpu", "memory", "disk", "heap", "load average", "iops"};
    const std::string text = lowerCase(expression);
    return std::any_of(std::begin(words), std::end(words),
                       [&text](std::string_view word) { return text.find(word) != std::string::npos; });
}

Alarm readAlarm(const Value& value, int watcher) {
    Alarm alarm;
    alarm.watcher = watcher;
    alarm.expression = textOfAlarm(value, "expr");
    alarm.route = textOfAlarm(value, "route");
    const std::string signal = textOfAlarm(value, "signal");
    alarm.isCause = signal == "cause" || (signal.empty() && mentionsMachine(alarm.expression));
    const Value *rate = value.find("burn_rate"), *window = value.find("window");
    const bool hasWindow = window && (window->isNumber() || (window->text() && !window->text()->empty()));
    alarm.burnsBudget = rate && rate->number() > 0 && hasWindow;
    alarm.isTicket = lowerCase(alarm.route).find("ticket") != std::string::npos;
    return alarm;
}

}  // namespace

Watching::Watching(const Snapshot& snapshot) : m_snapshot(&snapshot) {
    const FlowGraph& graph = snapshot.graph();
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        if (isType(graph.nodes[i], "observability")) m_watchers.push_back(static_cast<int>(i));
    std::sort(m_watchers.begin(), m_watchers.end(),
              [&graph](int a, int b) { return at(graph.nodes, a).id < at(graph.nodes, b).id; });
    for (const int watcher : m_watchers) {
        if (const Value covers = viewOf(snapshot, watcher).value("covers"); covers.list())
            for (const Value& covered : *covers.list())
                if (covered.text())
                    (*covered.text() == "*" ? m_coverAll : m_coverOne[*covered.text()]).push_back(watcher);
        const Value rules = viewOf(snapshot, watcher).value("rules");
        if (!rules.list()) continue;
        for (const Value& rule : *rules.list())
            if (rule.object()) m_alarms.push_back(readAlarm(rule, watcher));
    }
}

bool Watching::hasRole(int watcher, std::string_view role) const {
    return hasTag(viewOf(*m_snapshot, watcher).value("role"), role);
}

int Watching::firstWith(std::string_view role) const {
    const auto it =
        std::find_if(m_watchers.begin(), m_watchers.end(), [&](int watcher) { return hasRole(watcher, role); });
    return it == m_watchers.end() ? -1 : *it;
}

bool Watching::isCollected(int node, std::string_view role) const {
    const FlowGraph& graph = m_snapshot->graph();
    const std::string& id = at(graph.nodes, node).id.value;
    if (coversAll(role)) return true;
    const auto hasIt = [&](int watcher) { return hasRole(watcher, role); };
    if (const auto by = m_coverOne.find(id);
        by != m_coverOne.end() && std::any_of(by->second.begin(), by->second.end(), hasIt))
        return true;
    std::vector<int> waiting{node};
    std::vector<int> seen;
    while (!waiting.empty()) {  // a collector passes on to where signals are kept
        const int here = waiting.back();
        waiting.pop_back();
        for (const int out : at(graph.outgoing, here)) {
            const Link& link = at(graph.links, out);
            if (link.mode != Mode::telemetry || !link.legal || !isType(at(graph.nodes, link.to), "observability"))
                continue;
            if (hasRole(link.to, role)) return true;
            if (std::find(seen.begin(), seen.end(), link.to) != seen.end()) continue;
            seen.push_back(link.to);
            waiting.push_back(link.to);
        }
    }
    return false;
}

bool Watching::coversAll(std::string_view role) const {
    return std::any_of(m_coverAll.begin(), m_coverAll.end(), [&](int watcher) { return hasRole(watcher, role); });
}

double statedSlo(const Snapshot& snapshot) {
    if (const auto& slo = snapshot.design().header.requirements.availabilitySlo; slo && *slo > 0) return *slo;
    double strictest = 0;
    for (const FlowPath& flow : snapshot.graph().flows) strictest = std::max(strictest, flow.availabilitySlo);
    return strictest;
}

ComponentId watcherWith(FixBuilder& fix, const Watching& watching, std::string_view role) {
    const Snapshot& snapshot = fix.snapshot();
    const FlowGraph& graph = snapshot.graph();
    if (const int there = watching.firstWith(role); there >= 0) return at(graph.nodes, there).id;
    if (!watching.watchers().empty()) {
        const int watcher = watching.watchers().front();
        const Value roles = viewOf(snapshot, watcher).value("role");
        Value::List more = roles.list() ? *roles.list() : Value::List{};
        more.emplace_back(std::string(role));
        fix.set(at(graph.nodes, watcher).id, "role", std::move(more));
        return at(graph.nodes, watcher).id;
    }
    Point corner{};
    bool isFirst = true;
    for (const Component& component : snapshot.design().components) {  // below everything that is drawn
        corner.x = isFirst ? component.position.x : std::min(corner.x, component.position.x);
        corner.y = isFirst ? component.position.y : std::max(corner.y, component.position.y);
        isFirst = false;
    }
    Parameters properties;
    properties.insert_or_assign("covers", Value::List{"*"});
    return fix.add("observability", "obs", "Observability", {corner.x, corner.y + 6 * Placement::grid}, {},
                   std::move(properties));
}

Value burnRateAlarms() {
    const auto alarm = [](double burnRate, const char* window, const char* route) {
        Value::Object object;
        object.emplace("signal", "symptom");
        object.emplace("expr", "error budget of every flow");
        object.emplace("burn_rate", burnRate);
        object.emplace("window", window);
        object.emplace("route", route);
        return Value(std::move(object));
    };
    return Value::List{alarm(14.4, "1 h + 5 min", "on call"), alarm(6, "6 h + 30 min", "on call"),
                       alarm(1, "3 d + 6 h", "ticket")};
}

}  // namespace loadpath
