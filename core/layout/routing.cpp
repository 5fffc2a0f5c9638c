#include "layout/routing.h"

#include "layout/pinned_route.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace loadpath {
namespace {

constexpr double portDistance = 20, portMargin = 12;

bool overlapsAny(const Area& area, const Area& all, const std::vector<Frame>& changed) {
    if (!area.overlaps(all)) return false;
    return std::any_of(changed.begin(), changed.end(), [&](const Frame& f) { return area.overlaps(Area::of(f)); });
}

Frame frameOf(const Area& a) { return {a.left, a.top, a.right - a.left, a.bottom - a.top}; }

/// A connection of a card with itself leaves at the right and comes back from above.
Route loopOf(const Area& box) {
    const double x = box.right, y = box.top, reach = 22, inset = 24;
    return {{{x, y + inset}, {x + reach, y + inset}, {x + reach, y - reach}, {x - inset, y - reach}, {x - inset, y}},
            Side::right,
            Side::top};
}

}  // namespace

int Router::addBox(const Frame& box) {
    m_linksOf.emplace_back();
    m_changed.push_back(box);
    return m_boxes.add(box);
}

void Router::touch(const Frame& changed) { m_changed.push_back(changed); }

void Router::moveBox(int box, const Frame& to) {
    const Frame before = frameOf(m_boxes[box]);
    if (before == to) return;
    touch(before);
    touch(to);
    m_boxes.move(box, to);
    for (const int link : m_linksOf[std::size_t(box)]) m_links[std::size_t(link)].dirty = true;
}

void Router::removeBox(int box) {
    assert(m_linksOf[std::size_t(box)].empty());
    touch(frameOf(m_boxes[box]));
    m_boxes.remove(box);
}

int Router::connect(int from, int to) {
    const int link = int(m_links.size());
    m_links.emplace_back();
    m_links.back().from = from;
    m_links.back().to = to;
    m_linksOf[std::size_t(from)].push_back(link);
    if (to != from) m_linksOf[std::size_t(to)].push_back(link);
    return link;
}

void Router::disconnect(int connection) {
    Link& link = m_links[std::size_t(connection)];
    link.alive = false;
    m_spacing.remove(connection);
    for (const int box : {link.from, link.to}) {
        std::erase(m_linksOf[std::size_t(box)], connection);
        m_touchedBoxes.push_back(box);
    }
}

void Router::setBends(int connection, std::vector<Point> bends) {
    Link& link = m_links[std::size_t(connection)];
    if (link.bends == bends) return;
    link.bends = std::move(bends);
    link.dirty = true;
}

void Router::chooseSides(std::vector<int>& touchedBoxes) {
    for (const int index : m_pending) {
        Link& link = m_links[std::size_t(index)];
        touchedBoxes.push_back(link.from);
        touchedBoxes.push_back(link.to);
        RouteSearch::Found found;
        if (link.from == link.to) {
            found.route = loopOf(m_boxes[link.from]);
            found.examined = m_boxes[link.from];
        } else if (!link.bends.empty()) {
            found.route = pinnedRoute(m_boxes[link.from], m_boxes[link.to], link.bends, nullptr, nullptr);
        } else {
            found = m_search.anySides(link.from, link.to);
        }
        link.sidesExamined = found.examined;
        link.leaves = found.route.leaves;
        link.enters = found.route.enters;
        link.base = std::move(found.route.points);
    }
}

void Router::placePorts(const std::vector<int>& boxes) {
    for (const int box : boxes)
        for (const Side side : {Side::top, Side::right, Side::bottom, Side::left}) placePorts(box, side);
}

