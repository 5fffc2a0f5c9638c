// Edits as sentences, to say what a quick fix would do before it does it.
#pragma once

#include "model/catalog.h"
#include "model/edit.h"

#include <QStringList>

namespace loadpath {

QStringList describeEdits(const Design& design, const Catalog& catalog, const Edits& edits);

/// Ids of the items that the edits would add or change.
QStringList targetsOf(const Edits& edits);

}  // namespace loadpath
