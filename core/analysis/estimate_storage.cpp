// What stores and brokers will hold: from average writes, sizes, copies and the years to plan for.
#include "analysis/estimate_builder.h"

#include "model/keys.h"

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

bool keepsRecords(const Node& node) {
    return node.behaviour == Behaviour::store || node.behaviour == Behaviour::quorum_store;
}

/// A number among the properties that may not exist for the type.
class StoreEstimate {
public:
    StoreEstimate(EstimateBuilder& sheet, int node)
        : m_sheet(sheet),
          m_node(node),
          m_id(sheet.id(node)),
          m_name(sheet.nameOf(node)),
          m_view(sheet.parameters(node)) {}

    void add() {
        writes();
        recordBytes();
        copies();
        const std::string years = retention();
        line("bytes_day", "new a day", "B/day",
             ref("writes") + " * day * " + ref("record_bytes") + " * " + ref("new_share"));
        line("bytes_year", "new a year", "B/year", ref("bytes_day") + " * days_a_year");
        line("bytes", "kept, one copy", "B", ref("bytes_year") + " * " + years);
        line("bytes_copies", "kept, all copies", "B", ref("bytes") + " * " + ref("copies"));
        disk();
    }

private:
    std::string key(const char* what) const { return m_id + '.' + what; }
    std::string ref(const char* what) const { return spelled(key(what)); }
    void line(const char* what, const std::string& words, const char* unit, const std::string& formula,
              Comparison compare = {}, std::string note = {}) {
        m_sheet.figure(key(what), "storage", m_name + ": " + words, unit, formula, std::move(compare), std::move(note))
            .line.components = {m_id};
    }
    DraftLine& given(const char* what, const std::string& words, const char* unit, double value, InputOrigin origin,
                     std::string note) {
        DraftLine& draft = m_sheet.input(key(what), words + " · " + m_name, unit, value, origin, std::move(note));
        draft.line.components = {m_id};
        return draft;
    }

    void writes() {
        line("writes", "writes, average", "1/s", spelled(m_id + ".average_write_rps"));
        DraftLine& share = given("new_share", "Writes that add a record", "share", 1, InputOrigin::assumption,
                                 "every write adds one; updates in place add none");
        share.line.maximum = 1;
    }

    void recordBytes() {
        const std::string words = "Bytes a record";
        for (const char* property : {"item_bytes", "doc_bytes", "bytes_per_point"})
            if (numberIn(m_view, property)) {
                m_sheet.property(key("record_bytes"), m_node, property, words + " · " + m_name, "B");
                return;
            }
        if (const auto bytes = tableBytes()) {
            given("record_bytes", words, "B", *bytes, InputOrigin::canvas, "mean row of its tables");
            return;
        }
        if (const auto bytes = payloadBytes()) {
            given("record_bytes", words, "B", *bytes, InputOrigin::connection, "payload of the writing connections");
            return;
        }
        given("record_bytes", words, "B", 1000, InputOrigin::assumption, "1 kB, a usual row or document");
    }

    std::optional<double> tableBytes() const {
        const Value tables = m_view.value("tables");
        const Value::List* list = tables.list();
        if (!list || list->empty()) return std::nullopt;
        double sum = 0;
        int count = 0;
        for (const Value& table : *list)
            if (const Value* bytes = table.find("row_bytes"); bytes && bytes->isNumber()) {
                sum += bytes->number();
                ++count;
            }
        if (count == 0) return std::nullopt;
        return sum / count;
    }

    std::optional<double> payloadBytes() const {
        double bytes = 0, calls = 0;
        const FlowGraph& graph = m_sheet.graph();
        for (const int index : graph.incoming[static_cast<std::size_t>(m_node)]) {
            const Connection& connection = m_sheet.snapshot().design().connections[static_cast<std::size_t>(index)];
            const ParameterView view = m_sheet.snapshot().parameters(connection);
            const double rate = m_sheet.average().linkRps[static_cast<std::size_t>(index)];
            if (!view.isStated("payload_kb") || !(rate > 0) || !std::isfinite(rate) || view(keys::ops) == "read")
                continue;
            bytes += rate * view.value("payload_kb").number() * 1000;
            calls += rate;
        }
        if (calls == 0) return std::nullopt;
        return bytes / calls;
    }

