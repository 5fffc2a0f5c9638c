// Where something that is moved lines up with what stands around it: edges, middles, equal gaps, else
// the grid. Plain geometry in px of the canvas.
#pragma once

#include <QLineF>
#include <QRectF>

#include <vector>

namespace loadpath {

struct Snapped {
    QPointF shift;               // to be added
    std::vector<QLineF> guides;  // what lines up, to be drawn
};

/// `reach` is how far something may be to be lined up with. Where nothing is, the grid takes over in
/// that direction (`step` 0: none).
Snapped snap(const QRectF& moving, const std::vector<QRectF>& others, double reach, double step);

}  // namespace loadpath
