// What one more replica, zone or nine buys: the design is changed and evaluated again. Where only a
// probability changes, the diagram is kept and swept with the new one.
#include "analysis/solved_flow.h"
#include "model/edit.h"
#include "model/keys.h"
#include "support/format.h"
#include "support/index.h"

#include <algorithm>
#include <optional>

namespace loadpath {

namespace {

constexpr double minutesAYear = 525600;
constexpr std::size_t mostWork = 60'000;  // components, times changes that need a new diagram

class Improver {
public:
    Improver(const Snapshot& snapshot, int flow, const AvailabilityOptions& options)
        : m_snapshot(snapshot),
          m_graph(snapshot.graph()),
          m_flow(flow),
          m_options(options),
          m_solved(m_graph, Structure(m_graph, m_graph.flows[at(flow)]), options) {}

    ImprovementScope scope() const { return m_scope; }

    std::vector<Improvement> all(std::size_t most) {
        m_now = m_solved.bounds(m_graph).first;
        std::vector<Improvement> result;
        for (const int node : costliest(most)) {
            for (const auto kind : {Improvement::Kind::replica, Improvement::Kind::zone, Improvement::Kind::nine})
                if (auto improvement = one(node, kind)) result.push_back(std::move(*improvement));
        }
        std::stable_sort(result.begin(), result.end(), [](const Improvement& a, const Improvement& b) {
            return a.minutesGainedYear > b.minutesGainedYear;
        });
        return result;
    }

private:
    /// Components by what their units, and the zones they alone are in, cost the flow.
    std::vector<int> costliest(std::size_t most) {
        const FlowFigures figures = FigureMaker(m_graph, m_solved.variables).figures(m_solved.lower);
        std::vector<double> cost(m_graph.nodes.size(), 0.0), ofDomain(m_graph.domains.size(), 0.0);
        for (const UnitFigures& unit : figures.units)
            (unit.domain >= 0 ? ofDomain[at(unit.domain)] : cost[at(unit.node)]) += unit.downtimeMinYear;
        std::vector<int> nodes;
        for (const auto& [node, servings] : m_solved.structure.servings) {
            if (m_graph.nodes[at(node)].behaviour == Behaviour::client) continue;
            const auto& zones = m_graph.nodes[at(node)].zones;
            if (!zones.empty()) cost[at(node)] += ofDomain[at(zones.front())] / 1024;  // breaks ties
            if (cost[at(node)] > 0) nodes.push_back(node);
        }
        std::stable_sort(nodes.begin(), nodes.end(), [&cost](int a, int b) { return cost[at(a)] > cost[at(b)]; });
        const std::size_t affordable = std::max<std::size_t>(2, mostWork / (m_graph.nodes.size() + 1) / 2);
        m_scope.costly = nodes.size();
        nodes.resize(std::min({nodes.size(), most, affordable}));
        m_scope.lookedAt = nodes.size();
        return nodes;
    }

    std::optional<Improvement> one(int node, Improvement::Kind kind) {
        Improvement improvement{kind, node, {}, 1, 0};
        std::optional<double> value;
        if (kind == Improvement::Kind::nine)
            value = withNine(node, improvement.change);
        else if (!m_graph.nodes[at(node)].managed)
            value = kind == Improvement::Kind::replica ? withReplica(node, improvement.change)
                                                       : withZone(node, improvement.change);
        if (!value) return std::nullopt;
        improvement.availability = *value;
        improvement.minutesGainedYear = (*value - m_now) * minutesAYear;
        return improvement;
    }

    /// A tenth of the unavailability of each unit.
    std::optional<double> withNine(int index, std::string& change) {
        const Node& node = m_graph.nodes[at(index)];
        if (node.availability >= 1) return std::nullopt;
        const double better = 1 - (1 - node.availability) / 10;
        change = "availability " + availability(better) + " instead of " + availability(node.availability);
        // The diagram stays: only its probabilities change.
        return m_solved.variables.probabilityWith(index, better, [this] {
            const auto bounds = m_solved.bounds(m_graph);
            return bounds.first;
        });
    }

    std::optional<double> withReplica(int index, std::string& change) {
        Design design = m_snapshot.design();
        const Node& node = m_graph.nodes[at(index)];
        Component component = design.components[at(index)];
        const auto& usual = node.serving[0];
        const bool isShardCopy = node.units > node.instances;
        if (node.behaviour == Behaviour::log) return withBrokerOrCopy(std::move(design), index, change);
        const auto set = [&](std::string_view key, int now, const char* what) {
            component.properties[std::string(key)] = now + 1;
            change = std::to_string(now + 1) + ' ' + what + " instead of " + std::to_string(now);
        };
        if (isShardCopy)
            set(keys::replicas.name, node.units / node.instances - 1, "replicas of each shard");
        else if (node.behaviour == Behaviour::quorum_store && usual.units < node.instances)
            set(keys::rf.name, usual.units, "copies of each partition");
        else if (node.behaviour == Behaviour::quorum_store) {
            component.properties[std::string(keys::rf.name)] = usual.units + 1;
            set(keys::instances.name, node.instances, "instances and copies");
        } else
            set(keys::instances.name, node.instances, "instances");
        return changed(std::move(design), std::move(component));
    }

