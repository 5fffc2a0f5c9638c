#include "rules/pooling.h"

#include "model/keys.h"
#include "rules/lookup.h"

#include <cmath>

namespace loadpath {
namespace {

std::vector<ZoneId> zonesOfCallers(const Snapshot& snapshot, const OpenConnections& use) {
    std::vector<ZoneId> zones;
    ComponentId of;
    for (const int link : use.links) {
        const Component& caller = componentOf(snapshot, at(snapshot.graph().links, link).from);
        const bool better =
            caller.zones.size() > zones.size() || (caller.zones.size() == zones.size() && caller.id < of);
        if (!better) continue;
        zones = caller.zones;
        of = caller.id;
    }
    return zones.size() >= 2 ? zones : std::vector<ZoneId>{};
}

}  // namespace

double roundedUpToHundred(double value) { return std::ceil(value / 100) * 100; }

std::optional<Fix> withPooler(const Snapshot& snapshot, Placement& placement, int database, const OpenConnections& use,
                              double behind) {
    const Node& node = at(snapshot.graph().nodes, database);
    constexpr int poolers = 2;  // one would be a new single point of failure
    const int pool = static_cast<int>(behind / poolers);
    if (pool < 1 || !snapshot.catalog().find("pgbouncer")) return std::nullopt;
    FixBuilder fix(snapshot, placement);
    const Point place = fix.positionOf(node.id);
    Parameters properties{{std::string(keys::instances.name), poolers},
                          {std::string(keys::poolMode.name), "transaction"},
                          {std::string(keys::defaultPoolSize.name), pool},
                          {std::string(keys::maxClientConn.name), roundedUpToHundred(use.used)}};
    const ComponentId pooler =
        fix.add("pgbouncer", node.id.value + "-pooler", node.name + " pooler", {place.x - 9 * Placement::grid, place.y},
                zonesOfCallers(snapshot, use), std::move(properties));
    for (const int link : use.links) fix.edit(at(snapshot.graph().links, link).id).to = pooler;
    fix.connect(pooler, node.id, Mode::sync);
    return fix.titled("Put a connection pooler in front of " + node.name);
}

}  // namespace loadpath
