#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

constexpr std::string_view breakerKey = "circuit_breaker";

/// The usual settings, as the catalogue has them.
Value usualBreaker(const Catalog& catalog) {
    Value::Object breaker;
    if (const ParameterSpec* spec = findSpec(catalog.connectionParameters, breakerKey))
        for (const ParameterSpec& field : spec->fields)
            if (!field.fallback.isNull()) breaker.emplace(field.key, field.fallback);
    return breaker;
}

bool wantsBreaker(const FlowGraph& graph, const Link& link) {
    const Node &from = at(graph.nodes, link.from), &to = at(graph.nodes, link.to);
    if (link.mode != Mode::sync || !link.legal || from.behaviour == Behaviour::client) return false;
    return isIn(to, "provider") || (isIn(from, "compute") && isIn(to, "compute") && link.retries >= 1);
}

std::vector<Finding> checkNoCircuitBreaker(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const Meshes meshes(snapshot);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        Finding finding{no_circuit_breaker.id, no_circuit_breaker.severity};
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> targets;
        bool anyProvider = false;
        for (const int out : graph.outgoing[i]) {
            const Link& link = at(graph.links, out);
            if (!wantsBreaker(graph, link) || hasBreaker(snapshot, meshes, out)) continue;
            finding.connections.push_back(link.id);
            targets.push_back(snapshot.nameOf(link.to));
            anyProvider = anyProvider || isIn(at(graph.nodes, link.to), "provider");
            fix.set(link.id, breakerKey, usualBreaker(snapshot.catalog()));
        }
        if (targets.empty()) continue;
        const Node& node = graph.nodes[i];
        finding.components = {node.id};
        std::sort(targets.begin(), targets.end());
        targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
        finding.message = fill("{} keeps calling {} when {} down: nothing opens the circuit, and {}",
                               {node.name, listed(targets), targets.size() == 1 ? "it is" : "they are",
                                anyProvider ? "every call waits for its timeout" : "every call is repeated on top"});
        finding.fix = fix.titled("Add a circuit breaker");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule no_circuit_breaker{
    "no-circuit-breaker",
    "Nothing stops calls to a failing target",
    "While a target is down, every call to it costs a full timeout, holds a thread and adds to what it has to work off "
    "when it comes back. A breaker notices after a few failures, fails the rest at once, where a fallback can answer, "
    "and tries carefully whether the target has recovered.",
    "Release It! (Nygard), ch. 5; Resilience4j documentation",
    Severity::warning,
    checkNoCircuitBreaker,
    {},
    Proof::slowDependency,
};

}  // namespace loadpath::checks
