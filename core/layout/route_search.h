// Finds one orthogonal way between two boxes: simple shapes first, else A* over the lines that the
// boxes in between span. Knows nothing of other connections.
#pragma once

#include "layout/box_grid.h"

#include <optional>
#include <vector>

namespace loadpath {

enum class Side { top, right, bottom, left };

constexpr double bendCost = 60;   // a bend is worth a detour of so much
constexpr double portInset = 14;  // sliding ports stay off the corners

inline bool isHorizontal(Side side) { return side == Side::left || side == Side::right; }
/// The sign of the direction away from the box.
inline double outward(Side side) { return side == Side::right || side == Side::bottom ? 1 : -1; }

struct Route {
    std::vector<Point> points;  // from port to port; segments alternate between horizontal and vertical
    Side leaves = Side::right, enters = Side::left;
    friend bool operator==(const Route&, const Route&) = default;
};

/// A place on a side. A port that has its side to itself may slide along it to make the line straight.
struct Port {
    Side side = Side::right;
    double along = 0;  // coordinate on the side
    bool slides = true;
    friend bool operator==(const Port&, const Port&) = default;
};

Point portPoint(const Area& box, Side side, double along);
double sideCentre(const Area& box, Side side);

class RouteSearch {
public:
    explicit RouteSearch(const BoxGrid& boxes) : m_boxes(boxes) {}

    struct Found {
        Route route;
        Area examined;       // boxes that come or go elsewhere cannot change the result
        bool clear = false;  // false: there was no free way, the route passes behind cards
    };
    /// The best way with all sides allowed, ports in their middle.
    Found anySides(int from, int to);
    /// The best way between two given ports.
    Found between(int from, const Port& leaves, int to, const Port& enters);

private:
    struct Candidate {
        double cost = 0;
        Route route;
    };
    void propose(int from, Port leaves, int to, Port enters);
    void propose(std::vector<Point> points, Side leaves, Side enters);
    bool isClear(const std::vector<Point>& points, int from, int to, double clearance) const;
    Found best(int from, int to, const Port* leaves, const Port* enters);
    std::optional<Route> walk(int from, int to, const Port* leaves, const Port* enters, const Area& region,
                              double margin);

    struct Open {
        double estimate;
        int order, state;
        bool operator<(const Open& o) const { return estimate != o.estimate ? estimate > o.estimate : order > o.order; }
    };
    const BoxGrid& m_boxes;
    std::vector<Candidate> m_candidates;
    // Working memory of walk(), kept to spare allocations.
    std::vector<int> m_near, m_previous;
    std::vector<double> m_xs, m_ys, m_cost;
    std::vector<char> m_blocked;
    std::vector<Open> m_open;
};

}  // namespace loadpath
