#include "rules/checks.h"
#include "rules/lookup.h"
#include "rules/scaling.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

struct RestAfterZone {
    int domain = -1;
    double utilisation = 0;
};

/// Instances that still take load without the units in `domain`; a shard lives on with any of its copies.
int instancesOutside(const Node& node, int domain) {
    const auto isOutside = [&](int unit) {
        return node.zones[static_cast<std::size_t>(unit) % node.zones.size()] != domain;
    };
    const int copies = node.instances > 0 ? std::max(1, node.units / node.instances) : 1;
    const bool sharded = copies * node.instances == node.units;
    int left = 0;
    for (int i = 0; i < node.instances; ++i)
        for (int copy = 0; copy < (sharded ? copies : 1); ++copy)
            if (isOutside(sharded ? i * copies + copy : i)) {
                ++left;
                break;
            }
    return left;
}

/// The zone whose loss hurts most.
RestAfterZone afterWorstZone(const FlowGraph& graph, const Node& node, const ComponentLoad& load) {
    std::vector<int> zones;  // in the order in which it names them
    for (int unit = 0; unit < node.units; ++unit) {
        const int domain = node.zones[static_cast<std::size_t>(unit) % node.zones.size()];
        const bool isNew = std::find(zones.begin(), zones.end(), domain) == zones.end();
        if (isNew && at(graph.domains, domain).hasVariable) zones.push_back(domain);
        if (unit + 1 >= static_cast<int>(node.zones.size())) break;
    }
    RestAfterZone worst;
    if (zones.size() < 2) return worst;
    const double each = load.capacityRps / load.workingInstances;
    for (const int domain : zones) {
        const int left = instancesOutside(node, domain);
        if (left <= 0) continue;
        double arrivals = load.arrivalRps;
        // Replicas that are gone are not written to: those that are left do no more of it than before.
        if (node.operations[1] > 1) arrivals -= load.writeRps * (1 - static_cast<double>(left) / node.instances);
        const double utilisation = arrivals / (std::min(left, load.workingInstances) * each);
        if (worst.domain < 0 || utilisation > worst.utilisation + 1e-12) worst = {domain, utilisation};
    }
    return worst;
}

std::vector<Finding> checkZoneLossOverload(const Evidence& evidence) {
    const FlowGraph& graph = evidence.snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(evidence.snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        const ComponentLoad& load = evidence.capacity.nodes[i];
        if (node.managed || node.zones.size() < 2 || !(load.utilisation < 1 - 1e-12) || !(load.utilisation > 0))
            continue;
        const RestAfterZone rest = afterWorstZone(graph, node, load);
        if (rest.domain < 0 || !(rest.utilisation > 1 + 1e-9)) continue;
        Finding finding{zone_loss_overload.id, zone_loss_overload.severity};
        const Domain& zone = at(graph.domains, rest.domain);
        finding.message = fill("After losing {}, {} runs at {} of what is left of its capacity: {} today in all zones",
                               {zone.name, node.name, percent(rest.utilisation, 0), percent(load.utilisation, 0)});
        finding.components = {node.id};
        finding.zones = {zone.id};
        // Room for the fullest zone: with Z zones one of them takes 1/Z of the capacity along.
        const auto zones = static_cast<double>(std::min(node.zones.size(), static_cast<std::size_t>(node.units)));
        finding.fix = moreCapacity(evidence, placement, static_cast<int>(i),
                                   std::max(load.utilisation * zones / (zones - 1), rest.utilisation * 0.8));
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule zone_loss_overload{
    "zone-loss-overload",
    "Too little left after losing a zone",
    "When a zone goes, its share of the requests moves to the others at once, while new instances take minutes to "
    "start and everybody else asks for them too. What survives has to carry the whole load by itself from the first "
    "second; otherwise the loss of one zone takes the rest down with it.",
    "Amazon Builders' Library: static stability using Availability Zones",
    Severity::warning,
    checkZoneLossOverload,
    {},
    Proof::loseZone,
};

}  // namespace loadpath::checks
