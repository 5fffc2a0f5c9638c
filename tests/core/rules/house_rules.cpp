// Rules that are data: read with good errors, checked over properties and figures, and the example in the README.
#include "house/baseline.h"
#include "house/house_rules_json.h"
#include "rules/fix_all.h"
#include "support/rule_fixtures.h"

#include <QTest>

using namespace loadpath;
using namespace loadpath::test;

namespace {

std::string ruleFile(const std::string& rules) {
    return "{\"format\": \"loadpath-rules\", \"version\": 1, \"rules\": [\n" + rules + "\n]}";
}

std::string ruleWith(const std::string& rest) {
    return R"({"id": "house", "title": "T", "why": "W", "message": "M", )" + rest + "}";
}

Problem problemOf(const std::string& rules) {
    const auto read = readHouseRules(ruleFile(rules), *catalog());
    return read ? Problem{"nothing wrong", {}, 0, 0} : read.error().front();
}

/// Two services on a database: A with 3 instances at 60 %, B with one at 40 %.
Design shop() {
    const auto read = readDesign(R"({"format": "loadpath-design", "version": 1, "name": "Shop",
"requirements": {"availability_slo": 0.999},
"components": [
  {"id": "c", "type": "client", "position": [0, 0], "properties": {"rate_rps": 100}},
  {"id": "a", "type": "service", "name": "Alpha", "position": [240, 0],
   "properties": {"instances": 3, "concurrency": 1, "service_time_ms": 18}},
  {"id": "b", "type": "service", "name": "Beta", "position": [480, 0],
   "properties": {"instances": 1, "concurrency": 1, "service_time_ms": 4}},
  {"id": "db", "type": "postgres", "name": "Orders", "position": [720, 0]}],
"connections": [
  {"id": "c-a", "from": "c", "to": "a", "mode": "sync", "properties": {"timeout_ms": 500}},
  {"id": "a-b", "from": "a", "to": "b", "mode": "sync"},
  {"id": "b-db", "from": "b", "to": "db", "mode": "sync", "properties": {"timeout_ms": 200}}]})",
                                 *catalog());
    return read->design;
}

Report checked(const Design& design, const std::string& rules) {
    auto read = readHouseRules(ruleFile(rules), *catalog());
    if (!read) {
        std::fprintf(stderr, "%s\n", describe(read.error().front(), "rules").c_str());
        return {};
    }
    return evaluate(Snapshot::of(design, catalog()), {}, std::make_shared<const HouseRules>(std::move(*read)));
}

std::vector<std::string> messagesOf(const Report& report, std::string_view rule) {
    std::vector<std::string> messages;
    for (const Finding& finding : report.findings)
        if (finding.rule == rule) messages.push_back(finding.key() + " " + finding.message);
    return messages;
}

}  // namespace

class HouseRulesTest : public QObject {
    Q_OBJECT

private slots:
    void conditionsAreParsedAndHold();
    void selectByTypeGroupAndProperty();
    void compareFiguresOfTheAnalysis();
    void speakOfConnectionsAndTheirEnds();
    void fixWhatTheyAsk();
    void canBeAcknowledged();
    void mistakesAreToldWithTheirPlace_data();
    void mistakesAreToldWithTheirPlace();
    void figuresThatDoNotExistHoldNothing();
    void theExampleInTheReadmeIsTrue();
    void baselineHidesWhatWasKnown();
};

