// What a design may set about rules: off, another severity, other thresholds; read, written, honoured.
#include "json/value_json.h"
#include "support/rule_fixtures.h"

#include <QTest>

using namespace loadpath;
using namespace loadpath::test;

namespace {

/// One service at 80 % of what it can do.
std::string designWith(const std::string& settings) {
    return R"({"format": "loadpath-design", "version": 1, "name": "Busy",
"components": [
  {"id": "c", "type": "client", "position": [0, 0], "properties": {"rate_rps": 80}},
  {"id": "s", "type": "service", "position": [240, 0], "properties": {"instances": 2, "concurrency": 1, "service_time_ms": 20}}],
"connections": [{"id": "c-s", "from": "c", "to": "s", "mode": "sync", "properties": {"timeout_ms": 500}}],
)" + settings +
           "}";
}

LoadedDesign loaded(const std::string& settings) {
    auto result = readDesign(designWith(settings), *catalog());
    if (!result) std::fprintf(stderr, "%s\n", describe(result.error().front(), "design").c_str());
    return std::move(*result);
}

Problem refused(const std::string& settings) {
    const auto result = readDesign(designWith(settings), *catalog());
    return result ? Problem{} : result.error().front();
}

std::optional<Severity> severityIn(const Design& design, std::string_view rule) {
    for (const Finding& finding : findingsOf(design))
        if (finding.rule == rule) return finding.severity;
    return std::nullopt;
}

}  // namespace

class Settings : public QObject {
    Q_OBJECT

private slots:
    void areHonoured();
    void areWrittenAsTheyWereRead();
    void unknownOnesAreKeptAndTold();
    void wrongOnesAreRefusedWithTheirPlace();
    void outOfRangeTheNearestCounts();
    void areAnEditLikeAnyOther();
    void standInTheSchema();
};

void Settings::areHonoured() {
    QCOMPARE(severityIn(loaded(R"("rules": {})").design, "high-utilisation"), Severity::warning);
    QCOMPARE(severityIn(loaded(R"("rules": {"high-utilisation": {"severity": "error"}})").design, "high-utilisation"),
             Severity::error);
    QCOMPARE(severityIn(loaded(R"("rules": {"high-utilisation": {"severity": "off"}})").design, "high-utilisation"),
             std::nullopt);
    QCOMPARE(severityIn(loaded(R"("rules": {"high-utilisation": {"utilisation": 0.81}})").design, "high-utilisation"),
             std::nullopt);
    QCOMPARE(severityIn(loaded(R"("rules": {"high-utilisation": {"utilisation": 0.79}})").design, "high-utilisation"),
             Severity::warning);
}

void Settings::areWrittenAsTheyWereRead() {
    const std::string text =
        R"("rules": {
    "high-utilisation": {"severity": "info", "utilisation": 0.6},
    "unheard-of": {"severity": "off", "limit": 1, "reason": "a later version knows it"}
  },
  "house_rules": "team.rules.json")";
    const LoadedDesign first = loaded(text);
    const std::string written = writeDesign(first.design, *catalog());
    QVERIFY2(written.find(text) != std::string::npos, written.c_str());
    const auto again = readDesign(written, *catalog());
    QVERIFY(again);
    QVERIFY(again->design == first.design);
    QCOMPARE(writeDesign(again->design, *catalog()), written);
}

void Settings::unknownOnesAreKeptAndTold() {
    const LoadedDesign read =
        loaded(R"("rules": {"no-such": {"severity": "off"}, "spof": {"limit": 3, "note": "why"}})");
    QCOMPARE(read.warnings.size(), std::size_t(3));
    QCOMPARE(read.warnings[0].pointer, std::string("/rules/no-such"));
    QCOMPARE(read.warnings[0].line, 6);
    QCOMPARE(read.warnings[0].message, std::string("there is no rule \"no-such\"; its settings are kept"));
    QCOMPARE(read.warnings[1].message, std::string("spof has no threshold \"limit\" (it has none); it is kept"));
    QCOMPARE(read.warnings[2].pointer, std::string("/rules/spof/note"));
    QCOMPARE(read.design.header.rules.at("spof").thresholds.at("limit"), 3.0);
    QCOMPARE(*read.design.header.rules.at("no-such").level, RuleLevel::off);
}

void Settings::wrongOnesAreRefusedWithTheirPlace() {
    QCOMPARE(refused(R"("rules": [])").message, std::string("must be an object of settings by rule, not a list"));
    QCOMPARE(refused(R"("rules": {"spof": "off"})").pointer, std::string("/rules/spof"));
    const Problem word = refused(R"("rules": {"spof": {"severity": "fatal"}})");
    QCOMPARE(word.pointer, std::string("/rules/spof/severity"));
    QCOMPARE(word.line, 6);
    QVERIFY(word.column > 0);
    QCOMPARE(refused(R"("rules": {"spof": {"severity": 1}})").pointer, std::string("/rules/spof/severity"));
    QCOMPARE(refused(R"("rules": {"high-utilisation": {"utilisation": "0.6"}})").message,
             std::string("must be a number, not a text"));
    QCOMPARE(refused(R"("house_rules": 1)").pointer, std::string("/house_rules"));
}

void Settings::outOfRangeTheNearestCounts() {
    const LoadedDesign high = loaded(R"("rules": {"high-utilisation": {"utilisation": 7}})");
    QCOMPARE(high.warnings.size(), std::size_t(1));
    QCOMPARE(high.warnings[0].pointer, std::string("/rules/high-utilisation/utilisation"));
    QVERIFY(high.warnings[0].message.starts_with("must be from 0.05 to 0.99"));
    QCOMPARE(severityIn(high.design, "high-utilisation"), std::nullopt);  // 0.99 counts
    QCOMPARE(high.design.header.rules.at("high-utilisation").thresholds.at("utilisation"), 7.0);
    const LoadedDesign low = loaded(R"("rules": {"high-utilisation": {"utilisation": -1}})");
    QCOMPARE(severityIn(low.design, "high-utilisation"), Severity::warning);
}

void Settings::areAnEditLikeAnyOther() {
    Design design = loaded(R"("rules": {})").design;
    const Design before = design;
    Header header = design.header;
    header.rules["high-utilisation"].level = RuleLevel::off;
    const Edits undo = applyEdits(design, {header});
    QCOMPARE(severityIn(design, "high-utilisation"), std::nullopt);
    applyEdits(design, undo);
    QVERIFY(design == before);
}

void Settings::standInTheSchema() {
    const auto schema = parseJson(designSchema(*catalog()));
    QVERIFY(schema);
    const Value* rules = schema->find("properties")->find("rules")->find("properties");
    for (const Rule& rule : allRules()) {
        const Value* own = rules->find(rule.id);
        QVERIFY2(own, std::string(rule.id).c_str());
        QCOMPARE(*own->find("properties")->find("severity")->find("default")->text(), std::string(name(rule.severity)));
        for (const Threshold& threshold : rule.thresholds) {
            const Value* number = own->find("properties")->find(threshold.key);
            QVERIFY2(number, std::string(rule.id).c_str());
            QCOMPARE(number->find("default")->number(), threshold.value);
            QCOMPARE(number->find("minimum")->number(), threshold.least);
            QCOMPARE(number->find("maximum")->number(), threshold.most);
        }
    }
}

QTEST_APPLESS_MAIN(Settings)
#include "settings.moc"
