#include "rules/cdc.h"

#include "rules/fix_builder.h"
#include "rules/lookup.h"
#include "rules/messaging.h"

#include <cmath>

namespace loadpath {
namespace {

constexpr double slotShareOfDisk = 0.3;

/// "public.orders" names the table orders.
std::string tableNamed(const Value& item) {
    const Value* name = item.object() ? item.find("name") : &item;
    if (!name || !name->text()) return {};
    return name->text()->substr(name->text()->rfind('.') + 1);
}

}  // namespace

std::vector<Capture> captures(const Evidence& evidence) {
    const Snapshot& snapshot = evidence.snapshot;
    const FlowGraph& graph = snapshot.graph();
    std::vector<Capture> all;
    for (const ChangeFeed& feed : graph.feeds) {
        if (!isIn(at(graph.nodes, feed.consumer), "cdc")) continue;
        const ParameterView view = viewOf(snapshot, feed.consumer);
        Capture capture;
        capture.connector = feed.consumer;
        capture.source = feed.source;
        capture.link = feed.link;
        capture.method = view(ParameterKey<std::string>{"method"});
        std::vector<std::string> named;
        if (const Value tables = view.value("tables"); tables.list())
            for (const Value& item : *tables.list())
                if (std::string name = tableNamed(item); !name.empty()) named.push_back(std::move(name));
        for (const StoreTable& table : evidence.tables().of(feed.source))
            if (named.empty() || std::find(named.begin(), named.end(), table.name) != named.end())
                capture.tables.push_back(&table);
        all.push_back(std::move(capture));
    }
    std::sort(all.begin(), all.end(), [&graph](const Capture& a, const Capture& b) {
        const auto rank = [&graph](const Capture& c) {
            return std::tuple(at(graph.nodes, c.connector).id, at(graph.nodes, c.source).id,
                              at(graph.links, c.link).id);
        };
        return rank(a) < rank(b);
    });
    return all;
}

std::vector<CapturedTopic> topicsOfConnector(const FlowGraph& graph, int connector) {
    std::vector<CapturedTopic> topics;
    for (const int out : at(graph.outgoing, connector)) {
        const Link& link = at(graph.links, out);
        if (link.legal && link.mode == Mode::publish && at(graph.nodes, link.to).isBroker())
            topics.push_back({out, link.to, publishedTopic(graph, out)});
    }
    return topics;
}

bool isOutboxTable(const StoreTable& table) {
    return table.name.find("outbox") != std::string::npos || table.name.find("events") != std::string::npos;
}

void setTableField(FixBuilder& fix, int store, int place, std::string_view field, Value value) {
    Component& component = fix.edit(at(fix.snapshot().graph().nodes, store).id);
    const auto stated = component.properties.find("tables");
    if (stated == component.properties.end() || !stated->second.list()) return;
    Value::List tables = *stated->second.list();
    if (place < 0 || place >= static_cast<int>(tables.size())) return;
    auto* table = std::get_if<Value::Object>(&at(tables, place).data);
    if (!table) return;
    table->insert_or_assign(std::string(field), std::move(value));
    component.properties.insert_or_assign("tables", std::move(tables));
}

void boundSlots(FixBuilder& fix, int database) {
    const ParameterView view = viewOf(fix.snapshot(), database);
    const Value kept = view.value("max_slot_wal_keep_gb");
    if (!kept.isNumber() || kept.number() >= 0) return;
    const double disk = view.value("storage_gb").number();
    fix.set(at(fix.snapshot().graph().nodes, database).id, "max_slot_wal_keep_gb",
            std::max(1.0, std::round(slotShareOfDisk * disk)));
}

}  // namespace loadpath
