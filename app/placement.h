// Where things stand: moving them, and the zones they come to stand in. Plain edits; knows no window.
#pragma once

#include "draw/tokens.h"
#include "model/edit.h"

#include <optional>
#include <string>
#include <vector>

namespace loadpath {

Point centreOf(const Component& component);

/// The innermost (smallest) zone whose frame holds the point; empty: none.
ZoneId zoneAt(const Design& design, Point point);

/// The innermost zone whose frame holds the whole frame, `self` and what is inside it left out.
ZoneId zoneAround(const Design& design, const Frame& frame, const ZoneId& self);

/// Moves the items by (dx, dy), zones with all that stands in them. What leaves one zone's frame or
/// enters another's changes its placement: the zone left is replaced by the one entered.
Edits moveEdits(const Design& design, const std::vector<std::string>& ids, double dx, double dy);

/// Gives a zone this frame; components over whose centre its border passes change their placement.
Edits frameEdits(const Design& design, const ZoneId& id, const Frame& frame);

/// Puts a new zone: components and zones inside its frame that stood in what surrounds it are in it.
Edits addZoneEdits(const Design& design, Zone zone);

}  // namespace loadpath
