// Connections, brought into range, and what follows from them alone: standbys and subscriptions.
#include "graph/compile.h"
#include "model/keys.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace loadpath::compile {
namespace {

bool share(const std::vector<int>& a, const std::vector<int>& b) {
    return std::any_of(a.begin(), a.end(), [&b](int zone) { return std::find(b.begin(), b.end(), zone) != b.end(); });
}

int regionOf(const FlowGraph& graph, int domain) {
    while (domain >= 0 && !graph.domains[static_cast<std::size_t>(domain)].isRegion)
        domain = graph.domains[static_cast<std::size_t>(domain)].parent;
    return domain;
}

/// Round trip where none is stated (model §1).
double usualRttMs(const FlowGraph& graph, const Node& from, const Node& to) {
    const bool fromUsers = from.behaviour == Behaviour::client || from.behaviour == Behaviour::resolver;
    if (fromUsers && to.behaviour == Behaviour::edge_cache) return 20;
    if (from.zones.empty() || to.zones.empty() || share(from.zones, to.zones)) return 0.5;
    for (const int a : from.zones)
        for (const int b : to.zones)
            if (regionOf(graph, a) == regionOf(graph, b)) return 1;
    return 120;
}

Link::Backoff backoffNamed(const std::string& word) {
    if (word == "fixed") return Link::Backoff::fixed;
    if (word == "exp") return Link::Backoff::exponential;
    return Link::Backoff::none;
}

Link::Jitter jitterNamed(const std::string& word) {
    if (word == "equal") return Link::Jitter::equal;
    if (word == "full") return Link::Jitter::full;
    if (word == "decorrelated") return Link::Jitter::decorrelated;
    return Link::Jitter::none;
}

int topicNamed(const Node& broker, const std::string& name, int otherwise) {
    for (std::size_t i = 0; i < broker.topics.size(); ++i)
        if (broker.topics[i].name == name) return static_cast<int>(i);
    return otherwise;
}

}  // namespace

void links(FlowGraph& graph, const Design& design, const Catalog& catalog) {
    graph.outgoing.resize(graph.nodes.size());
    graph.incoming.resize(graph.nodes.size());
    graph.links.reserve(design.connections.size());
    // The matrix is searched once per pair of types, not once per connection.
    std::map<std::tuple<const ComponentType*, Mode, const ComponentType*, std::string>, Legality> known;
    for (const Connection& connection : design.connections) {
        const ParameterView view(catalog.connectionParameters, connection.properties);
        Link link;
        link.id = connection.id;
        link.from = graph.node(connection.from);
        link.to = graph.node(connection.to);
        link.mode = connection.mode;
        const Node& from = graph.nodes[static_cast<std::size_t>(link.from)];
        Node& to = graph.nodes[static_cast<std::size_t>(link.to)];
        link.protocol = view(keys::protocol);
        const auto [legality, isNew] = known.try_emplace({from.type, link.mode, to.type, link.protocol});
        if (isNew) legality->second = catalog.legality(from.type->id, link.mode, to.type->id, link.protocol);
        link.legal = legality->second.legal;
        if (link.protocol.empty() && !legality->second.protocols.empty())
            link.protocol = legality->second.protocols.front();
        link.optional = view(keys::criticality) == "optional";
        link.rttMs = view.isStated(keys::latencyMs.name) ? view(keys::latencyMs) : usualRttMs(graph, from, to);
        link.timeoutMs = view(keys::timeoutMs);
        link.retries = view(keys::retries);
        link.backoff = backoffNamed(view(keys::backoff));
        link.backoffBaseMs = view(keys::backoffBaseMs);
        link.backoffCapMs = view(keys::backoffCapMs);
        link.jitter = jitterNamed(view(keys::jitter));
        if (view.isSet(keys::retryBudget.name)) link.retryBudget = view(keys::retryBudget);
        if (link.mode == Mode::sync && from.behaviour != Behaviour::client)
            link.poolSize = view.isSet(keys::poolSize.name)
                                ? view(keys::poolSize)
                                : std::min(from.concurrency > 0 ? from.concurrency : 20, 20);
        const std::string fallback = view(keys::fallback);
        link.fallback = !fallback.empty() && fallback != "none";
        link.topic = view(keys::topic);

        const int index = static_cast<int>(graph.links.size());
        graph.outgoing[static_cast<std::size_t>(link.from)].push_back(index);
        graph.incoming[static_cast<std::size_t>(link.to)].push_back(index);
        graph.linkById.emplace(connection.id.value, index);
        graph.links.push_back(std::move(link));
    }

    for (const Link& link : graph.links) {
        if (link.mode != Mode::standby || !link.legal) continue;
        const auto at = [&](int node) {
            const Component& c = design.components[static_cast<std::size_t>(node)];
            return ParameterView(catalog.typeOf(c.type).parameters, c.properties);
        };
        Node& primary = graph.nodes[static_cast<std::size_t>(link.from)];
        const ParameterView own = at(link.from), other = at(link.to);
        if (own(keys::failover) != "auto") continue;
        if (other.isSet(keys::promotable.name) && !other(keys::promotable)) continue;
        Standby standby;
        standby.node = link.to;
        standby.takeoverS = std::max(0.0, own(keys::failoverS));
        standby.windowShare = primary.mttrS > 0 ? 1 - std::exp(-standby.takeoverS / primary.mttrS) : 1;
        primary.standbys.push_back(standby);
    }
}

