// SARIF 2.1.0: what its published schema requires of every object that we write, held by a small validator.
#include "exporters/results.h"
#include "support/rule_fixtures.h"

#include <QTest>

#include <functional>

using namespace loadpath;
using namespace loadpath::test;

namespace {

/// One object of the schema: each property's type (and its object), and which must be there.
struct Shape {
    std::map<std::string, std::string> properties;  // "string", "integer", "array:result", "object:region", "enum:a,b"
    std::set<std::string> required;
};

/// From sarif-schema-2.1.0.json (OASIS): the parts that this program writes.
const std::map<std::string, Shape>& shapes() {
    static const std::map<std::string, Shape> all{
        {"sarifLog", {{{"$schema", "uri"}, {"version", "enum:2.1.0"}, {"runs", "array:run"}}, {"version", "runs"}}},
        {"run",
         {{{"tool", "object:tool"},
           {"results", "array:result"},
           {"columnKind", "enum:utf16CodeUnits,unicodeCodePoints"}},
          {"tool"}}},
        {"tool", {{{"driver", "object:toolComponent"}}, {"driver"}}},
        {"toolComponent", {{{"name", "string"}, {"rules", "array:reportingDescriptor"}}, {"name"}}},
        {"reportingDescriptor",
         {{{"id", "string"},
           {"shortDescription", "object:multiformatMessageString"},
           {"fullDescription", "object:multiformatMessageString"},
           {"help", "object:multiformatMessageString"},
           {"defaultConfiguration", "object:reportingConfiguration"}},
          {"id"}}},
        {"multiformatMessageString", {{{"text", "string"}}, {"text"}}},
        {"reportingConfiguration", {{{"level", "enum:none,note,warning,error"}}, {}}},
        {"result",
         {{{"ruleId", "string"},
           {"ruleIndex", "integer"},
           {"level", "enum:none,note,warning,error"},
           {"message", "object:message"},
           {"locations", "array:location"},
           {"partialFingerprints", "strings"},
           {"suppressions", "array:suppression"}},
          {"message"}}},
        {"message", {{{"text", "string"}}, {"text"}}},  // text or id: this program writes texts
        {"location",
         {{{"physicalLocation", "object:physicalLocation"}, {"logicalLocations", "array:logicalLocation"}}, {}}},
        {"physicalLocation",
         {{{"artifactLocation", "object:artifactLocation"}, {"region", "object:region"}}, {"artifactLocation"}}},
        {"artifactLocation", {{{"uri", "uri"}}, {}}},
        {"region", {{{"startLine", "positive"}, {"startColumn", "positive"}}, {}}},
        {"logicalLocation", {{{"name", "string"}, {"fullyQualifiedName", "string"}, {"kind", "string"}}, {}}},
        {"suppression",
         {{{"kind", "enum:inSource,external"},
           {"status", "enum:accepted,underReview,rejected"},
           {"justification", "string"}},
          {"kind"}}},
    };
    return all;
}

/// Empty where the value has the shape, else where it has not.
std::string misshapen(const Value& value, const std::string& type, const std::string& at) {
    const std::string kind = type.substr(0, type.find(':')), rest = type.substr(std::min(type.size(), kind.size() + 1));
    if (kind == "string") return value.text() ? "" : at + " is no text";
    if (kind == "integer") return std::holds_alternative<std::int64_t>(value.data) && value.number() >= -1 ? "" : at;
    if (kind == "positive") return std::holds_alternative<std::int64_t>(value.data) && value.number() >= 1 ? "" : at;
    if (kind == "uri") {
        const bool fine = value.text() && value.text()->find_first_of(" <>\"{}|\\^`") == std::string::npos;
        return fine ? "" : at + " is no URI";
    }
    if (kind == "enum")
        return value.text() && ("," + rest + ",").find("," + *value.text() + ",") != std::string::npos ? "" : at;
    if (kind == "strings") {
        if (!value.object()) return at;
        for (const auto& member : *value.object())
            if (!member.second.text()) return at + "/" + member.first;
        return "";
    }
    if (kind == "array") {
        if (!value.list()) return at + " is no list";
        for (std::size_t i = 0; i < value.list()->size(); ++i)
            if (std::string wrong = misshapen((*value.list())[i], "object:" + rest, at + "/" + std::to_string(i));
                !wrong.empty())
                return wrong;
        return "";
    }
    if (!value.object()) return at + " is no object";
    const Shape& shape = shapes().at(rest);
    for (const std::string& key : shape.required)
        if (!value.find(key)) return at + " lacks " + key;
    for (const auto& member : *value.object()) {
        const auto known = shape.properties.find(member.first);
        if (known == shape.properties.end()) return at + " has " + member.first;
        if (std::string wrong = misshapen(member.second, known->second, at + "/" + member.first); !wrong.empty())
            return wrong;
    }
    return "";
}

}  // namespace

