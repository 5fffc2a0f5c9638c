// Where a card that a fix adds finds room: near its neighbour, on the grid, over no other card.
#pragma once

#include "model/design.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace loadpath {

class Placement {
public:
    static constexpr double grid = 24, cardWidth = 176, cardHeight = 66;

    explicit Placement(const Design& design) : m_design(&design) {}

    /// A free place at or around `wanted`, away from the cards of the design and from `others`.
    Point freeSpot(Point wanted, const std::vector<Point>& others = {});

private:
    using Cell = std::vector<Point>;
    static std::int64_t cellOf(double x, double y, int dx = 0, int dy = 0);
    void index();
    bool isFree(Point spot, const std::vector<Point>& others) const;

    const Design* m_design;
    bool m_indexed = false;  // most checks add nothing
    std::unordered_map<std::int64_t, Cell> m_cells;
};

}  // namespace loadpath