void Router::placePorts(int box, Side side) {
    struct End {
        double turn;  // from straight out towards where the line goes
        int link, end;
    };
    std::vector<End> ends;
    const Area& area = m_boxes[box];
    const Point centre{(area.left + area.right) / 2, (area.top + area.bottom) / 2};
    const bool horizontal = side == Side::left || side == Side::right;
    for (const int index : m_linksOf[std::size_t(box)]) {
        const Link& link = m_links[std::size_t(index)];
        if (link.from == link.to) continue;
        const int end = link.from == box ? 0 : 1;
        if ((end == 0 ? link.leaves : link.enters) != side) continue;
        Area other = m_boxes[end == 0 ? link.to : link.from];
        if (!link.bends.empty()) {
            const Point bend = end == 0 ? link.bends.front() : link.bends.back();
            other = Area::of(bend, bend);
        }
        const Point goal{(other.left + other.right) / 2, (other.top + other.bottom) / 2};
        const double out = side == Side::right    ? goal.x - area.right
                           : side == Side::left   ? area.left - goal.x
                           : side == Side::bottom ? goal.y - area.bottom
                                                  : area.top - goal.y;
        ends.push_back({std::atan2(horizontal ? goal.y - centre.y : goal.x - centre.x, out), index, end});
    }
    std::sort(ends.begin(), ends.end(),
              [](const End& a, const End& b) { return a.turn != b.turn ? a.turn < b.turn : a.link < b.link; });
    const double length = horizontal ? area.bottom - area.top : area.right - area.left;
    const double count = double(ends.size());
    const double step = count > 1 ? std::min(portDistance, (length - 2 * portMargin) / (count - 1)) : 0;
    for (std::size_t i = 0; i < ends.size(); ++i) {
        Link& link = m_links[std::size_t(ends[i].link)];
        const Port port{side, sideCentre(area, side) + (double(i) - (count - 1) / 2) * step, ends.size() == 1};
        if (link.ports[ends[i].end] == port) continue;
        link.ports[ends[i].end] = port;
        link.dirty = true;
    }
}

std::vector<int> Router::update() {
    Area all;
    for (const Frame& f : m_changed) all.include(Area::of(f));
    m_pending.clear();
    for (std::size_t i = 0; i < m_links.size(); ++i) {
        Link& link = m_links[i];
        if (!link.alive) continue;
        if (link.dirty || overlapsAny(link.sidesExamined, all, m_changed)) {
            link.dirty = true;
            m_pending.push_back(int(i));
        }
    }
    chooseSides(m_touchedBoxes);
    std::sort(m_touchedBoxes.begin(), m_touchedBoxes.end());
    m_touchedBoxes.erase(std::unique(m_touchedBoxes.begin(), m_touchedBoxes.end()), m_touchedBoxes.end());
    placePorts(m_touchedBoxes);
    m_touchedBoxes.clear();

    m_searched = 0;
    for (std::size_t i = 0; i < m_links.size(); ++i) {
        Link& link = m_links[i];
        if (!link.alive || (!link.dirty && !overlapsAny(link.routeExamined, all, m_changed))) continue;
        ++m_searched;
        // With both sides to themselves the way found for the sides is the way.
        const bool settled = std::binary_search(m_pending.begin(), m_pending.end(), int(i)) &&
                             ((link.ports[0].slides && link.ports[1].slides) || link.from == link.to);
        if (settled) {
            link.routeExamined = link.sidesExamined;
        } else if (!link.bends.empty()) {
            link.base =
                pinnedRoute(m_boxes[link.from], m_boxes[link.to], link.bends, &link.ports[0], &link.ports[1]).points;
            link.routeExamined = {};
        } else {
            RouteSearch::Found found = m_search.between(link.from, link.ports[0], link.to, link.ports[1]);
            link.routeExamined = found.examined;
            link.base = std::move(found.route.points);
        }
        link.dirty = false;
        const bool stays = !link.bends.empty() || link.from == link.to;
        m_spacing.set(int(i), link.from, link.to, link.base,
                      stays ? LineSpacing::Moves::never : LineSpacing::Moves::yes);
    }
    for (const Frame& f : m_changed) m_spacing.touch(Area::of(f));
    m_changed.clear();

    std::vector<int> changed;
    for (const int index : m_spacing.update()) {
        Link& link = m_links[std::size_t(index)];
        if (!link.alive) continue;
        Route route{m_spacing.points(index), link.leaves, link.enters};
        if (route == link.route) continue;
        link.route = std::move(route);
        changed.push_back(index);
    }
    return changed;
}

}  // namespace loadpath
