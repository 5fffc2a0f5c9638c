// Analysis and estimates in the real window: a click on a figure shows how it came about and lights
// what it speaks of; a changed input changes what follows.
#include "support/window_fixture.h"

using namespace loadpath;
using loadpath::test::Complaints;
using loadpath::test::WindowFixture;

class WindowBench : public QObject {
    Q_OBJECT

    /// The first shown item whose name starts so, from the top.
    static QQuickItem* startingWith(QQuickItem* root, const QString& start) {
        if (root->objectName().startsWith(start) && root->isVisible() && root->width() > 0) return root;
        const QList<QQuickItem*> children = root->childItems();
        for (QQuickItem* child : children)
            if (QQuickItem* found = startingWith(child, start)) return found;
        return nullptr;
    }
    static bool clickOn(WindowFixture& w, const QString& start) {
        const bool there = QTest::qWaitFor([&] { return startingWith(w.view->contentItem(), start) != nullptr; }, 3000);
        if (!there) return false;
        QTest::qWait(30);
        QTest::mouseClick(w.view, Qt::LeftButton, Qt::NoModifier,
                          WindowFixture::centreOf(startingWith(w.view->contentItem(), start)));
        return true;
    }
    static QString textOf(const WindowFixture& w, const QString& name) {
        const QQuickItem* item = w.shown(name);
        return item ? item->property("text").toString() : QString();
    }

private slots:
    void initTestCase() { prepareApplication(); }

    void aFigureShowsHowItCameAboutAndLightsItsComponents() {
        WindowFixture w(QStringLiteral("template:url-shortener"), {1600, 1000});
        QVERIFY(w.click("availabilityFigure"));
        QVERIFY(w.appears("analysisPanel"));
        QVERIFY(w.canvas()->litIds().isEmpty());
        QVERIFY(w.click("analysisCapacity"));
        QVERIFY(clickOn(w, "figure:use:rd"));
        QVERIFY(w.appears("derivationPane"));
        QVERIFY2(textOf(w, "derivationResult").contains("38.6"), qPrintable(textOf(w, "derivationResult")));
        QVERIFY2(w.canvas()->litIds().contains("rd"), qPrintable(w.canvas()->litIds().join(' ')));
        QVERIFY(w.click("closeDerivation"));
        QVERIFY(w.disappears("derivationPane"));
        QVERIFY(w.canvas()->litIds().isEmpty());
    }

    void litComponentsAreSeenOnTheCanvas() {
        WindowFixture w(QStringLiteral("template:url-shortener"), {1600, 1000});
        const auto ring = [&w] {
            const QRectF rect = w.canvas()->itemRect("rd");
            const QPoint at = w.canvas()->mapToScene(QPointF(rect.center().x(), rect.top() - 1.5)).toPoint();
            return w.view->grabWindow().pixelColor(at);
        };
        const QColor before = ring();
        w.canvas()->setLitIds({QStringLiteral("rd")});
        QTest::qWait(30);
        const QColor after = ring();
        QVERIFY2(after != before && after.blue() > after.red() + 60, qPrintable(after.name()));
        w.canvas()->setLitIds({});
        QTest::qWait(30);
        QCOMPARE(ring(), before);
    }

