#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/mesh.h"
#include "rules/text.h"
#include "rules/watching.h"

namespace loadpath::checks {
namespace {

/// What runs as something of its own: code in the same process is measured with it, a dead-letter queue
/// with its broker, and what a vendor runs comes with its figures.
bool shouldBeMeasured(const Node& node) {
    if (node.managed || isIn(node, "in_process") || node.behaviour == Behaviour::dead_letter) return false;
    return isIn(node, "compute") || isIn(node, "store") || isIn(node, "broker");
}

bool showsNothing(const Snapshot& snapshot, int node) {
    const ParameterView view = viewOf(snapshot, node);
    if (!view.isStated("metrics")) return false;
    const Value metrics = view.value("metrics");
    return metrics.list() && metrics.list()->empty();
}

std::vector<Finding> checkNoMetrics(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Watching watching(snapshot);
    const Meshes meshes(snapshot);
    const bool anyWatcher = watching.anyHasRole("metrics"), all = watching.coversAll("metrics");
    const std::vector<char> reached = reachedNodes(graph);
    std::vector<int> dark;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const int index = static_cast<int>(i);
        if (!reached[i] || !shouldBeMeasured(graph.nodes[i])) continue;
        const bool isWatched = anyWatcher && (all || meshes.observes(index) || watching.isCollected(index, "metrics"));
        if (!isWatched || showsNothing(snapshot, index)) dark.push_back(index);
    }
    if (dark.empty()) return {};
    Finding finding{no_metrics.id, no_metrics.severity};
    std::vector<std::string> names;
    Placement placement(snapshot.design());
    FixBuilder fix(snapshot, placement);
    for (const int index : dark) {
        const Node& node = at(graph.nodes, index);
        finding.components.push_back(node.id);
        names.push_back(node.name);
        if (showsNothing(snapshot, index)) fix.set(node.id, "metrics", Value::List{"red"});
    }
    std::sort(names.begin(), names.end());
    finding.message = fill("Nobody measures {}: you would learn from users that something is wrong", {listed(names)});
    const ComponentId watcher = watcherWith(fix, watching, "metrics");
    fix.set(watcher, "covers", Value::List{"*"});
    finding.fix =
        fix.titled(watching.watchers().empty() ? "Add observability for all components" : "Measure all components");
    return {std::move(finding)};
}

}  // namespace

const Rule no_metrics{
    "no-metrics",
    "Runs without metrics",
    "What is not measured cannot be seen failing: rate, errors and duration of every service, utilisation, saturation "
    "and errors of every resource are what tells a slow database from a slow network at three in the morning, and what "
    "says whether the load of this drawing is the load that really comes.",
    "The RED method (T. Wilkie); The USE method (B. Gregg); Google SRE Book, ch. 6",
    Severity::warning,
    checkNoMetrics,
};

}  // namespace loadpath::checks
