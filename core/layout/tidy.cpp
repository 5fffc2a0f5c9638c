#include "layout/tidy.h"

#include "layout/box_grid.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

namespace loadpath {
namespace {

constexpr double noteWidth = 192, noteNear = 260;

double snapped(double v) { return std::round(v / layoutUnit) * layoutUnit; }
Area noteArea(const Note& note, Point at) {
    const double lines = std::ceil(double(note.text.size()) / 26 + 0.01);
    return {at.x, at.y, at.x + noteWidth, at.y + std::max(48.0, lines * 16 + 22)};
}

class Tidier {
public:
    Tidier(const Design& design, const TidyOptions& options) : m_design(design), m_options(options) {}

    Edits edits() {
        for (const Component& c : m_design.components)
            if (m_options.only.empty() || m_options.only.contains(c.id.value)) {
                m_index[c.id.value] = int(m_moved.size());
                m_moved.push_back(&c);
            }
        if (m_moved.empty()) return {};
        addClusters();
        addNodes();
        addEdges();
        m_graph.direction = m_options.direction;
        m_drawing = drawLayered(m_graph);
        putWhereItWas();
        makeRoomForWhatStays();
        placeNotes();
        return collect();
    }

private:
    Area card(Point p) const { return {p.x, p.y, p.x + m_options.cardWidth, p.y + m_options.cardHeight}; }
    bool isLaidOut(const ComponentId& id) const { return m_index.contains(id.value); }

    const Zone* parentOf(const Zone& zone) const { return m_design.zones.find(zone.parent); }
    bool isInside(const Zone* zone, const Zone& outer) const {
        for (std::size_t steps = 0; zone && steps <= m_design.zones.size(); ++steps, zone = parentOf(*zone))
            if (zone == &outer) return true;
        return false;
    }
    /// The innermost zone that holds every placement of the component; null for none.
    const Zone* home(const Component& component) const {
        if (component.zones.empty()) return nullptr;
        const Zone* zone = m_design.zones.find(component.zones.front());
        for (std::size_t steps = 0; zone && steps <= m_design.zones.size(); ++steps, zone = parentOf(*zone))
            if (std::all_of(component.zones.begin(), component.zones.end(),
                            [&](const ZoneId& id) { return isInside(m_design.zones.find(id), *zone); }))
                return zone;
        return nullptr;
    }

