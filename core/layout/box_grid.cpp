#include "layout/box_grid.h"

#include <algorithm>

namespace loadpath {

void BoxGrid::find(const Area& area, std::vector<int>& found) const {
    found.clear();
    const double cells = (area.right - area.left) / cell * ((area.bottom - area.top) / cell);
    if (cells > double(m_boxes.size())) {
        for (std::size_t i = 0; i < m_boxes.size(); ++i)
            if (m_alive[i] && m_boxes[i].overlaps(area)) found.push_back(int(i));
        return;
    }
    ++m_round;
    visit(area, [&](int box) {
        unsigned& seen = m_seen[std::size_t(box)];
        if (seen != m_round && m_boxes[std::size_t(box)].overlaps(area)) found.push_back(box);
        seen = m_round;
        return true;
    });
    std::sort(found.begin(), found.end());
}

void BoxGrid::insert(int box) {
    const Area& a = m_boxes[std::size_t(box)];
    for (int y = cellOf(a.top); y <= cellOf(a.bottom); ++y)
        for (int x = cellOf(a.left); x <= cellOf(a.right); ++x) m_cells[key(x, y)].push_back(box);
}

void BoxGrid::erase(int box) {
    const Area& a = m_boxes[std::size_t(box)];
    for (int y = cellOf(a.top); y <= cellOf(a.bottom); ++y)
        for (int x = cellOf(a.left); x <= cellOf(a.right); ++x) {
            const auto it = m_cells.find(key(x, y));
            if (it == m_cells.end()) continue;
            std::erase(it->second, box);
            if (it->second.empty()) m_cells.erase(it);
        }
}

}  // namespace loadpath
