#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/stores.h"
#include "rules/table_checks.h"
#include "rules/tags.h"
#include "rules/text.h"

#include <map>

namespace loadpath::checks {
namespace {

bool asksWhatIsNear(const Snapshot& snapshot, const FlowPath& flow) {
    for (const char* tag : {"nearby", "nearby-search", "nearby_search", "geo"})
        if (flowHasTag(snapshot, flow, tag)) return true;
    return false;
}

bool hasGeoIndex(const Evidence& evidence, int store) {
    for (const StoreTable& table : evidence.tables().of(store))
        for (const TableIndex& index : table.indexes)
            if (index.type == "gist" || index.type == "spgist") return true;
    return false;
}

/// Where the tables of a SQL node are described: with itself or what it copies.
int describedAt(const Evidence& evidence, int store) {
    if (!evidence.tables().of(store).empty()) return store;
    for (const int primary : primariesOf(evidence.snapshot.graph(), store))
        if (!evidence.tables().of(primary).empty()) return primary;
    return store;
}

/// SQL nodes that flows of what is near ask, with one such flow.
std::map<int, int> sqlNodesAsked(const Snapshot& snapshot) {
    const FlowGraph& graph = snapshot.graph();
    std::map<int, int> asked;
    for (std::size_t f = 0; f < graph.flows.size(); ++f) {
        const FlowPath& flow = graph.flows[f];
        if (flow.derived || !asksWhatIsNear(snapshot, flow)) continue;
        std::vector<int> found;
        bool isIndexedElsewhere = false;
        const auto look = [&](int node) {
            if (isType(at(graph.nodes, node), "geo_index")) isIndexedElsewhere = true;
            if (isIn(at(graph.nodes, node), "sql_node")) found.push_back(node);
        };
        for (const Visit& visit : flow.visits)
            for (const Call& call : visit.calls)
                if (call.kind == Call::Kind::request) look(call.target);
        if (!isIndexedElsewhere)
            for (const int node : found) asked.emplace(node, static_cast<int>(f));
    }
    return asked;
}

bool mendGeoIndex(FixBuilder& fix, const Evidence& evidence, int store) {
    const std::vector<StoreTable>& tables = evidence.tables().of(store);
    if (tables.empty()) return false;
    StoreCase edited{evidence, store, tables, fix, {}, {}, Severity::info};
    for (const StoreTable& table : tables)
        for (const TableQuery& query : table.queries)
            if (query.op == "geo" && !query.where.empty()) {
                addIndexFor(edited, table, query);
                return true;
            }
    return false;
}

std::vector<Finding> checkGeoWithoutGeoIndex(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    std::map<int, std::pair<int, std::vector<std::string>>> byData;  // one finding for a primary and its copies
    for (const auto& [node, flow] : sqlNodesAsked(snapshot)) {
        const int data = describedAt(evidence, node);
        if (hasGeoIndex(evidence, data)) continue;
        auto& entry = byData.emplace(data, std::pair(flow, std::vector<std::string>())).first->second;
        entry.second.push_back(snapshot.nameOf(node));
    }
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (auto& [node, entry] : byData) {
        Finding finding{geo_without_geo_index.id, geo_without_geo_index.severity};
        finding.components = {at(snapshot.graph().nodes, node).id};
        std::sort(entry.second.begin(), entry.second.end());
        finding.message = fill("{} asks {} what is near, and no index there is made for places",
                               {shownFlow(snapshot, at(snapshot.graph().flows, entry.first)), listed(entry.second)});
        FixBuilder fix(snapshot, placement);
        if (mendGeoIndex(fix, evidence, node)) finding.fix = fix.titled("Create a GiST index");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule geo_without_geo_index{
    "geo-without-geo-index",
    "Nearby search without an index of places",
    "What is near has two coordinates, and a B-tree sorts by one: it finds a strip around the globe and looks at all "
    "in "
    "it. A GiST index, geohash cells or a tree of squares finds the few places around; for positions that change every "
    "few seconds an index in memory takes the writes as well.",
    "PostgreSQL documentation, ch. 68 (GiST); PostGIS manual, spatial indexes",
    Severity::info,
    checkGeoWithoutGeoIndex,
};

}  // namespace loadpath::checks
