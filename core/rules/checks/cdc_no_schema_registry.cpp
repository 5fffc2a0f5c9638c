#include "rules/cdc.h"
#include "rules/checks.h"
#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/messaging.h"
#include "rules/text.h"

namespace loadpath::checks {
namespace {

bool isRead(const FlowGraph& graph, const CapturedTopic& topic) {
    return std::any_of(graph.subscriptions.begin(), graph.subscriptions.end(),
                       [&topic](const Subscription& s) { return s.broker == topic.broker && takes(s, topic.topic); });
}

std::vector<Finding> checkCdcNoSchemaRegistry(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const bool hasRegistry = std::any_of(graph.nodes.begin(), graph.nodes.end(),
                                         [](const Node& node) { return isType(node, "schema_registry"); });
    std::vector<Finding> findings;
    if (hasRegistry) return findings;
    Placement placement(snapshot.design());
    for (int i = 0; i < static_cast<int>(graph.nodes.size()); ++i) {
        const Node& node = at(graph.nodes, i);
        if (!isIn(node, "cdc")) continue;
        const std::vector<CapturedTopic> topics = topicsOfConnector(graph, i);
        const auto read = std::find_if(topics.begin(), topics.end(),
                                       [&graph](const CapturedTopic& topic) { return isRead(graph, topic); });
        if (read == topics.end()) continue;
        Finding finding{cdc_no_schema_registry.id, cdc_no_schema_registry.severity};
        finding.components = {node.id};
        finding.message = fill(
            "{} publishes rows to {} as the table happens to look: nothing tells consumers when a "
            "column changes",
            {node.name, snapshot.nameOf(read->broker)});
        if (snapshot.catalog().find("schema_registry")) {
            FixBuilder fix(snapshot, placement);
            const Point place = fix.positionOf(node.id);
            const ComponentId registry =
                fix.add("schema_registry", "schemas", {}, {place.x, place.y + 4 * Placement::grid});
            fix.connect(node.id, registry, Mode::control);
            finding.fix = fix.titled("Add a schema registry");
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cdc_no_schema_registry{
    "cdc-no-schema-registry",
    "Captured changes without agreed schemas",
    "Capturing changes turns the columns of a table into an interface that others build on, and the next migration "
    "into a "
    "change of that interface. A registry keeps every version of the schema and refuses one that readers of the old "
    "could "
    "not understand, before it is published rather than after.",
    "Confluent documentation: Schema Registry, compatibility",
    Severity::warning,
    checkCdcNoSchemaRegistry,
};

}  // namespace loadpath::checks
