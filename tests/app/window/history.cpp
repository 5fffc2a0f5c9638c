// The list of steps, earlier saves of a file, and the comparison with one, on the real window.
#include "support/window_fixture.h"

#include <QAbstractItemModelTester>
#include <QAccessible>

using namespace loadpath;
using namespace loadpath::test;

class HistoryTest : public QObject {
    Q_OBJECT

    static double redness(const QImage& image, const QRect& area) {
        double red = 0;
        for (int y = area.top(); y <= area.bottom(); ++y)
            for (int x = area.left(); x <= area.right(); ++x) {
                const QColor c = image.pixelColor(x, y);
                red += c.red() > 170 && c.green() < 100 && c.blue() < 100 ? 1 : 0;
            }
        return red;
    }

private slots:
    void initTestCase() { prepareApplication(); }

    void everyStepHasANameAndIsGoneTo() {
        const Complaints complaints;
        WindowFixture w({}, {1600, 1000});
        const QAbstractItemModelTester tester(w.workspace.history(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<Design> states{w.document().design()};
        for (const char* type : {"client", "service", "redis", "postgres"}) {
            w.document().addComponent(QString::fromLatin1(type), 240.0 * double(states.size()), 0);
            states.push_back(w.document().design());
        }
        w.key(Qt::Key_H, Qt::ControlModifier);
        QVERIFY(w.appears(QStringLiteral("historyStep:4")));
        QCOMPARE(w.find(QStringLiteral("historyStep:2"))->property("name").toString(), QStringLiteral("Add Service"));
        for (const int step : {1, 4, 0, 3}) {
            QVERIFY(w.click(QStringLiteral("historyStep:%1").arg(step)));
            QVERIFY(w.document().design() == states[std::size_t(step)]);
            QVERIFY(w.find(QStringLiteral("historyStep:%1").arg(step))->property("current").toBool());
        }
        // By keyboard, too; and what comes next takes the undone steps away.
        w.find(QStringLiteral("historyList"))->forceActiveFocus();
        w.key(Qt::Key_Up);
        QVERIFY(w.document().design() == states[2]);
        w.key(Qt::Key_Down);
        QVERIFY(w.document().design() == states[3]);
        w.document().addNote(0, 200, QStringLiteral("x"));
        QCOMPARE(w.workspace.history()->rowCount(), 5);
        QAccessibleInterface* row = QAccessible::queryAccessibleInterface(w.find(QStringLiteral("historyStep:1")));
        QCOMPARE(row->text(QAccessible::Name), QStringLiteral("Add Client"));
        w.key(Qt::Key_Escape);
        QVERIFY(w.appears(QStringLiteral("sideTabs")));
        QCOMPARE(complaints.texts(), QStringList());
    }

    void anEarlierSaveIsComparedOnTheCanvasAndGoneBackTo() {
        const Complaints complaints;
        QTemporaryDir folder;
        WindowFixture w(QStringLiteral("template:url-shortener"), {1600, 1000});
        QVERIFY(w.workspace.saveAs(QUrl::fromLocalFile(folder.filePath(QStringLiteral("a.loadpath.json")))));
        const Design first = w.document().design();
        // One goes, one comes, one changes.
        w.document().selection()->select(QStringLiteral("red"));
        w.document().deleteSelection();
        const QString worker = w.document().addComponent(QStringLiteral("worker"), 0, 600);
        QVERIFY(w.document().setProperty(QStringLiteral("component"), QStringLiteral("rd"), QStringLiteral("instances"),
                                         1));
        QVERIFY(w.workspace.save());
        QCOMPARE(w.workspace.versions().size(), 2);
        const Design second = w.document().design();
        w.key(Qt::Key_H, Qt::ControlModifier);
        QVERIFY(w.click(QStringLiteral("version:1")));
        QVERIFY(w.workspace.comparison()->active());
        const auto& marks = w.workspace.comparison()->marks();
        QCOMPARE(marks.at("red"), Presence::removed);
        QCOMPARE(marks.at("rd"), Presence::changed);
        QCOMPARE(marks.at(worker.toStdString()), Presence::added);
        QVERIFY(!marks.contains("lb"));
        // What is gone stands on the canvas again, framed in red.
        QVERIFY(w.canvas()->scene()->card({"red"}) >= 0);
        QTest::qWait(60);
        const QRectF place = w.canvas()->mapRectToScene(w.canvas()->itemRect(QStringLiteral("red")));
        QVERIFY(redness(w.view->grabWindow(), place.adjusted(-6, -6, 6, 6).toRect()) > 60);
        // The figures say what it did.
        QTRY_VERIFY_WITH_TIMEOUT(!w.workspace.comparison()->figures().isEmpty(), 20'000);
        QVariantMap headroom;
        for (const QVariant& figure : w.workspace.comparison()->figures())
            if (figure.toMap()[QStringLiteral("label")] == QStringLiteral("Headroom")) headroom = figure.toMap();
        QCOMPARE(headroom[QStringLiteral("state")].toString(), QStringLiteral("worse"));
        QCOMPARE(w.workspace.comparison()->figures().size(), 6);
        QVERIFY(w.appears(QStringLiteral("difference:red")));
        // Nothing is edited in a picture of two designs.
        QTest::mouseClick(w.view, Qt::LeftButton, Qt::NoModifier, w.card(QStringLiteral("lb")));
        w.key(Qt::Key_Delete);
        QVERIFY(w.document().design() == second);
        QVERIFY(w.click(QStringLiteral("endComparison")));
        QVERIFY(w.canvas()->scene()->card({"red"}) < 0);
        QVERIFY(w.document().design() == second);
        // Nor does a comparison that went out of sight keep the canvas locked.
        QVERIFY(w.click(QStringLiteral("version:1")));
        w.key(Qt::Key_5, Qt::ControlModifier);
        QVERIFY(!w.workspace.comparison()->active());
        w.key(Qt::Key_H, Qt::ControlModifier);
        // Going back is a step like any other.
        QVERIFY(w.click(QStringLiteral("version:1")));
        QVERIFY(w.click(QStringLiteral("restoreVersion")));
        QVERIFY(w.document().design() == first);
        QVERIFY(w.document().undoText().startsWith(QStringLiteral("Go back to")));
        w.document().undo();
        QVERIFY(w.document().design() == second);
        QCOMPARE(complaints.texts(), QStringList());
    }
};

QTEST_MAIN(HistoryTest)
#include "history.moc"
