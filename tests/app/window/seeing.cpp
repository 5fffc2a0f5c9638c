// The window's searches, overlays and arranging by menu and keyboard, with real mouse and key events.
#include "support/window_fixture.h"

using namespace loadpath;
using namespace loadpath::test;

class SeeingTest : public QObject {
    Q_OBJECT
private:
    static const Card& card(const WindowFixture& it, const char* id) {
        const Scene& scene = *it.canvas()->scene();
        return scene.cards()[std::size_t(scene.card({id}))];
    }

private slots:
    void everyCommandIsFoundByItsWords() {
        const Complaints complaints;
        WindowFixture it(QStringLiteral("template:url-shortener"));
        it.key(Qt::Key_K, Qt::ControlModifier);
        QVERIFY(it.appears(QStringLiteral("commandPaletteField")));
        it.type(QStringLiteral("tidy"));
        it.key(Qt::Key_Return);
        QVERIFY(it.disappears(QStringLiteral("commandPaletteField")));
        QCOMPARE(it.document().undoText(), QStringLiteral("Tidy up"));
        it.key(Qt::Key_K, Qt::ControlModifier);
        QVERIFY(it.appears(QStringLiteral("commandPaletteField")));
        it.type(QStringLiteral("undo"));
        it.key(Qt::Key_Return);
        QVERIFY(!it.document().canUndo());
        // Escape goes without doing anything, and gives the keyboard back to the canvas.
        it.key(Qt::Key_K, Qt::ControlModifier);
        QVERIFY(it.appears(QStringLiteral("commandPaletteField")));
        it.key(Qt::Key_Escape);
        QVERIFY(it.disappears(QStringLiteral("commandPaletteField")));
        QTRY_VERIFY(it.canvas()->hasActiveFocus());
        QCOMPARE(complaints.texts(), QStringList());
    }

    void thingsAreFoundByNameTypeAndProperty() {
        const Complaints complaints;
        WindowFixture it(QStringLiteral("template:url-shortener"));
        it.key(Qt::Key_F, Qt::ControlModifier);
        QVERIFY(it.appears(QStringLiteral("designSearchField")));
        it.type(QStringLiteral("link cache"));
        QCOMPARE(it.document().selection()->primaryId(), QStringLiteral("red"));
        it.key(Qt::Key_Return);
        QVERIFY(it.disappears(QStringLiteral("designSearchField")));
        QCOMPARE(it.document().selection()->primaryId(), QStringLiteral("red"));
        const QVariantList byType = it.document().find(QStringLiteral("kafka"));
        QVERIFY(!byType.isEmpty());
        QCOMPARE(byType[0].toMap()[QStringLiteral("value")].toString(), QStringLiteral("k"));
        const QVariantList byProperty = it.document().find(QStringLiteral("hit_ratio"));
        QVERIFY(std::any_of(byProperty.begin(), byProperty.end(), [](const QVariant& row) {
            return row.toMap()[QStringLiteral("value")].toString() == u"red" &&
                   row.toMap()[QStringLiteral("detail")].toString().contains(QStringLiteral("0.9"));
        }));
        QVERIFY(it.document().find(QStringLiteral("no such thing at all")).isEmpty());
        QCOMPARE(complaints.texts(), QStringList());
    }

    void aDoubleClickOffersWhatMayBePlacedThere() {
        const Complaints complaints;
        WindowFixture it;
        const QPoint at = it.canvas()->mapToScene(QPointF(260, 180)).toPoint();
        QTest::mouseDClick(it.view, Qt::LeftButton, Qt::NoModifier, at);
        QVERIFY(it.appears(QStringLiteral("placePaletteField")));
        it.type(QStringLiteral("redis"));
        it.key(Qt::Key_Return);
        QVERIFY(it.disappears(QStringLiteral("placePaletteField")));
        QCOMPARE(it.document().design().components.size(), 1u);
        QCOMPARE(it.document().design().components[0].type, "redis");
        const QPointF middle = card(it, "redis").rect.center();
        const QPointF wanted = it.canvas()->toDesign(QPointF(260, 180));
        QVERIFY(std::abs(middle.x() - wanted.x()) <= 13 && std::abs(middle.y() - wanted.y()) <= 13);
        // What was placed lately comes first; a favourite before it.
        QCOMPARE(it.workspace.typesToPlace({}).first().toMap()[QStringLiteral("value")].toString(),
                 QStringLiteral("redis"));
        it.workspace.toggleFavourite(QStringLiteral("kafka"));
        QCOMPARE(it.workspace.typesToPlace({}).first().toMap()[QStringLiteral("value")].toString(),
                 QStringLiteral("kafka"));
        it.workspace.toggleFavourite(QStringLiteral("kafka"));
        // The slash does the same where the pointer is.
        QTest::mouseMove(it.view, at + QPoint(0, 160));
        QTest::mouseMove(it.view, at + QPoint(2, 160));
        it.key(Qt::Key_Slash);
        QVERIFY(it.appears(QStringLiteral("placePaletteField")));
        QCOMPARE(complaints.texts(), QStringList());
    }

    void tidyUpIsInTheBar() {
        const Complaints complaints;
        WindowFixture it(QStringLiteral("template:url-shortener"));
        const Design before = it.document().design();
        QVERIFY(it.click(QStringLiteral("tidyButton")));
        QVERIFY(!(it.document().design() == before));
        it.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(it.document().design() == before);
        QCOMPARE(complaints.texts(), QStringList());
    }

