#include "rules/cdc.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/text.h"

#include <map>
#include <set>

namespace loadpath::checks {
namespace {

bool keepsCopies(const Node& node) {
    return node.behaviour == Behaviour::search_store || node.behaviour == Behaviour::cache ||
           node.behaviour == Behaviour::shard_store;
}

std::vector<Finding> checkCdcTombstoneUnhandled(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::map<ComponentId, std::set<ConnectionId>> byBroker;
    std::vector<std::vector<int>> ofBroker(graph.nodes.size());
    for (int s = 0; s < static_cast<int>(graph.subscriptions.size()); ++s)
        at(ofBroker, at(graph.subscriptions, s).broker).push_back(s);
    for (int i = 0; i < static_cast<int>(graph.nodes.size()); ++i) {
        if (!isIn(at(graph.nodes, i), "cdc")) continue;
        const ParameterView view = viewOf(snapshot, i);
        // Polling never sees a delete to tell of.
        if (!(view.value("tombstones") == true) || view.value("method") == "polling") continue;
        for (const CapturedTopic& topic : topicsOfConnector(graph, i))
            for (const int index : at(ofBroker, topic.broker)) {
                const Subscription& s = at(graph.subscriptions, index);
                if (takes(s, topic.topic) && keepsCopies(at(graph.nodes, s.consumer)) &&
                    !(viewOfLink(snapshot, s.link).value("handles_delete") == true))
                    byBroker[at(graph.nodes, s.broker).id].insert(at(graph.links, s.link).id);
            }
    }
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const auto& [broker, links] : byBroker) {
        Finding finding{cdc_tombstone_unhandled.id, cdc_tombstone_unhandled.severity};
        finding.components = {broker};
        FixBuilder fix(snapshot, placement);
        std::set<std::string> sinks;
        for (const ConnectionId& id : links) {
            const int sink = at(graph.links, graph.linkById.at(id.value)).to;
            sinks.insert(snapshot.nameOf(sink));
            const ComponentId& component = at(graph.nodes, sink).id;
            if (std::find(finding.components.begin(), finding.components.end(), component) == finding.components.end())
                finding.components.push_back(component);
            finding.connections.push_back(id);
            fix.set(id, "handles_delete", true);
        }
        finding.message = fill("{} {} not handle deletes: what is deleted in the database stays there",
                               {listed({sinks.begin(), sinks.end()}), sinks.size() == 1 ? "does" : "do"});
        finding.fix = fix.titled("Let the sink delete what was deleted");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cdc_tombstone_unhandled{
    "cdc-tombstone-unhandled",
    "Deletes do not reach the copies",
    "A delete travels as a message with a key and nothing else, a tombstone. A sink that does not know what it means "
    "skips it "
    "or fails on it, and then search finds products that are gone and a cache answers with an account that was closed, "
    "until somebody rebuilds the copy.",
    "Debezium documentation: tombstone events; Apache Kafka documentation: log compaction",
    Severity::warning,
    checkCdcTombstoneUnhandled,
};

}  // namespace loadpath::checks
