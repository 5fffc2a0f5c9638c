// Puts a connection pooler between callers and a database: many cheap connections in front, few behind.
#pragma once

#include "analysis/capacity_connections.h"
#include "rules/fix_builder.h"

#include <optional>

namespace loadpath {

double roundedUpToHundred(double value);
/// `use` are the connections that go through the pooler from now on, `behind` how many it may open itself.
std::optional<Fix> withPooler(const Snapshot& snapshot, Placement& placement, int database, const OpenConnections& use,
                              double behind);

}  // namespace loadpath
