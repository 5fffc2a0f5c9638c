#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/tags.h"
#include "rules/text.h"
#include "support/format.h"

#include <cmath>
#include <map>
#include <set>

namespace loadpath::checks {
namespace {

bool carriesFiles(const Snapshot& snapshot, const FlowPath& flow, const std::vector<const Call*>& first) {
    const auto isTaggedFor = [&](const char* tag) {
        return flowHasTag(snapshot, flow, tag) || std::any_of(first.begin(), first.end(), [&](const Call* call) {
                   return connectionHasTag(snapshot, call->link, tag);
               });
    };
    return isTaggedFor("static") || isTaggedFor("video");
}

std::vector<const Call*> firstCalls(const FlowPath& flow) {
    std::vector<const Call*> calls;
    if (const Visit* visit = flow.visit(flow.entry))
        for (const Call& call : visit->calls)
            if (call.kind == Call::Kind::request) calls.push_back(&call);
    return calls;
}

bool passesCdn(const FlowGraph& graph, const FlowPath& flow) {
    return std::any_of(flow.visits.begin(), flow.visits.end(),
                       [&graph](const Visit& visit) { return isType(at(graph.nodes, visit.node), "cdn"); });
}

std::size_t continentsOf(const Snapshot& snapshot, int client) {
    const Value geo = viewOf(snapshot, client).value("geo");
    std::set<std::string> regions;
    if (geo.list())
        for (const Value& entry : *geo.list()) {
            const Value *region = entry.text() ? &entry : entry.find("region"), *share = entry.find("share");
            if (region && region->text() && (!share || share->number(1) > 0)) regions.insert(*region->text());
        }
    return regions.size();
}

/// Files that a client fetches past every CDN.
struct FilesOf {
    std::vector<const FlowPath*> flows;
    double bytes = 0;
};

/// A CDN before what the flows ask first; other flows keep going there directly.
std::optional<Fix> throughCdn(const Snapshot& snapshot, Placement& placement, int client, const FilesOf& files) {
    const FlowGraph& graph = snapshot.graph();
    std::set<int> links;
    Value::List named;
    for (const FlowPath* flow : files.flows) {
        if (!snapshot.design().flows.contains(flow->id)) return std::nullopt;
        named.emplace_back(flow->id.value);
        for (const Call* call : firstCalls(*flow)) links.insert(call->link);
    }
    if (links.size() != 1 || !snapshot.catalog().find("cdn")) return std::nullopt;
    const Link& link = at(graph.links, *links.begin());
    const Node& target = at(graph.nodes, link.to);
    if (!target.type || !snapshot.catalog().legality("cdn", Mode::sync, target.type->id).legal) return std::nullopt;

    FixBuilder fix(snapshot, placement);
    const Point place = fix.positionOf(at(graph.nodes, client).id);
    const ComponentId cdn =
        fix.add("cdn", "cdn", "CDN", {place.x + 9 * Placement::grid, place.y + 4 * Placement::grid});
    const Connection& original = connectionOf(snapshot, *links.begin());
    Parameters behind{{std::string(keys::flows.name), named}}, front = behind;
    for (const char* key : {"payload_kb", "timeout_ms"})
        if (const auto it = original.properties.find(key); it != original.properties.end()) {
            behind.insert_or_assign(key, it->second);
            front.insert_or_assign(key, it->second);
        }
    fix.connect(at(graph.nodes, client).id, cdn, Mode::sync, std::move(front));
    fix.connect(cdn, target.id, Mode::sync, std::move(behind));
    if (link.from == client) {
        Value::List others;
        for (const FlowPath& flow : graph.flows) {
            const bool moves = std::find(files.flows.begin(), files.flows.end(), &flow) != files.flows.end();
            const auto first = firstCalls(flow);
            const bool passes =
                std::any_of(first.begin(), first.end(), [&](const Call* call) { return call->link == *links.begin(); });
            if (!flow.derived && !moves && passes) others.emplace_back(flow.id.value);
        }
        if (others.empty())
            fix.drop(original.id);
        else
            fix.set(original.id, keys::flows.name, std::move(others));
    }
    return fix.titled("Put a CDN in front of " + target.name);
}

std::vector<Finding> checkStaticWithoutCdn(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const double notable = evidence.threshold(static_without_cdn, "share");
    double all = 0, ofFiles = 0;
    std::map<ComponentId, FilesOf> byClient;
    for (std::size_t f = 0; f < graph.flows.size(); ++f) {
        const FlowPath& flow = graph.flows[f];
        if (flow.derived) continue;
        const std::vector<const Call*> first = firstCalls(flow);
        double bytes = 0;
        for (const Call* call : first)
            bytes += evidence.capacity.flowRps[f] * call->mean() *
                     viewOfLink(snapshot, call->link).value("payload_kb").number(1) * 1000;
        if (std::isfinite(bytes)) all += bytes;
        if (!carriesFiles(snapshot, flow, first)) continue;
        if (std::isfinite(bytes)) ofFiles += bytes;
        if (first.empty() || passesCdn(graph, flow)) continue;
        FilesOf& files = byClient[at(graph.nodes, flow.entry).id];
        files.flows.push_back(&flow);
        files.bytes += bytes;
    }

    const double share = all > 0 ? ofFiles / all : 0;
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const auto& [id, files] : byClient) {
        const int client = graph.node(id);
        const std::size_t continents = continentsOf(snapshot, client);
        const bool isMuch = share >= notable - 1e-9 && all > 0;
        if (!isMuch && continents < 2) continue;
        Finding finding{static_without_cdn.id, static_without_cdn.severity};
        std::vector<std::string> names;
        for (const FlowPath* flow : files.flows) names.push_back(flow->name);
        std::sort(names.begin(), names.end());
        finding.message =
            fill("{} fetches files past any CDN ({}): {}",
                 {at(graph.nodes, client).name, listed(names),
                  isMuch ? "files are " + percent(share, 0) + " of all bytes that clients ask for"
                         : "its users live on " + inWords(static_cast<long long>(continents)) + " continents"});
        finding.components = {id};
        finding.fix = throughCdn(snapshot, placement, client, files);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule static_without_cdn{
    "static-without-cdn",
    "Files without a CDN",
    "Files are the same for everybody and make up most of the bytes, so servers that have better things to do are "
    "busy copying them, and users far away wait for every round trip across an ocean. A CDN keeps them close to "
    "users, for less money than the bandwidth at the origin.",
    "CloudFront documentation: how CloudFront delivers content; Nygren et al.: The Akamai Network (2010)",
    Severity::warning,
    checkStaticWithoutCdn,
    {{"share", 0.2, 0.01, 1, "of the bytes of clients, from which it matters"}},
};

}  // namespace loadpath::checks