    void copies() {
        const std::string words = "Copies · " + m_name;
        if (numberIn(m_view, "data") && numberIn(m_view, "parity") && m_view.value("redundancy") == Value("erasure")) {
            const double data = std::max(1.0, *numberIn(m_view, "data")), parity = *numberIn(m_view, "parity");
            given("copies", "Bytes stored per byte", "", (data + parity) / data, InputOrigin::canvas,
                  "erasure code of " + grouped(data, 0) + " data and " + grouped(parity, 0) + " parity chunks");
            return;
        }
        for (const char* property : {"rf", "copies", "replica_set"})
            if (numberIn(m_view, property)) {
                m_sheet.property(key("copies"), m_node, property, words, "");
                return;
            }
        if (m_view.value("replicas").isNumber()) {
            given("copies", "Copies", "", 1 + *numberIn(m_view, "replicas"), InputOrigin::canvas,
                  "the primary and its replicas");
            return;
        }
        int drawn = 1;
        for (const int index : m_sheet.graph().outgoing[static_cast<std::size_t>(m_node)]) {
            const Link& link = m_sheet.graph().links[static_cast<std::size_t>(index)];
            const Node& target = m_sheet.graph().nodes[static_cast<std::size_t>(link.to)];
            if ((link.mode == Mode::replicate || link.mode == Mode::standby) && keepsRecords(target))
                drawn += target.instances;
        }
        if (m_sheet.graph().nodes[static_cast<std::size_t>(m_node)].managed && drawn == 1)
            given("copies", "Copies", "", 3, InputOrigin::assumption, "the provider keeps three copies");
        else
            given("copies", "Copies", "", drawn, InputOrigin::canvas, "the component and the replicas drawn behind it");
    }

    std::string retention() {
        if (const auto days = numberIn(m_view, "retention_d")) {
            m_sheet.property(key("retention_d"), m_node, "retention_d", "Days kept · " + m_name, "");
            return "min(horizon_y, " + ref("retention_d") + " / days_a_year)";
        }
        return "horizon_y";
    }

    void disk() {
        const auto storage = numberIn(m_view, "storage_gb");
        if (!storage) return;
        const Node& node = m_sheet.graph().nodes[static_cast<std::size_t>(m_node)];
        const bool spreads =
            node.behaviour == Behaviour::quorum_store || node.instances > 1 || m_view.value("data").isNumber();
        const double shards = std::max(1.0, numberIn(m_view, "shards").value_or(1));
        given("index_overhead", "Room for indexes", "", 1.3, InputOrigin::assumption,
              "indexes and bloat take about a third more");
        const std::string machines = spreads && !node.managed ? spelled(m_id + ".instances")
                                     : shards > 1             ? spelled(m_id + ".shards")
                                                              : "1";
        const std::string bytes = spreads && !node.managed ? ref("bytes_copies") : ref("bytes");
        line("disk", "on each machine, with indexes", "B", bytes + " * " + ref("index_overhead") + " / " + machines,
             {spelled(m_id + ".storage_gb") + " * GB * 80%", true},
             "A disk is full at 80 %: compaction, vacuum and backups need the rest.");
    }

    EstimateBuilder& m_sheet;
    int m_node;
    std::string m_id, m_name;
    ParameterView m_view;
};

