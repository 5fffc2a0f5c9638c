#include "sim/settings.h"

#include "graph/snapshot.h"
#include "model/keys.h"

#include <algorithm>

namespace loadpath::sim {
namespace {

HealthCheck healthOf(const ParameterView& view, HealthCheck health) {
    const Value stated = view(keys::healthCheck);
    const auto number = [&stated](std::string_view key, double otherwise) {
        const Value* value = stated.find(key);
        return value ? value->number(otherwise) : otherwise;
    };
    if (const Value* enabled = stated.find("enabled"); enabled && enabled->boolean())
        health.enabled = *enabled->boolean();
    health.intervalS = std::max(0.001, number("interval_s", health.intervalS));
    health.timeoutS = std::max(0.0, number("timeout_s", health.timeoutS));
    health.healthy = std::max(1, static_cast<int>(number("healthy", health.healthy)));
    health.unhealthy = std::max(1, static_cast<int>(number("unhealthy", health.unhealthy)));
    if (const Value open = view.value("fail_open"); open.boolean()) health.failOpen = *open.boolean();
    return health;
}

std::vector<char> keyedTopics(const Node& node, const Value& topics) {
    std::vector<char> keyed(node.topics.size(), 0);
    if (!topics.list()) return keyed;
    for (const Value& topic : *topics.list()) {
        const Value* name = topic.find("name");
        const Value* key = topic.find("key");
        if (!name || !name->text() || !key || !key->text() || key->text()->empty()) continue;
        for (std::size_t t = 0; t < node.topics.size(); ++t)
            if (node.topics[t].name == *name->text()) keyed[t] = 1;
    }
    return keyed;
}

}  // namespace

Settings Settings::usual(const FlowGraph& graph) {
    Settings settings;
    settings.nodes.resize(graph.nodes.size());
    settings.visibilityS.resize(graph.links.size(), 0);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        settings.nodes[i].keyed.resize(graph.nodes[i].topics.size(), 0);
    return settings;
}

Settings Settings::of(const Snapshot& snapshot) {
    const FlowGraph& graph = snapshot.graph();
    Settings settings = usual(graph);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const ParameterView view = snapshot.parameters(static_cast<int>(i));
        NodeSettings& node = settings.nodes[i];
        node.health = healthOf(view, node.health);
        if (view.isSet(keys::ttlS.name)) node.ttlS = std::max(0.0, view(keys::ttlS));
        if (const std::string pattern = view(keys::pattern); !pattern.empty())
            node.fillsAside = pattern == "cache_aside";
        node.keyed = keyedTopics(graph.nodes[i], view(keys::topics));
    }
    for (std::size_t i = 0; i < graph.links.size(); ++i) {
        const Node& broker = graph.nodes[static_cast<std::size_t>(graph.links[i].from)];
        if (graph.links[i].mode != Mode::consume || broker.behaviour != Behaviour::queue) continue;
        const Value own = snapshot.parameters(snapshot.design().connections[i]).value("visibility_timeout_s");
        const Value usual = snapshot.parameters(graph.links[i].from).value("visibility_timeout_s");
        settings.visibilityS[i] = std::max(0.0, own.isNull() ? usual.number(30) : own.number(30));
    }
    return settings;
}

}  // namespace loadpath::sim
