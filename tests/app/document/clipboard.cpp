// Parts of a design travel between documents as text.
#include "assets.h"
#include "document.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

using namespace loadpath;

class ClipboardTest : public QObject {
    Q_OBJECT
private slots:
    void pasteIntoAnotherDocument() {
        Document source(builtInCatalog());
        source.load(readDesign(*templateText("url-shortener"), *builtInCatalog())->design, Document::Origin::blank);
        source.selectAll();
        source.copy();
        Document target(builtInCatalog());
        QVERIFY(target.canPaste());
        QVERIFY(target.paste(500, 500));
        QCOMPARE(target.design().components.size(), source.design().components.size());
        QCOMPARE(target.design().connections.size(), source.design().connections.size());
        QCOMPARE(target.design().zones.size(), source.design().zones.size());
        QCOMPARE(target.undoText(), QStringLiteral("Paste"));
        target.undo();
        QVERIFY(target.design() == Design{});
    }

    void referencesFollowTheCopies() {
        Document document(builtInCatalog());
        const QString api = document.addComponent(QStringLiteral("service"), 0, 0);
        const QString cache = document.addComponent(QStringLiteral("redis"), 300, 0);
        const QString db = document.addComponent(QStringLiteral("postgres"), 300, 200);
        QVERIFY(document.connectComponents(api, cache));
        QVERIFY(document.connectComponents(api, db));
        document.selection()->selectMany({api, cache, db});
        document.copy();
        QVERIFY(document.paste());
        const QStringList copies = document.selection()->ids();
        QCOMPARE(copies,
                 (QStringList{QStringLiteral("service2"), QStringLiteral("redis2"), QStringLiteral("postgres2")}));
        int misses = 0;
        for (const Connection& c : document.design().connections) {
            if (c.from.value != "service2") continue;
            const auto it = c.properties.find("p_from");
            if (it == c.properties.end()) continue;
            QCOMPARE(*it->second.text(), "miss:redis2");
            ++misses;
        }
        QCOMPARE(misses, 1);
        // Without the cache the copied read is made always.
        document.selection()->selectMany({api, db});
        document.copy();
        QVERIFY(document.paste());
        for (const Connection& c : document.design().connections)
            if (c.from.value == "service3") QVERIFY(!c.properties.contains("p_from"));
    }

    void copiesStayInTheirZoneWhereItIs() {
        Document document(builtInCatalog());
        const QString zone = document.addZone(0, 0, 600, 400);
        document.addComponent(QStringLiteral("postgres"), 100, 100);
        document.copy();
        QVERIFY(document.paste());
        QCOMPARE(document.design().zones.size(), std::size_t{1});
        QCOMPARE(document.design().components.find({"postgres2"})->zones, std::vector<ZoneId>{{zone.toStdString()}});
        Document other(builtInCatalog());
        QVERIFY(other.paste());
        QVERIFY(other.design().components.find({"postgres"})->zones.empty());
        QCOMPARE(other.design().zones.size(), std::size_t{0});
    }

    void cutAndPasteGiveTheSameBack() {
        Document document(builtInCatalog());
        document.addComponent(QStringLiteral("kafka"), 240, 240);
        QVERIFY(document.setProperty(QStringLiteral("component"), QStringLiteral("kafka"), QStringLiteral("acks"),
                                     QStringLiteral("1")));
        const Design before = document.design();
        document.cut();
        QCOMPARE(document.componentCount(), 0);
        QVERIFY(document.paste(240 + 88, 240 + 33));
        QVERIFY(document.design() == before);
    }

    void foreignTextIsNotPasted_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << QString();
        QTest::newRow("prose") << QStringLiteral("Dear reader");
        QTest::newRow("other JSON") << QStringLiteral("{\"a\": [1, 2, 3]}");
        QTest::newRow("broken") << QStringLiteral("{\"components\": [{\"id\": ");
        QTest::newRow("wrong types") << QStringLiteral("{\"components\": 7}");
    }
    void foreignTextIsNotPasted() {
        QFETCH(QString, text);
        QGuiApplication::clipboard()->setText(text);
        Document document(builtInCatalog());
        document.addComponent(QStringLiteral("redis"), 0, 0);
        const Design before = document.design();
        QVERIFY(!document.paste(0, 0));
        QVERIFY(document.design() == before);
    }

    void duplicatesAreSelectedAndApart() {
        Document document(builtInCatalog());
        document.addComponent(QStringLiteral("redis"), 48, 48);
        document.duplicate();
        QCOMPARE(document.selection()->ids(), QStringList{QStringLiteral("redis2")});
        QCOMPARE(document.design().components.find({"redis2"})->position, (Point{72, 72}));
        QCOMPARE(document.undoText(), QStringLiteral("Duplicate"));
    }
};

QTEST_MAIN(ClipboardTest)
#include "clipboard.moc"
