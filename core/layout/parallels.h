// Moves segments of different connections apart where they would lie on each other.
#pragma once

#include "layout/box_grid.h"

#include <vector>

namespace loadpath {

struct Polyline {
    int from = 0, to = 0;  // boxes
    std::vector<Point> points;
};

/// Only inner segments move, a few pixels, and never onto a box. Depends on all lines together.
void moveParallelsApart(const BoxGrid& boxes, std::vector<Polyline>& lines);

}  // namespace loadpath
