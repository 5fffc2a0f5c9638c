// Reads palette/ into a Catalog.
#pragma once

#include "model/catalog.h"
#include "support/result.h"

#include <map>
#include <string>

namespace loadpath {

/// `files`: text by path relative to palette/ ("categories.json", "cache/redis.json", …). Problems name
/// the file in their message.
Result<Catalog> readCatalog(const std::map<std::string, std::string>& files);

}  // namespace loadpath
