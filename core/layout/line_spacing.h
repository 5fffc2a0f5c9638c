// Keeps segments of different connections apart where they would lie on each other, in the order that
// crosses least. Local: what a line looks like depends on the lines and boxes near it alone.
#pragma once

#include "layout/box_grid.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace loadpath {

class LineSpacing {
public:
    explicit LineSpacing(const BoxGrid& boxes) : m_boxes(boxes) {}

    enum class Moves { yes, never };  // whether inner segments may be moved; ends never are
    void set(int line, int from, int to, const std::vector<Point>& base, Moves moves);
    void remove(int line);
    /// Boxes in the area came or went.
    void touch(const Area& area) { m_touched.push_back(area); }

    /// Lines that may lie elsewhere now.
    std::vector<int> update();
    const std::vector<Point>& points(int line) const { return m_lines[std::size_t(line)].points; }

private:
    struct Line {
        int from = -1, to = -1;
        Moves moves = Moves::yes;
        std::vector<Point> base, points;
        std::vector<double> at;       // coordinate of each segment
        std::vector<unsigned> round;  // when a segment was last looked at
    };
    struct Ref {
        int line = 0, index = 0;
        friend bool operator==(const Ref&, const Ref&) = default;
    };
    struct Segment {
        Ref ref;
        bool horizontal = false, fixed = false;
        double at = 0, lo = 0, hi = 0;
        double wanted = 0;
        int rank = 0;
    };
    using Index = std::unordered_map<std::uint64_t, std::vector<Ref>>;

    Segment segment(Ref ref) const;
    template <class F>
    void visitCells(const Segment& s, double reach, F visit) const;
    void insert(int line);
    void erase(int line);
    void seedNear(const Segment& s);
    void neighbours(const Segment& s, double reach, std::vector<Ref>& found) const;
    void gather(Ref seed, std::vector<Segment>& group);
    void spread(std::vector<Segment>& group);
    void orderByCrossings(std::vector<Segment>& group) const;
    int crossings(const Segment& before, const Segment& behind) const;
    bool fits(const Segment& s, double at) const;
    bool collides(const Segment& s, double at, const std::vector<Segment>& group) const;
    void finish(int line);

    const BoxGrid& m_boxes;
    std::vector<Line> m_lines;
    Index m_cells[2];  // by orientation: vertical, horizontal
    std::vector<Ref> m_seeds;
    std::vector<int> m_changed;
    std::vector<Area> m_touched;
    unsigned m_round = 0;
};

}  // namespace loadpath
