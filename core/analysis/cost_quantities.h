// How much of what a price is paid for a component uses in a month, at average load. Only cost.cpp needs it.
#pragma once

#include "analysis/cost.h"
#include "analysis/estimate.h"

namespace loadpath {

struct CostQuantity {
    double amount = 0;  // in the unit of the price; infinite where load grows without end
    std::string basis;  // how it came about
};

class CostQuantities {
public:
    CostQuantities(const Snapshot& snapshot, const CapacityReport& average);

    /// `count` names the property that says how many machines there are; empty: the component's own number.
    CostQuantity of(PriceUnit unit, int node, const std::string& count);

private:
    CostQuantity machines(int node, const std::string& count) const;
    CostQuantity memory(int node) const;
    CostQuantity stored(int node);
    std::optional<CostQuantity> provisioned(int node) const;
    std::optional<CostQuantity> estimated(int node);
    CostQuantity egress(int node) const;
    CostQuantity millions(int node, PriceUnit unit) const;
    CostQuantity reserved(int node, const char* property) const;
    CostQuantity busyHours(int node) const;
    CostQuantity users() const;
    double sent(int link, double rps) const;  // bytes a second

    const Snapshot& m_snapshot;
    const CapacityReport& m_average;
    std::vector<double> m_sent;            // by node: bytes a second that leave it for clients
    std::optional<EstimateSheet> m_sheet;  // made where a store says nothing of its size
};

}  // namespace loadpath
