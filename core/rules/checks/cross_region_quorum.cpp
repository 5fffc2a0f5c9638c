#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"
#include "support/format.h"

#include <map>
#include <set>

namespace loadpath::checks {
namespace {

/// By domain: the continent it says it is in, or that of what it lies in.
std::vector<std::string> continents(const Snapshot& snapshot) {
    const FlowGraph& graph = snapshot.graph();
    std::vector<std::string> own(graph.domains.size()), found(graph.domains.size());
    for (std::size_t d = 0; d < graph.domains.size(); ++d) {
        const Zone* zone = snapshot.design().zones.find(graph.domains[d].id);
        const auto geo = zone ? zone->properties.find("geo") : Parameters::const_iterator{};
        if (zone && geo != zone->properties.end() && geo->second.text()) own[d] = *geo->second.text();
    }
    for (std::size_t d = 0; d < graph.domains.size(); ++d) {
        int up = static_cast<int>(d);
        for (std::size_t steps = 0; up >= 0 && found[d].empty() && steps <= graph.domains.size(); ++steps) {
            found[d] = at(own, up);
            up = at(graph.domains, up).parent;
        }
    }
    return found;
}

/// Components to which a client's write waits for a majority of members.
std::vector<char> writtenQuorums(const Snapshot& snapshot) {
    const FlowGraph& graph = snapshot.graph();
    std::vector<char> written(graph.nodes.size(), 0);
    for (const FlowPath& flow : graph.flows) {
        if (flow.derived || flow.op != Op::write) continue;
        for (const Visit& visit : flow.visits)
            for (const Call& call : visit.calls)
                if (call.inPhi && (call.kind == Call::Kind::request || call.kind == Call::Kind::publish))
                    at(written, call.target) = 1;
    }
    for (std::size_t i = 0; i < written.size(); ++i) {
        const Node& node = graph.nodes[i];
        const bool isQuorum = isType(node, "coordination") || isType(node, "mongodb") || isType(node, "rabbitmq") ||
                              node.behaviour == Behaviour::quorum_store;
        if (!isQuorum || node.managed || node.zones.size() < 2) written[i] = 0;
        if (!written[i] || node.behaviour != Behaviour::quorum_store) continue;
        // A level that asks the nearest, or the nearest data centre, waits for nobody far away.
        const ParameterView view = viewOf(snapshot, static_cast<int>(i));
        const std::string level = view(keys::writeCl);
        written[i] = level == "quorum" || level == "all" || level == "each_quorum" ||
                     (level == "local_quorum" && view.value("dcs").number(1) <= 1);
    }
    return written;
}

struct Spread {
    std::map<std::string, int> members;  // by continent
    int units = 0, need = 0, most = 0;
    std::string home;  // the continent that has most
};

Spread spreadOf(const FlowGraph& graph, int index, const std::vector<std::string>& continents) {
    const Node& node = at(graph.nodes, index);
    const Serving serving = graph.servingOf(index, node.isBroker() ? Purpose::publish : Purpose::write);
    Spread spread;
    spread.units = serving.units;
    spread.need = serving.need;
    for (int unit = 0; unit < serving.units; ++unit) {
        const std::string& where = at(continents, node.zones[static_cast<std::size_t>(unit) % node.zones.size()]);
        if (!where.empty()) ++spread.members[where];
    }
    for (const auto& [continent, count] : spread.members)
        if (count > spread.most) {
            spread.most = count;
            spread.home = continent;
        }
    return spread;
}

/// Zones of the continent, where there are enough of them that no single one holds a majority.
std::vector<ZoneId> zonesIn(const FlowGraph& graph, const std::vector<std::string>& continents,
                            const std::string& home) {
    std::vector<ZoneId> zones;
    for (std::size_t d = 0; d < graph.domains.size(); ++d)
        if (continents[d] == home && !graph.domains[d].isRegion && graph.domains[d].hasVariable)
            zones.push_back(graph.domains[d].id);
    return zones;
}

std::vector<Finding> checkCrossRegionQuorum(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    const std::vector<std::string> where = continents(snapshot);
    if (std::set<std::string>(where.begin(), where.end()).size() < 2) return findings;
    const std::vector<char> written = writtenQuorums(snapshot);
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!written[i]) continue;
        const Spread spread = spreadOf(graph, static_cast<int>(i), where);
        // With a quorum on one continent, and the leader there, nobody waits for the others.
        if (spread.members.size() < 2 || spread.most >= spread.need) continue;
        const Node& node = graph.nodes[i];
        std::vector<std::string> places;
        for (const auto& [continent, count] : spread.members) places.push_back(continent);
        Finding finding{cross_region_quorum.id, cross_region_quorum.severity};
        finding.components = {node.id};
        finding.message = fill(
            "Every write to {} needs {} of {} members, who are in {}: it waits for another continent, "
            "some {} each time",
            {node.name, std::to_string(spread.need), std::to_string(spread.units), listed(places), duration(120)});
        if (const std::vector<ZoneId> zones = zonesIn(graph, where, spread.home); zones.size() >= 3) {
            FixBuilder fix(snapshot, placement);
            fix.edit(node.id).zones = zones;
            finding.fix = fix.titled("Keep the voting members in " + spread.home);
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cross_region_quorum{
    "cross-region-quorum",
    "Quorum over continents",
    "A write is confirmed when a majority has it. With no majority on one continent each write takes a round trip over "
    "an ocean, however fast the machines are, and so does everything that waits for it. A majority near the leader, "
    "and "
    "followers for reading elsewhere, keeps that off the path.",
    "Corbett et al., Spanner (OSDI 2012); etcd documentation, tuning (heartbeat and round-trip time)",
    Severity::info,
    checkCrossRegionQuorum,
};

}  // namespace loadpath::checks
