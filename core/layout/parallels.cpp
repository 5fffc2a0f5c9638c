#include "layout/parallels.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace loadpath {
namespace {

constexpr double distance = 9;   // between parallel lines
constexpr double shortest = 12;  // what must be left of the neighbours of a moved segment

struct Segment {
    int line = 0, index = 0;
    double at = 0, lo = 0, hi = 0;
};

/// Segments of one orientation, found by their coordinate.
class Lanes {
public:
    void place(const Segment& s) { m_rows[row(s.at)].push_back(s); }
    bool isFree(const Segment& s, double at) const {
        for (int r = row(at - distance); r <= row(at + distance); ++r) {
            const auto it = m_rows.find(r);
            if (it == m_rows.end()) continue;
            for (const Segment& other : it->second)
                if (other.line != s.line && std::abs(other.at - at) < distance - 1 && other.lo < s.hi - 1 &&
                    s.lo < other.hi - 1)
                    return false;
        }
        return true;
    }

private:
    static int row(double at) { return int(std::floor(at / 16)); }
    std::unordered_map<int, std::vector<Segment>> m_rows;
};

double& mainOf(Point& p, bool horizontal) { return horizontal ? p.y : p.x; }
double mainOf(const Point& p, bool horizontal) { return horizontal ? p.y : p.x; }

/// Whether the segment may lie at `at`: its neighbours stay long enough and nothing is in the way.
bool fits(const BoxGrid& boxes, const Polyline& line, std::size_t i, bool horizontal, double at) {
    const double before = mainOf(line.points[i - 1], horizontal), after = mainOf(line.points[i + 2], horizontal);
    const double now = mainOf(line.points[i], horizontal);
    if ((now - before) * (at - before) <= 0 || (now - after) * (at - after) <= 0) return false;
    if (std::abs(at - before) < shortest || std::abs(at - after) < shortest) return false;
    Point a = line.points[i], b = line.points[i + 1];
    mainOf(a, horizontal) = mainOf(b, horizontal) = at;
    return boxes.isClear(a, b, 5, -1, -1) && boxes.isClear(line.points[i - 1], a, 5, line.from, line.to) &&
           boxes.isClear(b, line.points[i + 2], 5, line.from, line.to);
}

}  // namespace

void moveParallelsApart(const BoxGrid& boxes, std::vector<Polyline>& lines) {
    for (const bool horizontal : {false, true}) {
        Lanes lanes;
        std::vector<Segment> inner;
        for (std::size_t l = 0; l < lines.size(); ++l) {
            const std::vector<Point>& p = lines[l].points;
            for (std::size_t i = 0; i + 1 < p.size(); ++i) {
                if ((p[i].y == p[i + 1].y) != horizontal) continue;
                const double a = horizontal ? p[i].x : p[i].y, b = horizontal ? p[i + 1].x : p[i + 1].y;
                const Segment s{int(l), int(i), mainOf(p[i], horizontal), std::min(a, b), std::max(a, b)};
                if (i == 0 || i + 2 == p.size())
                    lanes.place(s);
                else
                    inner.push_back(s);
            }
        }
        std::sort(inner.begin(), inner.end(), [](const Segment& a, const Segment& b) {
            return std::tie(a.at, a.lo, a.line, a.index) < std::tie(b.at, b.lo, b.line, b.index);
        });
        for (Segment& s : inner) {
            Polyline& line = lines[std::size_t(s.line)];
            const std::size_t i = std::size_t(s.index);
            const double home = s.at;
            for (const double offset : std::array{0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0, 4.0, -4.0}) {
                const double at = home + offset * distance;
                if (!lanes.isFree(s, at) || (offset != 0 && !fits(boxes, line, i, horizontal, at))) continue;
                s.at = at;
                mainOf(line.points[i], horizontal) = mainOf(line.points[i + 1], horizontal) = at;
                break;
            }
            lanes.place(s);
        }
    }
}

}  // namespace loadpath
