#include "rules/wiring.h"

#include "model/keys.h"
#include "rules/lookup.h"

namespace loadpath {

std::optional<Mode> carryingMode(const Catalog& catalog, std::string_view from, std::string_view to) {
    for (const Mode mode : catalog.modes(from, to))
        if (mode == Mode::sync || mode == Mode::publish || mode == Mode::consume || mode == Mode::replicate ||
            (mode == Mode::control && from == "dns"))
            return mode;
    return std::nullopt;
}

std::vector<std::string> intermediaries(const Catalog& catalog, const ComponentType& from, const ComponentType& to) {
    // A client never speaks to a service without something in front; the others take the shortest way.
    using Chain = std::vector<std::string>;
    static const std::vector<Chain> forClients{{"lb_l7"}, {"lb_l7", "service"}, {"lb_l7", "websocket_gateway"}};
    static const std::vector<Chain> forOthers{{"service"},         {"pgbouncer"},
                                              {"worker"},          {"cdc_connector"},
                                              {"lb_l7"},           {"cdc_connector", "kafka"},
                                              {"kafka"},           {"lb_l7", "service"},
                                              {"kafka", "worker"}, {"cdc_connector", "kafka", "worker"}};
    for (const Chain& chain : from.behaviour == Behaviour::client ? forClients : forOthers) {
        std::string_view last = from.id;
        bool possible = true;
        for (const std::string& type : chain) {
            possible = possible && catalog.find(type) && carryingMode(catalog, last, type);
            last = type;
        }
        if (possible && carryingMode(catalog, last, to.id)) return chain;
    }
    return {};
}

ComponentId addDeadLetter(FixBuilder& fix, const ComponentId& broker, const std::string& brokerName) {
    const Point place = fix.positionOf(broker);
    ComponentId dlq =
        fix.add("dlq", broker.value + "-dlq", brokerName + " dead letters", {place.x, place.y + 4 * Placement::grid});
    fix.connect(broker, dlq, Mode::consume);
    return dlq;
}

ConnectionId connectSafely(FixBuilder& fix, TimeoutAdvice& advice, int from, int to, Mode mode) {
    const FlowGraph& graph = fix.snapshot().graph();
    const Node &source = at(graph.nodes, from), &target = at(graph.nodes, to);
    Parameters properties;
    const auto state = [&properties](std::string_view key, Value value) {
        properties.insert_or_assign(std::string(key), std::move(value));
    };
    const bool waits =
        isIn(source, "compute") || isIn(source, "ws") || isIn(source, "cache") || isType(source, "api_gateway");
    if (mode == Mode::sync && waits && !isIn(target, "in_process")) state(keys::timeoutMs.name, advice.forTarget(to));
    if (target.behaviour == Behaviour::cache && isIn(source, "compute")) {
        state(keys::criticality.name, "optional");  // a cache that is down costs time, not the request
        state(keys::ops.name, "read");
    }
    if (mode == Mode::consume && source.isBroker() && isIn(target, "compute")) {
        state(keys::maxAttempts.name, usualAttempts);
        const auto& out = at(graph.outgoing, from);
        const bool setAside =
            !viewOf(fix.snapshot(), from)(keys::dlq).empty() || std::any_of(out.begin(), out.end(), [&graph](int link) {
                return at(graph.nodes, at(graph.links, link).to).behaviour == Behaviour::dead_letter;
            });
        if (!setAside && fix.snapshot().catalog().find("dlq")) addDeadLetter(fix, source.id, source.name);
    }
    return fix.connect(source.id, target.id, mode, std::move(properties));
}

}  // namespace loadpath
