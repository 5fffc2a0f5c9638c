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

/// What the connector captures into a topic: the table of that name, else all of them.
std::vector<const StoreTable*> tablesBehind(const std::vector<Capture>& all, int connector, const std::string& topic) {
    std::vector<const StoreTable*> tables;
    const std::string last = topic.substr(topic.rfind('.') + 1);
    for (const Capture& capture : all)
        if (capture.connector == connector)
            for (const StoreTable* table : capture.tables) {
                if (table->name == last) return {table};
                tables.push_back(table);
            }
    return tables;
}

bool isKeyOf(std::string_view key, const StoreTable& table) {
    for (std::size_t from = 0; from <= key.size();) {
        const std::size_t comma = std::min(key.find(',', from), key.size());
        std::string part(key.substr(from, comma - from));
        part.erase(0, part.find_first_not_of(' '));
        const bool namesRow = part == "pk" || holdsColumn(table.keyColumns, part) ||
                              (holdsColumn(table.keyColumns, "id") && part == entityKeyFor(table.name));
        if (!namesRow) return false;
        from = comma + 1;
    }
    return true;
}

/// Tables the key does not identify a row of; empty where it does, or where nothing is known of them.
bool missesKey(const LogTopic& topic, const std::vector<const StoreTable*>& tables) {
    if (topic.key.empty()) return false;  // connectors key by the primary key
    bool anyKnown = false;
    for (const StoreTable* table : tables) {
        if (isOutboxTable(*table) || isKeyOf(topic.key, *table)) return false;
        anyKnown = anyKnown || table->statesKey;
    }
    return anyKnown || (tables.empty() && namesNoEntity(topic.key) && !topic.key.ends_with("id"));
}

std::vector<Finding> checkCdcKeyNotPk(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    const std::vector<Capture> all = captures(evidence);
    std::map<ComponentId, std::set<std::pair<int, int>>> byBroker;  // topic and connector
    for (int i = 0; i < static_cast<int>(graph.nodes.size()); ++i) {
        if (!isIn(at(graph.nodes, i), "cdc")) continue;
        for (const CapturedTopic& captured : topicsOfConnector(graph, i)) {
            const std::vector<LogTopic> topics = logTopics(snapshot, captured.broker);
            if (captured.topic >= static_cast<int>(topics.size())) continue;
            const LogTopic& topic = at(topics, captured.topic);
            if (missesKey(topic, tablesBehind(all, i, topic.name)))
                byBroker[at(graph.nodes, captured.broker).id].insert({captured.topic, i});
        }
    }
    std::vector<Finding> findings;
    Placement placement(snapshot.design());
    for (const auto& [id, wrong] : byBroker) {
        const int broker = graph.node(id);
        const std::vector<LogTopic> topics = logTopics(snapshot, broker);
        Finding finding{cdc_key_not_pk.id, cdc_key_not_pk.severity};
        finding.components = {id};
        FixBuilder fix(snapshot, placement);
        std::vector<std::string> complaints;
        bool allMended = true;
        for (const auto& [t, connector] : wrong) {
            const std::vector<const StoreTable*> tables = tablesBehind(all, connector, at(topics, t).name);
            complaints.push_back(fill("changes in {} are keyed by {}, not by the primary key",
                                      {shownTopic(snapshot, broker, t), at(topics, t).key}));
            std::string key;
            if (tables.size() == 1)
                for (const std::string& column : tables.front()->keyColumns) key += (key.empty() ? "" : ",") + column;
            allMended = allMended && !key.empty();
            if (!key.empty()) setTopicField(fix, broker, t, "key", key);
        }
        finding.message = listed(complaints, 2);
        finding.message.front() = 'C';
        if (allMended) finding.fix = fix.titled("Key the changes by the primary key");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

const Rule cdc_key_not_pk{
    "cdc-key-not-pk",
    "Changes are not keyed by their rows",
    "The key decides which partition a change goes to and which older message it replaces. Keyed by anything but the "
    "primary "
    "key, two changes of one row can overtake each other, compaction throws away rows that are still there, and a "
    "delete "
    "does not find what it deletes.",
    "Debezium documentation: message keys; Apache Kafka documentation: log compaction",
    Severity::warning,
    checkCdcKeyNotPk,
};

}  // namespace loadpath::checks
