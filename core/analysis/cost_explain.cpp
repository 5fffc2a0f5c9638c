#include "analysis/cost.h"
#include "analysis/estimate_units.h"
#include "support/format.h"
#include "support/index.h"

#include <cmath>

namespace loadpath {
namespace {

std::string usdRange(const PriceRange& amount) {
    if (amount.low == amount.high) return usd(amount.typical);
    return usd(amount.typical) + " (" + usd(amount.low) + " to " + usd(amount.high) + ')';
}

/// Prices below a cent in full: "$0.0023".
std::string priceText(double amount) { return '$' + shortest(amount); }

}  // namespace

std::string usd(double amount) {
    if (!std::isfinite(amount)) return "–";
    if (amount < 0.005) return "$0";
    if (amount >= 999'999.5) return '$' + compact(amount);
    return '$' + (amount >= 9.995 ? grouped(std::round(amount), 0) : fixed(amount, 2));
}

Derivation explainCost(const Snapshot& snapshot, const CostReport& report, int index) {
    const Node& node = snapshot.graph().nodes[at(index)];
    Derivation derivation;
    derivation.title = "Cost of " + node.name;
    const ComponentCost* cost = report.of(index);
    const std::vector<std::string> self{node.id.value};
    if (!cost) {
        derivation.result = "–";
        std::string reason = "what users run is theirs";
        for (const UnpricedComponent& other : report.unpriced)
            if (other.node == index) reason = other.reason;
        derivation.steps.push_back({"No figure", {}, std::move(reason), self});
        return derivation;
    }
    derivation.result = usdRange(cost->usd) + " a month";
    for (const CostItem& item : cost->items) {
        std::string price = priceText(item.price.typical);
        if (item.price.low != item.price.high)
            price += " (" + shortest(item.price.low) + " to " + shortest(item.price.high) + ')';
        const std::string quantity = shortest(std::round(item.quantity * 1e4) / 1e4);
        const bool isWorkedOut = !item.basis.empty() && item.basis != quantity;
        std::string expression =
            (isWorkedOut ? item.basis + " = " : std::string()) + quantity + " · " + price + " per " + item.unit;
        if (item.isOverridden) expression += ", a price of this design";
        derivation.steps.push_back({item.name, std::move(expression), usdRange(item.usd), self});
    }
    if (cost->items.empty()) derivation.steps.push_back({"Nothing to pay", {}, cost->remark, self});
    if (cost->items.size() > 1) derivation.steps.push_back({"Together", {}, usdRange(cost->usd), self});
    return derivation;
}

Derivation explainTotalCost(const Snapshot& snapshot, const CostReport& report) {
    const auto& nodes = snapshot.graph().nodes;
    Derivation derivation;
    derivation.title = "Cost a month";
    derivation.result = report.isKnown() ? usdRange(report.total) : "–";
    for (const int index : report.biggest) {
        const ComponentCost& cost = report.components[at(index)];
        const Node& node = nodes[at(cost.node)];
        derivation.steps.push_back(
            {node.name,
             report.total.typical > 0 ? percent(cost.usd.typical / report.total.typical) : std::string(),
             usdRange(cost.usd),
             {node.id.value}});
    }
    for (const UnpricedComponent& other : report.unpriced)
        derivation.steps.push_back(
            {nodes[at(other.node)].name, {}, "not counted: " + other.reason, {nodes[at(other.node)].id.value}});
    if (!report.pricesAsOf.empty())
        derivation.steps.push_back(
            {"Prices", "average load, a month of 30 days", "order of magnitude, " + report.pricesAsOf, {}});
    if (report.budget)
        derivation.steps.push_back({"Budget",
                                    report.total.typical > *report.budget
                                        ? "exceeded by " + usd(report.total.typical - *report.budget)
                                        : "leaves " + usd(*report.budget - report.total.typical),
                                    usd(*report.budget),
                                    {}});
    return derivation;
}

}  // namespace loadpath
