#include "model/edit.h"

#include <algorithm>

namespace loadpath {
namespace {

Table<Component>& table(Design& d, const Component*) { return d.components; }
Table<Connection>& table(Design& d, const Connection*) { return d.connections; }
Table<Zone>& table(Design& d, const Zone*) { return d.zones; }
Table<Flow>& table(Design& d, const Flow*) { return d.flows; }
Table<Note>& table(Design& d, const Note*) { return d.notes; }
Table<ScenarioSpec>& table(Design& d, const ScenarioSpec*) { return d.scenarios; }
Table<Acknowledgement>& table(Design& d, const Acknowledgement*) { return d.acknowledged; }
Table<Quantity>& table(Design& d, const Quantity*) { return d.estimates; }

bool canStand(const Design& d, const Connection& c) {
    return d.components.contains(c.from) && d.components.contains(c.to);
}
bool canStand(const Design& d, const Flow& f) { return d.components.contains(f.entry); }
bool canStand(const Design& d, const Component& c) {
    return std::all_of(c.zones.begin(), c.zones.end(), [&d](const ZoneId& zone) { return d.zones.contains(zone); });
}
bool canStand(const Design& d, const Zone& zone) {
    // A zone inside itself, directly or through its parents, has no meaning.
    ZoneId at = zone.parent;
    for (std::size_t steps = 0; !at.empty(); ++steps) {
        if (at == zone.id || steps > d.zones.size()) return false;
        const Zone* parent = d.zones.find(at);
        if (!parent) return false;
        at = parent->parent;
    }
    return true;
}
template <class T>
bool canStand(const Design&, const T&) {
    return true;
}

/// Applies one edit and collects what undoes it, newest first at the end.
class Applier {
public:
    explicit Applier(Design& design) : m_design(design) {}

    template <class T>
    void operator()(const Put<T>& put) {
        if (!canStand(m_design, put.item)) return;
        Table<T>& items = table(m_design, &put.item);
        if (const T* old = items.find(put.item.id))
            m_undo.push_back(Put<T>{*old, put.at ? items.indexOf(put.item.id) : std::nullopt});
        else
            m_undo.push_back(Drop<T>{put.item.id});
        items.put(put.item, put.at);
    }

    template <class T>
    void operator()(const Drop<T>& drop) {
        Table<T>& items = table(m_design, static_cast<const T*>(nullptr));
        if (!items.contains(drop.id)) return;
        dropDependants(*items.find(drop.id));
        const std::size_t at = *items.indexOf(drop.id);
        m_undo.push_back(Put<T>{items[at], at});
        items.drop(drop.id);
    }

    void operator()(const Header& header) {
        m_undo.push_back(m_design.header);
        m_design.header = header;
    }

    Edits takeUndo() {
        std::reverse(m_undo.begin(), m_undo.end());
        return std::move(m_undo);
    }

private:
    template <class T>
    void dropDependants(const T&) {}

    void dropDependants(const Component& component) {
        std::vector<ConnectionId> connections;
        for (const Connection& c : m_design.connections)
            if (c.from == component.id || c.to == component.id) connections.push_back(c.id);
        // From the back, so that each undo puts the item where it stood.
        for (auto id = connections.rbegin(); id != connections.rend(); ++id) (*this)(Drop<Connection>{*id});
        std::vector<FlowId> flows;
        for (const Flow& f : m_design.flows)
            if (f.entry == component.id) flows.push_back(f.id);
        for (auto id = flows.rbegin(); id != flows.rend(); ++id) (*this)(Drop<Flow>{*id});
    }

    void dropDependants(const Zone& zone) {
        const ZoneId gone = zone.id, heir = zone.parent;
        std::vector<Component> placed;
        for (const Component& c : m_design.components)
            if (std::find(c.zones.begin(), c.zones.end(), gone) != c.zones.end()) placed.push_back(c);
        for (Component& c : placed) {
            std::erase(c.zones, gone);
            (*this)(Put<Component>{std::move(c), std::nullopt});
        }
        std::vector<Zone> children;
        for (const Zone& z : m_design.zones)
            if (z.parent == gone) children.push_back(z);
        for (Zone& child : children) {
            child.parent = heir;
            (*this)(Put<Zone>{std::move(child), std::nullopt});
        }
    }

    Design& m_design;
    Edits m_undo;
};

template <class T>
Edits withProperty(const T* item, std::string_view key, std::optional<Value> value) {
    if (!item) return {};
    T changed = *item;
    if (value)
        changed.properties.insert_or_assign(std::string(key), std::move(*value));
    else if (const auto it = changed.properties.find(key); it != changed.properties.end())
        changed.properties.erase(it);
    if (changed == *item) return {};
    return {Put<T>{std::move(changed), std::nullopt}};
}

}  // namespace

Edits applyEdits(Design& design, const Edits& edits) {
    Applier applier(design);
    for (const Edit& edit : edits) std::visit(applier, edit);
    return applier.takeUndo();
}

Edits setProperty(const Design& design, const ComponentId& id, std::string_view key, std::optional<Value> value) {
    return withProperty(design.components.find(id), key, std::move(value));
}

Edits setProperty(const Design& design, const ConnectionId& id, std::string_view key, std::optional<Value> value) {
    return withProperty(design.connections.find(id), key, std::move(value));
}

Edits setZones(const Design& design, const ComponentId& id, std::vector<ZoneId> zones) {
    const Component* component = design.components.find(id);
    if (!component || component->zones == zones) return {};
    Component changed = *component;
    changed.zones = std::move(zones);
    return {Put<Component>{std::move(changed), std::nullopt}};
}

}  // namespace loadpath
