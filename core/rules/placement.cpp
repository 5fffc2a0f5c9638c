#include "rules/placement.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

constexpr double cellWidth = 240, cellHeight = 120;
constexpr std::size_t crowded = 64;  // cards in one cell; no need to look closer

bool overlap(Point a, Point b) {
    return std::abs(a.x - b.x) < Placement::cardWidth + Placement::grid &&
           std::abs(a.y - b.y) < Placement::cardHeight + Placement::grid;
}

}  // namespace

std::int64_t Placement::cellOf(double x, double y, int dx, int dy) {
    const auto column = static_cast<std::int64_t>(std::floor(x / cellWidth)) + dx;
    const auto row = static_cast<std::int64_t>(std::floor(y / cellHeight)) + dy;
    return column * 0x100000 + row;
}

void Placement::index() {
    m_indexed = true;
    for (const Component& component : m_design->components) {
        Cell& cell = m_cells[cellOf(component.position.x, component.position.y)];
        if (cell.size() < crowded && std::find(cell.begin(), cell.end(), component.position) == cell.end())
            cell.push_back(component.position);
    }
}

bool Placement::isFree(Point spot, const std::vector<Point>& others) const {
    for (int dx = -1; dx <= 1; ++dx)
        for (int dy = -1; dy <= 1; ++dy) {
            const auto cell = m_cells.find(cellOf(spot.x, spot.y, dx, dy));
            if (cell == m_cells.end()) continue;
            for (const Point& card : cell->second)
                if (overlap(card, spot)) return false;
        }
    return std::none_of(others.begin(), others.end(), [spot](Point other) { return overlap(other, spot); });
}

Point Placement::freeSpot(Point wanted, const std::vector<Point>& others) {
    if (!m_indexed) index();
    const auto snapped = [](double v) { return std::round(v / grid) * grid; };
    const Point start{snapped(wanted.x), snapped(wanted.y)};
    constexpr double stepX = 9 * grid, stepY = 4 * grid;  // a card and its margin
    constexpr int rings = 24;
    for (int ring = 0; ring <= rings; ++ring)
        for (int dy = ring; dy >= -ring; --dy)  // below before above, right before left
            for (int dx = ring; dx >= -ring; --dx) {
                if (std::max(std::abs(dx), std::abs(dy)) != ring) continue;
                const Point spot{start.x + dx * stepX, start.y + dy * stepY};
                if (isFree(spot, others)) return spot;
            }
    return start;
}

}  // namespace loadpath
