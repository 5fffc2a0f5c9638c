// Reads palette/prices.json: price classes, what each type is charged for, what is free and what nobody
// can price. Knows no other file of the palette.
#pragma once

#include "json/catalog_parts.h"
#include "model/catalog.h"

namespace loadpath {

/// `catalog` has its types already; complaints go to the file.
PriceList readPrices(CatalogFile& file, const Catalog& catalog);

}  // namespace loadpath
