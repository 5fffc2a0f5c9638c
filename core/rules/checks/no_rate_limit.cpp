#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/limiters.h"
#include "rules/lookup.h"
#include "rules/text.h"

#include <map>
#include <set>

namespace loadpath::checks {
namespace {

/// How requests come to a component with nothing on the way that would hold them back.
struct OpenWay {
    std::set<int> from;
    const FlowPath* flow = nullptr;
};

bool isPublicClient(const Snapshot& snapshot, int node) {
    return at(snapshot.graph().nodes, node).behaviour == Behaviour::client &&
           !(viewOf(snapshot, node).value("kind") == Value("server"));
}

void followUnlimited(const Snapshot& snapshot, const FlowPath& flow, std::map<ComponentId, OpenWay>& open) {
    const FlowGraph& graph = snapshot.graph();
    std::vector<int> waiting{flow.entry};
    std::set<int> seen{flow.entry};
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        const Visit* visit = flow.visit(waiting[i]);
        if (!visit) continue;
        for (const Call& call : visit->calls) {
            if (call.kind != Call::Kind::request || limitsRate(snapshot, call.target)) continue;
            const Node& target = at(graph.nodes, call.target);
            if (isIn(target, "compute")) {
                OpenWay& way = open[target.id];
                way.from.insert(waiting[i]);
                if (!way.flow || flow.id < way.flow->id) way.flow = &flow;
            } else if (seen.insert(call.target).second) {
                waiting.push_back(call.target);
            }
        }
    }
}

/// In front of it where everything that leads there can have a limit, else in itself.
std::string limitOnTheWay(FixBuilder& fix, int index, const std::set<int>& from) {
    const FlowGraph& graph = fix.snapshot().graph();
    std::vector<std::string> names;
    FixBuilder attempt = fix;
    for (const int caller : from) {
        if (!addRateLimit(attempt, caller)) break;
        names.push_back(at(graph.nodes, caller).name);
    }
    if (names.size() == from.size()) {
        fix = attempt;
        std::sort(names.begin(), names.end());
        return "Limit the rate at " + listed(names);
    }
    return addRateLimit(fix, index) ? "Limit the rate at " + at(graph.nodes, index).name : std::string();
}

std::vector<Finding> checkNoRateLimit(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::map<ComponentId, OpenWay> open;
    for (const FlowPath& flow : graph.flows)
        if (!flow.derived && isPublicClient(snapshot, flow.entry)) followUnlimited(snapshot, flow, open);

    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const auto& [id, way] : open) {
        const int index = graph.node(id);
        Finding finding{no_rate_limit.id, no_rate_limit.severity};
        finding.message = fill("Nothing limits how many requests one caller can send to {}: {} comes from the outside",
                               {at(graph.nodes, index).name, shownFlow(snapshot, *way.flow)});
        finding.components = {id};
        FixBuilder fix(snapshot, placement);
        const std::string title = limitOnTheWay(fix, index, way.from);
        if (!title.empty()) finding.fix = fix.titled(title);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule no_rate_limit{
    "no-rate-limit",
    "No limit on requests from outside",
    "Whoever can be reached from the internet will be sent more than was planned for: by a loop in somebody's script, "
    "by a crawler, by someone who tries passwords. Without a limit for each caller the loudest one takes the capacity "
    "of all others, and every request costs money.",
    "OWASP API Security Top 10 (2023): API4 Unrestricted Resource Consumption",
    Severity::warning,
    checkNoRateLimit,
};

}  // namespace loadpath::checks