    /// One more broker, or one more copy of every topic (with a broker to hold it): what buys more.
    std::optional<double> withBrokerOrCopy(Design design, int index, std::string& change) {
        const Node& node = m_graph.nodes[at(index)];
        Component broker = design.components[at(index)], copy = broker;
        const int instances = node.instances + 1;
        broker.properties[std::string(keys::instances.name)] = instances;
        change = std::to_string(instances) + " instances instead of " + std::to_string(node.instances);
        const auto ofBroker = changed(design, std::move(broker));

        const std::string key(keys::topics.name);
        const auto stated = copy.properties.find(key);
        const Value::List* given = stated == copy.properties.end() ? nullptr : stated->second.list();
        Value::List topics;
        int copies = 1;
        for (std::size_t i = 0; i < node.topics.size(); ++i) {
            const Topic& topic = node.topics[i];
            Value::Object item;
            if (given && i < given->size() && (*given)[i].object()) item = *(*given)[i].object();
            if (!given) item = {{"name", topic.name}, {"partitions", topic.partitions}, {"min_isr", topic.minInSync}};
            item["rf"] = topic.replicationFactor + 1;
            copies = std::max(copies, topic.replicationFactor + 1);
            topics.emplace_back(std::move(item));
        }
        copy.properties[key] = Value(std::move(topics));
        std::string also;
        if (copies > node.instances) {
            copy.properties[std::string(keys::instances.name)] = instances;
            also = ", and as many instances";
        }
        const auto ofCopy = changed(std::move(design), std::move(copy));
        if (!ofCopy || (ofBroker && *ofBroker >= *ofCopy)) return ofBroker;
        change = std::to_string(copies) + " copies of each topic instead of " + std::to_string(copies - 1) + also;
        return ofCopy;
    }

    std::optional<double> withZone(int index, std::string& change) {
        const Node& node = m_graph.nodes[at(index)];
        if (node.zones.empty()) return std::nullopt;
        Design design = m_snapshot.design();
        Component component = design.components[at(index)];
        if (component.zones.empty()) return std::nullopt;
        const int first = node.zones.front();
        const int parent = m_graph.domains[at(first)].parent;
        ZoneId found;
        for (std::size_t d = 0; d < m_graph.domains.size() && found.value.empty(); ++d) {
            const Domain& domain = m_graph.domains[d];
            const bool isLike =
                domain.parent == parent && domain.hasVariable && domain.isRegion == m_graph.domains[at(first)].isRegion;
            if (isLike && std::find(node.zones.begin(), node.zones.end(), static_cast<int>(d)) == node.zones.end())
                found = domain.id;
        }
        change = "also in ";
        if (found.value.empty()) {
            Zone zone = *design.zones.find(component.zones.front());
            zone.id = {zone.id.value + "-more"};
            while (design.zones.contains(zone.id)) zone.id.value += "-more";
            zone.name.clear();
            zone.frame.reset();
            found = zone.id;
            applyEdits(design, {Put<Zone>{zone, std::nullopt}});
            change += "one more zone like " + m_graph.domains[at(first)].name;
        } else {
            change += m_graph.domains[at(m_graph.domainById.at(found.value))].name;
        }
        component.zones.push_back(found);
        const int zones = static_cast<int>(component.zones.size());
        if (node.instances < zones) {
            component.properties[std::string(keys::instances.name)] = zones;
            change += ", with " + std::to_string(zones) + " instances";
        }
        return changed(std::move(design), std::move(component));
    }

    std::optional<double> changed(Design design, Component component) const {
        applyEdits(design, {Put<Component>{std::move(component), std::nullopt}});
        const FlowGraph graph = compileFlowGraph(design, m_snapshot.catalog());
        if (at(m_flow) >= graph.flows.size()) return std::nullopt;
        SolvedFlow solved(graph, Structure(graph, graph.flows[at(m_flow)]), m_options);
        return solved.bounds(graph).first;
    }

    const Snapshot& m_snapshot;
    const FlowGraph& m_graph;
    int m_flow;
    AvailabilityOptions m_options;
    SolvedFlow m_solved;
    double m_now = 1;
    ImprovementScope m_scope;
};

}  // namespace

std::vector<Improvement> improvementsOf(const Snapshot& snapshot, int flow, std::size_t most,
                                        const AvailabilityOptions& options, ImprovementScope* scope) {
    if (flow < 0 || at(flow) >= snapshot.graph().flows.size()) return {};
    Improver improver(snapshot, flow, options);
    auto result = improver.all(most);
    if (scope) *scope = improver.scope();
    return result;
}

}  // namespace loadpath
