#include "json/catalog_json.h"

#include <QtTest>

using namespace loadpath;

namespace {

std::map<std::string, std::string> smallPalette() {
    return {
        {"categories.json", R"([{"id": "edge", "name": "Clients"}, {"id": "data", "name": "Data"}])"},
        {"common.json", R"({"parameters": [
            {"key": "instances", "kind": "integer", "default": 1, "min": 1, "label": "Instances"},
            {"key": "availability", "kind": "number", "default": 0.995, "min": 0, "max": 1}]})"},
        {"connection.json", R"({"protocols": ["sql"], "parameters": [
            {"key": "timeout_ms", "kind": "number", "default": 0, "min": 0, "unit": "ms"}]})"},
        {"zone.json", R"({"kinds": [{"id": "zone", "name": "Zone", "availability": 0.9999},
            {"id": "boundary", "name": "Boundary"}], "parameters": [{"key": "geo", "kind": "text"}]})"},
        {"matrix.json", R"({"legal": [{"from": ["client"], "to": ["@store"], "mode": "sync", "protocols": ["sql"]}],
            "refusals": [{"from": ["@store"], "to": ["*"], "reason": "stores answer, they do not call"}]})"},
        {"edge/client.json", R"({"id": "client", "name": "Client", "category": "edge", "behaviour": "client",
            "summary": "Asks.", "parameters": [{"key": "rate_rps", "kind": "number", "min": 0}]})"},
        {"data/db.json", R"({"id": "db", "name": "Database", "category": "data", "behaviour": "store", "serves": true,
            "groups": ["store"], "summary": "Keeps.", "elastic": "managed", "station": true, "aliases": ["rdbms"],
            "defaults": {"availability": 0.99}, "managed_defaults": {"availability": 0.9995},
            "labels": {"instances": "Nodes"}, "card": "{instances}",
            "parameters": [{"key": "mode", "kind": "choice", "choices": ["a", "b"], "default": "a"}],
            "handbook": {"what": "A store.", "when": "", "scaling": "Up.", "tradeoffs": ["cost"], "breaks": [], "numbers": [],
                "topics": [{"title": "Sizes", "text": "How large.", "points": ["one"]}]},
            "presets": [{"id": "big", "name": "Big DB", "values": {"mode": "b", "instances": 2}, "source": "a page"}]})"},
        {"prices.json", R"({"as_of": "2024-12", "classes": [
            {"id": "server", "name": "Server", "unit": "machine_month", "low": 1, "typical": 2, "high": 3, "source": "s"}],
            "charges": [{"types": ["@store"], "when": {"mode": "a"}, "count": "instances", "classes": ["server"]}],
            "free": {"client": "asks only"}})"},
    };
}

}  // namespace

