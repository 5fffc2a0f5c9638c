#include "exporters/analyze_capacity_json.h"
#include "exporters/result_parts.h"
#include "support/index.h"

namespace loadpath {
namespace {

using json::Object;

Object rangeTree(const PriceRange& amount) {
    Object range;
    range.add("low", figure(amount.low)).add("typical", figure(amount.typical)).add("high", figure(amount.high));
    return range;
}

JsonNode itemsTree(const ComponentCost& cost) {
    JsonNode items = json::list();
    for (const CostItem& item : cost.items) {
        Object tree = rangeTree(item.usd);
        if (!item.priceClass.empty()) tree.add("class", Value(item.priceClass));
        tree.add("name", Value(item.name)).add("quantity", figure(item.quantity)).add("per", Value(item.unit));
        tree.add("price", rangeTree(item.price)).add("basis", Value(item.basis));
        if (item.isOverridden) tree.add("overridden", Value(true));
        items.items.push_back(tree.take());
    }
    return items;
}

}  // namespace

JsonNode costTree(const Snapshot& snapshot, const CostReport& cost) {
    const FlowGraph& graph = snapshot.graph();
    JsonNode components = json::list(), unpriced = json::list(), flows = json::list();
    for (const ComponentCost& component : cost.components) {
        Object item;
        item.add("component", Value(graph.nodes[at(component.node)].id.value));
        item.add("low", figure(component.usd.low)).add("typical", figure(component.usd.typical));
        item.add("high", figure(component.usd.high)).add("stated", Value(component.isStated));
        item.add("items", itemsTree(component));
        item.add("derivation", derivationTree(explainCost(snapshot, cost, component.node)));
        components.items.push_back(item.take());
    }
    for (const UnpricedComponent& other : cost.unpriced) {
        Object item;
        item.add("component", Value(graph.nodes[at(other.node)].id.value)).add("reason", Value(other.reason));
        unpriced.items.push_back(item.take());
    }
    for (const FlowCost& flow : cost.flows) {
        Object item;
        item.add("flow", Value(graph.flows[at(flow.flow)].id.value));
        item.add("usd_per_million_requests", figure(flow.usdPerMillion));
        flows.items.push_back(item.take());
    }
    Object tree;
    tree.add("total", cost.isKnown() ? rangeTree(cost.total).take() : json::leaf(Value()));
    if (cost.budget) tree.add("budget", figure(*cost.budget));
    tree.add("components", std::move(components)).add("unpriced", std::move(unpriced)).add("flows", std::move(flows));
    tree.add("prices_as_of", cost.pricesAsOf.empty() ? Value() : Value(cost.pricesAsOf));
    tree.add("derivation", derivationTree(explainTotalCost(snapshot, cost)));
    return tree.take();
}

}  // namespace loadpath