class SarifStructure : public QObject {
    Q_OBJECT

private slots:
    void everyFixtureIsValid();
    void placesAreThoseOfTheFile();
    void rulesArePointedTo();
    void theValidatorCanFail();
};

void SarifStructure::everyFixtureIsValid() {
    std::vector<CheckedFile> files;
    for (const RuleFixture& fixture : ruleFixtures()) {
        Report report = evaluate(Snapshot::of(fixture.design, catalog()));
        const std::string text = fileText(fixture.path);
        files.push_back({"tests/rules/" + fixture.shown() + " ä.json", std::move(report), itemPlaces(text)});
    }
    if (!files.front().report.findings.empty()) files.front().report.findings.front().acknowledged = true;
    const auto log = parseJson(sarif(files));
    QVERIFY(log);
    QCOMPARE(QString::fromStdString(misshapen(*log, "object:sarifLog", "")), QString());
    const auto empty = parseJson(sarif({}));
    QCOMPARE(QString::fromStdString(misshapen(*empty, "object:sarifLog", "")), QString());
}

void SarifStructure::placesAreThoseOfTheFile() {
    const std::string text = R"({"format": "loadpath-design", "version": 1, "name": "Two",
"components": [
  {"id": "c", "type": "client", "properties": {"rate_rps": 10}},
    {"id": "s", "type": "service", "properties": {"instances": 1}}],
"connections": [{"id": "e", "from": "c", "to": "s", "mode": "sync"}]})";
    const auto read = readDesign(text, *catalog());
    QVERIFY(read);
    const auto log =
        parseJson(sarif({{"two.json", evaluate(Snapshot::of(read->design, catalog())), itemPlaces(text)}}));
    const auto& results = *log->find("runs")->list()->front().find("results")->list();
    bool found = false;
    for (const Value& result : results) {
        if (!(*result.find("partialFingerprints")->find("findingKey/v1") == Value("spof:s"))) continue;
        found = true;
        const Value& place = result.find("locations")->list()->front();
        const Value& region = *place.find("physicalLocation")->find("region");
        QCOMPARE(region.find("startLine")->number(), 4.0);
        QCOMPARE(region.find("startColumn")->number(), 5.0);
        const Value& logical = place.find("logicalLocations")->list()->front();
        QVERIFY(*logical.find("fullyQualifiedName") == Value("component/s"));
    }
    QVERIFY(found);
}

void SarifStructure::rulesArePointedTo() {
    for (const RuleFixture& fixture : ruleFixtures()) {
        const auto log = parseJson(sarif({{"x.json", evaluate(Snapshot::of(fixture.design, catalog())), {}}}));
        const Value& run = log->find("runs")->list()->front();
        const auto& rules = *run.find("tool")->find("driver")->find("rules")->list();
        for (const Value& result : *run.find("results")->list()) {
            const auto index = static_cast<std::size_t>(result.find("ruleIndex")->number());
            QVERIFY(index < rules.size());
            QVERIFY(*rules[index].find("id") == *result.find("ruleId"));
        }
    }
}

void SarifStructure::theValidatorCanFail() {
    const auto wrong = [](const char* text) { return !misshapen(*parseJson(text), "object:sarifLog", "").empty(); };
    QVERIFY(wrong(R"({"version": "2.1.0"})"));
    QVERIFY(wrong(R"({"version": "2.0", "runs": []})"));
    QVERIFY(wrong(R"({"version": "2.1.0", "runs": [{}]})"));
    QVERIFY(wrong(R"({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [{}]}]})"));
    QVERIFY(wrong(R"({"version": "2.1.0", "runs": [], "$schema": "not a uri"})"));
    QVERIFY(!wrong(R"({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}}]})"));
}

QTEST_APPLESS_MAIN(SarifStructure)
#include "sarif_structure.moc"
