#include "json/design_json.h"

#include "json/value_json.h"
#include "support/catalog.h"

#include <QtTest>

using namespace loadpath;

namespace {

const Catalog& palette() { return *test::catalog(); }

const char* const sample = R"({
  "format": "loadpath-design",
  "version": 1,
  "name": "Two-zone shop",
  "description": "Optional prose.",
  "requirements": {
    "functional": ["Customers browse the catalogue", "Customers check out"],
    "dau": 1000000, "requests_per_user_day": 10, "peak_factor": 3,
    "availability_slo": 0.999, "p99_ms": 250, "rto_s": 300, "rpo_s": 60, "horizon_y": 3, "budget_usd_month": 5000
  },
  "flows": [
    {"id": "browse", "name": "Browse", "entry": "clients", "share": 0.9, "op": "read"},
    {"id": "checkout", "name": "Check out", "entry": "clients", "share": 0.1, "op": "write", "consistency": "strong", "tags": ["money"]}
  ],
  "zones": [
    {"id": "eu", "name": "eu-west-1", "kind": "region"},
    {"id": "a", "name": "eu-west-1a", "kind": "zone", "parent": "eu", "availability": 0.9999},
    {"id": "b", "name": "eu-west-1b", "kind": "zone", "parent": "eu", "availability": 0.9999}
  ],
  "components": [
    {"id": "clients", "type": "client", "name": "Customers", "position": [40, 160], "properties": {"rate_rps": 800}},
    {"id": "lb", "type": "lb_l7", "name": "Load balancer", "position": [280, 160], "properties": {"managed": true, "availability": 0.9999}},
    {"id": "shop", "type": "service", "name": "Shop API", "position": [520, 160], "zones": ["a", "b"],
     "properties": {"instances": 4, "service_time_ms": 12, "concurrency": 50}},
    {"id": "cache", "type": "redis", "position": [760, 60], "zones": ["a"], "properties": {"hit_ratio": 0.85}},
    {"id": "db", "type": "postgres", "name": "Orders", "position": [760, 260], "zones": ["a"], "properties": {"failover": "auto"}},
    {"id": "db2", "type": "postgres_replica", "name": "Standby", "position": [1000, 260], "zones": ["b"]}
  ],
  "connections": [
    {"id": "c1", "from": "clients", "to": "lb", "mode": "sync", "properties": {"protocol": "https"}},
    {"id": "c2", "from": "lb", "to": "shop", "mode": "sync", "properties": {"protocol": "http", "timeout_ms": 800}},
    {"id": "c3", "from": "shop", "to": "cache", "mode": "sync", "properties": {"protocol": "resp", "criticality": "optional", "ops": "read"}},
    {"id": "c4", "from": "shop", "to": "db", "mode": "sync", "properties": {"protocol": "sql", "p_from": "miss:cache", "ops": "read"}},
    {"id": "c5", "from": "shop", "to": "db", "mode": "sync", "properties": {"protocol": "sql", "ops": "write"}},
    {"id": "c6", "from": "db", "to": "db2", "mode": "standby"}
  ],
  "notes": [{"id": "n1", "position": [40, 20], "text": "Black Friday is the case to survive."}],
  "scenarios": [
    {"id": "zone-loss", "name": "Lose zone a", "duration_s": 120, "warmup_s": 20, "seed": 1, "load": 1.0,
     "faults": [{"at_s": 60, "kind": "zone_down", "target": "a", "duration_s": 30}]}
  ],
  "acknowledged": [{"key": "no-rate-limit:clients", "reason": "Internal tool"}]
})";

Design sampleDesign() { return readDesign(sample, palette()).value().design; }

std::string changed(const char* from, const char* to) {
    return QString::fromUtf8(sample).replace(QString::fromUtf8(from), QString::fromUtf8(to)).toStdString();
}

}  // namespace