/// A broker's topic: what flows in, what is kept, and how many partitions that takes.
void addTopic(EstimateBuilder& sheet, int broker, std::size_t index) {
    const FlowGraph& graph = sheet.graph();
    const Node& node = graph.nodes[static_cast<std::size_t>(broker)];
    const Topic& topic = node.topics[index];
    const bool several = node.topics.size() > 1;
    const std::string id = sheet.id(broker) + (several ? '.' + topic.name : std::string()) + ".topic";
    const std::string label = sheet.nameOf(broker) + (several ? " · " + topic.name : std::string());
    const auto key = [&id](const char* what) { return id + '.' + what; };
    const auto published = [&](const CapacityReport& report) {
        double rate = 0;
        for (const int link : graph.incoming[static_cast<std::size_t>(broker)]) {
            const Link& incoming = graph.links[static_cast<std::size_t>(link)];
            const bool here = incoming.topic.empty() ? index == 0 : incoming.topic == topic.name;
            if (incoming.mode == Mode::publish && here) rate += report.linkRps[static_cast<std::size_t>(link)];
        }
        return rate;
    };
    const double peak = published(sheet.peak());
    if (!(peak > 0)) return;
    const ParameterView view = sheet.parameters(broker);
    double bytes = 1000, hours = 168;
    bool isStated = false;
    const Value topics = view.value("topics");
    if (const Value::List* list = topics.list(); list && index < list->size()) {
        if (const Value* value = (*list)[index].find("avg_msg_bytes")) bytes = value->number(bytes), isStated = true;
        if (const Value* value = (*list)[index].find("retention_h")) hours = value->number(hours);
    } else if (const Value kept = view.value("retention_s"); kept.isNumber()) {
        hours = kept.number() / 3600;
    }
    const auto given = [&](const char* what, const std::string& words, const char* unit, double value,
                           InputOrigin origin, std::string note = {}) {
        sheet.input(key(what), words + " · " + label, unit, value, origin, std::move(note)).line.components = {
            sheet.id(broker)};
    };
    const auto line = [&](const char* what, const std::string& words, const char* unit, const std::string& formula,
                          Comparison compare = {}, std::string note = {}) {
        sheet.figure(key(what), "messaging", label + ": " + words, unit, formula, std::move(compare), std::move(note))
            .line.components = {sheet.id(broker)};
    };
    const auto ref = [&](const char* what) { return spelled(key(what)); };
    given("average_rps", "Messages, average", "1/s", published(sheet.average()), InputOrigin::canvas);
    given("peak_rps", "Messages, peak", "1/s", peak, InputOrigin::canvas);
    given("message_bytes", "Bytes a message", "B", bytes, isStated ? InputOrigin::canvas : InputOrigin::assumption,
          isStated ? "" : "1 kB, a usual event");
    given("retention_h", "Hours kept", "", hours, InputOrigin::canvas);
    line("in_bytes", "written at peak", "B/s", ref("peak_rps") + " * " + ref("message_bytes"));
    if (topic.partitions <= 0) {
        line("kept", "waiting if nobody consumes until it expires", "B",
             ref("average_rps") + " * " + ref("retention_h") + " * hour * " + ref("message_bytes"));
        return;
    }
    given("copies", "Copies", "", topic.replicationFactor, InputOrigin::canvas);
    line("kept", "kept, all copies", "B",
         ref("average_rps") + " * " + ref("retention_h") + " * hour * " + ref("message_bytes") + " * " + ref("copies"));
    given("partition_bytes", "Bytes a second a partition takes", "B/s", 1e7, InputOrigin::assumption,
          "10 MB/s on one disk, conservatively");
    std::string needed = "max(1, ceil(" + ref("in_bytes") + " / " + ref("partition_bytes") + "))";
    for (const Subscription& subscription : graph.subscriptions) {
        if (subscription.broker != broker || (subscription.topic >= 0 && subscription.topic != static_cast<int>(index)))
            continue;
        const Node& consumer = graph.nodes[static_cast<std::size_t>(subscription.consumer)];
        if (!(consumer.serviceMs[0] > 0) || consumer.concurrency <= 0) continue;
        const std::string who = sheet.id(subscription.consumer);
        const std::string consumers = key("consumers.") + who;
        sheet
            .figure(consumers, "messaging", label + ": consumers that " + consumer.name + " needs", "",
                    "ceil(" + spelled(who + ".arrival_rps") + " / (" + spelled(who + ".capacity_rps") + " / " +
                        spelled(who + ".instances") + " * 70%))",
                    {spelled(who + ".instances"), true}, "At 70 % of their capacity, so that a lag can be caught up.")
            .line.components = {who};
        needed = "max(" + needed + ", " + spelled(consumers) + ")";
    }
    given("partitions", "Partitions", "", topic.partitions, InputOrigin::canvas);
    line("partitions_needed", "partitions needed", "", needed, {ref("partitions"), true},
         "A partition is read by one consumer of a group: fewer partitions than consumers leave some idle.");
}

}  // namespace

void addStorage(EstimateBuilder& sheet) {
    sheet.section("storage", "Storage");
    std::string bytes, copies;
    for (std::size_t i = 0; i < sheet.graph().nodes.size(); ++i) {
        const double writes = sheet.average().nodes[i].writeRps;
        if (!keepsRecords(sheet.graph().nodes[i]) || !(writes > 0) || !std::isfinite(writes)) continue;
        bool isReplica = true;
        for (const int link : sheet.graph().incoming[i]) {
            const Mode mode = sheet.graph().links[static_cast<std::size_t>(link)].mode;
            isReplica = isReplica && (mode == Mode::replicate || mode == Mode::standby);
        }
        if (isReplica) continue;
        StoreEstimate(sheet, static_cast<int>(i)).add();
        const std::string& id = sheet.id(static_cast<int>(i));
        bytes += (bytes.empty() ? "" : " + ") + spelled(id + ".bytes");
        copies += (copies.empty() ? "" : " + ") + spelled(id + ".bytes_copies");
    }
    if (bytes.empty()) return;
    sheet.figure("storage_bytes", "storage", "All stores, one copy", "B", bytes);
    sheet.figure("storage_bytes_copies", "storage", "All stores, all copies", "B", copies);
}

void addMessaging(EstimateBuilder& sheet) {
    sheet.section("messaging", "Messages and partitions");
    for (std::size_t i = 0; i < sheet.graph().nodes.size(); ++i)
        if (sheet.graph().nodes[i].isBroker())
            for (std::size_t topic = 0; topic < sheet.graph().nodes[i].topics.size(); ++topic)
                addTopic(sheet, static_cast<int>(i), topic);
}

}  // namespace loadpath
