#include "fragment.h"

#include "connecting.h"
#include "placement.h"

#include <algorithm>
#include <map>
#include <set>

namespace loadpath {
namespace {

constexpr std::string_view surroundingsKey = "surroundings";
constexpr std::string_view missPrefix = "miss:";

/// Ids of the fragment → ids in the design.
using Renaming = std::map<std::string, std::string>;

std::optional<std::string> renamed(const Renaming& renaming, const std::string& id) {
    const auto it = renaming.find(id);
    return it == renaming.end() ? std::nullopt : std::optional(it->second);
}

class Paster {
public:
    Paster(const Design& design, const Catalog& catalog, const Design& fragment, double dx, double dy)
        : m_design(design), m_scratch(design), m_catalog(catalog), m_fragment(fragment), m_dx(dx), m_dy(dy) {}

    Pasted paste() {
        const std::set<std::string> surroundings = surroundingIds();
        for (const Zone& zone : m_fragment.zones) {
            if (!surroundings.contains(zone.id.value)) continue;
            const Zone* there = m_design.zones.find(zone.id);
            if (there && there->name == zone.name) m_renaming[zone.id.value] = zone.id.value;
        }
        for (const Zone& zone : m_fragment.zones)
            if (!surroundings.contains(zone.id.value)) pasteZone(zone);
        for (const Component& component : m_fragment.components) claim(component);
        for (const Flow& flow : m_fragment.flows) claim(flow);
        for (const Component& component : m_fragment.components) pasteComponent(component);
        for (Flow flow : m_fragment.flows) {
            flow.id.value = m_renaming[flow.id.value];
            flow.entry.value = m_renaming[flow.entry.value];
            add(Put<Flow>{std::move(flow), std::nullopt});
        }
        for (const Connection& connection : m_fragment.connections) pasteConnection(connection);
        for (Note note : m_fragment.notes) {
            note.id.value = freeId(m_scratch, note.id.value);
            note.position = {note.position.x + m_dx, note.position.y + m_dy};
            m_result.ids.push_back(note.id.value);
            add(Put<Note>{std::move(note), std::nullopt});
        }
        return std::move(m_result);
    }

private:
    std::set<std::string> surroundingIds() const {
        std::set<std::string> ids;
        const auto it = m_fragment.header.extra.find(surroundingsKey);
        if (it == m_fragment.header.extra.end() || !it->second.list()) return ids;
        for (const Value& id : *it->second.list())
            if (id.text()) ids.insert(*id.text());
        return ids;
    }

    void add(Edit edit) {
        applyEdits(m_scratch, {edit});
        m_result.edits.push_back(std::move(edit));
    }

    /// Settles the new id before anything is put, so that references forward can follow. The id is
    /// kept free of others by a note, the one kind of item that refers to nothing.
    template <class T>
    void claim(const T& item) {
        const std::string id = freeId(m_scratch, item.id.value);
        m_renaming[item.id.value] = id;
        applyEdits(m_scratch, {Put<Note>{Note{{id}, {}, {}, {}}, std::nullopt}});
    }

    void pasteZone(Zone zone) {
        const std::string id = freeId(m_scratch, zone.id.value);
        m_renaming[zone.id.value] = id;
        zone.id.value = id;
        zone.parent.value = renamed(m_renaming, zone.parent.value).value_or(std::string());
        if (zone.frame)
            zone.frame = Frame{zone.frame->x + m_dx, zone.frame->y + m_dy, zone.frame->width, zone.frame->height};
        m_result.ids.push_back(id);
        add(Put<Zone>{std::move(zone), std::nullopt});
    }

    void pasteComponent(Component component) {
        const ComponentType& type = m_catalog.typeOf(component.type);
        component.id.value = m_renaming[component.id.value];
        component.position = {component.position.x + m_dx, component.position.y + m_dy};
        std::vector<ZoneId> zones;
        for (const ZoneId& zone : component.zones)
            if (const auto there = renamed(m_renaming, zone.value)) zones.push_back({*there});
        component.zones = std::move(zones);
        followReferences(component.properties, type.parameters);
        m_result.ids.push_back(component.id.value);
        add(Put<Component>{std::move(component), std::nullopt});
    }

    void pasteConnection(Connection connection) {
        const auto from = renamed(m_renaming, connection.from.value), to = renamed(m_renaming, connection.to.value);
        if (!from || !to) return;
        connection.id.value = freeId(m_scratch, connection.id.value);
        connection.from.value = *from;
        connection.to.value = *to;
        for (Point& bend : connection.bends) bend = {bend.x + m_dx, bend.y + m_dy};
        followReferences(connection.properties, m_catalog.connectionParameters);
        if (const auto it = connection.properties.find("p_from"); it != connection.properties.end()) {
            const std::string* text = it->second.text();
            const auto cache = text && text->starts_with(missPrefix)
                                   ? renamed(m_renaming, text->substr(missPrefix.size()))
                                   : std::nullopt;
            if (cache)
                it->second = std::string(missPrefix) + *cache;
            else
                connection.properties.erase(it);
        }
        if (const auto it = connection.properties.find("flows");
            it != connection.properties.end() && it->second.list()) {
            Value::List flows;
            for (const Value& flow : *it->second.list()) {
                if (!flow.text()) continue;
                if (const auto there = renamed(m_renaming, *flow.text()))
                    flows.push_back(*there);
                else if (m_design.flows.contains({*flow.text()}))
                    flows.push_back(flow);
            }
            if (flows.empty())
                connection.properties.erase(it);
            else
                it->second = std::move(flows);
        }
        add(Put<Connection>{std::move(connection), std::nullopt});
    }

