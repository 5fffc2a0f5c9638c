// Connectors that capture changes: which store each reads, which tables, and where it publishes them.
// Knows no rule.
#pragma once

#include "rules/tables.h"

#include <string>
#include <vector>

namespace loadpath {

class FixBuilder;

struct Capture {
    int connector = 0, source = 0, link = 0;
    std::string method;                     // log, trigger, polling
    std::vector<const StoreTable*> tables;  // of the source; empty where none is described
};
/// By connector, then by source.
std::vector<Capture> captures(const Evidence& evidence);

struct CapturedTopic {
    int link = 0, broker = 0, topic = 0;
};
std::vector<CapturedTopic> topicsOfConnector(const FlowGraph& graph, int connector);

/// An event table written beside the data: its rows are keyed by what they speak of.
bool isOutboxTable(const StoreTable& table);
/// Changes one field of a table of a store.
void setTableField(FixBuilder& fix, int store, int place, std::string_view field, Value value);
/// Bounds what a slot of a database may keep where nothing does yet.
void boundSlots(FixBuilder& fix, int database);

}  // namespace loadpath
