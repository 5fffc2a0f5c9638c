// Quick fixes by the dozen: applied again and again until nothing is left that one would mend. Knows no
// file and no window.
#pragma once

#include "rules/report.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace loadpath {

enum class FixScope {
    safe,  // only fixes that add nothing, remove nothing, move nothing and make nothing dearer
    all,
};

struct FixWishes {
    FixScope scope = FixScope::all;
    std::string rule;  // only its findings; empty: all
    std::shared_ptr<const HouseRules> house;
    std::function<bool()> stopped;  // asked between the steps; empty: never
};

struct AppliedFix {
    std::string key, rule, title;
};

struct FixOutcome {
    Design design;
    std::vector<AppliedFix> applied;
    std::vector<AppliedFix> refused;  // mended nothing, or would have brought a new error
    Report before, after;
    bool stopped = false;
};

/// Only changes properties of what is there (or the share of a flow), and no amount of what is paid for.
bool onlyChangesProperties(const Fix& fix, const Design& design);
/// Safe as "Fix all safe ones" means it, cost included.
bool isSafeFix(const Fix& fix, const Snapshot& snapshot);

/// Acknowledged findings are left alone. Ends: no finding is mended twice.
FixOutcome fixAll(const Design& design, const std::shared_ptr<const Catalog>& catalog, const FixWishes& wishes);

/// One list of edits that makes `from` into `to` (components, connections, zones, flows).
Edits editsBetween(const Design& from, const Design& to);

}  // namespace loadpath
