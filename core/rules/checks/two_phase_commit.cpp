#include "model/keys.h"
#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/tags.h"
#include "rules/text.h"
#include "rules/timeouts.h"

#include <algorithm>
#include <map>
#include <set>

namespace loadpath::checks {
namespace {

constexpr std::string_view twoPhaseTags[] = {"2pc", "two_phase_commit", "xa"};

bool speaksTwoPhase(const Snapshot& snapshot, int link) {
    return viewOfLink(snapshot, link).value("transaction") == Value("two_phase") ||
           std::any_of(std::begin(twoPhaseTags), std::end(twoPhaseTags),
                       [&](std::string_view tag) { return connectionHasTag(snapshot, link, tag); });
}

bool isCoordinator(const Snapshot& snapshot, int node) {
    return std::any_of(std::begin(twoPhaseTags), std::end(twoPhaseTags),
                       [&](std::string_view tag) { return componentHasTag(snapshot, node, tag); });
}

/// Connections by which the component holds a transaction open, if it does: those that say so, or, where
/// the component says so itself, its writes to several stores.
std::vector<int> participantsOf(const Snapshot& snapshot, std::optional<Passing>& passing, int node) {
    const FlowGraph& graph = snapshot.graph();
    std::vector<int> stated, writes;
    std::set<int> stores;
    const bool isTagged = isCoordinator(snapshot, node);
    // By identity: what a finding says must not hang on the order of the file.
    std::vector<int> outgoing(at(graph.outgoing, node).begin(), at(graph.outgoing, node).end());
    std::sort(outgoing.begin(), outgoing.end(),
              [&](int a, int b) { return at(graph.links, a).id < at(graph.links, b).id; });
    for (const int out : outgoing) {
        const Link& link = at(graph.links, out);
        if (!link.legal || link.mode != Mode::sync) continue;
        if (speaksTwoPhase(snapshot, out)) stated.push_back(out);
        if (!isTagged || !isIn(at(graph.nodes, link.to), "store") ||
            at(graph.nodes, link.to).behaviour == Behaviour::cache)
            continue;
        if (!passing) passing.emplace(snapshot);
        if (!passing->writes(out)) continue;
        writes.push_back(out);
        stores.insert(link.to);
    }
    if (!stated.empty()) return stated;
    return stores.size() > 1 ? writes : std::vector<int>{};
}

void dropTags(Parameters& properties) {
    properties.erase("transaction");
    const auto tags = properties.find("tags");
    if (tags == properties.end() || !tags->second.list()) return;
    Value::List left;
    for (const Value& tag : *tags->second.list())
        if (!tag.text() ||
            std::find(std::begin(twoPhaseTags), std::end(twoPhaseTags), *tag.text()) == std::end(twoPhaseTags))
            left.push_back(tag);
    if (left.empty())
        properties.erase("tags");
    else
        tags->second = std::move(left);
}

/// The same steps one after another, each with what undoes it.
Value sagaSteps(const Snapshot& snapshot, const std::vector<int>& links) {
    Value::List steps;
    for (const int link : links) {
        const Node& target = at(snapshot.graph().nodes, at(snapshot.graph().links, link).to);
        Value::Object step;
        step.emplace("service", target.id.value);
        step.emplace("action", "write to " + target.name);
        step.emplace("compensation", "undo the write to " + target.name);
        steps.emplace_back(std::move(step));
    }
    return steps;
}

Fix asSaga(const Evidence& evidence, Placement& placement, int coordinator, const std::vector<int>& links) {
    const Snapshot& snapshot = evidence.snapshot;
    const Node& node = at(snapshot.graph().nodes, coordinator);
    FixBuilder fix(snapshot, placement);
    dropTags(fix.edit(node.id).properties);
    ComponentId saga = node.id;
    if (isType(node, "saga_orchestrator")) {
        const Value steps = viewOf(snapshot, coordinator).value("steps");
        if (!steps.list() || steps.list()->empty()) fix.set(node.id, "steps", sagaSteps(snapshot, links));
    } else {
        const Point place = fix.positionOf(node.id);
        saga = fix.add("saga_orchestrator", node.id.value + "-saga", "Saga of " + node.name,
                       {place.x + 2 * Placement::cardWidth, place.y}, {},
                       Parameters{{"steps", sagaSteps(snapshot, links)}});
    }
    double longest = 0;
    for (const int link : links) {
        const Link& l = at(snapshot.graph().links, link);
        longest += l.timeoutMs;
        Connection& moved = fix.edit(l.id);
        dropTags(moved.properties);
        moved.from = saga;
        moved.bends.clear();
    }
    if (saga != node.id) {
        Parameters properties;
        const double timeout = longest > 0 ? 1.5 * longest : TimeoutAdvice(evidence).forLink(links.front()) * 3;
        properties.insert_or_assign(std::string(keys::timeoutMs.name), timeout);
        properties.insert_or_assign(std::string(keys::ops.name), "write");
        fix.connect(node.id, saga, Mode::sync, std::move(properties));
    }
    return fix.titled("Replace the commit by a saga with compensations");
}

std::vector<Finding> checkTwoPhaseCommit(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    std::optional<Passing> passing;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const std::vector<int> links = participantsOf(snapshot, passing, static_cast<int>(i));
        if (links.empty()) continue;
        const Node& node = graph.nodes[i];
        const bool isAlone = node.instances == 1 && !node.managed;
        Finding finding{two_phase_commit.id, isAlone ? Severity::error : two_phase_commit.severity};
        finding.components = {node.id};
        std::vector<std::string> participants;
        for (const int link : links) {
            finding.connections.push_back(at(graph.links, link).id);
            participants.push_back(snapshot.nameOf(at(graph.links, link).to));
        }
        finding.message = fill(
            "{} commits over {} in two phases: when it fails between them, they keep their locks until "
            "it is back{}",
            {node.name, listed(participants), isAlone ? ", and there is one instance of it" : ""});
        if (isIn(node, "compute") && snapshot.catalog().find("saga_orchestrator"))
            finding.fix = asSaga(evidence, placement, static_cast<int>(i), links);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule two_phase_commit{
    "two-phase-commit",
    "Commit in two phases",
    "Between the votes and the decision every participant holds its locks and may do nothing by itself. If the "
    "coordinator dies just then, all of them wait for it, and everybody who needs the locked rows waits with them. A "
    "saga commits each step by itself and undoes what was done when a later one fails.",
    "Gray and Lamport, Consensus on Transaction Commit (2006); Garcia-Molina and Salem, Sagas (1987)",
    Severity::warning,
    checkTwoPhaseCommit,
};

}  // namespace loadpath::checks
