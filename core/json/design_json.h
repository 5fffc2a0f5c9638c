// The design file, version 1: reader and canonical writer. The contract stands in `loadpath schema`
// and in the README; a file that breaks it is refused with every place that does.
#pragma once

#include "model/catalog.h"
#include "model/design.h"
#include "support/result.h"

#include <string>
#include <string_view>

namespace loadpath {

struct LoadedDesign {
    Design design;
    Problems warnings;  // unknown keys and the like: kept, but told
};

/// At most 20 problems, each with JSON pointer, line and column.
Result<LoadedDesign> readDesign(std::string_view text, const Catalog& catalog);
/// The same design gives the same bytes; ends with a newline.
std::string writeDesign(const Design& design, const Catalog& catalog);

/// Part of a design as text for the clipboard: the same format, any tables may be missing, and
/// connections whose ends are not in the text are left out.
Result<Design> readFragment(std::string_view text, const Catalog& catalog);

/// JSON Schema (draft 7) of the design file, from the tables that the reader uses, palette included.
std::string designSchema(const Catalog& catalog);

}  // namespace loadpath
