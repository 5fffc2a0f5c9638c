#include "rules/load_changes.h"

#include <algorithm>

namespace loadpath {

bool holdsTimes(const CapacityReport& capacity, double times) {
    return std::none_of(capacity.nodes.begin(), capacity.nodes.end(),
                        [times](const ComponentLoad& load) { return load.utilisation * times >= 1 - 1e-9; });
}

}  // namespace loadpath
