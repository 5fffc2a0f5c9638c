#include "exporters/results.h"

namespace loadpath {

std::optional<double> costUsdMonth(const Snapshot& snapshot) {
    std::optional<double> sum;
    const auto& nodes = snapshot.graph().nodes;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const Value cost = snapshot.parameters(static_cast<int>(i)).value("cost_usd_month");
        if (cost.isNumber()) sum = sum.value_or(0) + cost.number() * (nodes[i].managed ? 1 : nodes[i].units);
    }
    return sum;
}

}  // namespace loadpath
