// What two designs differ in, and the edits that lead from one to the other. Knows no file and no view.
#pragma once

#include "model/edit.h"

#include <string>
#include <vector>

namespace loadpath {

enum class Presence { added, removed, changed };

struct ItemDifference {
    enum class Kind { component, connection, zone, flow, note };
    Kind kind = Kind::component;
    std::string id;
    Presence presence = Presence::changed;
    bool onlyMoved = false;  // changed in nothing but where it stands
};

/// In the order of the tables, removed items last in theirs. The header is not among them.
std::vector<ItemDifference> differenceOf(const Design& before, const Design& after);

/// Applied to `from` they give exactly `to`, the order of its items included.
Edits editsFromTo(const Design& from, const Design& to);

/// `after` with what only `before` has, so that both can be drawn in one picture.
Design bothOf(const Design& before, const Design& after);

}  // namespace loadpath
