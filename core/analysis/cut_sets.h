// Minimal cut sets of a monotone function: sets of variables whose failure alone makes it false.
// Families of sets are kept as zero-suppressed diagrams, so that thousands of sets share their parts.
#pragma once

#include "analysis/bdd.h"

#include <limits>

namespace loadpath {

/// What failing a variable costs of the order that is asked for.
inline constexpr int cannotFail = std::numeric_limits<int>::max();

struct LevelCutSets {
    std::vector<std::vector<std::uint32_t>> sets;
    bool isComplete = true;  // false: stopped at `limit` sets, or the families outgrew their budget
};

/// Minimal sets of levels whose costs sum up to at most `order`, each ascending. A level of cost 0 has
/// failed already and stands in no set. Stops after `limit` sets, and before it takes more than some
/// 200 MB.
LevelCutSets minimalCutSets(const BddFunction& function, std::span<const int> costByLevel, int order,
                            std::size_t limit);

}  // namespace loadpath
