#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/tags.h"
#include "rules/text.h"
#include "rules/watching.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkNoCorrelationId(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Watching watching(snapshot);
    Finding finding{no_correlation_id.id, no_correlation_id.severity};
    std::vector<std::string> names;
    Placement placement(snapshot.design());
    FixBuilder fix(snapshot, placement);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const int index = static_cast<int>(i);
        const ParameterView view = viewOf(snapshot, index);
        const Value fields = view.value("fields");
        const bool isStore = isType(graph.nodes[i], "observability");
        const bool storesWithout = isStore && watching.hasRole(index, "logs") && fields.list() &&
                                   !hasTag(fields, "trace_id") && !hasTag(fields, "request_id");
        if (!storesWithout && view.value("correlation_id") != Value(false)) continue;
        finding.components.push_back(graph.nodes[i].id);
        names.push_back(graph.nodes[i].name);
        if (!storesWithout) {
            fix.set(graph.nodes[i].id, "correlation_id", true);
            continue;
        }
        Value::List more = *fields.list();
        more.emplace_back("trace_id");
        more.emplace_back("request_id");
        fix.set(graph.nodes[i].id, "fields", std::move(more));
    }
    if (finding.components.empty()) return {};
    std::sort(names.begin(), names.end());
    finding.message =
        fill("Log lines of {} name neither trace nor request: those of one request cannot be found together",
             {listed(names)});
    finding.fix = fix.titled("Write the ids of trace and request");
    return {std::move(finding)};
}

}  // namespace

const Rule no_correlation_id{
    "no-correlation-id",
    "Log lines cannot be joined",
    "Thousands of requests write into the same log at once. Only an id that is made at the door, passed along and "
    "written into every line lets you pick out the lines of the one that failed, in all services, in order.",
    "Enterprise Integration Patterns: Correlation Identifier; Building Microservices (S. Newman), ch. 10",
    Severity::info,
    checkNoCorrelationId,
};

}  // namespace loadpath::checks
