#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/mesh.h"
#include "rules/text.h"
#include "rules/watching.h"
#include "support/format.h"

#include <set>

namespace loadpath::checks {
namespace {

std::vector<std::string> sortedNames(const FlowGraph& graph, const std::vector<int>& nodes) {
    std::vector<std::string> names;
    for (const int node : nodes) names.push_back(at(graph.nodes, node).name);
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<ComponentId> idsOfNodes(const FlowGraph& graph, const std::vector<int>& nodes) {
    std::vector<ComponentId> ids;
    for (const int node : nodes) ids.push_back(at(graph.nodes, node).id);
    return ids;
}

/// Traces kept in places that use different headers: none of them shows a whole request.
std::vector<int> strangersToEachOther(const Snapshot& snapshot, const Watching& watching) {
    std::vector<int> tracers;
    std::set<std::string> headers;
    for (const int watcher : watching.watchers()) {
        const Value propagation = viewOf(snapshot, watcher).value("propagation");
        if (!watching.hasRole(watcher, "traces") || !propagation.text()) continue;
        tracers.push_back(watcher);
        headers.insert(*propagation.text());
    }
    return headers.size() > 1 ? tracers : std::vector<int>{};
}

std::vector<Finding> checkNoTracing(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double least = evidence.threshold(no_tracing, "services");
    std::vector<char> crossed(graph.nodes.size(), 0);
    int longest = 0;
    for (const FlowPath& flow : graph.flows) {
        int services = 0;
        for (const Visit& visit : flow.visits) services += isIn(at(graph.nodes, visit.node), "compute");
        longest = std::max(longest, services);
        if (services < least) continue;
        for (const Visit& visit : flow.visits)
            if (isIn(at(graph.nodes, visit.node), "compute")) at(crossed, visit.node) = 1;
    }
    if (longest < least) return {};

    const Watching watching(snapshot);
    const Meshes meshes(snapshot);
    const bool isKept = watching.anyHasRole("traces");
    std::vector<int> gaps;  // without a place for traces: everybody
    for (std::size_t i = 0; i < crossed.size(); ++i) {
        const int index = static_cast<int>(i);
        const bool breaksOff = viewOf(snapshot, index).value("tracing") == Value(false) && !meshes.observes(index);
        if (crossed[i] && (!isKept || breaksOff)) gaps.push_back(index);
    }
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    if (!gaps.empty()) {
        Finding finding{no_tracing.id, no_tracing.severity};
        finding.components = idsOfNodes(graph, gaps);
        FixBuilder fix(snapshot, placement);
        if (!isKept) {
            finding.message =
                fill("A request crosses {} services ({}), and no trace shows in which of them it spent its time",
                     {inWords(longest), listed(sortedNames(graph, gaps))});
            const ComponentId watcher = watcherWith(fix, watching, "traces");
            finding.fix =
                fix.titled(watching.watchers().empty() ? "Add observability for all components"
                                                       : "Keep traces in " + snapshot.nameOf(graph.node(watcher)));
        } else {
            finding.message = fill("Traces break off at {}: what happens behind cannot be told apart from it",
                                   {listed(sortedNames(graph, gaps))});
            for (const int node : gaps) fix.set(at(graph.nodes, node).id, "tracing", true);
            finding.fix = fix.titled("Pass traces on");
        }
        findings.push_back(std::move(finding));
    }
    if (const std::vector<int> strangers = strangersToEachOther(snapshot, watching); !strangers.empty()) {
        Finding finding{no_tracing.id, no_tracing.severity};
        finding.components = idsOfNodes(graph, strangers);
        finding.message = fill("{} expect traces in different headers: none of them sees a whole request",
                               {listed(sortedNames(graph, strangers))});
        FixBuilder fix(snapshot, placement);
        for (const int node : strangers) fix.set(at(graph.nodes, node).id, "propagation", "w3c");
        finding.fix = fix.titled("Use W3C Trace Context everywhere");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule no_tracing{
    "no-tracing",
    "Requests cannot be followed",
    "Once a request crosses several services, the logs of each tell a part and nobody the whole. A trace carries one "
    "id through all of them and shows as a waterfall where the time went and which call failed; it works only if every "
    "service passes the header on and all agree on its format.",
    "W3C Trace Context; Dapper (B. Sigelman et al., 2010); OpenTelemetry documentation",
    Severity::warning,
    checkNoTracing,
    {{"services", 3, 2, 100, "from this many services in one request on, traces are needed"}},
};

}  // namespace loadpath::checks
