// Tidying up a design: a layered drawing of all of it or of a part, as edits. Zones stay together and
// locked components stay where they are. Knows sizes of cards, nothing of how they look.
#pragma once

#include "layout/layered.h"
#include "model/edit.h"

#include <functional>
#include <set>

namespace loadpath {

struct TidyOptions {
    Direction direction = Direction::right;
    std::set<std::string> only;  // components; empty: all
    double cardWidth = 176, cardHeight = 66;
    /// Room that the words on a line take along it; none: words are guessed by their length.
    std::function<double(const Connection&)> labelLength;
};

/// Moves components, frames of zones and notes; frees lines whose ends moved of their pinned bends.
/// Nothing where everything stands as it would be put.
Edits tidyEdits(const Design& design, const TidyOptions& options);

}  // namespace loadpath