void HouseRulesTest::conditionsAreParsedAndHold() {
    const auto holds = [](std::string_view text) {
        const auto condition = Condition::parse(text);
        if (!condition) return std::string(condition.error().front().message);
        return std::string(condition->holds([](const std::string& name) {
            return name == "one" ? 1 : name == "two" ? 2 : name == "or.and" ? 3 : noFigure;
        })
                               ? "yes"
                               : "no");
    };
    QCOMPARE(holds("one < two"), std::string("yes"));
    QCOMPARE(holds("one >= two"), std::string("no"));
    QCOMPARE(holds("one < two and two < one or one == 1"), std::string("yes"));
    QCOMPARE(holds("one == 1 or two == 1 and two == 3"), std::string("yes"));  // "and" binds more tightly
    QCOMPARE(holds("two == 1 and one == 1 or two == 3"), std::string("no"));
    QCOMPARE(holds("(one + two) * 2 == 6 and min(one, two) = 1 and one != two"), std::string("yes"));
    QCOMPARE(holds("or.and > 2"), std::string("yes"));
    QCOMPARE(holds("one"), std::string("yes"));
    QCOMPARE(holds("one - 1"), std::string("no"));
    QCOMPARE(holds("nothing < 1"), std::string("no"));
    QCOMPARE(holds("nothing >= 1"), std::string("no"));
    QCOMPARE(holds("nothing != 1"), std::string("no"));
    QCOMPARE(holds("0.1 + 0.2 <= 0.3"), std::string("yes"));
    QCOMPARE(holds("0.1 + 0.2 > 0.3"), std::string("no"));
    QCOMPARE(holds("one <"), std::string("what stands after \"<\" is missing"));
    QCOMPARE(holds("< one"), std::string("something to compare is missing"));
    QCOMPARE(holds("one and"), std::string("something to compare is missing"));
    QCOMPARE(holds(""), std::string("something to compare is missing"));
    QCOMPARE(holds("1 < one < 3"), std::string("only two things are compared at a time; join more with \"and\""));
    QVERIFY(holds("one + < 3") != "yes");
}

void HouseRulesTest::selectByTypeGroupAndProperty() {
    const auto keys = [](const std::string& selector) {
        std::string all;
        for (const Finding& finding : checked(shop(), ruleWith(selector)).findings)
            if (finding.rule == "house") all += finding.key() + " ";
        return all;
    };
    QCOMPARE(keys(R"("components": {"type": "service"})"), std::string("house:a house:b "));
    QCOMPARE(keys(R"("components": {"type": ["postgres", "client"]})"), std::string("house:c house:db "));
    QCOMPARE(keys(R"("components": {"group": "compute"})"), std::string("house:a house:b "));
    QCOMPARE(keys(R"("components": {"type": "service", "where": {"instances": 3}})"), std::string("house:a "));
    QCOMPARE(keys(R"("components": {"where": {"instances": [3, 7]}})"), std::string("house:a "));
    QCOMPARE(keys(R"("connections": {"where": {"timeout_ms": 0}})"), std::string("house:a-b "));
    QCOMPARE(keys(R"("components": {"where": {"rate_rps": {"set": true}}})"), std::string("house:c "));
    QCOMPARE(keys(R"("components": {"type": "client", "where": {"users": {"set": false}}})"), std::string("house:c "));
    QCOMPARE(keys(R"("connections": {"mode": "publish"})"), std::string());
    QCOMPARE(keys(R"("connections": {"from": {"type": "client"}})"), std::string("house:c-a "));
}

void HouseRulesTest::compareFiguresOfTheAnalysis() {
    const std::string rule = R"({"id": "busy", "title": "T", "why": "W", "severity": "error", "components": {},
  "when": "utilisation > 0.5 and instances < 4",
  "message": "{name} has {instances} and {utilisation}, {utilisation:number}, {arrival_rps}, {service_time_ms:duration}"})";
    const Report report = checked(shop(), rule);
    QCOMPARE(messagesOf(report, "busy"),
             (std::vector<std::string>{"busy:a Alpha has 3 and 60.0 %, 0.6, 100/s, 18 ms"}));
    for (const Finding& finding : report.findings)
        if (finding.rule == "busy") QCOMPARE(finding.severity, Severity::error);
    QCOMPARE(
        messagesOf(checked(shop(), ruleWith(R"("components": {"type": "service"}, "when": "callers > 1")")), "house"),
        std::vector<std::string>{});
    QCOMPARE(messagesOf(checked(shop(), ruleWith(R"("components": {"type": "client"},
                 "when": "design.availability < design.availability_slo")")),
                        "house")
                 .size(),
             std::size_t(1));
}

void HouseRulesTest::speakOfConnectionsAndTheirEnds() {
    const std::string rule = R"({"id": "hop", "title": "T", "why": "W", "connections": {"mode": "sync"},
  "when": "from.instances > to.instances and calls_rps > 50",
  "message": "{name}: {from} ({from.instances}) calls {to} ({to.instances}) {calls_rps}, timeout {timeout_ms}"})";
    QCOMPARE(messagesOf(checked(shop(), rule), "hop"),
             (std::vector<std::string>{"hop:a-b Alpha → Beta: Alpha (3) calls Beta (1) 100/s, timeout 0"}));
}

