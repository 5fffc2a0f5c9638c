// The canvas under real mouse and key events in a real window: what the hand does becomes the edit it means.
#include "canvas_item.h"
#include "minimap_item.h"
#include "support/drawing.h"

#include <QAccessible>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTest>

using namespace loadpath;
using namespace loadpath::test;

class CanvasTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Document> m_document;
    std::unique_ptr<QQuickWindow> m_window;
    CanvasItem* m_canvas = nullptr;

    QPoint at(double x, double y) const { return m_canvas->toView({x, y}).toPoint(); }
    QPoint middleOf(const char* id) const {
        return m_canvas->toView(m_canvas->scene()->rectOf(QString::fromLatin1(id)).center()).toPoint();
    }
    QPoint portOf(const char* id, Side side) const {
        const Scene& scene = *m_canvas->scene();
        return m_canvas->toView(Scene::portOf(scene.cards()[std::size_t(scene.card({id}))], side)).toPoint();
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButton button = Qt::LeftButton) {
        QTest::mousePress(m_window.get(), button, modifiers, from);
        for (int step = 1; step <= 6; ++step) QTest::mouseMove(m_window.get(), from + (to - from) * step / 6);
        QTest::mouseRelease(m_window.get(), button, modifiers, to);
    }
    void click(QPoint where, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseClick(m_window.get(), Qt::LeftButton, modifiers, where);
    }
    void key(Qt::Key k, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(m_window.get(), k, modifiers); }
    Point placeOf(const char* id) const { return m_document->design().components.find({id})->position; }
    QStringList selected() const { return m_document->selection()->ids(); }