    void aStepLightsItsOwnComponents() {
        WindowFixture w(QStringLiteral("template:url-shortener"), {1600, 1000});
        w.key(Qt::Key_7, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(w.appears("estimatePanel"));
        QVERIFY(clickOn(w, "figure:peak_rps:1"));
        QVERIFY(w.appears("derivationPane"));
        QCOMPARE(textOf(w, "derivationResult"), QStringLiteral("11,688/s"));
        QCOMPARE(w.canvas()->litIds(), QStringList{"c"});
        QVERIFY(w.click("step:0"));  // an input of the requirements speaks of no component
        QVERIFY(w.canvas()->litIds().isEmpty());
    }

    void aChangedInputChangesWhatFollowsAndCanBeUndone() {
        WindowFixture w(QStringLiteral("template:url-shortener"), {1600, 1000});
        w.key(Qt::Key_7, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(clickOn(w, "figure:peak_rps:1"));
        QVERIFY(QTest::qWaitFor([&] { return textOf(w, "derivationResult") == QStringLiteral("11,688/s"); }, 3000));
        QVERIFY(w.click("estimateInputs"));
        QVERIFY(w.click("estimateInput:peak_factor"));
        w.key(Qt::Key_A, Qt::ControlModifier);
        w.type("6");
        w.key(Qt::Key_Return);
        QCOMPARE(w.document().design().header.requirements.peakFactor, std::optional<double>(6));
        QVERIFY(QTest::qWaitFor([&] { return textOf(w, "derivationResult") == QStringLiteral("23,375/s"); }, 3000));
        w.document().undo();
        QVERIFY(QTest::qWaitFor([&] { return textOf(w, "derivationResult") == QStringLiteral("11,688/s"); }, 3000));
    }

    void anImpossibleInputIsRefused() {
        WindowFixture w(QStringLiteral("template:url-shortener"), {1600, 1000});
        w.key(Qt::Key_7, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(w.click("estimateInputs"));
        const int revision = w.document().revision();
        for (const char* entry : {"many", "-3"}) {
            QVERIFY(w.click("estimateInput:peak_factor"));
            w.key(Qt::Key_A, Qt::ControlModifier);
            w.type(entry);
            w.key(Qt::Key_Return);
            QVERIFY(!w.find("estimateInput:peak_factor")->property("problem").toString().isEmpty());
            w.key(Qt::Key_Escape);
        }
        QCOMPARE(w.document().revision(), revision);
    }

    void downtimeIsConvertedBothWays() {
        WindowFixture w(QStringLiteral("template:url-shortener"), {1600, 1000});
        w.key(Qt::Key_7, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(w.click("estimateTools"));
        QVERIFY(w.click("availabilityEntry"));
        w.key(Qt::Key_A, Qt::ControlModifier);
        w.type("99.99");
        QVERIFY2(textOf(w, "downtimeAnswer").contains("52.6 min"), qPrintable(textOf(w, "downtimeAnswer")));
        QVERIFY(w.click("downtimeEntry"));
        w.key(Qt::Key_A, Qt::ControlModifier);
        w.type("43.2 min");
        QVERIFY2(textOf(w, "availabilityAnswer").contains("99.9 %"), qPrintable(textOf(w, "availabilityAnswer")));
    }

    void theKeyboardAlonePicksAFigure() {
        WindowFixture w(QStringLiteral("template:url-shortener"), {1600, 1000});
        w.key(Qt::Key_7, Qt::ControlModifier);
        for (int i = 0; i < 20 && !w.shown("derivationPane"); ++i) {
            w.key(Qt::Key_Tab);
            w.key(Qt::Key_Return);
        }
        QVERIFY(w.shown("derivationPane"));
        w.key(Qt::Key_Escape);
        QVERIFY(w.disappears("derivationPane"));
        w.key(Qt::Key_Escape);
        QVERIFY(w.disappears("analysisPanel"));
        QVERIFY(w.shown("sideTabs"));
    }

    void nothingComplainsInEitherThemeAndAtEverySize() {
        const Complaints complaints;
        for (const QSize size : {QSize(1280, 720), QSize(1920, 1080)}) {
            WindowFixture w(QStringLiteral("template:url-shortener"), size);
            for (const QString& theme : {QStringLiteral("dark"), QStringLiteral("light")}) {
                w.workspace.setThemeMode(theme);
                for (int bench = 0; bench < 2; ++bench)
                    for (int page = 0; page < (bench == 0 ? 4 : 3); ++page) {
                        w.view->setProperty("benchOpen", true);
                        w.view->setProperty("benchTab", bench);
                        w.view->setProperty(bench == 0 ? "analysisPage" : "estimatePage", page);
                        QTest::qWait(40);
                        clickOn(w, "figure:");
                    }
                const QQuickItem* pane = w.shown("bench");
                QVERIFY(pane && pane->mapToScene(QPointF(pane->width(), 0)).x() <= size.width() + 0.5);
            }
            w.workspace.newDocument();
            QTest::qWait(60);
            w.view->setProperty("benchTab", 0);
            QTest::qWait(60);
        }
        QCOMPARE(complaints.texts(), QStringList());
    }
};

QTEST_MAIN(WindowBench)
#include "bench.moc"