class CatalogJsonTest : public QObject {
    Q_OBJECT
private slots:
    void typesAreOrderedByCategoryAndComplete() {
        const auto catalog = readCatalog(smallPalette());
        QVERIFY(catalog);
        QCOMPARE(catalog->types.size(), std::size_t(2));
        QCOMPARE(catalog->types[0].id, "client");
        const ComponentType* db = catalog->find("db");
        QVERIFY(db);
        QCOMPARE(db->icon, "data/db.svg");
        QCOMPARE(db->handbook.what, "A store.");
        QCOMPARE(db->handbook.topics.size(), std::size_t(1));
        QCOMPARE(db->handbook.topics[0].title, "Sizes");
        QCOMPARE(db->handbook.topics[0].points, std::vector<std::string>{"one"});
        QCOMPARE(db->presets.size(), std::size_t(1));
        QCOMPARE(db->presets[0].values, (Parameters{{"instances", 2}, {"mode", "b"}}));
        QVERIFY(db->behaviour == Behaviour::store);
        QVERIFY(db->elastic == ComponentType::Elastic::managed);
        QVERIFY(db->hasStation);
        QVERIFY(catalog->legality("client", Mode::sync, "db", "sql").legal);
        QCOMPARE(catalog->legality("db", Mode::sync, "client").reason, "stores answer, they do not call");
        QCOMPARE(catalog->zoneAvailability.size(), std::size_t(1));
        QCOMPARE(catalog->zoneAvailability.at("zone"), 0.9999);
    }
    void aServingTypeHasItsOwnThenTheCommonParameters() {
        const auto catalog = readCatalog(smallPalette());
        QVERIFY(catalog);
        const auto& specs = catalog->find("db")->parameters;
        QCOMPARE(specs.size(), std::size_t(3));
        QCOMPARE(specs[0].key, "mode");
        QCOMPARE(specs[1].label, "Nodes");
        QVERIFY(specs[2].fallback == Value(0.99));
        QVERIFY(specs[2].managedFallback == Value(0.9995));
        QCOMPARE(catalog->find("client")->parameters.size(), std::size_t(1));
    }
    void mistakesAreNamedWithTheirFile_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("says");
        QTest::newRow("behaviour") << "data/db.json"
                                   << "\"store\", \"serves"
                                   << "\"storage\", \"serves"
                                   << "unknown behaviour";
        QTest::newRow("missing name") << "data/db.json"
                                      << "\"name\": \"Database\","
                                      << ""
                                      << "\"name\" is missing";
        QTest::newRow("duplicate id") << "edge/client.json"
                                      << "\"id\": \"client\""
                                      << "\"id\": \"db\""
                                      << "two types";
        QTest::newRow("unknown key") << "data/db.json"
                                     << "\"serves\""
                                     << "\"server\""
                                     << "unknown key \"server\"";
        QTest::newRow("unknown default") << "data/db.json"
                                         << "\"availability\": 0.99}"
                                         << "\"avail\": 0.99}"
                                         << "no parameter \"avail\"";
        QTest::newRow("illegal default") << "data/db.json"
                                         << "\"availability\": 0.99}"
                                         << "\"availability\": 7}"
                                         << "between 0 and 1";
        QTest::newRow("choice") << "data/db.json"
                                << "\"choices\": [\"a\", \"b\"],"
                                << ""
                                << "needs \"choices\"";
        QTest::newRow("preset of what is not there") << "data/db.json"
                                                     << "\"mode\": \"b\", \"inst"
                                                     << "\"mood\": \"b\", \"inst"
                                                     << "no parameter \"mood\"";
        QTest::newRow("preset out of range") << "data/db.json"
                                             << "\"mode\": \"b\", \"inst"
                                             << "\"mode\": \"z\", \"inst"
                                             << "mode";
        QTest::newRow("preset without source") << "data/db.json"
                                               << ", \"source\": \"a page\""
                                               << ""
                                               << "\"source\" is missing";
        QTest::newRow("topic without text") << "data/db.json"
                                            << "\"text\": \"How large.\", "
                                            << ""
                                            << "\"text\" is missing";
        QTest::newRow("category") << "data/db.json"
                                  << "\"category\": \"data\""
                                  << "\"category\": \"date\""
                                  << "unknown category";
        QTest::newRow("kind") << "common.json"
                              << "\"integer\""
                              << "\"int\""
                              << "unknown kind";
        QTest::newRow("group") << "matrix.json"
                               << "@store\"], \"mode"
                               << "@shop\"], \"mode"
                               << "no type or group \"@shop\"";
        QTest::newRow("mode") << "matrix.json"
                              << "\"sync\""
                              << "\"async\""
                              << "unknown mode";
        QTest::newRow("protocol") << "matrix.json"
                                  << "[\"sql\"]"
                                  << "[\"cql\"]"
                                  << "unknown protocol";
        QTest::newRow("syntax") << "zone.json"
                                << "{\"kinds\""
                                << "{kinds"
                                << "not JSON";
        const auto price = [](const char* what, const char* from, const char* to, const char* says) {
            QTest::newRow(what) << "prices.json" << from << to << says;
        };
        price("unknown price class", R"("classes": ["server"])", R"("classes": ["gold"])", "no price class \"gold\"");
        price("price class without a name", R"("name": "Server", )", "", "\"name\" is missing");
        price("price below nothing", R"("low": 1)", R"("low": -1)", "at least 0");
        price("prices that fall", R"("low": 1)", R"("low": 9)", "rise in this order");
        price("price of what", "machine_month", "moon", "unknown unit");
        price("price without a source", R"("source": "s")", R"("source": "")", "must not be empty");
        price("charged for by nobody", "@store", "@shops", "no type or group \"@shops\"");
        price("condition that cannot be", R"("mode": "a")", R"("mode": "z")", "mode");
        price("condition on nothing", R"("mode": "a")", R"("made": "a")", "no parameter \"made\"");
        price("counted by nothing", R"("count": "instances")", R"("count": "heads")", "no parameter \"heads\"");
        price("free yet charged", R"("client": "asks only")", R"("db": "no")", "is charged for");
        price("free yet unknown", R"("client": "asks only")", R"("ghost": "no")", "no type \"ghost\"");
    }
    void mistakesAreNamedWithTheirFile() {
        QFETCH(QString, file);
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, says);
        auto files = smallPalette();
        QString text = QString::fromStdString(files[file.toStdString()]);
        QVERIFY(text.contains(from));
        files[file.toStdString()] = text.replace(from, to).toStdString();
        const auto catalog = readCatalog(files);
        QVERIFY(!catalog);
        bool found = false;
        for (const Problem& problem : catalog.error()) {
            const QString message = QString::fromStdString(problem.message);
            found = found || (message.startsWith(file) && message.contains(says) && problem.line > 0);
        }
        QVERIFY2(found, catalog.error().front().message.c_str());
    }
    void aPlaceIsNamedForAnUnknownPriceClass() {
        auto files = smallPalette();
        std::string& text = files["prices.json"];
        text.replace(text.find(R"(["server"])"), 10, R"(["server", "gold"])");
        const auto catalog = readCatalog(files);
        QVERIFY(!catalog);
        QCOMPARE(catalog.error().front().pointer, "/charges/0/classes/1");
    }
    void pricesBelongToTypes() {
        auto files = smallPalette();
        const auto catalog = readCatalog(files);
        QVERIFY(catalog);
        QCOMPARE(catalog->prices.asOf, "2024-12");
        const auto& charges = catalog->prices.charges.at("db");
        QCOMPARE(charges.size(), std::size_t(1));
        QCOMPARE(charges[0].when.front().first, "mode");
        QCOMPARE(catalog->prices.classes.at(0).usd, (PriceRange{1, 2, 3}));
        QCOMPARE(catalog->prices.free.at("client"), "asks only");
        files.erase("prices.json");  // prices are no part of what may be placed
        QVERIFY(readCatalog(files)->prices.classes.empty());
    }
    void aMissingFileIsNamed() {
        auto files = smallPalette();
        files.erase("matrix.json");
        const auto catalog = readCatalog(files);
        QVERIFY(!catalog);
        QCOMPARE(catalog.error().front().message, "matrix.json: the file is missing");
    }
};

QTEST_APPLESS_MAIN(CatalogJsonTest)
#include "catalog_json.moc"