void HouseRulesTest::fixWhatTheyAsk() {
    const std::string rule = ruleWith(
        R"("components": {"type": "service"}, "when": "instances < 3", "fix": {"title": "Three", "set": {"instances": 3}})");
    Design design = shop();
    const Report before = checked(design, rule);
    const auto finding = std::find_if(before.findings.begin(), before.findings.end(),
                                      [](const Finding& f) { return f.rule == "house"; });
    QVERIFY(finding != before.findings.end() && finding->fix);
    QCOMPARE(finding->fix->title, std::string("Three"));
    applyEdits(design, finding->fix->edits);
    QCOMPARE(design.components.find({"b"})->properties.at("instances"), Value(3));
    QVERIFY(messagesOf(checked(design, rule), "house").empty());

    FixWishes wishes;
    wishes.rule = "house";
    wishes.house = before.houseRules;
    const FixOutcome outcome = fixAll(shop(), catalog(), wishes);
    QCOMPARE(outcome.applied.size(), std::size_t(1));
    QVERIFY(outcome.design == design);
    wishes.scope = FixScope::safe;
    QVERIFY(fixAll(shop(), catalog(), wishes).applied.empty());  // two more instances cost money
}

void HouseRulesTest::canBeAcknowledged() {
    Design design = shop();
    applyEdits(design, {Put<Acknowledgement>{{{"house:a"}, "as agreed", {}}, {}}});
    const Report report = checked(design, ruleWith(R"("components": {"type": "service"})"));
    for (const Finding& finding : report.findings)
        if (finding.rule == "house") QCOMPARE(finding.acknowledged, finding.key() == "house:a");
    QCOMPARE(wordsOf(report, "house").title, std::string_view("T"));
}

void HouseRulesTest::mistakesAreToldWithTheirPlace_data() {
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const std::string& rule, const char* pointer, const char* message) {
        QTest::newRow(name) << QString::fromStdString(rule) << pointer << message;
    };
    row("key", ruleWith(R"("components": {}, "sevrity": "info")"), "/rules/0/sevrity",
        "\"sevrity\" is not one of id, title, severity, components, connections, when, message, why, source, fix");
    row("severity", ruleWith(R"("components": {}, "severity": "off")"), "/rules/0/severity",
        "must be one of \"error\", \"warning\" and \"info\"");
    row("neither", ruleWith(R"("severity": "info")"), "/rules/0",
        "a rule is about \"components\" or \"connections\": one of them must be there");
    row("type", ruleWith(R"("components": {"type": "sevice"})"), "/rules/0/components/type",
        "there is no component type \"sevice\"");
    row("second type", ruleWith(R"("components": {"type": ["service", "x"]})"), "/rules/0/components/type/1",
        "there is no component type \"x\"");
    row("group", ruleWith(R"("components": {"group": "x"})"), "/rules/0/components/group",
        "there is no group or category \"x\"");
    row("property", ruleWith(R"("components": {"where": {"instnces": 1}})"), "/rules/0/components/where/instnces",
        "there is no property \"instnces\" of these components");
    row("figure", ruleWith(R"("components": {}, "when": "utilization > 1")"), "/rules/0/when",
        "there is no property or figure \"utilization\" of these components");
    row("of another type", ruleWith(R"("components": {"type": "client"}, "when": "partitions > 1")"), "/rules/0/when",
        "there is no property or figure \"partitions\" of these components");
    row("placeholder", R"({"id": "x", "title": "T", "why": "W", "message": "{who}", "components": {}})",
        "/rules/0/message", "there is no property or figure \"who\" of these components");
    row("mode", ruleWith(R"("connections": {"mode": "async"})"), "/rules/0/connections/mode",
        "there is no mode \"async\"");
    row("own name", R"({"id": "spof", "title": "T", "why": "W", "message": "M", "components": {}})", "/rules/0/id",
        "\"spof\" is a rule of the program");
    row("twice", ruleWith(R"("components": {})") + "," + ruleWith(R"("components": {})"), "/rules/1/id",
        "there are two rules \"house\"");
    row("message", R"({"id": "x", "title": "T", "why": "W", "components": {}})", "/rules/0", "\"message\" is missing");
    row("brace", R"({"id": "x", "title": "T", "why": "W", "message": "{name", "components": {}})", "/rules/0/message",
        "a '{' has no '}'");
    row("fix", ruleWith(R"("components": {}, "fix": {"title": "F", "set": {"nope": 1}})"), "/rules/0/fix/set/nope",
        "there is no property \"nope\" of these components");
}

