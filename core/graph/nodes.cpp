// Components and zones, brought into range (model §1, §7.1).
#include "graph/compile.h"
#include "model/keys.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace loadpath::compile {
namespace {

/// "erlang(4)" → name and argument; also {"kind": "erlang", "k": 4}.
void readDistribution(Node& node, const Value& value) {
    std::string word;
    double argument = 0;
    if (const std::string* text = value.text()) {
        const auto open = text->find('(');
        word = text->substr(0, open);
        if (open != std::string::npos) std::from_chars(text->data() + open + 1, text->data() + text->size(), argument);
    } else if (value.object()) {
        if (const Value* kind = value.find("kind"); kind && kind->text()) word = *kind->text();
        for (const char* key : {"k", "cv", "alpha"})
            if (const Value* number = value.find(key)) argument = number->number();
    }
    if (word == "det") node.distribution = Distribution::deterministic;
    if (word == "erlang") {
        node.distribution = Distribution::erlang;
        node.distributionShape = argument >= 1 ? std::round(argument) : 2;
    }
    if (word == "lognormal") {
        node.distribution = Distribution::lognormal;
        node.distributionShape = argument > 0 ? argument : 1;
    }
    if (word == "pareto") {
        node.distribution = Distribution::pareto;
        node.distributionShape = argument > 1 ? argument : 2.5;  // a mean exists only above 1
    }
}

int replicasNeeded(const std::string& level, int rf) {
    if (level == "one" || level == "any") return 1;
    if (level == "two") return std::min(2, rf);
    if (level == "three") return std::min(3, rf);
    if (level == "all") return rf;
    return rf / 2 + 1;  // quorum, local_quorum, each_quorum
}

std::vector<Topic> readTopics(const Node& node, const ParameterView& view) {
    std::vector<Topic> topics;
    if (node.behaviour != Behaviour::log) return {{node.id.value, 0, 1, 1}};
    const Value stated = view(keys::topics);
    if (const Value::List* list = stated.list())
        for (const Value& item : *list) {
            const auto number = [&item](const char* key, double fallback) {
                const Value* v = item.find(key);
                return v ? v->number(fallback) : fallback;
            };
            const Value* name = item.find("name");
            Topic topic;
            topic.name = name && name->text() ? *name->text() : "topic" + std::to_string(topics.size() + 1);
            topic.partitions = std::max(1, static_cast<int>(number("partitions", 6)));
            topic.replicationFactor = std::clamp(static_cast<int>(number("rf", 3)), 1, node.instances);
            topic.minInSync = std::clamp(static_cast<int>(number("min_isr", 2)), 1, topic.replicationFactor);
            topics.push_back(std::move(topic));
        }
    if (topics.empty()) {
        const int rf = std::min(3, node.instances);
        topics.push_back({"default", 6, rf, std::min(2, rf)});
    }
    return topics;
}

constexpr ParameterKey<int> replicaSet{"replica_set"};
constexpr ParameterKey<std::string> readPreference{"read_preference"};
constexpr ParameterKey<std::string> redundancy{"redundancy"};
constexpr ParameterKey<int> dataChunks{"data"}, parityChunks{"parity"}, chunkCopies{"copies"};

/// Units of which one operation touches R, and how many of those must be up for reads and for writes.
struct Quorum {
    int units = 1, replicas = 1, read = 1, write = 1;
};

/// The rule of the types that keep copies (model §7.1); nullopt: k of n of the instances.
std::optional<Quorum> quorumOf(const Node& node, const ParameterView& view) {
    const int n = node.instances;
    const int copies = 1 + std::max(0, view(keys::replicas));
    switch (node.behaviour) {
        case Behaviour::quorum_store: {
            const int rf = std::clamp(view(keys::rf), 1, n);
            return Quorum{n, rf, replicasNeeded(view(keys::readCl), rf), replicasNeeded(view(keys::writeCl), rf)};
        }
        case Behaviour::ensemble: {
            const int members = view.isSet(replicaSet.name) ? std::max(1, view(replicaSet)) : n;
            const int majority = members / 2 + 1;
            const std::string preference = view(readPreference);
            // Members of a causal cluster all answer reads; a replica set does when it is told to.
            const bool anyReads = view.isSet("causal_cluster") || (!preference.empty() && preference != "primary");
            return Quorum{members, members, anyReads ? 1 : majority, majority};
        }
        case Behaviour::log: {
            const Topic& topic = node.topics.front();
            return Quorum{n, topic.replicationFactor, 1, topic.acknowledging};
        }
        case Behaviour::queue:
            if (!view.isSet(keys::replicas.name)) return {};
            {
                const int members = std::clamp(view(keys::replicas), 1, n);
                return Quorum{n, members, members / 2 + 1, members / 2 + 1};
            }
        case Behaviour::cache:
        case Behaviour::shard_store:
            if (copies == 1 || view(keys::topology) == "single") return {};
            return Quorum{n * copies, copies, 1, 1};
        case Behaviour::search_store:
            return Quorum{n, std::min(copies, n), 1, 1};
        case Behaviour::chunk_store: {
            const bool erasure = view(redundancy) == "erasure";
            const int data = std::max(1, view(dataChunks));
            const int all = erasure ? data + std::max(0, view(parityChunks)) : std::max(1, view(chunkCopies));
            const int held = std::min(all, n), need = erasure ? std::min(data, held) : 1;
            return Quorum{n, held, need, need};
        }
        default:
            return {};
    }
}

/// How many of which units must be up (model §7.1); an explicit min_healthy stands over it.
void readServing(Node& node, const ParameterView& view) {
    node.units = node.instances;
    const Serving plain{node.instances, std::clamp(view(keys::minHealthy), 1, node.instances)};
    std::fill(std::begin(node.serving), std::end(node.serving), plain);
    if (node.behaviour == Behaviour::quorum_store) {
        // Work is done by every replica asked, however availability is accounted for.
        const int rf = std::clamp(view(keys::rf), 1, node.instances);
        node.operations[0] = replicasNeeded(view(keys::readCl), rf);
        node.operations[1] = rf;
    }
    if (node.managed || view.isStated(keys::minHealthy.name)) return;
    if (node.behaviour == Behaviour::log) {
        const bool all = view(keys::acks) == "all";
        for (Topic& topic : node.topics) topic.acknowledging = all ? topic.minInSync : 1;
    }
    const std::optional<Quorum> quorum = quorumOf(node, view);
    if (!quorum) return;
    node.units = quorum->units;
    node.serving[0] = node.serving[3] = {quorum->replicas, quorum->read};
    node.serving[1] = node.serving[2] = {quorum->replicas, quorum->write};
}

void readWork(Node& node, const ComponentType& type, const ParameterView& view) {
    double own = std::max(0.0, view(keys::serviceTimeMs));
    const bool stated = view.isStated(keys::serviceTimeMs.name);
    if (!stated)
        if (const Value features = view.value("features"); features.list()) {
            const double each = view.value("feature_cost_ms").number();
            for (const Value& feature : *features.list())
                if (!(feature == Value("routing"))) own += each;
        }
    node.serviceMs[0] = node.serviceMs[1] = own;
    if (!stated && view.isSet(keys::writeTimeMs.name)) node.serviceMs[1] = view(keys::writeTimeMs);
    readDistribution(node, view(keys::serviceDist));
    node.concurrency =
        std::max(0, view.isSet(keys::concurrency.name) ? view(keys::concurrency) : view(keys::parallelism));
    const bool elastic = type.elastic == ComponentType::Elastic::always ||
                         (type.elastic == ComponentType::Elastic::managed && node.managed);
    node.hasUtilisation = type.hasStation && !elastic && node.concurrency > 0 && own > 0;
    if (elastic) node.concurrency = 0;
    node.queuePerNode = view(keys::queueScope) == "node";
    node.queueLimit = view.isSet(keys::queueLimit.name) ? view(keys::queueLimit) : -1;
    node.threads = std::max(0, view(keys::threads));
    if (view.value("async_io") == Value(true)) node.threads = 0;
    node.errorRate = std::clamp(view(keys::errorRate), 0.0, 1.0);
    node.hitRatio = std::clamp(view(keys::hitRatio), 0.0, 1.0);
    node.cancelPropagation = view(keys::cancelPropagation);
    node.balancing = node.behaviour == Behaviour::resolver ? view(keys::routing) : view(keys::algorithm);
}

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
    if (node.isBroker() || node.behaviour == Behaviour::dead_letter) node.topics = readTopics(node, view);
    readServing(node, view);
    readWork(node, type, view);
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
