// Every intent of the window is one step that undo takes back whole.
#include "assets.h"
#include "document.h"

#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace loadpath;

namespace {

Design shortener() { return readDesign(*templateText("url-shortener"), *builtInCatalog())->design; }

const Connection* between(const Design& design, const QString& from, const QString& to, int skip = 0) {
    for (const Connection& c : design.connections)
        if (c.from.value == from.toStdString() && c.to.value == to.toStdString() && skip-- == 0) return &c;
    return nullptr;
}

std::string text(const Connection& c, const char* key) {
    const auto it = c.properties.find(std::string_view(key));
    return it == c.properties.end() || !it->second.text() ? std::string() : *it->second.text();
}

class RandomUser {
public:
    RandomUser(Document& document, unsigned seed) : m_document(document), m_random(seed) {}

    void act() {
        Document& d = m_document;
        switch (below(20)) {
            case 0:
            case 1:
            case 2:
                d.addComponent(anyType(), below(60) * 24, below(40) * 24);
                break;
            case 3:
            case 4:
                d.connectComponents(anyComponent(), anyComponent());
                break;
            case 5:
                d.addZone(below(50) * 24, below(30) * 24, 240 + below(20) * 24, 192 + below(10) * 24);
                break;
            case 6:
                d.addNote(below(50) * 24, below(30) * 24, QStringLiteral("note"));
                break;
            case 7:
                selectSome();
                d.deleteSelection();
                break;
            case 8:
            case 9: {
                selectSome();
                for (int i = below(4); i >= 0; --i) d.moveSelection(below(200) - 100, below(200) - 100, i == 0);
                break;
            }
            case 10:
                selectSome();
                d.moveSelection(below(90), 5, false);
                d.cancelMove();
                break;
            case 11:
                selectSome();
                d.duplicate();
                break;
            case 12:
                d.setProperty(QStringLiteral("component"), anyComponent(), QStringLiteral("instances"), below(9) + 1);
                break;
            case 13:
                d.resetProperty(QStringLiteral("component"), anyComponent(), QStringLiteral("instances"));
                break;
            case 14:
                d.rename(anyComponent(), QStringLiteral("Name %1").arg(below(9)));
                break;
            case 15: {
                const auto& zones = d.design().zones;
                if (zones.empty()) break;
                const QString id = QString::fromStdString(zones[std::size_t(below(int(zones.size())))].id.value);
                d.setZoneFrame(id, below(40) * 24, below(20) * 24, 300, 200, false);
                d.setZoneFrame(id, below(40) * 24, below(20) * 24, 500, 300, true);
                break;
            }
            case 16:
                d.acknowledge(QStringLiteral("spof:%1").arg(anyComponent()), QStringLiteral("known"));
                break;
            case 17:
                d.addFlow();
                break;
            case 18:
                d.setProperty(QStringLiteral("requirements"), {}, QStringLiteral("availability_slo"),
                              0.9 + below(9) / 100.0);
                break;
            case 19:
                below(2) ? d.undo() : d.redo();
                break;
        }
    }

private:
    int below(int limit) { return int(m_random() % unsigned(limit)); }
    QString anyType() {
        return QString::fromStdString(
            builtInCatalog()->types[std::size_t(below(int(builtInCatalog()->types.size())))].id);
    }
    QString anyComponent() {
        const auto& components = m_document.design().components;
        return components.empty()
                   ? QString()
                   : QString::fromStdString(components[std::size_t(below(int(components.size())))].id.value);
    }
    void selectSome() {
        m_document.selectAll();
        QStringList some;
        for (const QString& id : m_document.selection()->ids())
            if (below(5) == 0) some.append(id);
        m_document.selection()->selectMany(some);
    }

    Document& m_document;
    std::mt19937 m_random;
};

}  // namespace

class IntentsTest : public QObject {
    Q_OBJECT
private slots:
    void undoTakesBackEverythingAndRedoBringsItAgain_data() {
        QTest::addColumn<uint>("seed");
        for (uint seed = 1; seed <= 12; ++seed) QTest::addRow("seed %u", seed) << seed;
    }
    void undoTakesBackEverythingAndRedoBringsItAgain() {
        QFETCH(uint, seed);
        Document document(builtInCatalog());
        const Design start = seed % 2 ? shortener() : Design{};
        document.load(start, Document::Origin::blank);
        RandomUser user(document, seed);
        for (int i = 0; i < 150; ++i) user.act();
        while (document.canRedo()) document.redo();
        const Design end = document.design();
        while (document.canUndo()) document.undo();
        QVERIFY(document.design() == start);
        QVERIFY(!document.modified());
        while (document.canRedo()) document.redo();
        QVERIFY(document.design() == end);
    }

