// Ways to keep serving when one unit or one zone is lost, by kind of component. A stateless one gets
// instances, a SQL primary a standby, a cache a replica, a quorum a third member.
#pragma once

#include "rules/fix_builder.h"

#include <string>

namespace loadpath {

enum class Survive { unit, zone };

/// Adds the edits to `fix`; returns what they do, as words for a button ("Run two instances"), or
/// nothing where no honest edit exists.
std::string makeRedundant(FixBuilder& fix, int node, Survive what);
/// Sets the number of instances and keeps the connections they open within what the targets accept.
void setInstances(FixBuilder& fix, int node, int instances);

}  // namespace loadpath
