#include "layout/pinned_route.h"

#include <algorithm>
#include <array>
#include <optional>

namespace loadpath {
namespace {

constexpr double wrongWay = 400;

struct End {
    Point at;
    Side side = Side::right;
};

/// A port that has its side to itself slides to where it meets the bend straight on.
Port towards(const Area& box, Port port, Point bend) {
    const bool horizontal = isHorizontal(port.side);
    const double lo = (horizontal ? box.top : box.left) + portInset,
                 hi = (horizontal ? box.bottom : box.right) - portInset;
    const double wanted = horizontal ? bend.y : bend.x;
    if (port.slides && wanted >= lo && wanted <= hi) port.along = wanted;
    return port;
}

/// From a port to the first point of the rest: straight out, then across.
void join(std::vector<Point>& points, const End& end, Point next) {
    points.push_back(end.at);
    points.push_back(isHorizontal(end.side) ? Point{next.x, end.at.y} : Point{end.at.x, next.y});
}

std::vector<Point> through(const End& start, const End& goal, const std::vector<Point>& bends) {
    std::vector<Point> points;
    join(points, start, bends.front());
    for (const Point& bend : bends) {
        const Point before = points.back();
        if (before.x != bend.x && before.y != bend.y) {
            // Go on in the direction the line has, then turn.
            const bool wasHorizontal = points.size() >= 2 && points[points.size() - 2].y == before.y;
            points.push_back(wasHorizontal ? Point{bend.x, before.y} : Point{before.x, bend.y});
        }
        points.push_back(bend);
    }
    std::vector<Point> tail;
    join(tail, goal, bends.back());
    points.insert(points.end(), tail.rbegin(), tail.rend());

    std::vector<Point> kept;
    for (const Point& p : points) {
        if (!kept.empty() && kept.back() == p) continue;
        if (kept.size() >= 2) {
            const Point &a = kept[kept.size() - 2], &b = kept.back();
            if ((a.x == b.x && b.x == p.x) || (a.y == b.y && b.y == p.y)) kept.pop_back();
        }
        kept.push_back(p);
    }
    return kept;
}

double priceOf(const std::vector<Point>& points, Side leaves, Side enters) {
    double price = bendCost * double(points.size() - 2);
    for (std::size_t i = 1; i < points.size(); ++i)
        price += std::abs(points[i].x - points[i - 1].x) + std::abs(points[i].y - points[i - 1].y);
    const auto goesOut = [](Side side, Point port, Point next) {
        return isHorizontal(side) ? (next.x - port.x) * outward(side) > 0 : (next.y - port.y) * outward(side) > 0;
    };
    if (!goesOut(leaves, points[0], points[1])) price += wrongWay;
    if (!goesOut(enters, points[points.size() - 1], points[points.size() - 2])) price += wrongWay;
    return price;
}

}  // namespace

Route pinnedRoute(const Area& from, const Area& to, const std::vector<Point>& bends, const Port* leaves,
                  const Port* enters) {
    constexpr std::array all{Side::right, Side::bottom, Side::left, Side::top};
    Route best;
    double least = 1e300;
    for (const Side a : all)
        for (const Side b : all) {
            if ((leaves && leaves->side != a) || (enters && enters->side != b)) continue;
            const Port out = towards(from, leaves ? *leaves : Port{a, sideCentre(from, a), true}, bends.front());
            const Port in = towards(to, enters ? *enters : Port{b, sideCentre(to, b), true}, bends.back());
            std::vector<Point> points =
                through({portPoint(from, a, out.along), a}, {portPoint(to, b, in.along), b}, bends);
            if (points.size() < 2) continue;
            const double price = priceOf(points, a, b);
            if (price >= least) continue;
            least = price;
            best = {std::move(points), a, b};
        }
    // Ports that lie on each other leave no line to draw; the straight one between them has two ends at least.
    if (best.points.empty())
        best.points = {portPoint(from, best.leaves, sideCentre(from, best.leaves)),
                       portPoint(to, best.enters, sideCentre(to, best.enters))};
    return best;
}

}  // namespace loadpath
