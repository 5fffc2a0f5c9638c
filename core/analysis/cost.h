// What the design costs a month, in order of magnitude: price classes of the catalogue (or of the design)
// times machines, bytes and requests at average load. Knows no format.
#pragma once

#include "analysis/capacity.h"
#include "support/derivation.h"

#include <optional>
#include <string>
#include <vector>

namespace loadpath {

/// Thirty days: a month of every figure here.
inline constexpr double secondsOfMonth = 30 * 86400.0;

struct CostItem {
    std::string priceClass;     // id; empty: stated on the component
    std::string name;           // "Disk"
    std::string unit;           // what a price is paid for: "GB and month"
    double quantity = 0;        // of those units
    PriceRange price, usd;      // of one, and of all, a month
    bool isOverridden = false;  // the price is the design's own
    std::string basis;          // how the quantity came about: "4 · 500 GB"
};

struct ComponentCost {
    int node = 0;
    PriceRange usd;
    bool isStated = false;        // cost_usd_month, in place of the sum of items
    std::vector<CostItem> items;  // dearest first; empty: costs nothing of its own
    std::string remark;           // why it costs nothing
};
struct UnpricedComponent {
    int node = 0;
    std::string reason;
};

/// What one million requests of a client's flow cost: of each component its part of the load.
struct FlowCost {
    int flow = 0;
    double usdPerMillion = 0;
};

struct CostReport {
    std::vector<ComponentCost> components;  // those that have a price, by node
    std::vector<UnpricedComponent> unpriced;
    std::vector<int> biggest;  // indices into components, dearest first; those that cost nothing left out
    PriceRange total;
    std::optional<double> budget;  // requirements.budget_usd_month
    std::vector<FlowCost> flows;   // those of clients that send anything
    double unsharedUsd = 0;        // of components without load: standbys, monitoring
    std::string pricesAsOf;

    bool isKnown() const { return !components.empty(); }
    const ComponentCost* of(int node) const;  // null: unpriced, or a client
};

CostReport analyseCost(const Snapshot& snapshot);
Derivation explainCost(const Snapshot& snapshot, const CostReport& report, int node);
Derivation explainTotalCost(const Snapshot& snapshot, const CostReport& report);
/// "$1,240": whole dollars from ten on, cents below; shortened from a million on.
std::string usd(double amount);

}  // namespace loadpath
