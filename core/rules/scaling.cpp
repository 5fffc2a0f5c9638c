#include "rules/scaling.h"

#include "model/keys.h"
#include "rules/lookup.h"
#include "rules/redundancy.h"
#include "rules/text.h"

#include <cmath>

namespace loadpath {
namespace {

constexpr int machines[] = {2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128};  // vCPU, as they are commonly sold

/// A log gives a partition to one consumer of a group: more consumers than partitions stand idle.
/// Returns the fewest partitions of what it consumes; 0 = not bounded.
int partitionsFor(const FlowGraph& graph, int index) {
    int fewest = 0;
    for (const int in : at(graph.incoming, index)) {
        const Link& link = at(graph.links, in);
        if (link.mode != Mode::consume || !link.legal) continue;
        for (const Topic& topic : at(graph.nodes, link.from).topics) {
            if (topic.partitions <= 0 || (!link.topic.empty() && topic.name != link.topic)) continue;
            fewest = fewest == 0 ? topic.partitions : std::min(fewest, topic.partitions);
        }
    }
    return fewest;
}

/// Raises the partitions of what the component consumes to at least `count`.
void setPartitions(FixBuilder& fix, int index, int count) {
    const FlowGraph& graph = fix.snapshot().graph();
    for (const int in : at(graph.incoming, index)) {
        const Link& link = at(graph.links, in);
        if (link.mode != Mode::consume || !link.legal) continue;
        const Node& broker = at(graph.nodes, link.from);
        if (broker.behaviour != Behaviour::log) continue;
        const Component& now = fix.edit(broker.id);
        const auto stated = now.properties.find(keys::topics.name);
        Value::List topics;
        if (stated != now.properties.end() && stated->second.list()) topics = *stated->second.list();
        if (topics.empty()) {
            Value::Object usual;
            usual.emplace("name", "default");
            topics.emplace_back(std::move(usual));
        }
        for (Value& topic : topics) {
            auto* object = std::get_if<Value::Object>(&topic.data);
            const Value* name = object ? topic.find("name") : nullptr;
            if (!object || (!link.topic.empty() && !(name && *name == Value(link.topic)))) continue;
            const Value* partitions = topic.find("partitions");
            if ((partitions ? partitions->number() : 6) < count) object->insert_or_assign("partitions", count);
        }
        fix.set(broker.id, keys::topics.name, std::move(topics));
    }
}

std::optional<Fix> largerMachine(FixBuilder& fix, int index, double utilisation) {
    const Node& node = at(fix.snapshot().graph().nodes, index);
    const double wanted =
        node.concurrency * utilisation / comfortableUtilisation / 2;  // two connections at work a vCPU
    const auto enough =
        std::find_if(std::begin(machines), std::end(machines), [wanted](int size) { return size >= wanted - 1e-9; });
    if (enough == std::end(machines)) return std::nullopt;
    const int cpus = *enough;
    const ParameterView view = viewOf(fix.snapshot(), index);
    if (const Value machine = view.value("version_vertical"); machine.object()) {
        Value::Object larger = *machine.object();
        larger.insert_or_assign("vcpu", cpus);
        fix.set(node.id, "version_vertical", std::move(larger));
    }
    fix.set(node.id, keys::concurrency.name, 2 * cpus);
    return fix.titled("Move " + node.name + " to a machine with " + std::to_string(cpus) + " vCPU");
}

}  // namespace

std::optional<Fix> moreCapacity(const Evidence& evidence, Placement& placement, int index) {
    return moreCapacity(evidence, placement, index, at(evidence.capacity.nodes, index).utilisation);
}

std::optional<Fix> moreCapacity(const Evidence& evidence, Placement& placement, int index, double utilisation) {
    const FlowGraph& graph = evidence.snapshot.graph();
    const Node& node = at(graph.nodes, index);
    const ComponentLoad& load = at(evidence.capacity.nodes, index);
    if (!std::isfinite(utilisation) || !std::isfinite(load.arrivalRps) || load.capacityRps <= 0) return std::nullopt;
    FixBuilder fix(evidence.snapshot, placement);

    // One writer: more instances would be more databases, not a faster one.
    if (isType(node, "postgres")) return largerMachine(fix, index, utilisation);
    static constexpr std::string_view noSimpleWay[] = {"timeseries_db", "neo4j",       "mongodb",      "coordination",
                                                       "rabbitmq",      "local_cache", "cdc_connector"};
    if (std::find(std::begin(noSimpleWay), std::end(noSimpleWay), node.type->id) != std::end(noSimpleWay))
        return std::nullopt;

    const int partitions = partitionsFor(graph, index);
    const int working = partitions > 0 ? std::min(node.instances, partitions) : node.instances;
    const double wanted = std::ceil(working * utilisation / comfortableUtilisation - 1e-9);
    if (!(wanted < 1e6)) return std::nullopt;
    const int instances = std::max(node.instances, static_cast<int>(wanted));
    if (instances > node.instances) setInstances(fix, index, instances);
    std::string title = "Run " + inWords(instances) + " instances of " + node.name;
    if (isType(node, "redis")) {
        fix.set(node.id, keys::topology.name, "cluster");
        title = "Shard " + node.name + " over " + inWords(instances) + " primaries";
    }
    if (partitions > 0 && partitions < static_cast<int>(wanted)) {
        setPartitions(fix, index, static_cast<int>(wanted));
        title += " on as many partitions";
    }
    return fix.titled(std::move(title));
}

}  // namespace loadpath
