// Boxes in a hashed grid of square cells: what lies in an area is found without looking at the rest.
#pragma once

#include "model/design.h"

#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace loadpath {

struct Area {
    double left = 1e300, top = 1e300, right = -1e300, bottom = -1e300;

    static Area of(const Frame& f) { return {f.x, f.y, f.x + f.width, f.y + f.height}; }
    static Area of(Point a, Point b) {
        return {std::fmin(a.x, b.x), std::fmin(a.y, b.y), std::fmax(a.x, b.x), std::fmax(a.y, b.y)};
    }
    Area grown(double by) const { return {left - by, top - by, right + by, bottom + by}; }
    void include(const Area& o) {
        left = std::fmin(left, o.left), top = std::fmin(top, o.top);
        right = std::fmax(right, o.right), bottom = std::fmax(bottom, o.bottom);
    }
    /// Touching borders do not overlap.
    bool overlaps(const Area& o) const { return left < o.right && o.left < right && top < o.bottom && o.top < bottom; }
};

class BoxGrid {
public:
    int add(const Frame& box) {
        m_boxes.push_back(Area::of(box));
        m_alive.push_back(1);
        m_seen.push_back(0);
        insert(int(m_boxes.size()) - 1);
        return int(m_boxes.size()) - 1;
    }
    void move(int box, const Frame& to) {
        erase(box);
        m_boxes[std::size_t(box)] = Area::of(to);
        insert(box);
    }
    void remove(int box) {
        erase(box);
        m_alive[std::size_t(box)] = 0;
    }
    const Area& operator[](int box) const { return m_boxes[std::size_t(box)]; }
    std::size_t size() const { return m_boxes.size(); }

    /// True when no box but the two named ones comes closer than `clearance` to the segment.
    bool isClear(Point a, Point b, double clearance, int skip, int skipToo) const {
        const Area area = Area::of(a, b).grown(clearance);
        bool clear = true;
        visit(area, [&](int box) {
            if (box != skip && box != skipToo && m_boxes[std::size_t(box)].overlaps(area)) clear = false;
            return clear;
        });
        return clear;
    }
    /// Boxes that overlap the area, each once, in the order of their handles.
    void find(const Area& area, std::vector<int>& found) const;

private:
    static constexpr double cell = 240;
    static int cellOf(double v) { return int(std::floor(v / cell)); }
    static std::uint64_t key(int x, int y) { return (std::uint64_t(std::uint32_t(x)) << 32) | std::uint32_t(y); }

    template <class F>
    void visit(const Area& area, F keepGoing) const {
        for (int y = cellOf(area.top), lastY = cellOf(area.bottom); y <= lastY; ++y)
            for (int x = cellOf(area.left), lastX = cellOf(area.right); x <= lastX; ++x) {
                const auto it = m_cells.find(key(x, y));
                if (it == m_cells.end()) continue;
                for (const int box : it->second)
                    if (!keepGoing(box)) return;
            }
    }
    void insert(int box);
    void erase(int box);

    std::vector<Area> m_boxes;
    std::vector<char> m_alive;
    std::unordered_map<std::uint64_t, std::vector<int>> m_cells;
    mutable std::vector<unsigned> m_seen;
    mutable unsigned m_round = 0;
};

}  // namespace loadpath