    void namesAndIdsOfNewComponentsAreTheirOwn() {
        Document document(builtInCatalog());
        QCOMPARE(document.addComponent(QStringLiteral("redis"), 0, 0), QStringLiteral("redis"));
        QCOMPARE(document.addComponent(QStringLiteral("redis"), 0, 200), QStringLiteral("redis2"));
        QCOMPARE(document.nameOf(QStringLiteral("redis")), QStringLiteral("Redis"));
        QCOMPARE(document.nameOf(QStringLiteral("redis2")), QStringLiteral("Redis 2"));
        QCOMPARE(document.undoText(), QStringLiteral("Add Redis 2"));
        QCOMPARE(document.addComponent(QStringLiteral("no_such_type"), 0, 0), QString());
        QCOMPARE(document.componentCount(), 2);
    }

    void aLineSpeaksWhatThePairSpeaks() {
        Document document(builtInCatalog());
        const QString client = document.addComponent(QStringLiteral("client"), 0, 0);
        const QString api = document.addComponent(QStringLiteral("service"), 300, 0);
        const QString log = document.addComponent(QStringLiteral("kafka"), 600, 0);
        const QString worker = document.addComponent(QStringLiteral("worker"), 900, 0);
        QVERIFY(document.connectComponents(api, log));
        QVERIFY(document.connectComponents(log, worker));
        QCOMPARE(between(document.design(), api, log)->mode, Mode::publish);
        QCOMPARE(text(*between(document.design(), api, log), "protocol"), "kafka");
        QCOMPARE(between(document.design(), log, worker)->mode, Mode::consume);
        QVERIFY(document.connectComponents(client, api));
        QCOMPARE(between(document.design(), client, api)->mode, Mode::sync);
    }

    void anImpossibleLineIsRefusedWithItsReason() {
        Document document(builtInCatalog());
        const QString client = document.addComponent(QStringLiteral("client"), 0, 0);
        const QString db = document.addComponent(QStringLiteral("postgres"), 300, 0);
        QSignalSpy refused(&document, &Document::refused);
        const int revision = document.revision();
        QVERIFY(!document.connectComponents(client, db));
        QCOMPARE(refused.size(), 1);
        QVERIFY2(refused[0][0].toString().contains(QStringLiteral("datastore")), qPrintable(refused[0][0].toString()));
        QCOMPARE(document.refusal(client, db), refused[0][0].toString());
        QVERIFY(!document.connectComponents(db, db));
        QCOMPARE(document.revision(), revision);
    }

    void onlyWhatMayBeReachedIsOfferedBehindAComponent() {
        Document document(builtInCatalog());
        const QString client = document.addComponent(QStringLiteral("client"), 0, 0);
        QStringList offered;
        for (const QVariant& row : document.typesAfter(client))
            offered << row.toMap().value(QStringLiteral("typeId")).toString();
        QVERIFY(offered.contains(QStringLiteral("service")));
        QVERIFY(!offered.contains(QStringLiteral("postgres")));
        for (const QString& type : offered)
            QCOMPARE(document.refusal(client, document.addComponent(type, 300, 0)), QString());
        QVERIFY(document.typesAfter(QStringLiteral("nobody")).isEmpty());
    }

    void aDesignWithoutANameGoesByItsFile() {
        Document document(builtInCatalog());
        const QSignalSpy told(&document, &Document::headerChanged);
        document.markSaved(QStringLiteral("/designs/my shop.loadpath.json"));
        QCOMPARE(document.title(), QStringLiteral("my shop"));
        QCOMPARE(told.count(), 1);
    }

    void readsBehindACacheAreSuggestedOnItsMisses_data() {
        QTest::addColumn<bool>("cacheFirst");
        QTest::newRow("cache drawn first") << true;
        QTest::newRow("store drawn first") << false;
    }
    void readsBehindACacheAreSuggestedOnItsMisses() {
        QFETCH(bool, cacheFirst);
        Document document(builtInCatalog());
        document.addComponent(QStringLiteral("client"), 0, 0);
        const QString api = document.addComponent(QStringLiteral("service"), 300, 0);
        const QString cache = document.addComponent(QStringLiteral("redis"), 600, 0);
        const QString db = document.addComponent(QStringLiteral("postgres"), 600, 200);
        QVERIFY(document.connectComponents(api, cacheFirst ? cache : db));
        const Design before = document.design();
        QVERIFY(document.connectComponents(api, cacheFirst ? db : cache));
        const Connection* first = between(document.design(), api, db);
        const Connection* second = between(document.design(), api, db, 1);
        QVERIFY(first && second);
        const Connection* read = text(*first, "ops") == "read" ? first : second;
        const Connection* write = read == first ? second : first;
        QCOMPARE(text(*read, "p_from"), "miss:" + cache.toStdString());
        QCOMPARE(text(*write, "ops"), "write");
        QCOMPARE(text(*write, "p_from"), std::string());
        document.undo();
        QVERIFY(document.design() == before);  // one step, companions and all
    }

