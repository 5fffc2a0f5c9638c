#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/redundancy.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

bool isZone(const Domain& domain) { return domain.hasVariable && !domain.isRegion; }

/// The one zone that holds all of a component; −1 where there are several, or none.
int onlyZone(const FlowGraph& graph, const Node& node) {
    int zone = -1;
    for (std::size_t i = 0; i < node.zones.size(); ++i) {
        if (static_cast<int>(i) >= node.units) break;  // zones beyond the last unit hold none of it
        const int domain = node.zones[i];
        if (!isZone(at(graph.domains, domain)) || (zone >= 0 && zone != domain)) return -1;
        zone = domain;
    }
    return zone;
}

bool copies(const FlowGraph& graph, const Link& link) {
    if (!link.legal || (link.mode != Mode::standby && link.mode != Mode::replicate)) return false;
    const Node& to = at(graph.nodes, link.to);
    return link.from != link.to && (isIn(to, "store") || isIn(to, "cache")) && !to.managed;
}

std::vector<Finding> checkReplicasShareZone(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    if (std::count_if(graph.domains.begin(), graph.domains.end(), isZone) < 2) return {};

    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (node.managed || node.behaviour == Behaviour::client) continue;
        const int zone = onlyZone(graph, node);
        if (zone < 0) continue;
        int units = node.units;
        std::vector<int> beside;  // copies of it in the same zone
        for (const int out : graph.outgoing[i]) {
            const Link& link = at(graph.links, out);
            if (!copies(graph, link) || onlyZone(graph, at(graph.nodes, link.to)) != zone) continue;
            if (std::find(beside.begin(), beside.end(), link.to) != beside.end()) continue;
            beside.push_back(link.to);
            units += at(graph.nodes, link.to).units;
        }
        if (units < 2) continue;
        Finding finding{replicas_share_zone.id, replicas_share_zone.severity};
        const std::string& where = at(graph.domains, zone).name;
        finding.message = units == 2 ? fill("Both replicas of {} are in zone {}", {node.name, where})
                                     : fill("All {} replicas of {} are in zone {}", {inWords(units), node.name, where});
        finding.components = {node.id};
        finding.zones = {at(graph.domains, zone).id};
        FixBuilder fix(snapshot, placement);
        const std::vector<ZoneId> zones = fix.zonesBeside(finding.zones.front(), 2);
        if (node.units >= 2) fix.edit(node.id).zones = zones;
        for (std::size_t k = 0; k < beside.size(); ++k) {
            const Node& copy = at(graph.nodes, beside[k]);
            finding.components.push_back(copy.id);
            fix.edit(copy.id).zones = copy.units >= 2 ? zones : std::vector<ZoneId>{zones[1 + k % (zones.size() - 1)]};
        }
        finding.fix =
            fix.titled("Spread " + node.name + " over " + inWords(static_cast<long long>(zones.size())) + " zones");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule replicas_share_zone{
    "replicas-share-zone",
    "Replicas in one zone",
    "Copies protect against the failure of a machine only as long as they do not fail together. In one zone they share "
    "power, network and maintenance; the design has other zones, and placing them there costs nothing but a "
    "millisecond between them.",
    "Availability and Beyond (AWS whitepaper): availability zones",
    Severity::warning,
    checkReplicasShareZone,
};

}  // namespace loadpath::checks