void subscriptions(FlowGraph& graph, const Design& design, const Catalog& catalog) {
    const auto viewOf = [&](int node) {
        const Component& c = design.components[static_cast<std::size_t>(node)];
        return ParameterView(catalog.typeOf(c.type).parameters, c.properties);
    };
    std::map<std::tuple<int, int, std::string>, double> weights;  // of the members of a group
    std::vector<double> weightOf;
    std::map<int, int> deadLetterOf;  // broker → dlq drawn with a line, or that names it as its source
    for (const Link& link : graph.links)
        if (link.mode == Mode::consume && link.legal &&
            graph.nodes[static_cast<std::size_t>(link.to)].behaviour == Behaviour::dead_letter)
            deadLetterOf.emplace(link.from, link.to);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (graph.nodes[i].behaviour != Behaviour::dead_letter) continue;
        const std::string source = viewOf(static_cast<int>(i))(ParameterKey<std::string>{"source"});
        if (const int broker = source.empty() ? -1 : graph.node({source}); broker >= 0)
            deadLetterOf.emplace(broker, static_cast<int>(i));
    }

    for (std::size_t i = 0; i < graph.links.size(); ++i) {
        const Link& link = graph.links[i];
        if (link.mode != Mode::consume || !link.legal) continue;
        const Node& broker = graph.nodes[static_cast<std::size_t>(link.from)];
        const Node& consumer = graph.nodes[static_cast<std::size_t>(link.to)];
        if (consumer.behaviour == Behaviour::dead_letter || broker.topics.empty()) continue;
        const ParameterView view(catalog.connectionParameters, design.connections[i].properties);
        const ParameterView ofBroker = viewOf(link.from);
        Subscription subscription;
        subscription.link = static_cast<int>(i);
        subscription.broker = link.from;
        subscription.consumer = link.to;
        subscription.topic =
            link.topic.empty() ? (broker.topics.size() == 1 ? 0 : -1) : topicNamed(broker, link.topic, -1);
        if (broker.behaviour != Behaviour::queue)
            subscription.group = view.isSet(keys::consumerGroup.name) ? view(keys::consumerGroup) : consumer.id.value;
        else
            subscription.group = broker.id.value;  // a queue gives each message to one of its consumers
        subscription.share = (view.isSet(keys::p.name) ? view(keys::p) : 1) * view(keys::calls);
        const double weight = std::max(0.0, view(keys::weight));
        weights[{subscription.broker, subscription.topic, subscription.group}] += weight;
        weightOf.push_back(weight);
        subscription.maxAttempts =
            view.isSet(keys::maxAttempts.name) ? view(keys::maxAttempts) : std::max(0, ofBroker(keys::maxReceiveCount));
        subscription.skipsErrors = view(keys::onError) == "skip";
        for (const std::string& named : {view(keys::dlq), ofBroker(keys::dlq)})
            if (const int node = named.empty() ? -1 : graph.node({named}); node >= 0 && subscription.deadLetter < 0)
                subscription.deadLetter = node;
        if (const auto drawn = deadLetterOf.find(link.from); subscription.deadLetter < 0 && drawn != deadLetterOf.end())
            subscription.deadLetter = drawn->second;
        graph.subscriptions.push_back(std::move(subscription));
    }
    for (std::size_t i = 0; i < graph.subscriptions.size(); ++i) {
        Subscription& s = graph.subscriptions[i];
        const double sum = weights[{s.broker, s.topic, s.group}];
        s.share *= sum > 0 ? weightOf[i] / sum : 1;
    }
}

}  // namespace loadpath::compile
