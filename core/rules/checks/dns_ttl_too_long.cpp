#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>
#include <map>
#include <set>

namespace loadpath::checks {
namespace {

constexpr double usualRtoS = 300;

double memberOf(const Value& object, const char* key, double otherwise) {
    const Value* member = object.find(key);
    return member ? member->number(otherwise) : otherwise;
}

/// Whether some request has a choice of two addresses: names that resolve for reads here and for writes
/// there are no alternatives.
bool resolvesToAlternatives(const Snapshot& snapshot, int dns) {
    const FlowGraph& graph = snapshot.graph();
    std::map<std::string, std::set<int>> targets[2];  // by op: flow, or "" for all of them
    for (const int out : at(graph.outgoing, dns)) {
        const Link& link = at(graph.links, out);
        if (!link.legal || link.mode == Mode::telemetry) continue;
        const ParameterView view = viewOfLink(snapshot, out);
        const std::string ops = view(keys::ops);
        std::vector<std::string> flows;
        if (const Value named = view(keys::flows); named.list())
            for (const Value& flow : *named.list())
                if (flow.text()) flows.push_back(*flow.text());
        if (flows.empty()) flows.emplace_back();
        for (const std::string& flow : flows) {
            if (ops != "write") targets[0][flow].insert(link.to);
            if (ops != "read") targets[1][flow].insert(link.to);
        }
    }
    for (const auto& byFlow : targets) {
        const auto everywhere = byFlow.find("");
        const std::size_t shared = everywhere == byFlow.end() ? 0 : everywhere->second.size();
        for (const auto& [flow, own] : byFlow)
            if (own.size() + (flow.empty() ? 0 : shared) >= 2) return true;
    }
    return false;
}

/// A lifetime and, where the checks alone take too long, quicker checks. Nothing where even those do not do.
std::optional<Fix> shorterTtl(const Snapshot& snapshot, Placement& placement, const ComponentId& id, const Value& check,
                              double detectionS, double rtoS) {
    FixBuilder fix(snapshot, placement);
    double detection = detectionS;
    if (rtoS - detection < 1) {
        constexpr int interval = 10, threshold = 3;
        detection = interval * threshold;
        if (rtoS - detection < 1 || detection >= detectionS) return std::nullopt;
        Value::Object quicker = check.object() ? *check.object() : Value::Object{};
        quicker.insert_or_assign("interval_s", interval);
        quicker.insert_or_assign("threshold", threshold);
        fix.set(id, keys::healthCheck.name, std::move(quicker));
    }
    const double ttl = std::min(60.0, std::floor(rtoS - detection));
    fix.set(id, keys::ttlS.name, ttl);
    return fix.titled("Let answers live for " + duration(ttl * 1000));
}

std::vector<Finding> checkDnsTtlTooLong(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double rtoS = snapshot.design().header.requirements.rtoS.value_or(usualRtoS);
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (node.behaviour != Behaviour::resolver) continue;
        const int index = static_cast<int>(i);
        const ParameterView view = viewOf(snapshot, index);
        if (view(keys::routing) != "failover" && !resolvesToAlternatives(snapshot, index)) continue;
        const Value check = view(keys::healthCheck);
        const double detectionS = memberOf(check, "interval_s", 30) * memberOf(check, "threshold", 3);
        const double staleS = view(keys::ttlS) + detectionS;
        if (!(staleS > rtoS)) continue;
        Finding finding{dns_ttl_too_long.id, dns_ttl_too_long.severity};
        finding.message = fill(
            "{}: clients may keep a dead address for {} ({} until it is noticed, {} until answers expire), more than "
            "the {} that recovery may take",
            {node.name, duration(staleS * 1000), duration(detectionS * 1000), duration(view(keys::ttlS) * 1000),
             duration(rtoS * 1000)});
        finding.components = {node.id};
        finding.fix = shorterTtl(snapshot, placement, node.id, check, detectionS, rtoS);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule dns_ttl_too_long{
    "dns-ttl-too-long",
    "Addresses that outlive their target",
    "Once an answer is cached, nobody can take it back: clients and the resolvers of their providers go on using the "
    "address of a dead site until its time to live has passed. Recovery by changing names takes as long as noticing "
    "the failure and that lifetime together, whatever else is ready to take over.",
    "RFC 1035, section 3.2.1 (TTL); Route 53 documentation: failover routing",
    Severity::warning,
    checkDnsTtlTooLong,
};

}  // namespace loadpath::checks
