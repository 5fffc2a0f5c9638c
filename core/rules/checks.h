// The rules by name. A rule lives in checks/<name>.cpp; its line in rules.def puts it into the registry.
#pragma once

#include "rules/rule.h"

namespace loadpath::checks {

#define RULE(name) extern const Rule name;
#include "rules/rules.def"
#undef RULE

}  // namespace loadpath::checks