    void aSecondLineTakesWhatTheFirstDoesNot() {
        Document document(builtInCatalog());
        const QString api = document.addComponent(QStringLiteral("service"), 0, 0);
        const QString db = document.addComponent(QStringLiteral("postgres"), 300, 0);
        QVERIFY(document.connectComponents(api, db));
        QVERIFY(!document.connectComponents(api, db));
        const QString id = QString::fromStdString(between(document.design(), api, db)->id.value);
        QVERIFY(document.setProperty(QStringLiteral("connection"), id, QStringLiteral("ops"), QStringLiteral("read")));
        QVERIFY(document.connectComponents(api, db));
        QCOMPARE(text(*between(document.design(), api, db, 1), "ops"), "write");
    }

    void aDragIsOneStepAndACancelledOneNone() {
        Document document(builtInCatalog());
        document.addComponent(QStringLiteral("redis"), 0, 0);
        document.addComponent(QStringLiteral("kafka"), 200, 0);
        document.addComponent(QStringLiteral("dlq"), 400, 0);
        document.selectAll();
        const Design before = document.design();
        const int steps = document.undoStack()->count();
        for (int i = 0; i < 10; ++i) document.moveSelection(24, 0, i == 9);
        QCOMPARE(document.undoStack()->count(), steps + 1);
        QCOMPARE(document.undoText(), QStringLiteral("Move 3 items"));
        QCOMPARE(document.design().components.find({"kafka"})->position, (Point{440, 0}));
        document.undo();
        QVERIFY(document.design() == before);
        document.moveSelection(50, 50, false);
        document.moveSelection(50, 50, false);
        document.cancelMove();
        QVERIFY(document.design() == before);
        QCOMPARE(document.undoStack()->index(), steps);
        QVERIFY(document.undoText().startsWith(QStringLiteral("Add")));
    }

    void dragsOneAfterTheOtherAreTwoSteps() {
        Document document(builtInCatalog());
        document.addComponent(QStringLiteral("redis"), 0, 0);
        const int steps = document.undoStack()->count();
        for (int drag = 0; drag < 2; ++drag) {
            document.moveSelection(30, 0, false);
            document.moveSelection(30, 0, true);
        }
        QCOMPARE(document.undoStack()->count(), steps + 2);
    }

    void draggingInAndOutOfAZoneChangesThePlacement() {
        Document document(builtInCatalog());
        const QString zone = document.addZone(600, 0, 400, 400), other = document.addZone(1200, 0, 400, 400);
        const QString db = document.addComponent(QStringLiteral("postgres"), 0, 0);
        const auto zones = [&] { return document.design().components.find({db.toStdString()})->zones; };
        QVERIFY(zones().empty());
        document.moveSelection(700, 100, true);
        QCOMPARE(zones(), std::vector<ZoneId>{{zone.toStdString()}});
        // Passing over the other zone on the way leaves no trace.
        document.moveSelection(600, 0, false);
        QCOMPARE(zones(), std::vector<ZoneId>{{other.toStdString()}});
        document.moveSelection(-600, 20, true);
        QCOMPARE(zones(), std::vector<ZoneId>{{zone.toStdString()}});
        document.moveSelection(-700, 0, true);
        QVERIFY(zones().empty());
        document.undo();
        QCOMPARE(zones(), std::vector<ZoneId>{{zone.toStdString()}});
    }

    void aZoneTakesWhatStandsInItAlong() {
        Document document(builtInCatalog());
        const QString inner = document.addZone(100, 100, 400, 300);
        const QString db = document.addComponent(QStringLiteral("postgres"), 200, 200);
        document.addComponent(QStringLiteral("redis"), 800, 200);
        const QString outer = document.addZone(0, 0, 600, 500);
        const Design& design = document.design();
        QCOMPARE(design.zones.find({outer.toStdString()})->kind, "region");
        QCOMPARE(design.zones.find({inner.toStdString()})->parent.value, outer.toStdString());
        document.selection()->select(outer);
        document.moveSelection(50, 60, true);
        QCOMPARE(design.zones.find({inner.toStdString()})->frame->x, 150.0);
        QCOMPARE(design.components.find({db.toStdString()})->position, (Point{250, 260}));
        QCOMPARE(design.components.find({db.toStdString()})->zones, std::vector<ZoneId>{{inner.toStdString()}});
        QCOMPARE(design.components.find({"redis"})->position, (Point{800, 200}));
    }