    /// A zone of which something stays is drawn around what comes of it; the others are clusters.
    void addClusters() {
        std::set<const Zone*> broken;
        for (const Component& c : m_design.components)
            if (!isLaidOut(c.id))
                for (const Zone* z = home(c); z && broken.insert(z).second;) z = parentOf(*z);
        std::vector<std::pair<int, const Zone*>> byDepth;
        for (const Zone& zone : m_design.zones) {
            int depth = 0;
            for (const Zone* z = parentOf(zone); z && depth < 64; z = parentOf(*z)) ++depth;
            if (!broken.contains(&zone)) byDepth.emplace_back(depth, &zone);
        }
        std::stable_sort(byDepth.begin(), byDepth.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        for (const auto& entry : byDepth) {
            const auto parent = m_clusters.find(entry.second->parent.value);
            const int parentIndex = parent == m_clusters.end() ? -1 : parent->second;
            m_clusters[entry.second->id.value] = int(m_graph.clusters.size());
            m_graph.clusters.push_back({parentIndex});
            m_zones.push_back(entry.second);
        }
    }

    void addNodes() {
        for (const Component* c : m_moved) {
            LayeredGraph::Node node{m_options.cardWidth, m_options.cardHeight, -1,
                                    m_options.direction == Direction::right ? c->position.y : c->position.x};
            if (const Zone* zone = home(*c))
                if (const auto it = m_clusters.find(zone->id.value); it != m_clusters.end()) node.cluster = it->second;
            m_graph.nodes.push_back(node);
        }
    }

    double labelLength(const Connection& c) const {
        if (m_options.labelLength) return m_options.labelLength(c);
        if (!c.label.empty()) return double(c.label.size()) * 7 + 16;
        return c.mode == Mode::replicate || c.mode == Mode::standby ? 80 : 0;
    }

    void addEdges() {
        // Telemetry is hidden and goes everywhere: it places only what hangs on nothing else.
        std::vector<char> joined(m_moved.size(), 0);
        std::map<std::pair<int, int>, std::size_t> known;
        for (const bool telemetry : {false, true})
            for (const Connection& c : m_design.connections) {
                const auto from = m_index.find(c.from.value), to = m_index.find(c.to.value);
                if ((c.mode == Mode::telemetry) != telemetry || from == m_index.end() || to == m_index.end()) continue;
                if (from->second == to->second) continue;
                if (telemetry && joined[std::size_t(from->second)] && joined[std::size_t(to->second)]) continue;
                const auto made = known.try_emplace({from->second, to->second}, m_graph.edges.size());
                if (made.second)
                    m_graph.edges.push_back({from->second, to->second, telemetry ? 1 : 2, labelLength(c)});
                else
                    ++m_graph.edges[made.first->second].weight;
                if (!telemetry) joined[std::size_t(from->second)] = joined[std::size_t(to->second)] = 1;
            }
    }

    /// What is locked keeps its place on the whole; else the drawing begins where the old one did.
    void putWhereItWas() {
        double dx = 0, dy = 0, locked = 0;
        for (std::size_t i = 0; i < m_moved.size(); ++i) {
            if (!m_moved[i]->locked) continue;
            dx += m_moved[i]->position.x - m_drawing.nodes[i].x;
            dy += m_moved[i]->position.y - m_drawing.nodes[i].y;
            ++locked;
        }
        if (locked > 0) {
            dx /= locked, dy /= locked;
        } else {
            Area before, after;
            for (std::size_t i = 0; i < m_moved.size(); ++i) {
                before.include(card(m_moved[i]->position));
                after.include(card(m_drawing.nodes[i]));
            }
            if (m_options.only.empty()) {
                dx = before.left - after.left, dy = before.top - after.top;
            } else {
                dx = (before.left + before.right - after.left - after.right) / 2;
                dy = (before.top + before.bottom - after.top - after.bottom) / 2;
            }
        }
        dx = snapped(dx), dy = snapped(dy);
        // Middles of cards lie on the grid as well as their corners: round what is left over once for all.
        const double restX = snapped(m_drawing.nodes[0].x + dx) - m_drawing.nodes[0].x - dx;
        const double restY = snapped(m_drawing.nodes[0].y + dy) - m_drawing.nodes[0].y - dy;
        dx += restX, dy += restY;
        for (Point& p : m_drawing.nodes) p = {p.x + dx, p.y + dy};
        for (Frame& f : m_drawing.clusters) f.x += dx, f.y += dy;
        for (std::size_t i = 0; i < m_moved.size(); ++i)
            if (m_moved[i]->locked) m_drawing.nodes[i] = m_moved[i]->position;
    }

    /// Cards that would lie on one that stays go to the nearest free place across the direction.
    void makeRoomForWhatStays() {
        BoxGrid taken;
        const auto frame = [this](Point p) { return Frame{p.x, p.y, m_options.cardWidth, m_options.cardHeight}; };
        bool any = false;
        for (const Component& c : m_design.components) {
            const auto it = m_index.find(c.id.value);
            if (it != m_index.end() && !c.locked) continue;
            taken.add(frame(c.position));
            any = true;
        }
        if (!any) return;
        std::vector<int> found;
        for (std::size_t i = 0; i < m_moved.size(); ++i) {
            if (m_moved[i]->locked) continue;
            const Point home = m_drawing.nodes[i];
            for (int step = 0; step < 400; ++step) {
                const double shift = (step % 2 ? 1 : -1) * ((step + 1) / 2) * layoutUnit;
                const Point at = m_options.direction == Direction::right ? Point{home.x, home.y + shift}
                                                                         : Point{home.x + shift, home.y};
                taken.find(card(at).grown(20), found);
                if (!found.empty()) continue;
                m_drawing.nodes[i] = at;
                break;
            }
            taken.add(frame(m_drawing.nodes[i]));
        }
    }

    /// A note goes with the card it stood by; where that is taken, below all.
    void placeNotes() {
        if (!m_options.only.empty()) return;
        std::vector<Area> taken;
        Area all;
        for (const Point& p : m_drawing.nodes) taken.push_back(card(p).grown(8)), all.include(card(p));
        for (const Frame& f : m_drawing.clusters)
            if (f.width > 0) all.include(Area::of(f)), taken.push_back(Area::of({f.x, f.y, f.width, 36}));
        double below = all.left;
        for (const Note& note : m_design.notes) {
            const Area old = noteArea(note, note.position);
            std::size_t nearest = 0;
            double least = 1e300;
            for (std::size_t i = 0; i < m_moved.size(); ++i) {
                const Area a = card(m_moved[i]->position);
                const double x = std::max({0.0, a.left - old.right, old.left - a.right});
                const double y = std::max({0.0, a.top - old.bottom, old.top - a.bottom});
                if (const double d = std::hypot(x, y); d < least) least = d, nearest = i;
            }
            const Point from = m_moved[nearest]->position, to = m_drawing.nodes[nearest];
            Point at{note.position.x + to.x - from.x, note.position.y + to.y - from.y};
            const auto covers = [&](Point p) {
                const Area area = noteArea(note, p);
                return std::any_of(taken.begin(), taken.end(), [&](const Area& t) { return t.overlaps(area); });
            };
            const double height = old.bottom - old.top;
            const std::vector<Point> places{
                at, {to.x, to.y + m_options.cardHeight + layoutUnit}, {to.x, to.y - height - layoutUnit}};
            const auto free = std::find_if(places.begin(), places.end(), [&](Point p) { return !covers(p); });
            if (least <= noteNear && free != places.end()) {
                at = *free;
            } else {
                at = {below, all.bottom + 2 * layoutUnit};
                while (covers(at)) at.x += layoutUnit;
                below = at.x + noteWidth + layoutUnit;
            }
            taken.push_back(noteArea(note, at).grown(8));
            m_notes.push_back({note.id, at});
        }
    }

    Edits collect() const {
        Edits edits;
        std::unordered_map<std::string, Point> at;
        for (const Component& c : m_design.components) at[c.id.value] = c.position;
        for (std::size_t i = 0; i < m_moved.size(); ++i) at[m_moved[i]->id.value] = m_drawing.nodes[i];
        // Inner frames first: an outer one holds them.
        std::map<std::string, Frame> frames;
        for (std::size_t k = m_zones.size(); k-- > 0;) {
            const Zone& zone = *m_zones[k];
            if (!zone.frame) continue;
            Area area;
            if (m_drawing.clusters[k].width > 0) area = Area::of(m_drawing.clusters[k]);
            for (const Component* c : m_moved)
                if (home(*c) == &zone && c->locked) {
                    const Area inside = card(at[c->id.value]);
                    area.include({inside.left - layoutUnit, inside.top - 40, inside.right + layoutUnit,
                                  inside.bottom + layoutUnit});
                }
            for (const auto& inner : frames)
                if (m_design.zones.find({inner.first})->parent == zone.id) {
                    const Area i = Area::of(inner.second);
                    area.include({i.left - layoutUnit, i.top - 40, i.right + layoutUnit, i.bottom + layoutUnit});
                }
            if (area.left > area.right) continue;
            frames[zone.id.value] = {area.left, area.top, area.right - area.left, area.bottom - area.top};
        }
        for (const Zone& zone : m_design.zones) {
            const auto it = frames.find(zone.id.value);
            if (it == frames.end() || it->second == *zone.frame) continue;
            Zone changed = zone;
            changed.frame = it->second;
            edits.push_back(Put<Zone>{std::move(changed), std::nullopt});
        }
        for (const Component* c : m_moved) {
            if (at[c->id.value] == c->position) continue;
            Component changed = *c;
            changed.position = at[c->id.value];
            edits.push_back(Put<Component>{std::move(changed), std::nullopt});
        }
        const bool anythingMoved = !edits.empty();
        for (const Connection& c : m_design.connections) {
            const bool moved = at[c.from.value] != m_design.components.find(c.from)->position ||
                               at[c.to.value] != m_design.components.find(c.to)->position;
            if (c.bends.empty() || !moved) continue;
            Connection changed = c;
            changed.bends.clear();
            edits.push_back(Put<Connection>{std::move(changed), std::nullopt});
        }
        if (!anythingMoved) return edits;
        for (const auto& placed : m_notes) {
            Note changed = *m_design.notes.find(placed.first);
            if (changed.position == placed.second) continue;
            changed.position = placed.second;
            edits.push_back(Put<Note>{std::move(changed), std::nullopt});
        }
        return edits;
    }

    const Design& m_design;
    const TidyOptions& m_options;
    std::vector<const Component*> m_moved;
    std::unordered_map<std::string, int> m_index;
    std::map<std::string, int> m_clusters;  // zone → cluster
    std::vector<const Zone*> m_zones;       // by cluster
    LayeredGraph m_graph;
    LayeredDrawing m_drawing;
    std::vector<std::pair<NoteId, Point>> m_notes;
};

}  // namespace

Edits tidyEdits(const Design& design, const TidyOptions& options) { return Tidier(design, options).edits(); }

}  // namespace loadpath
