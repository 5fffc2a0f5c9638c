// Arranging by hand: lining up, copying along, leading lines, hanging ends elsewhere, and what is locked.
#include "support/canvas_fixture.h"

#include <QSignalSpy>

using namespace loadpath;
using namespace loadpath::test;

class ArrangingTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<CanvasFixture> m_it;

private slots:
    void init() { m_it = std::make_unique<CanvasFixture>(); }
    void cleanup() { m_it.reset(); }

    void aDraggedCardLinesUpWithTheOthers() {
        // 5 px beside the edges of the others, which is nearer than the grid.
        Component off = m_it->component("db");
        off.position = {581, 331};
        m_it->document.push({Put<Component>{off, std::nullopt}}, QStringLiteral("x"));
        const QPoint from = m_it->middleOf("users");
        m_it->press(from);
        m_it->moveTo(from + QPoint(200, 100));
        m_it->moveTo(from + QPoint(577, 100));
        QVERIFY(m_it->canvas->tool());
        const std::vector<QLineF> guides = m_it->canvas->tool()->guides();
        QVERIFY(!guides.empty());
        QVERIFY(
            std::any_of(guides.begin(), guides.end(), [](const QLineF& g) { return g.x1() == 581 && g.x2() == 581; }));
        m_it->release(from + QPoint(577, 100));
        QCOMPARE(m_it->component("users").position.x, 581.0);
    }

    void aDraggedCardStandsBetweenTwoWithEqualGaps() {
        Component db = m_it->component("db"), api = m_it->component("api");
        api.position = {0, 400};
        db.position = {611, 400};
        m_it->document.push({Put<Component>{api, std::nullopt}, Put<Component>{db, std::nullopt}}, QStringLiteral("x"));
        const QPoint from = m_it->middleOf("users");
        // Between 176 and 611 there is a place for 176 px with gaps of 129.5 on both sides: x = 305.5.
        m_it->press(from);
        m_it->moveTo(from + QPoint(100, 100));
        m_it->moveTo(from + QPoint(303, 290));
        QVERIFY(m_it->canvas->tool()->guides().size() >= 2);
        m_it->release(from + QPoint(303, 290));
        QCOMPARE(m_it->component("users").position.x, 305.5);
    }

    void altDragLeavesACopy() {
        const Design before = m_it->document.design();
        m_it->click(m_it->middleOf("api"));
        m_it->drag(m_it->middleOf("api"), m_it->middleOf("api") + QPoint(0, 240), Qt::AltModifier);
        QCOMPARE(m_it->document.design().components.size(), 4u);
        QCOMPARE(m_it->component("api").position, before.components.find({"api"})->position);
        const Component& copy = m_it->document.design().components[3];
        QCOMPARE(copy.type, "service");
        QCOMPARE(copy.position.x, 288.0);
        QCOMPARE(copy.position.y, 360.0);
        QCOMPARE(m_it->document.undoStack()->count(), 1);
        m_it->document.undo();
        QVERIFY(m_it->document.design() == before);
    }

    void aDraggedSegmentStaysWhereItIsPut() {
        const Design before = m_it->document.design();
        const QPoint on = m_it->at(230, 153);
        m_it->drag(on, m_it->at(230, 301));
        const std::vector<Point> bends = m_it->document.design().connections.find({"c1"})->bends;
        QCOMPARE(bends.size(), 2u);
        QCOMPARE(bends[0].y, 300.0);
        QCOMPARE(bends[1].y, 300.0);
        QCOMPARE(m_it->document.undoStack()->count(), 1);
        // The lower segment is there now, and stays when a card moves.
        const auto passes = [&](double y) {
            const Line& line = m_it->line("c1");
            for (std::size_t i = 1; i < line.points.size(); ++i)
                if (line.points[i].y() == y && line.points[i - 1].y() == y) return true;
            return false;
        };
        QVERIFY(passes(300));
        m_it->click(m_it->at(100, 480));
        m_it->drag(m_it->middleOf("users"), m_it->middleOf("users") - QPoint(0, 96));
        QVERIFY(passes(300));
        m_it->document.selection()->select(QStringLiteral("c1"));
        m_it->document.freeRoutes();
        QVERIFY(!passes(300));
        m_it->document.undo();
        m_it->document.undo();
        m_it->document.undo();
        QVERIFY(m_it->document.design() == before);
    }

    void escapeGivesASegmentBack() {
        const Design before = m_it->document.design();
        m_it->press(m_it->at(230, 153));
        m_it->moveTo(m_it->at(230, 200));
        m_it->moveTo(m_it->at(230, 280));
        QVERIFY(!(m_it->document.design() == before));
        m_it->key(Qt::Key_Escape);
        QVERIFY(m_it->document.design() == before);
        QVERIFY(!m_it->document.canUndo());
    }

    void anEndIsHungOnAnotherCard() {
        const QString cache = m_it->document.addComponent(QStringLiteral("redis"), 576, 312);
        const int steps = m_it->document.undoStack()->count();
        const QPointF end = m_it->line("c2").points.back();
        m_it->click(m_it->at(520, 153));
        m_it->drag(m_it->canvas->toView(end - QPointF(6, 0)).toPoint(), m_it->at(660, 345));
        const Connection& line = *m_it->document.design().connections.find({"c2"});
        QCOMPARE(QString::fromStdString(line.to.value), cache);
        QCOMPARE(*line.properties.at("protocol").text(), "resp");
        QCOMPARE(m_it->document.undoStack()->count(), steps + 1);
    }

    void anEndIsRefusedWhereItMayNotHang() {
        QSignalSpy refused(&m_it->document, &Document::refused);
        const QPointF end = m_it->line("c1").points.back();
        m_it->click(m_it->at(230, 153));
        const Design before = m_it->document.design();
        const QPoint from = m_it->canvas->toView(end - QPointF(6, 0)).toPoint();
        m_it->press(from);
        m_it->moveTo(from + QPoint(40, 20));
        m_it->moveTo(m_it->middleOf("db"));
        QCOMPARE(m_it->canvas->cursor().shape(), Qt::ForbiddenCursor);
        m_it->release(m_it->middleOf("db"));
        QCOMPARE(refused.count(), 1);
        QVERIFY(refused[0][0].toString().contains(QStringLiteral("datastore")));
        QVERIFY(m_it->document.design() == before);
    }

    void whileALineIsDrawnItsTargetsAreLit() {
        const QString other = m_it->document.addComponent(QStringLiteral("service"), 288, 360);
        m_it->document.selection()->clear();
        const QImage before = m_it->picture();
        const QPoint port = m_it->portOf("users", Side::bottom);
        m_it->moveTo(port);
        m_it->press(port);
        m_it->moveTo(port + QPoint(10, 30));
        m_it->moveTo(port + QPoint(10, 120));
        const QImage during = m_it->picture();
        // A client may call the service (a ring of its own around it), not the store (it steps back).
        const QRectF api = m_it->canvas->itemRect(other), db = m_it->canvas->itemRect(QStringLiteral("db"));
        const QPoint ring(int(api.center().x()), int(api.top()) - 2);
        QVERIFY(during.pixelColor(ring) != before.pixelColor(ring));
        const QColor lit = during.pixelColor(ring);
        QVERIFY(lit.green() > lit.red() && lit.green() > lit.blue());
        const QPoint inside = db.center().toPoint() + QPoint(60, 22);
        QVERIFY(during.pixelColor(inside) != before.pixelColor(inside));
        m_it->release(port + QPoint(10, 120));
    }

    void aLockedCardStaysAndSaysSo() {
        m_it->click(m_it->middleOf("api"));
        m_it->document.setSelectionLocked(true);
        const Point home = m_it->component("api").position;
        m_it->drag(m_it->middleOf("api"), m_it->middleOf("api") + QPoint(60, 60));
        QCOMPARE(m_it->component("api").position, home);
        m_it->key(Qt::Key_Right);
        QCOMPARE(m_it->component("api").position, home);
        QVERIFY(m_it->card("api").locked);
        m_it->document.tidyUp();
        QCOMPARE(m_it->component("api").position, home);
        m_it->document.selection()->select(QStringLiteral("api"));
        m_it->document.setSelectionLocked(false);
        m_it->drag(m_it->middleOf("api"), m_it->middleOf("api") + QPoint(48, 48));
        QVERIFY(m_it->component("api").position != home);
    }

    void severalAreLinedUpAndSpread() {
        const QString cache = m_it->document.addComponent(QStringLiteral("redis"), 100, 411);
        m_it->document.selection()->selectMany({QStringLiteral("users"), QStringLiteral("db"), cache});
        const Design before = m_it->document.design();
        m_it->document.align(QStringLiteral("left"));
        QCOMPARE(m_it->component("db").position.x, 0.0);
        QCOMPARE(m_it->document.design().components.find({cache.toStdString()})->position.x, 0.0);
        m_it->document.undo();
        QVERIFY(m_it->document.design() == before);
        m_it->document.align(QStringLiteral("bottom"));
        QCOMPARE(m_it->component("users").position.y, 411.0);
        m_it->document.undo();
        m_it->document.distribute(false);
        // 0, 100, 576: the one in the middle goes where both gaps are 112.
        QCOMPARE(m_it->document.design().components.find({cache.toStdString()})->position.x, 288.0);
    }

    void tidyingUpIsOneStepAndOfASelectionThatAlone() {
        const Design before = m_it->document.design();
        m_it->document.tidyUp();
        QCOMPARE(m_it->document.undoStack()->count(), 1);
        QVERIFY(m_it->component("users").position.x < m_it->component("api").position.x);
        QCOMPARE(m_it->component("users").position.y, m_it->component("db").position.y);
        m_it->document.undo();
        QVERIFY(m_it->document.design() == before);
        m_it->document.selection()->selectMany({QStringLiteral("api"), QStringLiteral("db")});
        m_it->document.tidyUp(true);
        QCOMPARE(m_it->component("users").position, before.components.find({"users"})->position);
        QCOMPARE(m_it->component("api").position.x, m_it->component("db").position.x);
    }

    void tidyingUpShowsTheWayUnlessMotionIsUnwelcome() {
        m_it->theme.setReducedMotion(false);
        Component far = m_it->component("db");
        far.position = {900, 500};
        m_it->document.push({Put<Component>{far, std::nullopt}}, QStringLiteral("x"));
        m_it->document.tidyUp();
        const QPointF target(m_it->component("db").position.x, m_it->component("db").position.y);
        QVERIFY(m_it->card("db").rect.topLeft() != target);
        QTRY_COMPARE(m_it->card("db").rect.topLeft(), target);
        m_it->document.undo();
        m_it->theme.setReducedMotion(true);
        m_it->document.tidyUp();
        QCOMPARE(m_it->card("db").rect.topLeft(), target);
    }

    void aMarqueeWithAltTakesOnlyWhatItHolds() {
        m_it->drag(m_it->at(-60, 90), m_it->at(320, 230), Qt::AltModifier);
        // The events of a test carry the modifier with press and release.
        QCOMPARE(m_it->document.selection()->ids(), QStringList{QStringLiteral("users")});
    }

    void altAndAnArrowFollowTheLine() {
        // Nearer, but not connected.
        Component stray;
        stray.id = {"stray"};
        stray.type = "redis";
        stray.position = {220, 30};
        m_it->document.push({Put<Component>{stray, std::nullopt}}, QStringLiteral("x"));
        m_it->click(m_it->middleOf("users"));
        m_it->key(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(m_it->document.selection()->primaryId(), QStringLiteral("api"));
        m_it->key(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(m_it->document.selection()->primaryId(), QStringLiteral("db"));
    }

    void cardsAreStacked() {
        m_it->document.selection()->select(QStringLiteral("users"));
        m_it->document.bringToFront();
        QCOMPARE(m_it->document.design().components[2].id.value, "users");
        QCOMPARE(m_it->card("users").order, 2);
        QCOMPARE(m_it->document.design().connections.size(), 2u);
        m_it->document.bringToFront();
        QCOMPARE(m_it->document.undoStack()->count(), 1);
        m_it->document.sendToBack();
        QCOMPARE(m_it->document.design().components[0].id.value, "users");
    }

    void aLineIsReversedOrSaysWhyNot() {
        const QString other = m_it->document.addComponent(QStringLiteral("service"), 288, 360);
        QVERIFY(m_it->document.connectComponents(QStringLiteral("api"), other));
        const QString id = m_it->document.selection()->primaryId();
        QVERIFY(m_it->document.reverse(id));
        QCOMPARE(m_it->document.design().connections.find({id.toStdString()})->to.value, "api");
        QSignalSpy refused(&m_it->document, &Document::refused);
        QVERIFY(!m_it->document.reverse(QStringLiteral("c1")));
        QCOMPARE(refused.count(), 1);
    }
};

QTEST_MAIN(ArrangingTest)
#include "arranging.moc"
