#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

std::vector<Finding> checkDebugLogging(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double most = evidence.threshold(debug_logging, "rate_rps");
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const double rps = evidence.capacity.nodes[i].arrivalRps;
        if (viewOf(snapshot, static_cast<int>(i)).value("log_level") != Value("debug") || !(rps > most)) continue;
        const Node& node = graph.nodes[i];
        Finding finding{debug_logging.id, debug_logging.severity};
        finding.components = {node.id};
        finding.message = fill(
            "{} writes debug logs for {} requests: most of its disk, network and log bill goes into lines that nobody "
            "reads",
            {node.name, rate(rps)});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "log_level", "info");
        finding.fix = fix.titled("Log from level info");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule debug_logging{
    "debug-logging",
    "Debug logs under load",
    "Debug lines are written for one developer and one request. At production rates they slow the service down, bury "
    "the lines that matter, cost more than the machines that write them and now and then carry passwords; switch them "
    "on for a while, for a share of requests, when they are needed.",
    "Logging levels in RFC 5424; OWASP Logging cheat sheet",
    Severity::info,
    checkDebugLogging,
    {{"rate_rps", 100, 0, 1e9, "logs in detail at more requests than this"}},
};

}  // namespace loadpath::checks