    void followReferences(Parameters& properties, const std::vector<ParameterSpec>& specs) const {
        for (const ParameterSpec& spec : specs) {
            if (spec.kind != ValueKind::reference) continue;
            const auto it = properties.find(spec.key);
            if (it == properties.end() || !it->second.text()) continue;
            if (const auto there = renamed(m_renaming, *it->second.text()))
                it->second = *there;
            else if (!m_design.components.contains({*it->second.text()}))
                properties.erase(it);
        }
    }

    const Design& m_design;
    Design m_scratch;  // with what is pasted so far, for free ids
    const Catalog& m_catalog;
    const Design& m_fragment;
    double m_dx, m_dy;
    Renaming m_renaming;
    Pasted m_result;
};

}  // namespace

Design fragmentOf(const Design& design, const std::vector<std::string>& ids) {
    const std::set<std::string> chosen(ids.begin(), ids.end());
    std::set<std::string> zones, surroundings;
    const auto addSurroundings = [&](ZoneId zone) {
        for (std::size_t steps = 0; !zone.empty() && steps <= design.zones.size(); ++steps) {
            const Zone* at = design.zones.find(zone);
            if (!at) return;
            if (!chosen.contains(zone.value)) surroundings.insert(zone.value);
            zones.insert(zone.value);
            zone = at->parent;
        }
    };
    Edits edits;
    Header header;
    for (const Component& component : design.components)
        if (chosen.contains(component.id.value))
            for (const ZoneId& zone : component.zones) addSurroundings(zone);
    for (const Zone& zone : design.zones)
        if (chosen.contains(zone.id.value)) addSurroundings(zone.id);
    if (!surroundings.empty()) {
        Value::List list;
        for (const std::string& id : surroundings) list.push_back(id);
        header.extra[std::string(surroundingsKey)] = std::move(list);
    }
    edits.push_back(header);
    // A zone is put without its parent first: parents may stand later in the file.
    for (const Zone& zone : design.zones) {
        if (!zones.contains(zone.id.value)) continue;
        Zone alone = zone;
        alone.parent = {};
        edits.push_back(Put<Zone>{std::move(alone), std::nullopt});
    }
    for (const Zone& zone : design.zones)
        if (zones.contains(zone.id.value) && !zone.parent.empty()) edits.push_back(Put<Zone>{zone, std::nullopt});
    for (const Component& component : design.components)
        if (chosen.contains(component.id.value)) edits.push_back(Put<Component>{component, std::nullopt});
    for (const Flow& flow : design.flows)
        if (chosen.contains(flow.entry.value)) edits.push_back(Put<Flow>{flow, std::nullopt});
    for (const Connection& connection : design.connections)
        if (chosen.contains(connection.from.value) && chosen.contains(connection.to.value))
            edits.push_back(Put<Connection>{connection, std::nullopt});
    for (const Note& note : design.notes)
        if (chosen.contains(note.id.value)) edits.push_back(Put<Note>{note, std::nullopt});
    Design fragment;
    applyEdits(fragment, edits);
    return fragment;
}

Pasted pasteEdits(const Design& design, const Catalog& catalog, const Design& fragment, double dx, double dy) {
    return Paster(design, catalog, fragment, dx, dy).paste();
}

std::optional<Frame> boundsOf(const Design& design) {
    double left = 0, top = 0, right = 0, bottom = 0;
    bool any = false;
    const auto include = [&](double x, double y, double width, double height) {
        left = any ? std::min(left, x) : x;
        top = any ? std::min(top, y) : y;
        right = any ? std::max(right, x + width) : x + width;
        bottom = any ? std::max(bottom, y + height) : y + height;
        any = true;
    };
    for (const Component& c : design.components) include(c.position.x, c.position.y, cardWidth, cardHeight);
    for (const Note& n : design.notes) include(n.position.x, n.position.y, cardWidth, cardHeight);
    const auto marked = design.header.extra.find(surroundingsKey);
    for (const Zone& z : design.zones) {
        if (!z.frame) continue;
        const Value::List* outside = marked == design.header.extra.end() ? nullptr : marked->second.list();
        if (outside && std::find(outside->begin(), outside->end(), Value(z.id.value)) != outside->end()) continue;
        include(z.frame->x, z.frame->y, z.frame->width, z.frame->height);
    }
    if (!any) return std::nullopt;
    return Frame{left, top, right - left, bottom - top};
}

}  // namespace loadpath
