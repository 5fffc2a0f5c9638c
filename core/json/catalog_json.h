// Reads palette/ into a Catalog, and tells its types as JSON. Knows no design.
#pragma once

#include "model/catalog.h"
#include "support/result.h"

#include <map>
#include <string>

namespace loadpath {

/// `files`: text by path relative to palette/ ("categories.json", "cache/redis.json", …). Problems name
/// the file in their message.
Result<Catalog> readCatalog(const std::map<std::string, std::string>& files);

/// All about one type: handbook, products, properties with their resolved defaults.
std::string typeJson(const ComponentType& type);
/// The types in palette order, briefly.
std::string typesJson(const Catalog& catalog);

}  // namespace loadpath
