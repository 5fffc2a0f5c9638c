// What a screen reader finds on the canvas: a child for each component, with name, description, state
// and place. Knows the scene and the selection, nothing else.
#pragma once

namespace loadpath {

/// Once, before the first window; further calls do nothing.
void installCanvasAccessibility();

}  // namespace loadpath
