// A line led through corners that the user chose. Looks at its own two cards alone.
#pragma once

#include "layout/route_search.h"

namespace loadpath {

/// Leaves and enters at the given ports, or at the sides that suit the bends. Where a bend no longer
/// lines up with its neighbour, a corner is put between. Precondition: there is a bend.
Route pinnedRoute(const Area& from, const Area& to, const std::vector<Point>& bends, const Port* leaves,
                  const Port* enters);

}  // namespace loadpath
