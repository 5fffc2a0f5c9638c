#include "placement.h"

#include <algorithm>
#include <set>

namespace loadpath {
namespace {

bool holds(const Frame& frame, Point p) {
    return p.x >= frame.x && p.y >= frame.y && p.x <= frame.x + frame.width && p.y <= frame.y + frame.height;
}
bool holds(const Frame& outer, const Frame& inner) {
    return holds(outer, Point{inner.x, inner.y}) && holds(outer, Point{inner.x + inner.width, inner.y + inner.height});
}
double area(const Frame& frame) { return frame.width * frame.height; }

bool isWithin(const Design& design, ZoneId zone, const ZoneId& ancestor) {
    for (std::size_t steps = 0; !zone.empty() && steps <= design.zones.size(); ++steps) {
        if (zone == ancestor) return true;
        const Zone* at = design.zones.find(zone);
        zone = at ? at->parent : ZoneId{};
    }
    return false;
}

/// The placement after the card went from standing in `left` to standing in `entered`.
std::vector<ZoneId> replaced(std::vector<ZoneId> zones, const ZoneId& left, const ZoneId& entered) {
    if (left == entered || (!entered.empty() && std::find(zones.begin(), zones.end(), entered) != zones.end()))
        return zones;
    const auto old = std::find(zones.begin(), zones.end(), left);
    if (entered.empty()) {
        if (old != zones.end()) zones.erase(old);
    } else if (!left.empty() && old != zones.end()) {
        *old = entered;
    } else {
        zones.push_back(entered);
    }
    return zones;
}

/// Edits that follow the borders: for each component that did not move with its zone.
void followBorders(const Design& before, Design& after, const std::set<std::string>& carried, Edits& edits) {
    std::vector<Component> changed;
    for (const Component& now : after.components) {
        const Component* then = before.components.find(now.id);
        if (!then || carried.contains(now.id.value)) continue;
        const ZoneId left = zoneAt(before, centreOf(*then)), entered = zoneAt(after, centreOf(now));
        Component placed = now;
        placed.zones = replaced(now.zones, left, entered);
        if (placed.zones != now.zones) changed.push_back(std::move(placed));
    }
    for (Component& component : changed) {
        // One edit an item, so that the steps of a drag cover each other when they merge.
        const auto earlier = std::find_if(edits.begin(), edits.end(), [&component](const Edit& edit) {
            const auto* put = std::get_if<Put<Component>>(&edit);
            return put && put->item.id == component.id;
        });
        if (earlier != edits.end())
            std::get<Put<Component>>(*earlier).item = std::move(component);
        else
            edits.push_back(Put<Component>{std::move(component), std::nullopt});
    }
}

Frame shifted(Frame frame, double dx, double dy) { return {frame.x + dx, frame.y + dy, frame.width, frame.height}; }

}  // namespace

Point centreOf(const Component& component) {
    return {component.position.x + cardWidth / 2, component.position.y + cardHeight / 2};
}

ZoneId zoneAt(const Design& design, Point point) {
    const Zone* best = nullptr;
    for (const Zone& zone : design.zones)
        if (zone.frame && holds(*zone.frame, point) && (!best || area(*zone.frame) < area(*best->frame))) best = &zone;
    return best ? best->id : ZoneId{};
}

ZoneId zoneAround(const Design& design, const Frame& frame, const ZoneId& self) {
    const Zone* best = nullptr;
    for (const Zone& zone : design.zones) {
        if (!zone.frame || isWithin(design, zone.id, self) || !holds(*zone.frame, frame)) continue;
        if (!best || area(*zone.frame) < area(*best->frame)) best = &zone;
    }
    return best ? best->id : ZoneId{};
}

Edits moveEdits(const Design& design, const std::vector<std::string>& ids, double dx, double dy) {
    std::set<std::string> chosen(ids.begin(), ids.end()), carried;
    // What is locked goes nowhere by itself, only along with a zone it stands in.
    std::erase_if(chosen, [&design](const std::string& id) {
        const Component* component = design.components.find({id});
        return component && component->locked;
    });
    Edits edits;
    for (const Zone& zone : design.zones) {
        const bool moves = std::any_of(chosen.begin(), chosen.end(), [&design, &zone](const std::string& id) {
            return design.zones.contains({id}) && isWithin(design, zone.id, {id});
        });
        if (!moves) continue;
        for (const Component& component : design.components)
            if (std::find(component.zones.begin(), component.zones.end(), zone.id) != component.zones.end() &&
                (!zone.frame || holds(*zone.frame, centreOf(component)))) {
                chosen.insert(component.id.value);
                carried.insert(component.id.value);
            }
        if (!zone.frame) continue;
        for (const Note& note : design.notes)
            if (holds(*zone.frame, note.position)) chosen.insert(note.id.value);
        Zone moved = zone;
        moved.frame = shifted(*zone.frame, dx, dy);
        const bool isTop = std::find(ids.begin(), ids.end(), zone.id.value) != ids.end();
        if (isTop) {
            const ZoneId left = zoneAround(design, *zone.frame, zone.id),
                         entered = zoneAround(design, *moved.frame, zone.id);
            if (left != entered && (zone.parent == left || zone.parent.empty())) moved.parent = entered;
        }
        edits.push_back(Put<Zone>{std::move(moved), std::nullopt});
    }
    for (const Component& component : design.components) {
        if (!chosen.contains(component.id.value)) continue;
        Component moved = component;
        moved.position = {component.position.x + dx, component.position.y + dy};
        edits.push_back(Put<Component>{std::move(moved), std::nullopt});
    }
    for (const Connection& line : design.connections) {
        // Pinned bends go along when both ends do.
        if (line.bends.empty() || !chosen.contains(line.from.value) || !chosen.contains(line.to.value)) continue;
        Connection moved = line;
        for (Point& bend : moved.bends) bend = {bend.x + dx, bend.y + dy};
        edits.push_back(Put<Connection>{std::move(moved), std::nullopt});
    }
    for (const Note& note : design.notes) {
        if (!chosen.contains(note.id.value)) continue;
        Note moved = note;
        moved.position = {note.position.x + dx, note.position.y + dy};
        edits.push_back(Put<Note>{std::move(moved), std::nullopt});
    }
    Design after = design;
    applyEdits(after, edits);
    // What stands still is not placed anew by a zone that passes over it.
    for (const Component& component : design.components)
        if (!chosen.contains(component.id.value)) carried.insert(component.id.value);
    followBorders(design, after, carried, edits);
    return edits;
}

Edits frameEdits(const Design& design, const ZoneId& id, const Frame& frame) {
    const Zone* zone = design.zones.find(id);
    if (!zone) return {};
    Zone changed = *zone;
    changed.frame = frame;
    Edits edits{Put<Zone>{std::move(changed), std::nullopt}};
    Design after = design;
    applyEdits(after, edits);
    followBorders(design, after, {}, edits);
    return edits;
}

Edits addZoneEdits(const Design& design, Zone zone) {
    Edits edits;
    const ZoneId id = zone.id;
    const Frame frame = zone.frame.value_or(Frame{});
    zone.parent = zoneAround(design, frame, id);
    std::vector<Zone> inside;
    for (const Zone& other : design.zones)
        if (other.frame && other.parent == zone.parent && holds(frame, *other.frame)) inside.push_back(other);
    if (!inside.empty()) zone.kind = "region";
    edits.push_back(Put<Zone>{std::move(zone), std::nullopt});
    for (Zone& child : inside) {
        child.parent = id;
        edits.push_back(Put<Zone>{std::move(child), std::nullopt});
    }
    Design after = design;
    applyEdits(after, edits);
    followBorders(design, after, {}, edits);
    return edits;
}

}  // namespace loadpath
