#include "layout/route_search.h"

#include <algorithm>
#include <array>

namespace loadpath {
namespace {

constexpr double goodLeg = 44;  // from here on an end of a line reads well
constexpr double stub = 16;     // the first and last segment are at least this long
constexpr double comfort = 14;  // distance kept from cards where there is room
constexpr double tight = 7;     // and where there is not
constexpr std::array<Side, 4> sides{Side::right, Side::bottom, Side::left, Side::top};

Point centre(const Area& a) { return {(a.left + a.right) / 2, (a.top + a.bottom) / 2}; }

double cost(const std::vector<Point>& points) {
    double length = 0;
    for (std::size_t i = 1; i < points.size(); ++i)
        length += std::abs(points[i].x - points[i - 1].x) + std::abs(points[i].y - points[i - 1].y);
    return length + bendCost * double(points.size() - 2);
}

void dropStraightPoints(std::vector<Point>& points) {
    std::vector<Point> kept;
    for (const Point& p : points) {
        if (!kept.empty() && kept.back() == p) continue;
        if (kept.size() >= 2) {
            const Point &a = kept[kept.size() - 2], &b = kept.back();
            if ((a.x == b.x && b.x == p.x) || (a.y == b.y && b.y == p.y)) kept.pop_back();
        }
        kept.push_back(p);
    }
    points = std::move(kept);
}

/// Coordinate at which both sliding ports make one straight line; nothing where their sides do not face.
std::optional<double> sharedLine(const Area& a, const Port& pa, const Area& b, const Port& pb) {
    const bool horizontal = isHorizontal(pa.side);
    const double loA = (horizontal ? a.top : a.left) + portInset, hiA = (horizontal ? a.bottom : a.right) - portInset;
    const double loB = (horizontal ? b.top : b.left) + portInset, hiB = (horizontal ? b.bottom : b.right) - portInset;
    if (pa.slides && pb.slides) {
        const double lo = std::max(loA, loB), hi = std::min(hiA, hiB);
        if (lo > hi) return std::nullopt;
        const double middle = (pa.along + pb.along) / 2;
        return std::clamp(middle, lo, hi);
    }
    if (pa.slides && pb.along >= loA && pb.along <= hiA) return pb.along;
    if (pb.slides && pa.along >= loB && pa.along <= hiB) return pa.along;
    if (pa.along == pb.along) return pa.along;
    return std::nullopt;
}

}  // namespace

double sideCentre(const Area& box, Side side) { return isHorizontal(side) ? centre(box).y : centre(box).x; }

Point portPoint(const Area& box, Side side, double along) {
    switch (side) {
        case Side::top:
            return {along, box.top};
        case Side::bottom:
            return {along, box.bottom};
        case Side::left:
            return {box.left, along};
        case Side::right:
            break;
    }
    return {box.right, along};
}

void RouteSearch::propose(std::vector<Point> points, Side leaves, Side enters) {
    dropStraightPoints(points);
    if (points.size() < 2) return;
    const double price = cost(points);
    m_candidates.push_back({price, Route{std::move(points), leaves, enters}});
}

void RouteSearch::propose(int from, Port leaves, int to, Port enters) {
    const Area &a = m_boxes[from], &b = m_boxes[to];
    const bool h1 = isHorizontal(leaves.side), h2 = isHorizontal(enters.side);
    // Everything is worked out as if the line left horizontally; `at` turns it back.
    const auto at = [h1](double main, double cross) { return h1 ? Point{main, cross} : Point{cross, main}; };
    const double d1 = outward(leaves.side), d2 = outward(enters.side);
    const auto mainOf = [h1](Point p) { return h1 ? p.x : p.y; };
    const auto crossOf = [h1](Point p) { return h1 ? p.y : p.x; };

    if (h1 == h2 && leaves.side != enters.side) {
        if (const auto line = sharedLine(a, leaves, b, enters)) leaves.along = enters.along = *line;
    }
    const Point p = portPoint(a, leaves.side, leaves.along), q = portPoint(b, enters.side, enters.along);
    const double pm = mainOf(p), pc = crossOf(p), qm = mainOf(q), qc = crossOf(q);

    if (h1 != h2) {
        // An L: the corner lies ahead of both ports.
        const double legs[2] = {(qm - pm) * d1, (pc - qc) * d2};
        if (legs[0] >= stub && legs[1] >= stub) {
            propose({p, at(qm, pc), q}, leaves.side, enters.side);
            // An arrow that hardly leaves its corner is hard to read.
            if (std::min(legs[0], legs[1]) < goodLeg) m_candidates.back().cost += bendCost;
            // Of two alike, the one that arrives along the reading direction: fewer lines cross it.
            if (h1) m_candidates.back().cost += 4;
        }
        // A Z that ends sideways: out, across, along, in.
        const double outM = (qm - pm) * d1 > 2 * stub ? (pm + qm) / 2 : pm + d1 * stub;
        const double overC = qc + d2 * stub;
        propose({p, at(outM, pc), at(outM, overC), at(qm, overC), q}, leaves.side, enters.side);
        return;
    }
    if (leaves.side == enters.side) {
        const double far = d1 > 0 ? std::max(pm, qm) + stub : std::min(pm, qm) - stub;
        propose({p, at(far, pc), at(far, qc), q}, leaves.side, enters.side);
        return;
    }
    if ((qm - pm) * d1 >= 2 * stub || (pc == qc && (qm - pm) * d1 > 0)) {
        const double middle = (pm + qm) / 2;
        propose({p, at(middle, pc), at(middle, qc), q}, leaves.side, enters.side);
        if (pc != qc) {
            propose({p, at(pm + d1 * stub, pc), at(pm + d1 * stub, qc), q}, leaves.side, enters.side);
            propose({p, at(qm - d1 * stub, pc), at(qm - d1 * stub, qc), q}, leaves.side, enters.side);
        }
        return;
    }
    // The target lies behind: out, across between or around both boxes, back, in.
    const double loA = h1 ? a.top : a.left, hiA = h1 ? a.bottom : a.right;
    const double loB = h1 ? b.top : b.left, hiB = h1 ? b.bottom : b.right;
    std::vector<double> ways{std::min(loA, loB) - stub, std::max(hiA, hiB) + stub};
    if (loB - hiA >= 2 * tight) ways.push_back((hiA + loB) / 2);
    if (loA - hiB >= 2 * tight) ways.push_back((hiB + loA) / 2);
    for (const double way : ways)
        propose(
            {p, at(pm + d1 * stub, pc), at(pm + d1 * stub, way), at(qm + d2 * stub, way), at(qm + d2 * stub, qc), q},
            leaves.side, enters.side);
}

bool RouteSearch::isClear(const std::vector<Point>& points, int from, int to, double clearance) const {
    const std::size_t last = points.size() - 2;
    for (std::size_t i = 0; i <= last; ++i) {
        if (!m_boxes.isClear(points[i], points[i + 1], clearance, from, to)) return false;
        // A line keeps clear of its own cards, too, but may pass nearer to them.
        const Area area = Area::of(points[i], points[i + 1]).grown(tight);
        if (i != 0 && area.overlaps(m_boxes[from])) return false;
        if (i != last && area.overlaps(m_boxes[to])) return false;
    }
    return true;
}

RouteSearch::Found RouteSearch::anySides(int from, int to) {
    m_candidates.clear();
    for (const Side a : sides)
        for (const Side b : sides)
            propose(from, {a, sideCentre(m_boxes[from], a), true}, to, {b, sideCentre(m_boxes[to], b), true});
    return best(from, to, nullptr, nullptr);
}

RouteSearch::Found RouteSearch::between(int from, const Port& leaves, int to, const Port& enters) {
    m_candidates.clear();
    propose(from, leaves, to, enters);
    return best(from, to, &leaves, &enters);
}

RouteSearch::Found RouteSearch::best(int from, int to, const Port* leaves, const Port* enters) {
    std::stable_sort(m_candidates.begin(), m_candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.cost < b.cost; });
    Found found;
    for (const double clearance : {comfort, tight}) {
        for (Candidate& candidate : m_candidates) {
            for (std::size_t i = 1; i < candidate.route.points.size(); ++i)
                found.examined.include(
                    Area::of(candidate.route.points[i - 1], candidate.route.points[i]).grown(comfort));
            if (!isClear(candidate.route.points, from, to, clearance)) continue;
            found.route = std::move(candidate.route);
            found.clear = true;
            return found;
        }
    }
    Area region = m_boxes[from];
    region.include(m_boxes[to]);
    for (const double reach : {100.0, 500.0}) {
        const Area wide = region.grown(reach);
        found.examined.include(wide.grown(comfort));
        for (const double margin : {comfort, tight})
            if (auto route = walk(from, to, leaves, enters, wide, margin)) {
                found.route = std::move(*route);
                found.clear = true;
                return found;
            }
    }
    found.route = m_candidates.front().route;
    return found;
}

