#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "rules/timeouts.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

bool isPush(const Snapshot& snapshot, int link) { return viewOfLink(snapshot, link)(keys::ops) == "push"; }

/// Ids are made by a library in the caller, unless somebody counts them out.
bool isLibraryCall(const Snapshot& snapshot, int link) {
    const int target = at(snapshot.graph().links, link).to;
    if (!isType(at(snapshot.graph().nodes, target), "id_generator")) return false;
    const Value scheme = viewOf(snapshot, target).value("scheme");
    return !(scheme == "ticket_server" || scheme == "db_sequence");
}

std::vector<Finding> checkNoTimeout(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    TimeoutAdvice advice(evidence);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        std::vector<int> endless;
        for (const int link : graph.outgoing[i])
            if (lacksTimeout(graph, at(graph.links, link)) && !isPush(snapshot, link) && !isLibraryCall(snapshot, link))
                endless.push_back(link);
        if (endless.empty()) continue;
        const Node& node = graph.nodes[i];
        Finding finding{no_timeout.id, no_timeout.severity};
        finding.components = {node.id};
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> targets;
        double longest = 0;
        for (const int link : endless) {
            const Link& l = at(graph.links, link);
            finding.connections.push_back(l.id);
            targets.push_back(snapshot.nameOf(l.to));
            const double timeout = advice.forLink(link);
            longest = std::max(longest, timeout);
            fix.set(l.id, keys::timeoutMs.name, timeout);
        }
        std::sort(targets.begin(), targets.end());
        targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
        const int threads = node.threads * node.instances;
        const std::string effect =
            threads > 0 ? "if it hangs, all " + compact(threads) + " threads of " + node.name + " end up waiting for it"
                        : "if it hangs, the requests of " + node.name + " hang with it";
        finding.message = targets.size() == 1
                              ? fill("{} waits for {} without a timeout: {}", {node.name, targets.front(), effect})
                              : fill("{} waits for {} without a timeout: if one of them hangs, {} hangs with it",
                                     {node.name, listed(targets), node.name});
        finding.fix = fix.titled(targets.size() == 1 ? "Give up after " + duration(longest)
                                                     : "Set timeouts of three times the expected 99th percentile");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule no_timeout{
    "no-timeout",
    "Call without a timeout",
    "A call that is never given up ties its caller to the health of what it calls: when the target hangs rather than "
    "fails, threads, connections and memory of the caller fill up with waiting requests until it is down as well. A "
    "timeout somewhat above the slowest normal answer keeps the trouble where it began.",
    "Timeouts, retries and backoff with jitter (Amazon Builders' Library)",
    Severity::error,
    checkNoTimeout,
    {},
    Proof::slowDependency,
};

}  // namespace loadpath::checks
