// A part of a design on its way to the clipboard and back: what goes along, and how it is put into a
// design that has other ids. Plain edits; knows no clipboard.
#pragma once

#include "model/catalog.h"
#include "model/edit.h"

#include <optional>
#include <string>
#include <vector>

namespace loadpath {

/// The items, the connections among the components, the flows of its clients, and the zones that the
/// components are placed in (marked as surroundings unless they are chosen themselves).
Design fragmentOf(const Design& design, const std::vector<std::string>& ids);

struct Pasted {
    Edits edits;
    std::vector<std::string> ids;  // of what was added, to select
};

/// New items with free ids. References inside the fragment follow; those to what is not there are
/// dropped, except that surroundings are found again by their id. Moves everything by (dx, dy).
Pasted pasteEdits(const Design& design, const Catalog& catalog, const Design& fragment, double dx, double dy);

/// Around all positions and frames; unset when nothing has a place.
std::optional<Frame> boundsOf(const Design& design);

}  // namespace loadpath
