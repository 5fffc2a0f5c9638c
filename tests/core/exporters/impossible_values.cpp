// Designs with contradictory or impossible values, as a file may hold them: they are refused with the place,
// or analysed with figures that are numbers.
#include "exporters/results.h"
#include "json/design_json.h"
#include "support/catalog.h"

#include <QtTest>

using namespace loadpath;

namespace {

/// Client, service and store with the given properties of the store and of the call to it.
std::string designWith(const std::string& type, const std::string& store, const std::string& call = {}) {
    return R"({"format": "loadpath-design", "version": 1, "name": "Odd", "zones": [
 {"id": "z", "kind": "zone", "properties": {"availability": 0.99}}],
"components": [{"id": "c", "type": "client", "properties": {"rate_rps": 10}},
 {"id": "s", "type": "service", "zones": ["z"]},
 {"id": "d", "type": ")" +
           type + R"(", "zones": ["z"], "properties": {)" + store + R"(}}],
"connections": [{"id": "e", "from": "c", "to": "s", "mode": "sync"},
 {"id": "f", "from": "s", "to": "d", "mode": "sync", "properties": {)" +
           call + "}}]}";
}

/// Every availability there is lies in [0, 1]; nothing is printed that is no number.
bool isSane(const std::string& text) {
    const auto loaded = readDesign(text, *test::catalog());
    if (!loaded) return !loaded.error().empty();
    const Report report = evaluate(Snapshot::of(loaded.value().design, test::catalog()));
    for (const FlowAvailability& flow : report.availability.flows) {
        if (!(flow.availability >= 0 && flow.availability <= 1 && flow.strict >= 0 && flow.strict <= 1)) return false;
        for (const UnitFigures& unit : flow.units)
            if (unit.birnbaum && !(*unit.birnbaum >= -1e-12 && *unit.birnbaum <= 1 + 1e-12)) return false;
    }
    for (const PartitionAvailability& store : report.availability.partitions)
        if (!(store.one >= 0 && store.all >= 0 && store.one <= 1 && store.all <= 1)) return false;
    const std::string json = analyzeJson(report), shown = analyzeText(report);
    for (const char* word : {"nan", "NaN", "inf", "-inf"})
        if (json.find(std::string(": ") + word) != std::string::npos) return false;
    return static_cast<bool>(parseJson(json)) && shown.find("nan") == std::string::npos;
}

}  // namespace

class ImpossibleValues : public QObject {
    Q_OBJECT

private slots:
    void areRefusedOrGiveNumbers_data() {
        QTest::addColumn<QString>("store");
        QTest::addColumn<QString>("call");
        const auto row = [](const char* store, const char* call = "") {
            QTest::addRow("%s / %s", store, call) << QString(store) << QString(call);
        };
        row("\"instances\": 2, \"min_healthy\": 5");
        row("\"instances\": 0");
        row("\"instances\": -3, \"min_healthy\": -1");
        row("\"instances\": 5, \"min_healthy\": 0");
        row("\"availability\": 0");
        row("\"availability\": 1");
        row("\"availability\": -0.5");
        row("\"availability\": 7");
        row("\"availability\": 1e308");
        row("\"availability\": \"NaN\"");
        row("\"availability\": null");
        row("\"mttr_s\": 0, \"failover\": \"auto\", \"failover_s\": 1e300");
        row("\"mttr_s\": -5");
        row("\"service_time_ms\": 0");
        row("\"service_time_ms\": -1");
        row("\"rf\": 0, \"replicas\": -4, \"primary_shards\": 0");
        row("\"rf\": 99, \"replicas\": 99, \"instances\": 4");
        row("", "\"group\": \"g\", \"need\": 3");
        row("", "\"group\": \"g\", \"need\": 0");
        row("", "\"group\": \"g\", \"need\": -1");
        row("", "\"p\": 0");
        row("", "\"p\": 1.5");
        row("", "\"p\": -1");
        row("", "\"p_from\": \"miss:nobody\"");
        row("\"instances\": 4", "\"scatter\": true");
        row("\"instances\": 1", "\"scatter\": true");
        row("\"managed\": true, \"availability\": 0", "\"scatter\": true");
    }
    void areRefusedOrGiveNumbers() {
        QFETCH(QString, store);
        QFETCH(QString, call);
        for (const char* type : {"postgres", "cassandra", "elasticsearch", "redis", "mongodb"})
            QVERIFY2(isSane(designWith(type, store.toStdString(), call.toStdString())), type);
    }
    void aGroupThatNeedsMoreThanItHasIsDown() {
        const auto loaded = readDesign(designWith("postgres", "", R"("group": "g", "need": 3)"), *test::catalog());
        if (!loaded) return;
        const Report report = evaluate(Snapshot::of(loaded.value().design, test::catalog()));
        QCOMPARE(report.availability.worst, 0.0);
    }
    void aFlowWithoutEntryOrCalls() {
        QVERIFY(isSane(R"({"format": "loadpath-design", "version": 1, "name": ""})"));
        QVERIFY(isSane(R"({"format": "loadpath-design", "version": 1, "name": "", "components": [
 {"id": "c", "type": "client"}], "flows": [{"id": "f", "entry": "nobody", "share": 1, "op": "read"}]})"));
        QVERIFY(isSane(R"({"format": "loadpath-design", "version": 1, "name": "", "components": [
 {"id": "c", "type": "client"}], "flows": [{"id": "f", "entry": "c", "share": 1, "op": "read"}]})"));
        QVERIFY(isSane(R"({"format": "loadpath-design", "version": 1, "name": "", "components": [
 {"id": "c", "type": "client"}], "flows": [{"id": "f", "entry": "c", "share": -2, "op": "read"}]})"));
    }
};

QTEST_APPLESS_MAIN(ImpossibleValues)
#include "impossible_values.moc"