private slots:
    void init() {
        m_theme = std::make_unique<Theme>();
        m_theme->setMode(QStringLiteral("light"));
        m_theme->setReducedMotion(true);
        m_document = std::make_unique<Document>(builtInCatalog());
        m_window = std::make_unique<QQuickWindow>();
        m_window->resize(1000, 600);
        m_canvas = new CanvasItem(m_window->contentItem());
        m_canvas->setSize({1000, 600});
        m_canvas->setTheme(m_theme.get());
        m_canvas->setDocument(m_document.get());
        m_document->load(smallDesign(), Document::Origin::blank);
        m_canvas->setZoom(1);
        m_canvas->centreOn({400, 200});
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_canvas->forceActiveFocus();
    }
    void cleanup() {
        m_window.reset();
        m_document.reset();
    }

    void aClickSelects() {
        click(middleOf("api"));
        QCOMPARE(selected(), QStringList{QStringLiteral("api")});
        click(middleOf("db"), Qt::ShiftModifier);
        QCOMPARE(selected(), (QStringList{QStringLiteral("api"), QStringLiteral("db")}));
        click(middleOf("api"), Qt::ControlModifier);
        QCOMPARE(selected(), QStringList{QStringLiteral("db")});
        click(at(230, 153));
        QCOMPARE(selected(), QStringList{QStringLiteral("c1")});
        click(at(100, 400));
        QVERIFY(selected().isEmpty());
    }

    void aDragMovesOnTheGridAndIsOneStep() {
        const Design before = m_document->design();
        drag(middleOf("users"), middleOf("users") + QPoint(50, 90));
        QCOMPARE(placeOf("users"), (Point{48, 216}));
        QCOMPARE(m_canvas->scene()->rectOf(QStringLiteral("users")).topLeft(), QPointF(48, 216));
        QCOMPARE(m_document->undoStack()->count(), 1);
        m_document->undo();
        QVERIFY(m_document->design() == before);
    }

    void controlWhileDraggingLeavesTheGrid() {
        const QPoint from = middleOf("users");
        QTest::mousePress(m_window.get(), Qt::LeftButton, {}, from);
        for (int step = 1; step <= 6; ++step) {
            QMouseEvent move(QEvent::MouseMove, from + QPointF(50, 90) * step / 6, from + QPointF(50, 90) * step / 6,
                             Qt::NoButton, Qt::LeftButton, Qt::ControlModifier);
            QCoreApplication::sendEvent(m_window.get(), &move);
        }
        QTest::mouseRelease(m_window.get(), Qt::LeftButton, Qt::ControlModifier, from + QPoint(50, 90));
        QCOMPARE(placeOf("users"), (Point{50, 210}));
    }

    void aDragOfOneOfSeveralMovesAll() {
        click(middleOf("api"));
        click(middleOf("db"), Qt::ShiftModifier);
        drag(middleOf("db"), middleOf("db") + QPoint(0, 48));
        QCOMPARE(placeOf("api"), (Point{288, 168}));
        QCOMPARE(placeOf("db"), (Point{576, 168}));
        QCOMPARE(selected().size(), 2);
        click(middleOf("db"));
        QCOMPARE(selected(), QStringList{QStringLiteral("db")});
    }

    void aDragIntoAZonePlacesAndOutOfItTakesAway() {
        drag(middleOf("users"), at(400, 215));
        QCOMPARE(m_document->design().components.find({"users"})->zones, std::vector<ZoneId>{{"a"}});
        drag(middleOf("users"), at(100, 400));
        QVERIFY(m_document->design().components.find({"users"})->zones.empty());
    }

    void escapeEndsADragWithoutATrace() {
        const Design before = m_document->design();
        QTest::mousePress(m_window.get(), Qt::LeftButton, {}, middleOf("users"));
        QTest::mouseMove(m_window.get(), middleOf("users") + QPoint(60, 60));
        QTest::mouseMove(m_window.get(), middleOf("users") + QPoint(100, 100));
        QVERIFY(!(m_document->design() == before));
        key(Qt::Key_Escape);
        QVERIFY(m_document->design() == before);
        QVERIFY(!m_document->canUndo());
        QTest::mouseRelease(m_window.get(), Qt::LeftButton, {}, middleOf("users") + QPoint(100, 100));
        QVERIFY(m_document->design() == before);
    }

    void aMarqueeSelects() {
        drag(at(-60, 90), at(320, 230));
        QCOMPARE(selected(), (QStringList{QStringLiteral("users"), QStringLiteral("api")}));
        drag(at(560, 300), at(700, 180), Qt::ShiftModifier);
        QCOMPARE(selected().size(), 3);
    }

    void aDragFromASideConnects() {
        m_document->addComponent(QStringLiteral("redis"), 288, 336);
        const QString redis = m_document->selection()->primaryId();
        drag(portOf("api", Side::bottom), middleOf(redis.toLatin1().constData()));
        const Connection& made = m_document->design().connections[m_document->design().connections.size() - 1];
        QCOMPARE(made.from.value, std::string("api"));
        QCOMPARE(made.to.value, redis.toStdString());
        QVERIFY(m_canvas->scene()->line(made.id) >= 0);
        QCOMPARE(m_canvas->scene()->lines()[std::size_t(m_canvas->scene()->line(made.id))].points.size(), 2u);
    }

    void whatCannotBeConnectedIsRefusedWithTheReason() {
        QSignalSpy refused(m_document.get(), &Document::refused);
        const std::size_t before = m_document->design().connections.size();
        drag(portOf("users", Side::bottom), middleOf("db"));
        QCOMPARE(m_document->design().connections.size(), before);
        QCOMPARE(refused.count(), 1);
        QVERIFY(!refused[0][0].toString().isEmpty());
    }

    void theReasonIsShownBeforeLettingGo() {
        QTest::mousePress(m_window.get(), Qt::LeftButton, {}, portOf("users", Side::bottom));
        QTest::mouseMove(m_window.get(), at(300, 300));
        QTest::mouseMove(m_window.get(), middleOf("db"));
        const QImage image = m_window->grabWindow();
        const QPoint near = middleOf("db") + QPoint(60, 30);
        int words = 0;
        for (int y = 0; y < 40; ++y)
            for (int x = 0; x < 200; ++x)
                if (image.rect().contains(near + QPoint(x, y)) && qGray(image.pixel(near + QPoint(x, y))) < 90) ++words;
        QVERIFY(words > 50);
        QCOMPARE(m_canvas->cursor().shape(), Qt::ForbiddenCursor);
        QTest::mouseRelease(m_window.get(), Qt::LeftButton, {}, at(300, 380));
    }

    void aLineLetGoOnEmptyCanvasAsksWhatToCreate() {
        QSignalSpy dropped(m_canvas, &CanvasItem::connectionDropped);
        drag(portOf("api", Side::top), at(400, 0));
        QCOMPARE(dropped.count(), 1);
        QCOMPARE(dropped[0][0].toString(), QStringLiteral("api"));
    }

    void deleteAndUndo() {
        const Design before = m_document->design();
        click(middleOf("api"));
        key(Qt::Key_Delete);
        QVERIFY(!m_document->design().components.contains({"api"}));
        QCOMPARE(m_document->design().connections.size(), 0u);
        key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(m_document->design() == before);
        key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!m_document->design().components.contains({"api"}));
    }

    void keysDoWhatTheySay() {
        key(Qt::Key_A, Qt::ControlModifier);
        QVERIFY(selected().size() >= 3);
        key(Qt::Key_Escape);
        QVERIFY(selected().isEmpty());
        key(Qt::Key_Tab);
        QCOMPARE(selected(), QStringList{QStringLiteral("users")});
        key(Qt::Key_Tab);
        QCOMPARE(selected(), QStringList{QStringLiteral("api")});
        key(Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(selected(), QStringList{QStringLiteral("users")});
        key(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(selected(), QStringList{QStringLiteral("api")});
        key(Qt::Key_Down);
        QCOMPARE(placeOf("api"), (Point{288, 144}));
        key(Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(placeOf("api"), (Point{287, 144}));
        key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(m_document->design().components.size(), 4u);
        key(Qt::Key_C, Qt::ControlModifier);
        key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(m_document->design().components.size(), 5u);
        key(Qt::Key_X, Qt::ControlModifier);
        QCOMPARE(m_document->design().components.size(), 4u);
    }

    void aNewCardCoversNoOther() {
        const QPointF taken = m_canvas->scene()->rectOf(QStringLiteral("api")).topLeft();
        for (int i = 0; i < 6; ++i) {
            const QPointF place = m_canvas->freePlace(taken);
            for (const Card& card : m_canvas->scene()->cards())
                QVERIFY(!card.rect.intersects(QRectF(place, QSizeF(cardWidth, cardHeight))));
            m_document->addComponent(QStringLiteral("service"), place.x(), place.y());
        }
        QCOMPARE(m_canvas->freePlace({5000, 5000}), QPointF(5000, 5000));
    }

    void f2AndDoubleClickRename() {
        QSignalSpy rename(m_canvas, &CanvasItem::renameRequested);
        click(middleOf("api"));
        key(Qt::Key_F2);
        QCOMPARE(rename.count(), 1);
        QCOMPARE(rename[0][0].toString(), QStringLiteral("api"));
        QVERIFY(m_canvas->itemRect(QStringLiteral("api")).contains(rename[0][1].toRectF()));
        QTest::mouseDClick(m_window.get(), Qt::LeftButton, {}, middleOf("db"));
        QCOMPARE(rename.last()[0].toString(), QStringLiteral("db"));
    }

    void theMiddleButtonPansAndSpaceToo() {
        const QPointF before = m_canvas->view().origin;
        drag(at(100, 300), at(160, 340), {}, Qt::MiddleButton);
        QCOMPARE(m_canvas->view().origin, before - QPointF(60, 40));
        QTest::keyPress(m_window.get(), Qt::Key_Space);
        drag(middleOf("api"), middleOf("api") + QPoint(-60, -40));
        QTest::keyRelease(m_window.get(), Qt::Key_Space);
        QCOMPARE(m_canvas->view().origin, before);
        QCOMPARE(placeOf("api"), (Point{288, 120}));
    }

    void controlWheelZoomsToThePointer() {
        const QPointF place(700, 200);
        const QPointF kept = m_canvas->toDesign(place);
        QWheelEvent wheel(place, m_window->mapToGlobal(place), {}, {0, 120}, Qt::NoButton, Qt::ControlModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_window.get(), &wheel);
        QVERIFY(m_canvas->zoom() > 1.1);
        QVERIFY((m_canvas->toDesign(place) - kept).manhattanLength() < 1e-6);
        const double zoom = m_canvas->zoom();
        QWheelEvent scroll(place, m_window->mapToGlobal(place), {}, {0, -120}, Qt::NoButton, {}, Qt::NoScrollPhase,
                           false);
        QCoreApplication::sendEvent(m_window.get(), &scroll);
        QCOMPARE(m_canvas->zoom(), zoom);
        QVERIFY(m_canvas->toDesign(place).y() > kept.y() + 20);
    }

    void fitShowsEverything() {
        m_canvas->setZoom(3);
        m_canvas->fit();
        QVERIFY(m_canvas->view().visible().contains(m_canvas->scene()->bounds()));
        click(middleOf("api"));
        m_canvas->zoomToSelection();
        QVERIFY(m_canvas->zoom() > 1);
        QVERIFY(m_canvas->view().visible().contains(m_canvas->scene()->rectOf(QStringLiteral("api"))));
    }

    void aTypeIsDroppedWhereThePointerIs() {
        const QString id = m_canvas->dropType(QStringLiteral("redis"), QPointF(at(88, 400)));
        QCOMPARE(placeOf(id.toLatin1().constData()), (Point{0, 360}));
        QVERIFY(m_canvas->dropType(QStringLiteral("no_such_type"), QPointF(at(0, 0))).isEmpty());
    }

    void aTypeDroppedOnAConnectionIsInserted() {
        const QString id = m_canvas->dropType(QStringLiteral("lb_l7"), QPointF(at(230, 153)));
        QVERIFY(!id.isEmpty());
        QVERIFY(!m_document->design().connections.contains({"c1"}) ||
                m_document->design().connections.find({"c1"})->to.value != "api");
        bool reaches = false;
        for (const Connection& c : m_document->design().connections)
            reaches = reaches || (c.from.value == id.toStdString() && c.to.value == "api");
        QVERIFY(reaches);
    }

    void aZoneIsResizedAtItsEdge() {
        drag(at(264 + 528, 200), at(264 + 528 + 70, 200));
        const Frame frame = *m_document->design().zones.find({"a"})->frame;
        QCOMPARE(frame, (Frame{264, 48, 600, 192}));
        QCOMPARE(m_document->undoStack()->count(), 1);
    }

    void aRightClickAsksForTheMenuOfTheItem() {
        QSignalSpy menu(m_canvas, &CanvasItem::contextMenuRequested);
        QTest::mouseClick(m_window.get(), Qt::RightButton, {}, middleOf("db"));
        QCOMPARE(menu.count(), 1);
        QCOMPARE(menu[0][0].toString(), QStringLiteral("db"));
        QCOMPARE(selected(), QStringList{QStringLiteral("db")});
    }

    void lockedNothingChanges() {
        m_canvas->setLocked(true);
        const Design before = m_document->design();
        drag(middleOf("api"), middleOf("api") + QPoint(100, 100));
        key(Qt::Key_Delete);
        key(Qt::Key_Down);
        QVERIFY(m_document->design() == before);
    }

    void theWindowShowsBothThemes() {
        QCOMPARE(m_window->grabWindow().pixel(5, 5) & 0xffffff, lightTokens.canvas & 0xffffff);
        m_theme->setMode(QStringLiteral("dark"));
        const QImage dark = m_window->grabWindow();
        QCOMPARE(dark.pixel(5, 5) & 0xffffff, darkTokens.canvas & 0xffffff);
        const QPoint inCard = middleOf("api") + QPoint(60, 26);
        QCOMPARE(dark.pixel(inCard) & 0xffffff, darkTokens.raised & 0xffffff);
    }

    void theMinimapMovesTheView() {
        MinimapItem map(m_window->contentItem());
        map.setSize({140, 90});
        map.setCanvas(m_canvas);
        QVERIFY(!map.useful());
        m_canvas->setZoom(3);
        QVERIFY(map.useful());
        const QPointF before = m_canvas->view().visible().center();
        click(QPoint(12, 45));
        QVERIFY(m_canvas->view().visible().center().x() < before.x() - 50);
    }

    void screenReadersFindEveryComponent() {
        QAccessibleInterface* canvas = QAccessible::queryAccessibleInterface(m_canvas);
        QVERIFY(canvas);
        QCOMPARE(canvas->childCount(), 3);
        QAccessibleInterface* api = canvas->child(1);
        QCOMPARE(api->text(QAccessible::Name), QStringLiteral("Service"));
        QVERIFY(api->text(QAccessible::Description).contains(QStringLiteral("connected to PostgreSQL")));
        const QRect place = api->rect();
        QCOMPARE(place.size(), QSize(176, 66));
        QCOMPARE(canvas->childAt(place.center().x(), place.center().y()), api);
        click(middleOf("api"));
        QVERIFY(api->state().selected);
        QCOMPARE(canvas->focusChild(), api);
        QCOMPARE(canvas->indexOfChild(api), 1);
        QCOMPARE(api->parent(), canvas);
    }

    void trafficIsAsDenseAsItsRate() {
        Traffic traffic;
        const int line = m_canvas->scene()->line({"c1"});
        QVERIFY(traffic.dots(*m_canvas->scene(), QRectF(-100, 0, 900, 400)).empty());
        // In ten seconds, dots of 99/s pass twice as often as those of 9/s.
        QCOMPARE(Traffic::dotsPerSecond(9), 1.0);
        QCOMPARE(Traffic::dotsPerSecond(99), 2.0);
        QCOMPARE(Traffic::dotsPerSecond(0), 0.0);
        QVERIFY(Traffic::speed(10000) > Traffic::speed(10));
        traffic.setRates(line, {10000, 0, 0});
        traffic.advance(30);
        const auto calm = traffic.dots(*m_canvas->scene(), QRectF(-100, 0, 900, 400));
        QVERIFY(calm.size() >= 2);
        for (const TrafficDot& dot : calm) {
            QCOMPARE(dot.at.y(), 153.0);
            QVERIFY(dot.at.x() >= 176 && dot.at.x() <= 288);
            QVERIFY(dot.kind == TrafficDot::Kind::success);
        }
        int failures = 0, all = 0;
        traffic.setRates(line, {10000, 2500, 0});
        for (int i = 0; i < 400; ++i) {
            traffic.advance(0.25);
            for (const TrafficDot& dot : traffic.dots(*m_canvas->scene(), QRectF(-100, 0, 900, 400))) {
                ++all;
                failures += dot.kind == TrafficDot::Kind::failure;
            }
        }
        QVERIFY(std::abs(double(failures) / all - 0.25) < 0.03);
        traffic.setRates(line, {});
        QVERIFY(traffic.isEmpty());
    }
};

QTEST_MAIN(CanvasTest)
#include "canvas.moc"
