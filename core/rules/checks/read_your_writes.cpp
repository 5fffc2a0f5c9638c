#include "model/keys.h"
#include "rules/checks.h"
#include "rules/edges.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/tags.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>
#include <map>

namespace loadpath::checks {
namespace {

struct StaleCopy {
    int source = 0;
    double lagMs = noFigure;
    std::vector<int> readFlows;
    std::vector<int> links;  // over which they read it
};

bool guards(const Snapshot& snapshot, int link) {
    const Value consistency = viewOfLink(snapshot, link).value("consistency");
    return consistency == Value("strong") || consistency == Value("read_your_writes") ||
           viewOfLink(snapshot, link).value("read_from") == Value("leader") ||
           connectionHasTag(snapshot, link, "stale_ok");
}

/// Connections by which the flow reads this copy without a promise to see what was written.
std::vector<int> unguardedReads(const Snapshot& snapshot, const Passing& passing, int copy, int flow) {
    std::vector<int> links;
    for (const int in : at(snapshot.graph().incoming, copy)) {
        const auto& over = passing.over(in);
        const bool reads = std::any_of(over.begin(), over.end(),
                                       [flow](const Passing::Flow& f) { return f.flow == flow && f.op == Op::read; });
        if (reads && !guards(snapshot, in)) links.push_back(in);
    }
    return links;
}

/// Where a promise on the connection is not what brings it about.
std::string mendCopy(FixBuilder& fix, const Snapshot& snapshot, int copy, const std::vector<int>& links) {
    const Node& node = at(snapshot.graph().nodes, copy);
    if (isType(node, "cassandra")) {
        fix.set(node.id, keys::readCl.name, "local_quorum");
        fix.set(node.id, keys::writeCl.name, "local_quorum");
        return "Read and write with quorums";
    }
    if (isType(node, "dynamodb") && viewOf(snapshot, copy).value("global_table") != Value(true)) {
        fix.set(node.id, "consistency", "strong");
        return "Read strongly";
    }
    for (const int link : links) fix.set(at(snapshot.graph().links, link).id, "consistency", "read_your_writes");
    return "Read own data from the leader";
}

std::vector<Finding> checkReadYourWrites(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const ConsistencyReport& report = evidence.consistency();
    if (report.invisible.empty()) return {};
    const Passing passing(snapshot);
    std::map<int, StaleCopy> copies;
    for (const ReadYourWrites& pair : report.invisible) {
        const FlowPath& reader = at(graph.flows, pair.readFlow);
        const Node& node = at(graph.nodes, pair.copy);
        if (node.behaviour == Behaviour::cache || pair.lagMs <= 0)
            continue;  // how stale a cache is, its own checks say
        if (flowHasTag(snapshot, reader, "stale_ok") || componentHasTag(snapshot, pair.copy, "stale_ok")) continue;
        const std::vector<int> links = unguardedReads(snapshot, passing, pair.copy, pair.readFlow);
        if (links.empty()) continue;
        StaleCopy& copy = copies[pair.copy];
        copy.source = pair.source;
        if (!(copy.lagMs >= pair.lagMs)) copy.lagMs = pair.lagMs;
        copy.links.insert(copy.links.end(), links.begin(), links.end());
        if (std::find(copy.readFlows.begin(), copy.readFlows.end(), pair.readFlow) == copy.readFlows.end())
            copy.readFlows.push_back(pair.readFlow);
    }
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (auto& [node, copy] : copies) {
        Finding finding{read_your_writes.id, read_your_writes.severity};
        finding.components = {at(graph.nodes, node).id};
        std::vector<std::string> flows;
        for (const int flow : copy.readFlows) flows.push_back(shownFlow(snapshot, at(graph.flows, flow)));
        std::sort(flows.begin(), flows.end());
        const auto store = std::find_if(report.stores.begin(), report.stores.end(),
                                        [n = node](const StoreConsistency& s) { return s.node == n; });
        const double stale = store == report.stores.end() ? noFigure : store->staleProbability;
        const std::string chance =
            std::isfinite(stale) ? "; a read misses some write with probability " + percent(stale) : std::string();
        const std::string where = node == copy.source
                                      ? snapshot.nameOf(node) + " with eventual consistency"
                                      : snapshot.nameOf(node) + ", a copy of " + snapshot.nameOf(copy.source);
        const std::string how_long = std::isfinite(copy.lagMs) ? "for about " + duration(copy.lagMs) : "for a while";
        finding.message =
            fill("{} read {}: whoever has just written does not see it {}{}", {listed(flows), where, how_long, chance});
        FixBuilder fix(snapshot, placement);
        std::sort(copy.links.begin(), copy.links.end());
        copy.links.erase(std::unique(copy.links.begin(), copy.links.end()), copy.links.end());
        const std::string title = mendCopy(fix, snapshot, node, copy.links);
        if (!fix.empty()) finding.fix = fix.titled(title);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule read_your_writes{
    "read-your-writes",
    "Own writes stay invisible",
    "People forgive others' news for arriving late, but not that their own change is gone after they saved it: they "
    "save "
    "again, or report a bug. Reads of what one has just written belong to the leader, or to a copy that is known to "
    "have "
    "caught up; the rest may go anywhere.",
    "Terry et al., Session Guarantees for Weakly Consistent Replicated Data (1994); Kleppmann, ch. 5",
    Severity::warning,
    checkReadYourWrites,
};

}  // namespace loadpath::checks