class DesignJsonTest : public QObject {
    Q_OBJECT
private slots:
    void theSampleOfTheContractIsReadInFull() {
        const auto loaded = readDesign(sample, palette());
        QVERIFY2(loaded, loaded ? "" : describe(loaded.error().front(), "sample").c_str());
        QVERIFY2(loaded->warnings.empty(), loaded->warnings.empty() ? "" : loaded->warnings.front().message.c_str());
        const Design& design = loaded->design;
        QCOMPARE(design.header.name, "Two-zone shop");
        QCOMPARE(design.header.requirements.functional.size(), std::size_t(2));
        QCOMPARE(design.header.requirements.budgetUsdMonth.value(), 5000.0);
        QCOMPARE(design.flows.size(), std::size_t(2));
        QVERIFY(design.flows[1].op == Op::write);
        QVERIFY(design.flows[1].extra.at("consistency") == Value("strong"));
        QCOMPARE(design.zones[1].parent.value, "eu");
        QVERIFY(design.zones[1].properties.at("availability") == Value(0.9999));
        QCOMPARE(design.components.size(), std::size_t(6));
        QCOMPARE(design.components[2].zones.size(), std::size_t(2));
        QVERIFY(design.components[2].properties.at("instances") == Value(4));
        QCOMPARE(design.components[3].name, "");
        QCOMPARE(design.connections.size(), std::size_t(6));
        QVERIFY(design.connections[5].mode == Mode::standby);
        QCOMPARE(design.notes[0].text, "Black Friday is the case to survive.");
        QCOMPARE(design.scenarios[0].faults[0].target, "a");
        QCOMPARE(design.scenarios[0].faults[0].durationS.value(), 30.0);
        QCOMPARE(design.acknowledged[0].id.value, "no-rate-limit:clients");
    }
    void writingWhatWasReadIsAFixpoint() {
        const std::string once = writeDesign(sampleDesign(), palette());
        const auto again = readDesign(once, palette());
        QVERIFY2(again, again ? "" : describe(again.error().front(), "written").c_str());
        QVERIFY(again->design == sampleDesign());
        QCOMPARE(writeDesign(again->design, palette()), once);
        QCOMPARE(once.back(), '\n');
    }
    void theCanonicalFormHasTheOrderOfTheContract() {
        const auto tree = parseJsonTree(writeDesign(sampleDesign(), palette()));
        QVERIFY(tree);
        QStringList keys;
        for (const auto& member : tree->members) keys << QString::fromStdString(member.first);
        QCOMPARE(keys.join(' '),
                 "format version name description requirements flows zones components connections notes scenarios "
                 "acknowledged");
        QStringList scenario;
        for (const auto& member : tree->find("scenarios")->items[0].members)
            scenario << QString::fromStdString(member.first);
        QCOMPARE(scenario.join(' '), "id name duration_s warmup_s seed load faults");
        QStringList flow;
        for (const auto& member : tree->find("flows")->items[1].members) flow << QString::fromStdString(member.first);
        QCOMPARE(flow.join(' '), "id name entry share op consistency tags");
    }
    void linesThatFitAreOneLine() {
        const QString text = QString::fromStdString(writeDesign(sampleDesign(), palette()));
        QVERIFY(text.contains("\n    {\"id\": \"c6\", \"from\": \"db\", \"to\": \"db2\", \"mode\": \"standby\"}\n"));
        QVERIFY(text.contains("\n    {\"id\": \"eu\", \"name\": \"eu-west-1\", \"kind\": \"region\"},\n"));
        for (const QString& line : text.split('\n')) QVERIFY2(line.size() <= 100, qPrintable(line));
    }
    void propertiesStandInCatalogueOrderThenUnknownOnesByName() {
        const auto loaded = readDesign(
            changed("{\"rate_rps\": 800}", "{\"zz\": 1, \"peak_factor\": 2, \"aa\": [1], \"rate_rps\": 800}"),
            palette());
        QVERIFY(loaded);
        QCOMPARE(loaded->warnings.size(), std::size_t(2));
        const auto tree = parseJsonTree(writeDesign(loaded->design, palette()));
        QStringList keys;
        for (const auto& member : tree->find("components")->items[0].find("properties")->members)
            keys << QString::fromStdString(member.first);
        QStringList expected;
        for (const ParameterSpec& spec : palette().find("client")->parameters)
            if (spec.key == "peak_factor" || spec.key == "rate_rps") expected << QString::fromStdString(spec.key);
        QCOMPARE(keys, expected + QStringList({"aa", "zz"}));
    }
    void unknownKeysAreKeptAndTold() {
        const auto loaded = readDesign(
            changed("\"name\": \"Two-zone shop\"", "\"name\": \"Two-zone shop\", \"colour\": {\"a\": [1, null]}"),
            palette());
        QVERIFY(loaded);
        QCOMPARE(loaded->warnings.size(), std::size_t(1));
        QCOMPARE(loaded->warnings[0].pointer, "/colour");
        QCOMPARE(loaded->warnings[0].line, 4);
        QVERIFY(writeDesign(loaded->design, palette()).find("\"colour\": {\"a\": [1, null]}") != std::string::npos);
    }
    void anUnknownTypeLoads() {
        const auto loaded = readDesign(changed("\"redis\"", "\"quantum_store\""), palette());
        QVERIFY(loaded);
        QVERIFY(loaded->warnings.empty());
        QCOMPARE(loaded->design.components[3].type, "quantum_store");
        QVERIFY(loaded->design.components[3].properties.at("hit_ratio") == Value(0.85));
    }
    void aValueOutOfRangeLoads() { QVERIFY(readDesign(changed("\"instances\": 4", "\"instances\": -4.5"), palette())); }
    void aByteOrderMarkAndALessonAreNoProblem() {
        const auto loaded = readDesign(
            "\xEF\xBB\xBF{\"format\": \"loadpath-design\", \"version\": 1, \"lesson\": {\"steps\": []}}", palette());
        QVERIFY(loaded);
        QVERIFY(loaded->warnings.empty());
        QVERIFY(loaded->design.header.extra.contains("lesson"));
    }
    void componentsWithoutAPlaceGetOneEach() {
        const auto loaded = readDesign(R"({"format": "loadpath-design", "version": 1, "components": [
            {"id": "a", "type": "client"}, {"id": "b", "type": "service"}]})",
                                       palette());
        QVERIFY(loaded);
        QVERIFY(!(loaded->design.components[0].position == loaded->design.components[1].position));
    }

    void refused_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* from, const char* to, const char* pointer, const char* says) {
            QTest::newRow(name) << QString(from) << QString(to) << QString(pointer) << QString(says);
        };
        row("format", "loadpath-design", "drawing", "/format", "not a Loadpath design");
        row("format missing", "\"format\": \"loadpath-design\",", "", "", "\"format\" is missing");
        row("version missing", "\"version\": 1,", "", "", "\"version\" is missing");
        row("newer version", "\"version\": 1,", "\"version\": 2,", "/version", "newer");
        row("version of the wrong type", "\"version\": 1,", "\"version\": \"1\",", "/version", "whole number");
        row("version zero", "\"version\": 1,", "\"version\": 0,", "/version", "whole number");
        row("syntax", "\"format\":", "\"format\"", "/format", "not JSON");
        row("duplicate key", "\"version\": 1,", "\"version\": 1, \"version\": 1,", "/version", "twice");
        row("overflow", "\"dau\": 1000000", "\"dau\": 1e400", "/requirements/dau", "too large");
        row("NaN", "\"dau\": 1000000", "\"dau\": NaN", "/requirements/dau", "not JSON");
        row("missing id", "{\"id\": \"cache\", ", "{", "/components/3", "\"id\" is missing");
        row("missing type", "\"type\": \"redis\", ", "", "/components/3", "\"type\" is missing");
        row("missing from", "\"from\": \"clients\", ", "", "/connections/0", "\"from\" is missing");
        row("missing to", "\"to\": \"lb\", ", "", "/connections/0", "\"to\" is missing");
        row("missing entry", "\"entry\": \"clients\", \"share\": 0.9", "\"share\": 0.9", "/flows/0",
            "\"entry\" is missing");
        row("missing kind of fault", "\"kind\": \"zone_down\", ", "", "/scenarios/0/faults/0", "\"kind\" is missing");
        row("missing key", "\"key\": \"no-rate-limit:clients\", ", "", "/acknowledged/0", "\"key\" is missing");
        row("ill-formed id", "\"id\": \"cache\"", "\"id\": \"my cache\"", "/components/3/id", "not an id");
        row("empty id", "\"id\": \"cache\"", "\"id\": \"\"", "/components/3/id", "not an id");
        row("duplicate id", "\"id\": \"db2\"", "\"id\": \"db\"", "/components/5/id", "already");
        row("id used by another table", "\"id\": \"n1\"", "\"id\": \"c1\"", "/notes/0/id",
            "already that of a connection");
        row("estimated twice", "\"acknowledged\":",
            "\"estimates\": [{\"id\": \"a\"}, {\"id\": \"a\"}], \"acknowledged\":", "/estimates/1/id", "twice");
        row("an estimate that is text", "\"acknowledged\":",
            "\"estimates\": [{\"id\": \"a\", \"value\": \"many\"}], \"acknowledged\":", "/estimates/0/value", "number");
        row("acknowledged twice", "\"reason\": \"Internal tool\"}",
            "\"reason\": \"\"}, {\"key\": \"no-rate-limit:clients\"}", "/acknowledged/1/key", "twice");
        row("dangling from", "\"from\": \"clients\"", "\"from\": \"nobody\"", "/connections/0/from",
            "no component \"nobody\"");
        row("dangling to", "\"to\": \"lb\"", "\"to\": \"nobody\"", "/connections/0/to", "no component \"nobody\"");
        row("dangling entry", "\"entry\": \"clients\", \"share\": 0.9", "\"entry\": \"nobody\", \"share\": 0.9",
            "/flows/0/entry", "no component \"nobody\"");
        row("dangling zone", "\"zones\": [\"a\", \"b\"]", "\"zones\": [\"a\", \"c\"]", "/components/2/zones/1",
            "no zone \"c\"");
        row("dangling parent", "\"parent\": \"eu\", \"availability\": 0.9999},\n    {\"id\": \"b\"",
            "\"parent\": \"us\"},\n    {\"id\": \"b\"", "/zones/1/parent", "no zone \"us\"");
        row("zone inside itself", "\"kind\": \"region\"", "\"kind\": \"region\", \"parent\": \"a\"", "/zones/0/parent",
            "inside itself");
        row("unknown mode", "\"mode\": \"standby\"", "\"mode\": \"telepathy\"", "/connections/5/mode", "unknown mode");
        row("unknown op", "\"op\": \"write\"", "\"op\": \"wipe\"", "/flows/1/op", "unknown op");
        row("components not a list", "\"notes\": [", "\"notes\": {}, \"other\": [", "/notes", "must be a list");
        row("component not an object", "{\"id\": \"c6\", \"from\": \"db\", \"to\": \"db2\", \"mode\": \"standby\"}",
            "7", "/connections/5", "must be an object");
        row("name of the wrong type", "\"name\": \"Two-zone shop\"", "\"name\": 7", "/name", "must be a text");
        row("position of the wrong type", "\"position\": [40, 160]", "\"position\": \"left\"", "/components/0/position",
            "2 numbers");
        row("position too short", "\"position\": [40, 160]", "\"position\": [40]", "/components/0/position",
            "2 numbers");
        row("position of texts", "\"position\": [40, 160]", "\"position\": [40, \"x\"]", "/components/0/position/1",
            "must be a number");
        row("property of the wrong type", "\"instances\": 4", "\"instances\": \"four\"",
            "/components/2/properties/instances", "must be a number");
        row("flag of the wrong type", "\"managed\": true", "\"managed\": 1", "/components/1/properties/managed",
            "must be true or false");
        row("properties not an object", "{\"hit_ratio\": 0.85}", "[]", "/components/3/properties", "must be an object");
        row("connection property of the wrong type", "\"timeout_ms\": 800", "\"timeout_ms\": true",
            "/connections/1/properties/timeout_ms", "must be a number");
        row("zone availability of the wrong type", "\"availability\": 0.9999},\n    {\"id\": \"b\"",
            "\"availability\": \"high\"},\n    {\"id\": \"b\"", "/zones/1/availability", "must be a number");
        row("share of the wrong type", "\"share\": 0.9", "\"share\": \"most\"", "/flows/0/share", "must be a number");
        row("seed with a fraction", "\"seed\": 1,", "\"seed\": 1.5,", "/scenarios/0/seed", "whole number");
        row("null", "\"load\": 1.0", "\"load\": null", "/scenarios/0/load", "must be a number, not null");
    }
    void refused() {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, pointer);
        QFETCH(QString, says);
        QVERIFY(QString::fromUtf8(sample).contains(from));
        const auto loaded = readDesign(changed(from.toUtf8().constData(), to.toUtf8().constData()), palette());
        QVERIFY(!loaded);
        const Problem& problem = loaded.error().front();
        QVERIFY2(QString::fromStdString(problem.message).contains(says), problem.message.c_str());
        QCOMPARE(QString::fromStdString(problem.pointer), pointer);
        QVERIFY(problem.line >= 1);
        QVERIFY(problem.column >= 1);
    }
    void severalProblemsAreToldAtOnceInTheOrderOfTheFile() {
        std::string text = changed("\"mode\": \"standby\"", "\"mode\": \"x\"");
        text = QString::fromStdString(text)
                   .replace("\"share\": 0.9", "\"share\": true")
                   .replace("\"to\": \"lb\"", "\"to\": \"q\"")
                   .toStdString();
        const auto loaded = readDesign(text, palette());
        QVERIFY(!loaded);
        QStringList pointers;
        for (const Problem& problem : loaded.error()) pointers << QString::fromStdString(problem.pointer);
        QCOMPARE(pointers.join(' '), "/flows/0/share /connections/0/to /connections/5/mode");
    }
    void noMoreThanTwentyProblemsAreTold() {
        std::string text = R"({"format": "loadpath-design", "version": 1, "components": [)";
        for (int i = 0; i < 100; ++i) text += i ? ", 7" : "7";
        const auto loaded = readDesign(text + "]}", palette());
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().size(), std::size_t(20));
    }
    void aProblemHasTheLineAndColumnOfItsValue() {
        const auto loaded = readDesign(changed("\"instances\": 4", "\"instances\": \"four\""), palette());
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().front().line, 24);
        QCOMPARE(loaded.error().front().column, 34);
    }
    void aFragmentIsWhatStandsOnItsOwn() {
        const auto fragment = readFragment(R"({"components": [{"id": "a", "type": "service", "zones": ["z"]}],
            "zones": [{"id": "y", "parent": "w"}],
            "flows": [{"id": "f", "entry": "gone"}],
            "connections": [{"id": "c", "from": "a", "to": "a"}, {"id": "d", "from": "a", "to": "gone"}]})",
                                           palette());
        QVERIFY2(fragment, fragment ? "" : describe(fragment.error().front(), "").c_str());
        QCOMPARE(fragment->components.size(), std::size_t(1));
        QCOMPARE(fragment->components[0].zones[0].value, "z");
        QCOMPARE(fragment->connections.size(), std::size_t(1));
        QVERIFY(fragment->flows.empty());
        QVERIFY(fragment->zones[0].parent.empty());
        QVERIFY(!readFragment("some other text", palette()));
        QVERIFY(!readFragment("{\"format\": \"other\"}", palette()));
        QVERIFY(!readFragment("[1, 2]", palette()));
    }
    void theSchemaSpeaksOfEveryTypeAndTable() {
        const auto schema = parseJson(designSchema(palette()));
        QVERIFY(schema);
        QVERIFY(*schema->find("$schema") == Value("http://json-schema.org/draft-07/schema#"));
        const Value* definitions = schema->find("definitions");
        QVERIFY(definitions);
        for (const ComponentType& type : palette().types) {
            const Value* properties = definitions->find("properties_" + type.id);
            QVERIFY2(properties, type.id.c_str());
            QCOMPARE(properties->find("properties")->object()->size(), type.parameters.size());
        }
        for (const char* key :
             {"flows", "zones", "components", "connections", "notes", "scenarios", "acknowledged", "requirements"})
            QVERIFY2(schema->find("properties")->find(key), key);
        QVERIFY(*definitions->find("connection")->find("required") == Value(Value::List{"id", "from", "to"}));
    }

    void whatTheCanvasRemembersIsKept() {
        const std::string text =
            changed(R"("to": "lb", "mode": "sync",)",
                    R"("to": "lb", "mode": "sync", "label": "browse", "bends": [[200, 180], [200, 300]],)");
        const std::string marked =
            QString::fromStdString(text)
                .replace(QStringLiteral(R"("position": [40, 160],)"),
                         QStringLiteral(R"("position": [40, 160], "locked": true,)"))
                .replace(QStringLiteral(R"("name": "eu-west-1", "kind": "region")"),
                         QStringLiteral(R"("name": "eu-west-1", "kind": "region", "collapsed": true)"))
                .toStdString();
        const auto loaded = readDesign(marked, palette());
        QVERIFY2(loaded, loaded ? "" : describe(loaded.error().front(), "marked").c_str());
        QVERIFY(loaded->warnings.empty());
        const Connection& line = *loaded->design.connections.find({"c1"});
        QCOMPARE(line.label, "browse");
        QCOMPARE(line.bends, (std::vector<Point>{{200, 180}, {200, 300}}));
        QVERIFY(loaded->design.components.find({"clients"})->locked);
        QVERIFY(!loaded->design.components.find({"lb"})->locked);
        QVERIFY(loaded->design.zones.find({"eu"})->collapsed);
        const std::string written = writeDesign(loaded->design, palette());
        QVERIFY(readDesign(written, palette()).value().design == loaded->design);
        QVERIFY(!readDesign(changed(R"("to": "lb", "mode": "sync",)", R"("to": "lb", "bends": [[1]],)"), palette()));
        QVERIFY(!readDesign(changed(R"("position": [40, 160],)", R"("position": [40, 160], "locked": 1,)"), palette()));
    }
};

QTEST_APPLESS_MAIN(DesignJsonTest)
#include "design_json.moc"
