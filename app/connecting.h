// What drawing a line between two components means: the mode and protocol that the pair speaks, and
// the properties that a plain drawing suggests (model §4b). Plain edits; knows no window.
#pragma once

#include "model/catalog.h"
#include "model/edit.h"

#include <string>

namespace loadpath {

struct ConnectionPlan {
    Edits edits;          // empty when refused
    std::string refusal;  // why not, for the user
    ConnectionId added;   // the line that was drawn (a companion for writes may come with it)
};

ConnectionPlan planConnection(const Design& design, const Catalog& catalog, const ComponentId& from,
                              const ComponentId& to);

/// The name shown: its own, else that of its type.
const std::string& shownName(const Component& component, const Catalog& catalog);

}  // namespace loadpath