void HouseRulesTest::mistakesAreToldWithTheirPlace() {
    QFETCH(QString, rule);
    QFETCH(QString, pointer);
    QFETCH(QString, message);
    const Problem problem = problemOf(rule.toStdString());
    QCOMPARE(QString::fromStdString(problem.message), message);
    QCOMPARE(QString::fromStdString(problem.pointer), pointer);
    QVERIFY(problem.line == 2 && problem.column > 0);
}

void HouseRulesTest::figuresThatDoNotExistHoldNothing() {
    // A client has no utilisation: neither is it above nor below anything.
    QVERIFY(
        messagesOf(checked(shop(), ruleWith(R"("components": {"type": "client"}, "when": "utilisation < 2")")), "house")
            .empty());
    QCOMPARE(problemOf("").message, std::string("nothing wrong"));
    QVERIFY(!readHouseRules("{}", *catalog()));
    QVERIFY(!readHouseRules("[]", *catalog()));
    QVERIFY(!readHouseRules(R"({"format": "loadpath-rules", "version": 2, "rules": []})", *catalog()));
}

void HouseRulesTest::theExampleInTheReadmeIsTrue() {
    const std::string readme = fileText(std::filesystem::path(LOADPATH_SOURCE_DIR) / "README.md");
    const std::size_t start = readme.find("{\n  \"format\": \"loadpath-rules\"");
    QVERIFY(start != std::string::npos);
    const std::string example = readme.substr(start, readme.find("```", start) - start);
    const auto rules = readHouseRules(example, *catalog());
    if (!rules) QFAIL(describe(rules.error().front(), "README.md").c_str());
    QVERIFY(rules->rules.size() >= 2);
    // Each of them finds something in a first attempt and says what the README shows.
    const auto naive = readDesign(
        fileText(std::filesystem::path(LOADPATH_SOURCE_DIR) / "templates/url-shortener-naive.json"), *catalog());
    QVERIFY(naive);
    const Report report =
        evaluate(Snapshot::of(naive->design, catalog()), {}, std::make_shared<const HouseRules>(*rules));
    for (const HouseRule& rule : rules->rules) {
        const auto messages = messagesOf(report, rule.id);
        QVERIFY2(!messages.empty(), rule.id.c_str());
        const std::string shown = messages.front().substr(messages.front().find(' ') + 1);
        QVERIFY2(readme.find(shown) != std::string::npos, shown.c_str());
    }
}

void HouseRulesTest::baselineHidesWhatWasKnown() {
    Report report = checked(shop(), "");
    QVERIFY(!report.findings.empty());
    Baseline known = baselineOf(report);
    const std::size_t all = report.findings.size();
    known.erase(report.findings.front().key());
    Report later = report;
    QCOMPARE(hideKnown(later, known), int(all) - 1);
    QCOMPARE(later.findings.size(), std::size_t(1));

    // What has become worse since is new.
    Report worse = report;
    const std::string key = worse.findings.back().key();
    Baseline mild = baselineOf(report);
    mild[key] = Severity::info;
    worse.findings.back().severity = Severity::error;
    hideKnown(worse, mild);
    QCOMPARE(worse.findings.size(), std::size_t(1));
    QCOMPARE(worse.findings.front().key(), key);

    const auto read = readBaseline(
        R"([{"findings": [{"key": "a:b", "severity": "error"}]}, {"findings": [{"key": "a:c", "severity": "info"}]}])");
    QVERIFY(read);
    QCOMPARE(read->size(), std::size_t(2));
    QVERIFY(looksLikeResult(R"({"findings": []})"));
    QVERIFY(!looksLikeResult(R"({"format": "loadpath-design"})"));
    const auto wrong = readBaseline(R"({"findings": [{"key": 1}]})");
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().front().pointer, std::string("/findings/0"));
}

QTEST_APPLESS_MAIN(HouseRulesTest)
#include "house_rules.moc"
