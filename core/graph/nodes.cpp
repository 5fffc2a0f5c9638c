// Components and zones, brought into range (model §1, §7.1).
#include "graph/compile.h"
#include "model/keys.h"

#include <algorithm>

namespace loadpath::compile {
namespace {

Node compiled(const Component& component, const ComponentType& type, const ParameterView& view) {
    Node node;
    node.id = component.id;
    node.name = component.name.empty() ? type.name : component.name;
    node.type = &type;
    node.behaviour = type.behaviour;
    node.instances = std::max(1, view(keys::instances));
    node.managed = view(keys::managed);
    node.zonal = node.managed && view(keys::zonal);
    node.availability = view.isSet(keys::availability.name) ? std::clamp(view(keys::availability), 0.0, 1.0) : 1.0;
    node.mttrS = view.isSet(keys::mttrS.name) ? view(keys::mttrS) : 3600;
    if (node.behaviour == Behaviour::client) {
        // Clients are the question, not part of the answer.
        node.availability = 1;
        node.managed = true;
    }
    if (node.managed && !view.isStated(keys::availability.name)) {
        // What the vendor promises for these is more than for the type in general.
        if (view.value("engine") == Value("aurora")) node.availability = std::max(node.availability, 0.9999);
        if (view.value("global_table") == Value(true)) node.availability = std::max(node.availability, 0.99999);
    }
    serving(node, view);
    work(node, view);
    return node;
}

}  // namespace

void domains(FlowGraph& graph, const Design& design, const Catalog& catalog) {
    for (const Zone& zone : design.zones) {
        Domain domain;
        domain.id = zone.id;
        domain.name = zone.name.empty() ? zone.id.value : zone.name;
        domain.isRegion = zone.kind == "region";
        const auto usual = catalog.zoneAvailability.find(zone.kind);
        domain.hasVariable = usual != catalog.zoneAvailability.end();
        if (domain.hasVariable) {
            const ParameterView view(catalog.zoneParameters, zone.properties);
            domain.availability =
                view.isStated(keys::availability.name) ? std::clamp(view(keys::availability), 0.0, 1.0) : usual->second;
        }
        graph.domainById.emplace(zone.id.value, static_cast<int>(graph.domains.size()));
        graph.domains.push_back(std::move(domain));
    }
    for (std::size_t i = 0; i < graph.domains.size(); ++i)
        if (const auto parent = graph.domainById.find(design.zones[i].parent.value); parent != graph.domainById.end())
            graph.domains[i].parent = parent->second;
}

void nodes(FlowGraph& graph, const Design& design, const Catalog& catalog) {
    graph.nodes.reserve(design.components.size());
    for (const Component& component : design.components) {
        const ComponentType& type = catalog.typeOf(component.type);
        Node node = compiled(component, type, {type.parameters, component.properties});
        for (const ZoneId& zone : component.zones)
            if (const auto it = graph.domainById.find(zone.value); it != graph.domainById.end())
                node.zones.push_back(it->second);
        graph.nodeById.emplace(component.id.value, static_cast<int>(graph.nodes.size()));
        graph.nodes.push_back(std::move(node));
    }
}

}  // namespace loadpath::compile
