#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/paths.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

/// Links to what could be promoted, by mode: standbys, and replicas that may be.
std::vector<int> promotableCopies(const Snapshot& snapshot, int index) {
    const FlowGraph& graph = snapshot.graph();
    std::vector<int> found;
    for (const int out : at(graph.outgoing, index)) {
        const Link& link = at(graph.links, out);
        if (!link.legal) continue;
        const bool mayBePromoted = isIn(at(graph.nodes, link.to), "sql_node") &&
                                   viewOf(snapshot, link.to).value(keys::promotable.name) == Value(true);
        if (link.mode == Mode::standby || (link.mode == Mode::replicate && mayBePromoted)) found.push_back(out);
    }
    return found;
}

bool isPromotedByHand(const ParameterView& view) {
    const std::string failover = view(keys::failover);
    return failover == "none" || failover == "manual";
}

Finding nobodyPromotes(const Snapshot& snapshot, Placement& placement, int index, const std::vector<int>& copies) {
    const FlowGraph& graph = snapshot.graph();
    const Node& node = at(graph.nodes, index);
    const bool byHand = viewOf(snapshot, index)(keys::failover) == "manual";
    Finding finding{no_failover.id, no_failover.severity};
    std::vector<std::string> names;
    int chosen = copies.front();
    bool hasStandby = false;
    for (const int link : copies) {
        names.push_back(at(graph.nodes, at(graph.links, link).to).name);
        const Link &best = at(graph.links, chosen), &other = at(graph.links, link);
        hasStandby |= other.mode == Mode::standby;
        if (at(graph.nodes, other.to).id < at(graph.nodes, best.to).id) chosen = link;
    }
    std::sort(names.begin(), names.end());
    finding.message = fill("{} has a copy in {}, but {} when it fails: writes stop until somebody acts",
                           {node.name, listed(names), byHand ? "it is promoted by hand" : "nobody promotes it"});
    finding.components = {node.id};
    FixBuilder fix(snapshot, placement);
    fix.set(node.id, keys::failover.name, "auto");
    if (!hasStandby) fix.edit(at(graph.links, chosen).id).mode = Mode::standby;
    finding.fix = fix.titled("Promote " + at(graph.nodes, at(graph.links, chosen).to).name + " automatically");
    return finding;
}

std::vector<Finding> checkNoFailover(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const std::vector<char> written = neededNodes(graph, Op::write);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (node.managed) continue;
        const int index = static_cast<int>(i);
        if (isType(node, "postgres") && written[i] && isPromotedByHand(viewOf(snapshot, index))) {
            const std::vector<int> copies = promotableCopies(snapshot, index);
            if (!copies.empty()) findings.push_back(nobodyPromotes(snapshot, placement, index, copies));
        } else if (isType(node, "redis")) {
            const ParameterView view = viewOf(snapshot, index);
            if (view(keys::replicas) < 1 || view(keys::topology) != "single") continue;
            Finding finding{no_failover.id, no_failover.severity};
            finding.message = fill("{} has {}, but in topology single nothing promotes one when the primary fails",
                                   {node.name, plural(view(keys::replicas), "replica", "replicas")});
            finding.components = {node.id};
            FixBuilder fix(snapshot, placement);
            fix.set(node.id, keys::topology.name, node.instances > 1 ? "cluster" : "sentinel");
            finding.fix = fix.titled(node.instances > 1 ? "Run " + node.name + " as a cluster"
                                                        : "Let sentinels watch " + node.name);
            findings.push_back(std::move(finding));
        }
    }
    return findings;
}

}  // namespace

const Rule no_failover{
    "no-failover",
    "Replica that nobody promotes",
    "A copy of the data protects it from being lost, not the service from being down. Without something that notices "
    "the failure and promotes the copy, writes stay down until a person has woken up, looked and decided, which takes "
    "longer than most targets allow in a year.",
    "PostgreSQL documentation: failover; Redis documentation: high availability with Sentinel",
    Severity::warning,
    checkNoFailover,
    {},
    Proof::killInstance,
};

}  // namespace loadpath::checks
