#include "rules/chains.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "rules/watching.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkLogsNotCentral(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Watching watching(snapshot);
    const bool isCentral = watching.anyHasRole("logs");
    const double least = evidence.threshold(logs_not_central, "services");
    std::vector<int> services, plain;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const int index = static_cast<int>(i);
        const ParameterView view = viewOf(snapshot, index);
        if (isServiceNode(graph.nodes[i]) && !graph.nodes[i].managed) services.push_back(index);
        const bool isPlainStore = isType(graph.nodes[i], "observability") && watching.hasRole(index, "logs") &&
                                  view.value("format") == Value("plain");
        if (isPlainStore || view.value("logs") == Value("plain")) plain.push_back(index);
    }
    const bool isScattered = !isCentral && static_cast<double>(services.size()) >= least;
    if (!isScattered && plain.empty()) return {};

    const std::vector<int>& concerned = isScattered ? services : plain;
    Finding finding{logs_not_central.id, logs_not_central.severity};
    std::vector<std::string> names;
    for (const int node : concerned) {
        finding.components.push_back(at(graph.nodes, node).id);
        names.push_back(at(graph.nodes, node).name);
    }
    std::sort(names.begin(), names.end());
    Placement placement(snapshot.design());
    FixBuilder fix(snapshot, placement);
    if (isScattered) {
        finding.message = fill(
            "The logs of {} stay where they are written: to follow one request you would search them one by one, and "
            "they go with the machine",
            {listed(names)});
        const ComponentId watcher = watcherWith(fix, watching, "logs");
        finding.fix =
            fix.titled(watching.watchers().empty() ? "Add observability for all components"
                                                   : "Collect logs in " + snapshot.nameOf(graph.node(watcher)));
    } else {
        finding.message = fill("Logs of {} are plain text: they can be read, but not asked", {listed(names)});
        for (const int node : plain)
            if (isType(at(graph.nodes, node), "observability"))
                fix.set(at(graph.nodes, node).id, "format", "json");
            else
                fix.set(at(graph.nodes, node).id, "logs", "structured_json");
        finding.fix = fix.titled("Write logs as JSON");
    }
    return {std::move(finding)};
}

}  // namespace

const Rule logs_not_central{
    "logs-not-central",
    "Logs cannot be searched in one place",
    "A failure leaves lines in every service it touches. Collected in one place, with fields instead of prose, one "
    "query shows them side by side; scattered over machines they are gone when the machine is replaced, which is just "
    "when they are needed.",
    "The Twelve-Factor App, XI (logs); Building Microservices (S. Newman), ch. 10",
    Severity::warning,
    checkLogsNotCentral,
    {{"services", 2, 1, 100, "from this many services on, logs should be collected"}},
};

}  // namespace loadpath::checks
