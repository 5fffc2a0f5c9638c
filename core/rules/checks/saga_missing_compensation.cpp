#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

#include <cctype>

namespace loadpath::checks {
namespace {

std::string stepText(const Value& step, std::string_view key) {
    const Value* value = step.find(key);
    return value && value->text() ? *value->text() : std::string();
}

bool stepFlag(const Value& step, std::string_view key) {
    const Value* value = step.find(key);
    return value && value->boolean() && *value->boolean();
}

bool isEmptyText(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isspace(c) != 0; });
}

/// The places of steps that can be left done with no way back.
std::vector<std::size_t> stepsWithoutWayBack(const Value::List& steps) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i + 1 < steps.size(); ++i)
        if (steps[i].object() && isEmptyText(stepText(steps[i], "compensation")) && !stepFlag(steps[i], "read_only") &&
            !stepFlag(steps[i], "retriable"))
            places.push_back(i);
    return places;
}

/// "Reserve stock" for a step that says so, else the name of its service.
std::string shownStep(const Snapshot& snapshot, const Value& step, std::size_t place) {
    if (const std::string action = stepText(step, "action"); !isEmptyText(action)) return '"' + action + '"';
    const std::string service = stepText(step, "service");
    const int node = snapshot.graph().node({service});
    if (node >= 0) return "the step of " + snapshot.nameOf(node);
    return "step " + std::to_string(place + 1);
}

std::string undoing(const std::string& action) {
    static constexpr std::pair<std::string_view, std::string_view> opposites[] = {
        {"reserve", "release"}, {"authorise", "void"}, {"authorize", "void"}, {"capture", "refund"},
        {"charge", "refund"},   {"pay", "refund"},     {"book", "cancel"},    {"order", "cancel"},
        {"create", "cancel"},   {"allocate", "free"},  {"lock", "unlock"},    {"debit", "credit"},
        {"credit", "debit"},    {"add", "remove"},     {"open", "close"},     {"start", "stop"}};
    if (isEmptyText(action)) return "undo";
    const std::size_t end = std::min(action.find(' '), action.size());
    std::string verb = action.substr(0, end);
    std::transform(verb.begin(), verb.end(), verb.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const auto& [doing, opposite] : opposites)
        if (verb == doing) return std::string(opposite) + action.substr(end);
    return "undo: " + action;
}

std::vector<Finding> checkSagaMissingCompensation(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!isType(graph.nodes[i], "saga_orchestrator")) continue;
        const Value steps = viewOf(snapshot, static_cast<int>(i)).value("steps");
        if (!steps.list()) continue;
        const std::vector<std::size_t> places = stepsWithoutWayBack(*steps.list());
        if (places.empty()) continue;
        const Node& node = graph.nodes[i];
        Value::List mended = *steps.list();
        std::vector<std::string> shown;
        for (const std::size_t place : places) {
            shown.push_back(shownStep(snapshot, mended[place], place));
            if (auto* step = std::get_if<Value::Object>(&mended[place].data))
                step->insert_or_assign("compensation", undoing(stepText(mended[place], "action")));
        }
        Finding finding{saga_missing_compensation.id, saga_missing_compensation.severity};
        finding.components = {node.id};
        finding.message = fill(
            "When a later step of {} fails, {} cannot be undone: {}",
            {node.name, listed(shown), places.size() == 1 ? "it names no compensation" : "they name no compensation"});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "steps", std::move(mended));
        finding.fix = fix.titled(places.size() == 1 ? "Add a compensation" : "Add compensations");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule saga_missing_compensation{
    "saga-missing-compensation",
    "Step of a saga cannot be undone",
    "A saga has no rollback: each step commits on its own, and when a later one fails only the compensations bring "
    "back what came before. A step without one leaves reserved stock or taken money behind. Steps that only read, that "
    "are repeated until they succeed, or that come last need none.",
    "Sagas (Garcia-Molina and Salem, 1987); Microservices Patterns (C. Richardson), ch. 4",
    Severity::error,
    checkSagaMissingCompensation,
};

}  // namespace loadpath::checks
