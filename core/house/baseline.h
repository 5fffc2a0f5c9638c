// What was known before: the findings of an earlier result of `check`, so that an old design is judged by
// what is new in it alone.
#pragma once

#include "rules/report.h"
#include "support/result.h"

#include <map>
#include <string>
#include <string_view>

namespace loadpath {

/// By key, the severity it had.
using Baseline = std::map<std::string, Severity>;

/// True for the JSON that `check --format json` writes, of one design or of several.
bool looksLikeResult(std::string_view text);
Result<Baseline> readBaseline(std::string_view text);
Baseline baselineOf(const Report& report);

/// Takes out of the report what the baseline has; what has become worse since stays. Returns how many.
int hideKnown(Report& report, const Baseline& baseline);

}  // namespace loadpath
