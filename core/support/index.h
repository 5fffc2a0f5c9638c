// Indices of the compiled graph are int, with -1 for "none"; containers want std::size_t.
#pragma once

#include <cstddef>

namespace loadpath {

inline std::size_t at(int index) { return static_cast<std::size_t>(index); }

}  // namespace loadpath
