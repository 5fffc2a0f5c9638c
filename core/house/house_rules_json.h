// Reads files of house rules: "format": "loadpath-rules". Every mistake is told with its place; a rule
// that could never fire as meant (an unknown type, property or figure) is a mistake.
#pragma once

#include "model/catalog.h"
#include "rules/house_rules.h"
#include "support/result.h"

#include <string>
#include <string_view>

namespace loadpath {

/// At most 20 problems, each with JSON pointer, line and column.
Result<HouseRules> readHouseRules(std::string_view text, const Catalog& catalog);

}  // namespace loadpath
