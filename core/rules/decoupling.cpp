#include "rules/decoupling.h"

#include "model/keys.h"
#include "rules/lookup.h"
#include "rules/wiring.h"

namespace loadpath {

std::optional<std::string> tellOverQueue(FixBuilder& fix, int from, int to, const std::vector<int>& links,
                                         const std::vector<FlowId>& flows) {
    const FlowGraph& graph = fix.snapshot().graph();
    const Node &caller = at(graph.nodes, from), &callee = at(graph.nodes, to);
    const Catalog& catalog = fix.snapshot().catalog();
    if (from == to || !isIn(callee, "compute") || !catalog.find("dlq")) return std::nullopt;
    if (!catalog.legality(caller.type->id, Mode::publish, "sqs").legal ||
        !catalog.legality("sqs", Mode::consume, callee.type->id).legal)
        return std::nullopt;

    const Point a = fix.positionOf(caller.id), b = fix.positionOf(callee.id);
    const ComponentId queue = fix.add("sqs", caller.id.value + "-" + callee.id.value + "-queue", callee.name + " queue",
                                      {(a.x + b.x) / 2, (a.y + b.y) / 2 + 5 * Placement::grid});
    Value::List named;
    for (const FlowId& flow : flows) named.emplace_back(flow.value);
    for (const int link : links) fix.drop(at(graph.links, link).id);
    fix.connect(caller.id, queue, Mode::publish, {{std::string(keys::flows.name), std::move(named)}});
    fix.connect(queue, callee.id, Mode::consume, {{std::string(keys::maxAttempts.name), usualAttempts}});
    addDeadLetter(fix, queue, callee.name + " queue");
    return "Let " + caller.name + " tell " + callee.name + " over a queue";
}

}  // namespace loadpath
