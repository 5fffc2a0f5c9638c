// Puts together the edits of a quick fix. Reads the design and never changes it; costs nothing that
// grows with the design, so that thousands of findings may each carry a fix.
#pragma once

#include "rules/placement.h"
#include "rules/rule.h"

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace loadpath {

class FixBuilder {
public:
    FixBuilder(const Snapshot& snapshot, Placement& placement) : m_snapshot(&snapshot), m_placement(&placement) {}

    const Snapshot& snapshot() const { return *m_snapshot; }

    /// A new card near `wanted`; `wantedId` gets a number where it is taken.
    ComponentId add(std::string_view type, std::string_view wantedId, std::string name, Point wanted,
                    std::vector<ZoneId> zones = {}, Parameters properties = {});
    ConnectionId connect(const ComponentId& from, const ComponentId& to, Mode mode, Parameters properties = {});
    /// A copy to change; every later call gives the same one. The item must be in the design or added here.
    Component& edit(const ComponentId& id);
    Connection& edit(const ConnectionId& id);
    void set(const ComponentId& id, std::string_view key, Value value);
    void set(const ConnectionId& id, std::string_view key, Value value);
    void put(Flow flow) { m_flows.push_back(std::move(flow)); }
    void put(Zone zone) { m_zones.push_back(std::move(zone)); }
    void drop(const ConnectionId& id) { m_droppedConnections.push_back(id); }
    void drop(const ComponentId& id) { m_droppedComponents.push_back(id); }

    /// At least `count` zones beside `zone` (inside the same region), it first, added where too few.
    std::vector<ZoneId> zonesBeside(const ZoneId& zone, std::size_t count);
    /// A well-formed id that nothing has, in the design and in this fix.
    std::string unusedId(std::string_view wanted) const;
    Point positionOf(const ComponentId& id) const;

    bool empty() const;
    Fix titled(std::string title) const;

private:
    bool isTaken(const std::string& id) const;

    const Snapshot* m_snapshot;
    Placement* m_placement;
    // Deques: references given out by edit() stay good.
    std::deque<Component> m_components;
    std::deque<Connection> m_connections;
    std::vector<Flow> m_flows;
    std::vector<Zone> m_zones;
    std::vector<ConnectionId> m_droppedConnections;
    std::vector<ComponentId> m_droppedComponents;
    std::vector<Point> m_spots;
};

}  // namespace loadpath