    void overlaysColourTheCardsAndSayTheFigure() {
        const Complaints complaints;
        WindowFixture it(QStringLiteral("template:url-shortener"));
        const QImage plain = it.view->grabWindow();
        for (const char* what : {"utilisation", "availability", "latency", "cost"}) {
            it.canvas()->setOverlay(QString::fromLatin1(what));
            int hot = 0;
            for (const Card& c : it.canvas()->scene()->cards()) hot += c.alive && !std::isnan(c.state.heat);
            if (qstrcmp(what, "cost") != 0) QVERIFY2(hot > 2, what);
            for (const Card& c : it.canvas()->scene()->cards())
                if (c.alive && !std::isnan(c.state.heat))
                    QVERIFY(c.state.heat >= 0 && c.state.heat <= 1 && !c.state.heatText.isEmpty());
            if (hot > 2) QVERIFY(it.view->grabWindow() != plain);
        }
        const std::string flow = it.document().design().flows[0].id.value;
        it.canvas()->setOverlay(QStringLiteral("flow:") + QString::fromStdString(flow));
        QVERIFY(!card(it, "c").dimmed);
        QVERIFY(card(it, "dw").dimmed);
        it.canvas()->setOverlay(QStringLiteral("none"));
        QVERIFY(!card(it, "dw").dimmed);
        QCOMPARE(complaints.texts(), QStringList());
    }

    void theOverlayIsChosenBesideTheZoom() {
        const Complaints complaints;
        WindowFixture it(QStringLiteral("template:url-shortener"));
        QVERIFY(it.click(QStringLiteral("seeButton")));
        QVERIFY(it.click(QStringLiteral("overlay:utilisation")));
        QCOMPARE(it.canvas()->overlay(), QStringLiteral("utilisation"));
        QVERIFY(it.click(QStringLiteral("seeButton")));
        QVERIFY(it.click(QStringLiteral("telemetryRow")));
        QVERIFY(it.canvas()->showTelemetry());
        QVERIFY(it.click(QStringLiteral("seeButton")));
        QVERIFY(it.click(QStringLiteral("overlay:none")));
        QCOMPARE(it.canvas()->overlay(), QStringLiteral("none"));
        QCOMPARE(complaints.texts(), QStringList());
    }

    void focusShowsWhatIsNeededAndWhatNeedsIt() {
        WindowFixture it(QStringLiteral("template:url-shortener"));
        QTest::mouseClick(it.view, Qt::LeftButton, Qt::NoModifier, it.card(QStringLiteral("red")));
        it.key(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        for (const char* id : {"c", "lb", "gw", "rd", "red"}) QVERIFY2(!card(it, id).dimmed, id);
        for (const char* id : {"wr", "ddb", "dw", "dns"}) QVERIFY2(card(it, id).dimmed, id);
        it.key(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!card(it, "wr").dimmed);
    }

    void aZoneCollapsesToOneCard() {
        const Complaints complaints;
        WindowFixture it(QStringLiteral("template:url-shortener"));
        const std::string zone = it.document().design().zones[0].id.value;
        const QString id = QString::fromStdString(zone);
        const std::size_t before = it.canvas()->scene()->cards().size();
        it.document().setCollapsed(id, true);
        const Scene& scene = *it.canvas()->scene();
        const int group = scene.card({zone});
        QVERIFY(group >= 0);
        const Card& shown = scene.cards()[std::size_t(group)];
        QCOMPARE(shown.line, QStringLiteral("5 components · 21 instances"));
        QCOMPARE(scene.card({"rd"}), -1);
        QVERIFY(scene.line({"c3"}) < 0 || scene.lines()[std::size_t(scene.line({"c3"}))].alive);
        // Its figure is that of the busiest inside.
        double busiest = 0;
        for (const ComponentId& member : scene.standsFor(shown))
            busiest = std::max(busiest, it.workspace.analysis()->figures(member).utilisation);
        QCOMPARE(shown.state.utilisation, std::round(busiest * 100) / 100);
        // It is moved like any card, and what stands in it goes along.
        const Point home = it.document().design().components.find({"rd"})->position;
        const QPoint middle = it.card(id);
        it.drag(middle, middle + QPoint(0, 120));
        QVERIFY(it.document().design().components.find({"rd"})->position.y > home.y);
        it.document().undo();
        it.document().setCollapsed(id, false);
        QVERIFY(scene.card({"rd"}) >= 0);
        QVERIFY(before > 0);
        QCOMPARE(complaints.texts(), QStringList());
    }

    void aLineIsNamedInPlace() {
        WindowFixture it(QStringLiteral("template:url-shortener"));
        it.document().selection()->select(it.document().design().connections[0].id.value.c_str());
        it.canvas()->forceActiveFocus();
        it.key(Qt::Key_F2);
        QVERIFY(it.appears(QStringLiteral("renameField")));
        it.type(QStringLiteral("lookup"));
        it.key(Qt::Key_Return);
        QCOMPARE(it.document().design().connections[0].label, "lookup");
    }

    void theMenuArranges() {
        const Complaints complaints;
        WindowFixture it(QStringLiteral("template:url-shortener"));
        QTest::mouseClick(it.view, Qt::LeftButton, Qt::NoModifier, it.card(QStringLiteral("red")));
        QTest::mouseClick(it.view, Qt::RightButton, Qt::NoModifier, it.card(QStringLiteral("red")));
        QVERIFY(it.click(QStringLiteral("lockRow")));
        QVERIFY(it.document().isLocked(QStringLiteral("red")));
        QTest::mouseClick(it.view, Qt::RightButton, Qt::NoModifier, it.card(QStringLiteral("red")));
        QVERIFY(it.click(QStringLiteral("lockRow")));
        QVERIFY(!it.document().isLocked(QStringLiteral("red")));
        QCOMPARE(complaints.texts(), QStringList());
    }
};

QTEST_MAIN(SeeingTest)
#include "seeing.moc"