namespace {

void unique(std::vector<double>& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}
int indexIn(const std::vector<double>& values, double v) {
    return int(std::lower_bound(values.begin(), values.end(), v) - values.begin());
}
constexpr char blockedRight = 1, blockedDown = 2;
constexpr int mostCrossings = 120000;  // beyond, the search would be felt

}  // namespace

std::optional<Route> RouteSearch::walk(int from, int to, const Port* leaves, const Port* enters, const Area& region,
                                       double margin) {
    m_boxes.find(region.grown(margin), m_near);

    struct End {
        Port port;
        Point at, out;
    };
    const auto endsOf = [&](int box, const Port* fixed) {
        std::vector<End> ends;
        for (const Side side : sides) {
            if (fixed && fixed->side != side) continue;
            const Port port = fixed ? *fixed : Port{side, sideCentre(m_boxes[box], side), true};
            const Point at = portPoint(m_boxes[box], side, port.along);
            Point out = at;
            (isHorizontal(side) ? out.x : out.y) += outward(side) * margin;
            ends.push_back({port, at, out});
        }
        return ends;
    };
    const std::vector<End> starts = endsOf(from, leaves), goals = endsOf(to, enters);

    m_xs = {region.left, region.right};
    m_ys = {region.top, region.bottom};
    for (const int box : m_near) {
        const Area a = m_boxes[box].grown(margin);
        m_xs.insert(m_xs.end(), {a.left, a.right});
        m_ys.insert(m_ys.end(), {a.top, a.bottom});
    }
    for (const std::vector<End>* ends : {&starts, &goals})
        for (const End& end : *ends) m_xs.push_back(end.out.x), m_ys.push_back(end.out.y);
    unique(m_xs);
    unique(m_ys);
    const int nx = int(m_xs.size()), ny = int(m_ys.size());

    if (double(nx) * ny > mostCrossings) return std::nullopt;
    m_blocked.assign(std::size_t(nx * ny), 0);
    for (const int box : m_near) {
        // A hair smaller, so that the lines along its own margin are free.
        const Area a = m_boxes[box].grown(margin - 0.01);
        const int x0 = indexIn(m_xs, a.left), x1 = indexIn(m_xs, a.right);
        const int y0 = indexIn(m_ys, a.top), y1 = indexIn(m_ys, a.bottom);
        for (int y = y0; y < y1; ++y)
            for (int x = std::max(0, x0 - 1); x < x1; ++x) m_blocked[std::size_t(y * nx + x)] |= blockedRight;
        for (int y = std::max(0, y0 - 1); y < y1; ++y)
            for (int x = x0; x < x1; ++x) m_blocked[std::size_t(y * nx + x)] |= blockedDown;
    }

    // A state is a crossing of lines, reached horizontally (even) or vertically (odd).
    const std::size_t states = std::size_t(nx * ny) * 2;
    m_cost.assign(states, 1e300);
    m_previous.assign(states, -1);
    m_open.clear();
    int order = 0;
    const auto remaining = [&](Point p) {
        double least = 1e300;
        for (const End& goal : goals) least = std::min(least, std::abs(goal.out.x - p.x) + std::abs(goal.out.y - p.y));
        return least;
    };
    const auto reach = [&](int state, double price, int previous) {
        if (price >= m_cost[std::size_t(state)]) return;
        m_cost[std::size_t(state)] = price;
        m_previous[std::size_t(state)] = previous;
        const int node = state / 2;
        m_open.push_back(
            {price + remaining({m_xs[std::size_t(node % nx)], m_ys[std::size_t(node / nx)]}), order++, state});
        std::push_heap(m_open.begin(), m_open.end());
    };
    const auto stateOf = [&](const End& end) {
        return (indexIn(m_ys, end.out.y) * nx + indexIn(m_xs, end.out.x)) * 2 + (isHorizontal(end.port.side) ? 0 : 1);
    };
    const auto covered = [&](const End& end, int own) {
        return !m_boxes.isClear(end.at, end.out, tight - 0.01, own, -1);
    };
    for (const End& start : starts)
        if (!covered(start, from)) reach(stateOf(start), 0, -1);
    std::vector<std::pair<int, const End*>> goalStates;
    for (const End& goal : goals)
        if (!covered(goal, to)) goalStates.emplace_back(stateOf(goal), &goal);

    while (!m_open.empty()) {
        std::pop_heap(m_open.begin(), m_open.end());
        const Open open = m_open.back();
        m_open.pop_back();
        const int state = open.state, node = state / 2, x = node % nx, y = node / nx;
        const double price = m_cost[std::size_t(state)];
        if (open.estimate > price + remaining({m_xs[std::size_t(x)], m_ys[std::size_t(y)]}) + 1e-9) continue;
        for (const auto& goal : goalStates) {
            if (goal.first != state) continue;
            const End& end = *goal.second;
            Route route;
            route.enters = end.port.side;
            route.points = {end.at};
            int s = state;
            for (; s >= 0; s = m_previous[std::size_t(s)])
                route.points.push_back({m_xs[std::size_t(s / 2 % nx)], m_ys[std::size_t(s / 2 / nx)]});
            const Point first = route.points.back();
            for (const End& start : starts)
                if (start.out == first) route.leaves = start.port.side, route.points.push_back(start.at);
            std::reverse(route.points.begin(), route.points.end());
            dropStraightPoints(route.points);
            return route;
        }
        const auto step = [&](int nextX, int nextY) {
            const double length = std::abs(m_xs[std::size_t(nextX)] - m_xs[std::size_t(x)]) +
                                  std::abs(m_ys[std::size_t(nextY)] - m_ys[std::size_t(y)]);
            reach((nextY * nx + nextX) * 2 + state % 2, price + length, state);
        };
        const auto blocked = [&](int bx, int by, char way) {
            return (m_blocked[std::size_t(by * nx + bx)] & way) != 0;
        };
        reach(state ^ 1, price + bendCost, state);
        if (state % 2 == 0) {
            if (x + 1 < nx && !blocked(x, y, blockedRight)) step(x + 1, y);
            if (x > 0 && !blocked(x - 1, y, blockedRight)) step(x - 1, y);
        } else {
            if (y + 1 < ny && !blocked(x, y, blockedDown)) step(x, y + 1);
            if (y > 0 && !blocked(x, y - 1, blockedDown)) step(x, y - 1);
        }
    }
    return std::nullopt;
}

}  // namespace loadpath