    void aResizePassesOverComponentsWithoutTrace() {
        Document document(builtInCatalog());
        const QString zone = document.addZone(0, 0, 300, 300);
        const QString db = document.addComponent(QStringLiteral("postgres"), 400, 100);
        const Design before = document.design();
        document.setZoneFrame(zone, 0, 0, 800, 300, false);
        QCOMPARE(document.design().components.find({db.toStdString()})->zones.size(), std::size_t{1});
        document.setZoneFrame(zone, 0, 0, 310, 300, true);
        QVERIFY(document.design().components.find({db.toStdString()})->zones.empty());
        document.undo();
        QVERIFY(document.design() == before);
    }

    void editsOfOnePropertyInQuickSuccessionAreOneStep() {
        Document document(builtInCatalog());
        document.addComponent(QStringLiteral("redis"), 0, 0);
        const int steps = document.undoStack()->count();
        const auto set = [&](const char* key, const QVariant& value) {
            return document.setProperty(QStringLiteral("component"), QStringLiteral("redis"), QString::fromLatin1(key),
                                        value);
        };
        QVERIFY(set("memory_gb", 3));
        QVERIFY(set("memory_gb", 32));
        QCOMPARE(document.undoStack()->count(), steps + 1);
        QVERIFY(set("hit_ratio", 0.5));
        QVERIFY(set("memory_gb", 64));
        QCOMPARE(document.undoStack()->count(), steps + 3);
        QCOMPARE(document.undoText(), QStringLiteral("Set Memory of Redis"));
        QVERIFY(!set("memory_gb", QStringLiteral("much")));
        QVERIFY(!set("no_such_property", 1));
        QCOMPARE(document.undoStack()->count(), steps + 3);
    }

    void whatChangesNothingIsNoStep() {
        Document document(builtInCatalog());
        document.addComponent(QStringLiteral("redis"), 0, 0);
        const int steps = document.undoStack()->count();
        document.moveSelection(0, 0, true);
        document.rename(QStringLiteral("redis"), QStringLiteral("Redis"));
        document.resetProperty(QStringLiteral("component"), QStringLiteral("redis"), QStringLiteral("memory_gb"));
        document.selection()->clear();
        document.deleteSelection();
        QCOMPARE(document.undoStack()->count(), steps);
    }

    void aChangeSaysWhatItTouched() {
        Document document(builtInCatalog());
        document.load(shortener(), Document::Origin::blank);
        DesignChange change;
        connect(&document, &Document::changed, this, [&](const DesignChange& c) { change = c; });
        const ComponentId id = document.design().components[2].id;
        std::size_t lines = 0;
        for (const Connection& c : document.design().connections) lines += c.from == id || c.to == id ? 1 : 0;
        document.selection()->select(QString::fromStdString(id.value));
        document.moveSelection(10, 0, true);
        QVERIFY(change.geometryOnly);
        QCOMPARE(change.components, std::vector<ComponentId>{id});
        document.deleteSelection();
        QVERIFY(!change.geometryOnly);
        QCOMPARE(change.connections.size(), lines);  // those that fall with it are named too
        QVERIFY(document.selection()->ids().isEmpty());
        document.undo();
        QCOMPARE(document.selection()->ids(), QStringList{QString::fromStdString(id.value)});
    }

    void aDeletedCacheLeavesNoCallThatIsNeverMade() {
        Document document(builtInCatalog());
        const QString api = document.addComponent(QStringLiteral("service"), 0, 0);
        const QString cache = document.addComponent(QStringLiteral("redis"), 300, 0);
        const QString db = document.addComponent(QStringLiteral("postgres"), 300, 200);
        QVERIFY(document.connectComponents(api, cache));
        QVERIFY(document.connectComponents(api, db));
        document.deleteItem(cache);
        for (const Connection& c : document.design().connections) QCOMPARE(text(c, "p_from"), std::string());
    }

    void aDropOnALineInsertsBetween() {
        Document document(builtInCatalog());
        const QString client = document.addComponent(QStringLiteral("client"), 0, 0);
        const QString api = document.addComponent(QStringLiteral("service"), 600, 0);
        QVERIFY(document.connectComponents(client, api));
        const QString line = document.selection()->primaryId();
        const QString balancer = document.insertInto(line, QStringLiteral("lb_l7"), 300, 0);
        QVERIFY(!balancer.isEmpty());
        QVERIFY(between(document.design(), client, balancer) && between(document.design(), balancer, api));
        QVERIFY(!between(document.design(), client, api));
        document.undo();
        QVERIFY(between(document.design(), client, api));
        QSignalSpy refused(&document, &Document::refused);
        QCOMPARE(document.insertInto(line, QStringLiteral("postgres"), 300, 0), QString());
        QCOMPARE(refused.size(), 1);
        QCOMPARE(document.componentCount(), 2);
    }
};

QTEST_MAIN(IntentsTest)
#include "intents.moc"
