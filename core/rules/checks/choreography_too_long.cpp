#include "model/keys.h"
#include "rules/chains.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

/// Those that decide something when an event arrives. Stages of a data pipeline pass on what comes, and an
/// orchestrator is the central view that a choreography lacks.
bool takesPart(const Node& node) {
    return isServiceNode(node) || isType(node, "worker") || isType(node, "serverless_fn");
}

int topicOfPublish(const FlowGraph& graph, const Link& link) {
    const auto& topics = at(graph.nodes, link.to).topics;
    for (std::size_t t = 0; t < topics.size(); ++t)
        if (topics[t].name == link.topic) return static_cast<int>(t);
    return 0;
}

/// Who reacts to whom by events alone: components, then the topics between them.
class EventGraph {
public:
    explicit EventGraph(const Snapshot& snapshot) : m_graph(snapshot.graph()) {
        int size = static_cast<int>(m_graph.nodes.size());
        for (const Node& node : m_graph.nodes) {
            m_firstTopic.push_back(size);
            size += std::max(1, static_cast<int>(node.topics.size()));
        }
        next.resize(static_cast<std::size_t>(size));
        counts.resize(static_cast<std::size_t>(size), 0);
        for (const Link& link : m_graph.links)
            if (link.mode == Mode::publish && link.legal && takesPart(at(m_graph.nodes, link.from)))
                join(link.from, at(m_firstTopic, link.to) + topicOfPublish(m_graph, link));
        for (const Subscription& subscription : m_graph.subscriptions) {
            const Node& consumer = at(m_graph.nodes, subscription.consumer);
            const bool isRelay = consumer.isBroker();
            if (!isRelay && !takesPart(consumer)) continue;
            const int to = isRelay ? at(m_firstTopic, subscription.consumer) : subscription.consumer;
            const int topics = std::max(1, static_cast<int>(at(m_graph.nodes, subscription.broker).topics.size()));
            for (int t = 0; t < topics; ++t)
                if (subscription.topic < 0 || subscription.topic == t)
                    join(at(m_firstTopic, subscription.broker) + t, to);
        }
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) counts[i] = takesPart(m_graph.nodes[i]);
    }

    std::vector<std::vector<int>> next;
    std::vector<char> counts;

private:
    void join(int from, int to) { at(next, from).push_back(to); }

    const FlowGraph& m_graph;
    std::vector<int> m_firstTopic;
};

std::vector<Finding> checkChoreographyTooLong(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const auto most = static_cast<std::size_t>(evidence.threshold(choreography_too_long, "services"));
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (!isType(node, "saga_orchestrator")) continue;
        const ParameterView view = viewOf(snapshot, static_cast<int>(i));
        const Value steps = view.value("steps");
        if (view.value("style") != Value("choreography") || !steps.list() || steps.list()->size() <= most) continue;
        Finding finding{choreography_too_long.id, choreography_too_long.severity};
        finding.components = {node.id};
        finding.message =
            fill("{} has {} steps that only react to each other's events: nobody knows how far one has come",
                 {node.name, inWords(static_cast<long long>(steps.list()->size()))});
        FixBuilder fix(snapshot, placement);
        fix.set(node.id, "style", "orchestration");
        finding.fix = fix.titled("Let " + node.name + " direct the steps");
        findings.push_back(std::move(finding));
    }
    if (graph.subscriptions.size() < most) return findings;

    EventGraph events(snapshot);
    const int components = static_cast<int>(graph.nodes.size());
    const std::vector<int> chain = longestChain(events.next, events.counts, -1, [&](int a, int b) {
        if (a >= components || b >= components) return a >= components ? b >= components && a < b : true;
        return standsBefore(snapshot, a, b);
    });
    if (chain.size() <= most) return findings;
    Finding finding{choreography_too_long.id, choreography_too_long.severity};
    std::vector<std::string> names;
    for (const int index : chain) {
        finding.components.push_back(at(graph.nodes, index).id);
        names.push_back(at(graph.nodes, index).name);
    }
    finding.message =
        fill("{} services are joined by events alone ({}): no place shows the whole course or where one stopped",
             {std::to_string(chain.size()), listed(names, 8)});
    findings.push_back(std::move(finding));
    return findings;
}

}  // namespace

const Rule choreography_too_long{
    "choreography-too-long",
    "Long choreography",
    "Services that only react to each other's events are loosely coupled, but the course of the whole is written "
    "nowhere: to change a step one has to know all listeners, and to find out why an order hangs one reads the logs of "
    "each. Up to four steps that is bearable; beyond, an orchestrator that holds the state pays for itself.",
    "Microservices Patterns (C. Richardson), ch. 4: choreography and orchestration",
    Severity::info,
    checkChoreographyTooLong,
    {{"services", 4, 1, 100, "more services than this follow each other by events alone"}},
};

}  // namespace loadpath::checks
