// The files beside a design: rules of a team's own. Where they are, and what stands in them.
#pragma once

#include "rules/house_rules.h"
#include "support/result.h"

#include <QString>

#include <memory>
#include <string>

namespace loadpath {

/// The file that the design names (relative to where it stands), else `<design>.rules.json` beside it where
/// there is one; empty: none.
QString houseRulesPath(const QString& designPath, const std::string& named);

/// Problems name the file where it cannot be read at all.
Result<std::shared_ptr<const HouseRules>> readHouseFile(const QString& path);

}  // namespace loadpath
