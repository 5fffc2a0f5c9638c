#include "rules/fix_builder.h"

#include <algorithm>
#include <cassert>

namespace loadpath {
namespace {

template <class Items, class Id>
auto* findIn(Items& items, const Id& id) {
    const auto it = std::find_if(items.begin(), items.end(), [&id](const auto& item) { return item.id == id; });
    return it == items.end() ? nullptr : &*it;
}

}  // namespace

bool FixBuilder::isTaken(const std::string& id) const {
    return findIn(m_components, ComponentId{id}) || findIn(m_connections, ConnectionId{id}) ||
           findIn(m_zones, ZoneId{id});
}

std::string FixBuilder::unusedId(std::string_view wanted) const {
    std::string id = freeId(m_snapshot->design(), wanted);
    for (int i = 2; isTaken(id); ++i) id = freeId(m_snapshot->design(), std::string(wanted) + '-' + std::to_string(i));
    return id;
}

ComponentId FixBuilder::add(std::string_view type, std::string_view wantedId, std::string name, Point wanted,
                            std::vector<ZoneId> zones, Parameters properties) {
    Component component;
    component.id = {unusedId(wantedId)};
    component.type = type;
    component.name = std::move(name);
    component.position = m_placement->freeSpot(wanted, m_spots);
    component.zones = std::move(zones);
    component.properties = std::move(properties);
    m_spots.push_back(component.position);
    m_components.push_back(std::move(component));
    return m_components.back().id;
}

ConnectionId FixBuilder::connect(const ComponentId& from, const ComponentId& to, Mode mode, Parameters properties) {
    Connection connection;
    connection.id = {unusedId(from.value + "-" + to.value)};
    connection.from = from;
    connection.to = to;
    connection.mode = mode;
    connection.properties = std::move(properties);
    m_connections.push_back(std::move(connection));
    return m_connections.back().id;
}

Component& FixBuilder::edit(const ComponentId& id) {
    if (Component* mine = findIn(m_components, id)) return *mine;
    const Component* original = m_snapshot->design().components.find(id);
    assert(original);
    m_components.push_back(*original);
    return m_components.back();
}

Connection& FixBuilder::edit(const ConnectionId& id) {
    if (Connection* mine = findIn(m_connections, id)) return *mine;
    const Connection* original = m_snapshot->design().connections.find(id);
    assert(original);
    m_connections.push_back(*original);
    return m_connections.back();
}

void FixBuilder::set(const ComponentId& id, std::string_view key, Value value) {
    edit(id).properties.insert_or_assign(std::string(key), std::move(value));
}

void FixBuilder::set(const ConnectionId& id, std::string_view key, Value value) {
    edit(id).properties.insert_or_assign(std::string(key), std::move(value));
}

std::vector<ZoneId> FixBuilder::zonesBeside(const ZoneId& zone, std::size_t count) {
    const Zone* own = m_snapshot->design().zones.find(zone);
    const ZoneId parent = own ? own->parent : ZoneId{};
    std::vector<ZoneId> zones;
    if (own && own->kind == "zone") zones.push_back(zone);
    for (const Zone& other : m_snapshot->design().zones)
        if (other.kind == "zone" && other.parent == parent && other.id != zone) zones.push_back(other.id);
    for (const Zone& added : m_zones)
        if (added.parent == parent) zones.push_back(added.id);
    while (zones.size() < count) {
        Zone added;
        added.id = {unusedId("zone-" + std::to_string(zones.size() + 1))};
        added.name = "Zone " + std::to_string(zones.size() + 1);
        added.parent = parent;
        zones.push_back(added.id);
        m_zones.push_back(std::move(added));
    }
    return zones;
}

Point FixBuilder::positionOf(const ComponentId& id) const {
    if (const Component* mine = findIn(m_components, id)) return mine->position;
    const Component* original = m_snapshot->design().components.find(id);
    return original ? original->position : Point{};
}

bool FixBuilder::empty() const {
    return m_components.empty() && m_connections.empty() && m_flows.empty() && m_zones.empty() &&
           m_droppedConnections.empty() && m_droppedComponents.empty();
}

Fix FixBuilder::titled(std::string title) const {
    Fix fix{std::move(title), {}};
    // Zones before what is placed in them, components before what joins them.
    for (const Zone& zone : m_zones) fix.edits.push_back(Put<Zone>{zone, {}});
    for (const ConnectionId& id : m_droppedConnections) fix.edits.push_back(Drop<Connection>{id});
    for (const ComponentId& id : m_droppedComponents) fix.edits.push_back(Drop<Component>{id});
    for (const Component& component : m_components) fix.edits.push_back(Put<Component>{component, {}});
    for (const Connection& connection : m_connections) fix.edits.push_back(Put<Connection>{connection, {}});
    for (const Flow& flow : m_flows) fix.edits.push_back(Put<Flow>{flow, {}});
    return fix;
}

}  // namespace loadpath
