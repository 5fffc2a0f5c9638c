#include "exporters/analyze_capacity_json.h"
#include "exporters/result_parts.h"
#include "exporters/results.h"

namespace loadpath {
namespace {

using json::Object;

const std::string& flowId(const Report& report, int flow) {
    return report.snapshot->graph().flows[static_cast<std::size_t>(flow)].id.value;
}

JsonNode improvementTree(const Report& report, int flow, ImprovementScope& scope) {
    JsonNode all = json::list();
    for (const Improvement& improvement : improvementsOf(*report.snapshot, flow, 20, {}, &scope)) {
        const char* kinds[] = {"replica", "zone", "nine"};
        Object item;
        item.add("component",
                 Value(report.snapshot->graph().nodes[static_cast<std::size_t>(improvement.node)].id.value));
        item.add("kind", kinds[static_cast<int>(improvement.kind)]).add("change", Value(improvement.change));
        item.add("availability", figure(improvement.availability));
        item.add("gained_min_year", figure(improvement.minutesGainedYear));
        all.items.push_back(item.take());
    }
    return all;
}

JsonNode boundsTree(const std::pair<double, double>& bounds) {
    return json::list({json::leaf(figure(bounds.first)), json::leaf(figure(bounds.second))});
}

JsonNode flowTree(const Report& report, const FlowAvailability& flow) {
    const FlowGraph& graph = report.snapshot->graph();
    JsonNode spofs = json::list(), cutSets = json::list(), importance = json::list();
    for (const int node : flow.spofNodes)
        spofs.items.push_back(json::leaf(graph.nodes[static_cast<std::size_t>(node)].id.value));
    for (const int domain : flow.spofDomains)
        spofs.items.push_back(json::leaf("zone:" + graph.domains[static_cast<std::size_t>(domain)].id.value));
    for (const auto& set : flow.cutSets) cutSets.items.push_back(json::texts(set));
    for (const UnitFigures& unit : flow.units) {
        Object item;
        item.add("unit", Value(unit.unit));
        item.add("birnbaum", unit.birnbaum ? figure(*unit.birnbaum) : Value());
        item.add("impact", figure(unit.impact));
        item.add("criticality", figure(unit.criticality));
        item.add("downtime_min_year", figure(unit.downtimeMinYear));
        importance.items.push_back(item.take());
    }
    Object item;
    item.add("flow", Value(flowId(report, flow.flow)));
    item.add("availability", figure(flow.availability)).add("strict_availability", figure(flow.strict));
    item.add("downtime_min_year", figure(flow.downtimeMinYear));
    item.add("spofs", std::move(spofs)).add("cut_sets", std::move(cutSets)).add("importance", std::move(importance));
    if (!flow.formula.empty()) item.add("formula", Value(flow.formula));
    item.add("method", flow.exact ? "exact" : "bounds");
    if (!flow.exact) item.add("bounds", boundsTree(flow.bounds));
    if (flow.cutSetsTruncated) item.add("cut_sets_complete_to", Value(flow.cutSetsCompleteTo));
    ImprovementScope scope;
    item.add("improvements", improvementTree(report, flow.flow, scope));
    if (scope.lookedAt < scope.costly) {
        Object looked;
        looked.add("components", Value(static_cast<double>(scope.lookedAt)));
        looked.add("of", Value(static_cast<double>(scope.costly)));
        item.add("improvements_worked_out", looked.take());
    }
    item.add("derivation", stepsTree(flow.derivation));
    return item.take();
}

/// What is read from: a broker, or the store whose changes are.
void addStage(Object& item, const FlowGraph& graph, int flow) {
    const auto [source, consumer] = stageEnds(graph, flow);
    const bool isFeed = graph.flows[static_cast<std::size_t>(flow)].feed >= 0;
    item.add(isFeed ? "store" : "broker", Value(graph.nodes[static_cast<std::size_t>(source)].id.value));
    item.add("consumer", Value(graph.nodes[static_cast<std::size_t>(consumer)].id.value));
}

JsonNode asyncTree(const Report& report) {
    const FlowGraph& graph = report.snapshot->graph();
    JsonNode all = json::list();
    for (const AsyncAvailability& async : report.availability.async) {
        Object item;
        addStage(item, graph, async.flow);
        item.add("availability", figure(async.availability));
        item.add("method", async.exact ? "exact" : "bounds");
        if (!async.exact) item.add("bounds", boundsTree(async.bounds));
        all.items.push_back(item.take());
    }
    return all;
}

/// Chains over several brokers: the stages, and that all of them work.
JsonNode chainTree(const Report& report) {
    const FlowGraph& graph = report.snapshot->graph();
    JsonNode all = json::list();
    for (const AsyncChain& chain : report.availability.chains) {
        JsonNode stages = json::list();
        for (const int flow : chain.stages) {
            Object stage;
            addStage(stage, graph, flow);
            stages.items.push_back(stage.take());
        }
        Object item;
        item.add("stages", std::move(stages)).add("availability", figure(chain.availability));
        item.add("method", chain.exact ? "exact" : "bounds");
        if (!chain.exact) item.add("bounds", boundsTree(chain.bounds));
        all.items.push_back(item.take());
    }
    return all;
}

/// Stores of several partitions: what a request to one of them sees, and one that needs all.
JsonNode partitionTree(const Report& report) {
    const char* purposes[] = {"read", "write", "publish", "consume"};
    JsonNode all = json::list();
    for (const PartitionAvailability& store : report.availability.partitions) {
        const Node& node = report.snapshot->graph().nodes[static_cast<std::size_t>(store.node)];
        Object item;
        item.add("component", Value(node.id.value)).add("purpose", purposes[static_cast<int>(store.purpose)]);
        if (node.isBroker()) item.add("topic", Value(node.topics[static_cast<std::size_t>(store.topic)].name));
        item.add("partitions", Value(store.partitions));
        item.add("one", figure(store.one)).add("all", figure(store.all));
        item.add("method", store.exact ? "exact" : "bounds");
        if (!store.exact) item.add("bounds", boundsTree(store.bounds));
        all.items.push_back(item.take());
    }
    return all;
}

JsonNode capacityTree(const Report& report) {
    const FlowGraph& graph = report.snapshot->graph();
    JsonNode all = json::list();
    for (std::size_t i = 0; i < report.capacity.nodes.size(); ++i) {
        const ComponentLoad& load = report.capacity.nodes[i];
        Object item;
        item.add("component", Value(graph.nodes[i].id.value));
        item.add("arrival_rps", figure(load.arrivalRps)).add("capacity_rps", figure(load.capacityRps));
        item.add("utilisation", figure(load.utilisation));
        item.add("wait_ms", figure(load.waitMs)).add("response_ms", figure(load.responseMs));
        all.items.push_back(item.take());
    }
    return all;
}

}  // namespace

std::string analyzeJson(const Report& report, const Problems& warnings) {
    const AvailabilityReport& availability = report.availability;
    const CapacityReport& capacity = report.capacity;
    JsonNode flows = json::list();
    for (const FlowAvailability& flow : availability.flows) flows.items.push_back(flowTree(report, flow));

    Object headline, root;
    const bool any = availability.worstFlow >= 0;
    headline.add("worst_flow",
                 any ? Value(flowId(report, availability.flows[static_cast<std::size_t>(availability.worstFlow)].flow))
                     : Value());
    headline.add("worst", any ? figure(availability.worst) : Value());
    headline.add("weighted", any ? figure(availability.weighted) : Value());
    root.add("flows", std::move(flows)).add("async", asyncTree(report)).add("availability", std::move(headline));
    if (!availability.chains.empty()) root.add("async_chains", chainTree(report));
    if (!availability.partitions.empty()) root.add("partitions", partitionTree(report));
    Object budget;
    budget.add("diagram_nodes", Value(static_cast<double>(AvailabilityOptions().nodeBudget)));
    budget.add("memory_mb", Value(memoryBudgetMb));
    root.add("exact_budget", budget.take());
    root.add("capacity", capacityTree(report));
    root.add("saturates_first",
             capacity.saturatesFirst < 0
                 ? Value()
                 : Value(report.snapshot->graph().nodes[static_cast<std::size_t>(capacity.saturatesFirst)].id.value));
    root.add("headroom", figure(capacity.headroom));
    const CostReport cost = analyseCost(*report.snapshot);
    root.add("cost_usd_month", cost.isKnown() ? figure(cost.total.typical) : Value());
    addCapacitySections(root, report);
    root.add("cost", costTree(*report.snapshot, cost));
    if (!warnings.empty()) root.add("warnings", warningTree(warnings));
    return writeJson(root.take());
}

}  // namespace loadpath
