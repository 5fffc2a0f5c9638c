// Which finding hides which: where two rules see the same trouble, the one that names the cause stays.
#pragma once

#include "rules/rule.h"

#include <vector>

namespace loadpath {

void hideConsequences(std::vector<Finding>& findings, const Snapshot& snapshot);

}  // namespace loadpath
