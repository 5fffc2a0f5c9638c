#include "model/keys.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/redundancy.h"
#include "rules/text.h"
#include "support/format.h"

namespace loadpath::checks {
namespace {

/// Copies that the settings ask for; 0: none are asked for, or there is nothing to compare them with.
int copiesAsked(const Snapshot& snapshot, int index) {
    const Node& node = at(snapshot.graph().nodes, index);
    const ParameterView view = viewOf(snapshot, index);
    // A vendor places copies by itself; so does a store that was given no number of them.
    if (node.managed && !view.isStated(keys::instances.name)) return 0;
    const auto stated = [&view](std::string_view key) {
        return view.isStated(key) ? static_cast<int>(view.value(key).number()) : 0;
    };
    switch (node.behaviour) {
        case Behaviour::log: {
            int most = 0;
            for (const LogTopic& topic : logTopics(snapshot, index)) most = std::max(most, topic.replication);
            return most;
        }
        case Behaviour::quorum_store:
            return view(keys::rf);
        case Behaviour::queue: {
            const std::vector<BrokerQueue> queues = brokerQueues(snapshot, index);
            const bool anyQuorum =
                std::any_of(queues.begin(), queues.end(), [](const BrokerQueue& queue) { return !queue.isClassic; });
            return anyQuorum ? stated(keys::replicas.name) : 0;
        }
        case Behaviour::search_store:
            return view.isStated(keys::replicas.name) ? 1 + stated(keys::replicas.name) : 0;
        case Behaviour::chunk_store:
            return view.value("redundancy") == "erasure"
                       ? (view.isStated("data") || view.isStated("parity")
                              ? static_cast<int>(view.value("data").number() + view.value("parity").number())
                              : 0)
                       : stated("copies");
        default:
            return 0;
    }
}

std::vector<Finding> checkRfExceedsNodes(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (int i = 0; i < static_cast<int>(graph.nodes.size()); ++i) {
        const Node& node = at(graph.nodes, i);
        if (!isKnown(node)) continue;
        const int copies = copiesAsked(snapshot, i);
        if (copies <= node.instances || copies > 10000) continue;
        Finding finding{rf_exceeds_nodes.id, rf_exceeds_nodes.severity};
        finding.components = {node.id};
        finding.message = fill("{} is to keep {} copies, but has {} to put them on",
                               {node.name, std::to_string(copies), plural(node.instances, "node", "nodes")});
        FixBuilder fix(snapshot, placement);
        setInstances(fix, i, copies);
        finding.fix = fix.titled("Run " + inWords(copies) + " nodes of " + node.name);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule rf_exceeds_nodes{
    "rf-exceeds-nodes",
    "More copies than nodes",
    "Two copies on one machine are lost together, so no store puts them there: a topic with more replicas than brokers "
    "cannot be created, and a keyspace with more replicas than nodes never reaches its consistency level. The promise "
    "on "
    "paper is one that the machines cannot keep.",
    "Apache Kafka documentation: replication; Apache Cassandra documentation: replication strategy",
    Severity::error,
    checkRfExceedsNodes,
};

}  // namespace loadpath::checks
