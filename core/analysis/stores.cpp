#include "analysis/stores.h"

namespace loadpath {

std::vector<StoreAvailability> storesOf(const FlowGraph&) { return {}; }

}  // namespace loadpath
