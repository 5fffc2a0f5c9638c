// Orthogonal routes of connections around cards: few bends, ports on the four sides, parallel lines
// kept apart. Plain geometry with integer handles; knows no design and no drawing.
#pragma once

#include "layout/box_grid.h"
#include "layout/line_spacing.h"
#include "layout/route_search.h"

#include <vector>

namespace loadpath {

/// Give it boxes (cards, and whatever else lines go around) and connections, call update(), read
/// routes. After a change only the connections
/// that it can have touched are routed again; the result is that of routing everything anew.
class Router {
public:
    int addBox(const Frame& box);
    void moveBox(int box, const Frame& to);
    void removeBox(int box);  // precondition: nothing is connected to it any more
    int connect(int from, int to);
    void disconnect(int connection);
    /// Corners that the line passes in this order, whatever stands there; empty: it finds its own way.
    void setBends(int connection, std::vector<Point> bends);

    /// Brings all routes up to date; returns the connections whose route is another than before.
    std::vector<int> update();
    const Route& route(int connection) const { return m_links[std::size_t(connection)].route; }
    /// How many connections the last update searched a way for.
    int searched() const { return m_searched; }

private:
    struct Link {
        int from = 0, to = 0;
        bool alive = true, dirty = true;
        Side leaves = Side::right, enters = Side::left;
        Port ports[2];
        Area sidesExamined, routeExamined;  // where a change of boxes can change the decision
        std::vector<Point> base;            // before parallel lines are moved apart
        std::vector<Point> bends;           // pinned
        Route route;
    };

    void chooseSides(std::vector<int>& touchedBoxes);
    void placePorts(const std::vector<int>& boxes);
    void placePorts(int box, Side side);
    void touch(const Frame& changed);

    BoxGrid m_boxes;
    std::vector<std::vector<int>> m_linksOf;  // by box
    std::vector<Link> m_links;
    std::vector<int> m_pending;  // links whose ends must be chosen anew
    std::vector<int> m_touchedBoxes;
    std::vector<Frame> m_changed;
    RouteSearch m_search{m_boxes};
    LineSpacing m_spacing{m_boxes};
    int m_searched = 0;
};

}  // namespace loadpath
