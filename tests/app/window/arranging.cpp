// Putting things in order by hand, as someone does it: chosen with Shift, arranged from the menu, stacked
// by keys, and types let go over a line. Every step is one step back.
#include "support/window_fixture.h"

using namespace loadpath;
using namespace loadpath::test;

class WindowArranging : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<WindowFixture> m_it;
    QStringList m_ids;

    const Component& component(const QString& id) const {
        return *m_it->document().design().components.find({id.toStdString()});
    }
    QList<double> places(double Point::*axis) const {
        QList<double> found;
        for (const QString& id : m_ids) found << component(id).position.*axis;
        return found;
    }
    void clickCard(const QString& id, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const {
        QTest::mouseClick(m_it->view, Qt::LeftButton, modifiers, m_it->card(id));
        QTest::qWait(10);
    }
    void menuAt(QPoint place) const {
        QTest::mouseClick(m_it->view, Qt::RightButton, Qt::NoModifier, place);
        QTest::qWait(40);
    }
    static QQuickItem* rowOf(QQuickItem* root, const QString& menu) {
        const auto* sub = root->property("subMenu").value<QObject*>();
        if (sub && sub->objectName() == menu && root->isVisible()) return root;
        const QList<QQuickItem*> children = root->childItems();
        for (QQuickItem* child : children)
            if (QQuickItem* found = rowOf(child, menu)) return found;
        return nullptr;
    }
    bool chooseFromArrange(const QString& row) const {
        QQuickItem* head = nullptr;
        if (!QTest::qWaitFor([&] { return (head = rowOf(m_it->view->contentItem(), "arrangeMenu")) != nullptr; }, 3000))
            return false;
        QTest::mouseClick(m_it->view, Qt::LeftButton, Qt::NoModifier, WindowFixture::centreOf(head));
        return m_it->click(row);
    }
    QPoint middleOfLine(const QString& id) const {
        const Scene& scene = *m_it->canvas()->scene();
        const Line& line = scene.lines()[std::size_t(scene.line({id.toStdString()}))];
        const std::size_t segment = (line.points.size() - 1) / 2;
        const QPointF middle = (line.points[segment] + line.points[segment + 1]) / 2;
        return m_it->canvas()->mapToScene(m_it->canvas()->toView(middle)).toPoint();
    }

private slots:
    void initTestCase() { prepareApplication(); }
    void init() {
        m_it = std::make_unique<WindowFixture>(QString(), QSize(1600, 1000));
        m_ids = {m_it->document().addComponent(QStringLiteral("service"), 0, 0),
                 m_it->document().addComponent(QStringLiteral("service"), 300, 150),
                 m_it->document().addComponent(QStringLiteral("service"), 650, 60)};
        m_it->canvas()->fit();
        QTest::qWait(20);
    }
    void cleanup() { m_it.reset(); }

    void severalAreArrangedFromTheMenu_data() {
        QTest::addColumn<QString>("row");
        QTest::addColumn<QList<double>>("x");
        QTest::addColumn<QList<double>>("y");
        const QList<double> x{0, 300, 650}, y{0, 150, 60};
        QTest::newRow("left edges") << "alignLeftRow" << QList<double>{0, 0, 0} << y;
        QTest::newRow("centres") << "alignCentreRow" << QList<double>{325, 325, 325} << y;
        QTest::newRow("right edges") << "alignRightRow" << QList<double>{650, 650, 650} << y;
        QTest::newRow("top edges") << "alignTopRow" << x << QList<double>{0, 0, 0};
        QTest::newRow("middles") << "alignMiddleRow" << x << QList<double>{75, 75, 75};
        QTest::newRow("bottom edges") << "alignBottomRow" << x << QList<double>{150, 150, 150};
        QTest::newRow("across") << "distributeAcrossRow" << QList<double>{0, 325, 650} << y;
        QTest::newRow("down") << "distributeDownRow" << x << QList<double>{0, 150, 75};
    }
    void severalAreArrangedFromTheMenu() {
        QFETCH(QString, row);
        QFETCH(QList<double>, x);
        QFETCH(QList<double>, y);
        const Complaints complaints;
        const Design before = m_it->document().design();
        const int steps = m_it->document().undoStack()->index();
        clickCard(m_ids[0]);
        clickCard(m_ids[1], Qt::ShiftModifier);
        clickCard(m_ids[2], Qt::ShiftModifier);
        QCOMPARE(m_it->document().selection()->ids().size(), qsizetype(3));
        menuAt(m_it->card(m_ids[1]));
        QCOMPARE(m_it->document().selection()->ids().size(), qsizetype(3));
        QVERIFY(chooseFromArrange(row));
        QCOMPARE(places(&Point::x), x);
        QCOMPARE(places(&Point::y), y);
        QCOMPARE(m_it->document().undoStack()->index(), steps + 1);
        m_it->key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(m_it->document().design() == before);
        QCOMPARE(complaints.texts(), QStringList());
    }

    void zonesAreMadeTheSizeOfTheLastChosen() {
        Document& d = m_it->document();
        const QString wide = d.addZone(0, 300, 400, 200), small = d.addZone(500, 300, 160, 120);
        m_it->canvas()->fit();
        QTest::qWait(20);
        const Design before = d.design();
        const auto corner = [this](const QString& id) {
            const QRectF rect = m_it->canvas()->itemRect(id);
            return m_it->canvas()->mapToScene(rect.topLeft() + QPointF(24, 10)).toPoint();
        };
        QTest::mouseClick(m_it->view, Qt::LeftButton, Qt::NoModifier, corner(small));
        QTest::mouseClick(m_it->view, Qt::LeftButton, Qt::ShiftModifier, corner(wide));
        QCOMPARE(d.selection()->ids().size(), qsizetype(2));
        menuAt(corner(wide));
        QVERIFY(chooseFromArrange(QStringLiteral("sameSizeRow")));
        const Frame a = *d.design().zones.find({wide.toStdString()})->frame;
        const Frame b = *d.design().zones.find({small.toStdString()})->frame;
        QCOMPARE(a.width, b.width);
        QCOMPARE(a.height, b.height);
        m_it->key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(d.design() == before);
    }

    void whatLiesOnTopIsWhatAClickTakes() {
        Document& d = m_it->document();
        const QString under = m_ids[0], over = d.addComponent(QStringLiteral("redis"), 96, 24);
        // Set there on purpose: a new card would stand aside.
        Component moved = component(over);
        moved.position = {96, 24};
        d.push({Put<Component>{moved, std::nullopt}}, QStringLiteral("x"));
        m_it->canvas()->fit();
        QTest::qWait(20);
        const QRectF both = m_it->canvas()->itemRect(under).intersected(m_it->canvas()->itemRect(over));
        QVERIFY(!both.isEmpty());
        const QPoint place = m_it->canvas()->mapToScene(both.center()).toPoint();
        const auto taken = [&] {
            QTest::mouseClick(m_it->view, Qt::LeftButton, Qt::NoModifier, place);
            return d.selection()->primaryId();
        };
        QCOMPARE(taken(), over);
        m_it->key(Qt::Key_BracketLeft, Qt::ControlModifier);
        QCOMPARE(taken(), under);
        m_it->key(Qt::Key_BracketLeft, Qt::ControlModifier);
        QCOMPARE(taken(), over);
        m_it->key(Qt::Key_BracketRight, Qt::ControlModifier);
        QCOMPARE(taken(), over);
        menuAt(place);
        QVERIFY(m_it->click(QStringLiteral("backRow")));
        QCOMPARE(taken(), under);
        m_it->key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(taken(), over);
    }

    void aLineIsReversedFromItsMenuOrSaysWhyNot() {
        Document& d = m_it->document();
        QVERIFY(d.connectComponents(m_ids[0], m_ids[1]));
        const QString line = d.selection()->primaryId();
        const QString client = d.addComponent(QStringLiteral("client"), 0, 400);
        QVERIFY(d.connectComponents(client, m_ids[2]));
        const QString fixed = d.selection()->primaryId();
        m_it->canvas()->fit();
        QTest::qWait(20);
        const Design before = d.design();
        menuAt(middleOfLine(line));
        QVERIFY(m_it->click(QStringLiteral("reverseRow")));
        QCOMPARE(d.design().connections.find({line.toStdString()})->to.value, m_ids[0].toStdString());
        m_it->key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(d.design() == before);
        // Nothing calls a client.
        QSignalSpy refused(&d, &Document::refused);
        menuAt(middleOfLine(fixed));
        QVERIFY(m_it->click(QStringLiteral("reverseRow")));
        QCOMPARE(refused.count(), 1);
        QVERIFY(!refused[0][0].toString().isEmpty());
        QVERIFY(d.design() == before);
    }

    void aTypeLetGoOverALineStandsInIt() {
        Document& d = m_it->document();
        const QString client = d.addComponent(QStringLiteral("client"), 0, 400);
        const QString service = d.addComponent(QStringLiteral("service"), 700, 400);
        QVERIFY(d.connectComponents(client, service));
        const QString line = d.selection()->primaryId();
        Connection stated = *d.design().connections.find({line.toStdString()});
        stated.label = "checkout";
        stated.properties["timeout_ms"] = 750.0;
        stated.properties["retries"] = 2.0;
        d.push({Put<Connection>{stated, std::nullopt}}, QStringLiteral("x"));
        m_it->canvas()->fit();
        QTest::qWait(20);
        const Design before = d.design();
        const int steps = d.undoStack()->index();
        QVERIFY(m_it->appears(QStringLiteral("palette:lb_l7")));
        m_it->drag(WindowFixture::centreOf(m_it->find(QStringLiteral("palette:lb_l7"))), middleOfLine(line));
        const QString inserted = d.selection()->primaryId();
        QCOMPARE(component(inserted).type, std::string("lb_l7"));
        QStringList ways;
        for (const Connection& c : d.design().connections)
            ways << QString::fromStdString(c.from.value + ">" + c.to.value);
        ways.sort();
        QStringList wanted{client + u'>' + inserted, inserted + u'>' + service};
        wanted.sort();
        QCOMPARE(ways, wanted);
        // What the client states about its call stays with its call, and is said once.
        for (const Connection& c : d.design().connections) {
            const bool isClients = c.from.value == client.toStdString();
            QCOMPARE(c.label, std::string(isClients ? "checkout" : ""));
            QCOMPARE(c.properties.contains("timeout_ms"), isClients);
            QCOMPARE(c.properties.contains("retries"), isClients);
        }
        QCOMPARE(d.undoStack()->index(), steps + 1);
        m_it->key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(d.design() == before);
    }

    void aTypeThatMayNotStandInALineIsPlacedBesideIt() {
        Document& d = m_it->document();
        const QString client = d.addComponent(QStringLiteral("client"), 0, 400);
        const QString service = d.addComponent(QStringLiteral("service"), 700, 400);
        QVERIFY(d.connectComponents(client, service));
        const QString line = d.selection()->primaryId();
        m_it->canvas()->fit();
        QTest::qWait(20);
        const auto connections = d.design().connections;
        QSignalSpy refused(&d, &Document::refused);
        QVERIFY(m_it->appears(QStringLiteral("palette:client")));
        m_it->drag(WindowFixture::centreOf(m_it->find(QStringLiteral("palette:client"))), middleOfLine(line));
        QCOMPARE(component(d.selection()->primaryId()).type, std::string("client"));
        QVERIFY(d.design().connections == connections);
        QCOMPARE(refused.count(), 1);
    }
};

QTEST_MAIN(WindowArranging)
#include "arranging.moc"
