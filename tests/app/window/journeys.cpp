// What a person does with the window, with real mouse and key events on the real Main.qml.
#include "support/window_fixture.h"

#include <QApplication>

using namespace loadpath;
using loadpath::test::WindowFixture;

namespace {

const QString naive = QStringLiteral("template:url-shortener-naive");
const QString final_ = QStringLiteral("template:url-shortener");

const Component* component(const Document& document, const QString& id) {
    return document.design().components.find(ComponentId{id.toStdString()});
}

/// Null when it is not stated.
Value stated(const Document& document, const QString& id, const char* key) {
    const Parameters& properties = component(document, id)->properties;
    const auto found = properties.find(key);
    return found == properties.end() ? Value() : found->second;
}

}  // namespace

class WindowJourneys : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { prepareApplication(); }

    void aTypeDraggedOntoTheCanvasIsPlacedWhereItIsDropped() {
        WindowFixture w;
        QVERIFY(w.appears("palette:client"));
        const QPoint drop = WindowFixture::centreOf(w.canvas()) + QPoint(40, -60);
        w.drag(WindowFixture::centreOf(w.find("palette:client")), drop);
        QCOMPARE(w.document().componentCount(), 1);
        const QString id = w.document().selection()->primaryId();
        QCOMPARE(component(w.document(), id)->type, std::string("client"));
        QVERIFY((w.card(id) - drop).manhattanLength() <= 30);  // it snaps to the grid
    }
    void aDragThatEndsOutsideTheCanvasPlacesNothing() {
        WindowFixture w;
        QVERIFY(w.appears("palette:client"));
        w.drag(WindowFixture::centreOf(w.find("palette:client")), WindowFixture::centreOf(w.find("sideTabs")));
        QCOMPARE(w.document().componentCount(), 0);
    }
    void slashSearchesThePaletteAndEnterPlaces() {
        WindowFixture w;
        w.key(Qt::Key_Slash);
        w.type("redis");
        w.key(Qt::Key_Return);
        QCOMPARE(w.document().componentCount(), 1);
        const QString id = w.document().selection()->primaryId();
        QCOMPARE(component(w.document(), id)->type, std::string("redis"));
    }
    void aLineDrawnFromCardToCardConnectsAndAnImpossibleOneSaysWhy() {
        WindowFixture w;
        const QString client = w.document().addComponent("client", 0, 0);
        const QString service = w.document().addComponent("service", 288, 0);
        const QString store = w.document().addComponent("postgres", 288, 168);
        w.canvas()->fit();
        w.document().selection()->clear();
        QTest::qWait(250);
        w.drag(w.rightPort(client), w.card(service));
        QCOMPARE(int(w.document().design().connections.size()), 1);
        w.drag(w.rightPort(client), w.card(store));
        QCOMPARE(int(w.document().design().connections.size()), 1);
        QVERIFY(w.appears("refusalHint"));
        QVERIFY(w.find("refusalHint")->property("reason").toString().contains("datastore"));
    }
    void aPropertyEditedInTheInspectorIsOneUndoableStep() {
        WindowFixture w({}, {1600, 1000});
        const QString id = w.document().addComponent("service", 0, 0);
        QVERIFY(w.appears("entry:instances"));
        QVERIFY(w.click("entry:instances"));
        w.key(Qt::Key_A, Qt::ControlModifier);
        w.type("7");
        w.key(Qt::Key_Return);
        QCOMPARE(stated(w.document(), id, "instances"), Value(7.0));
        w.canvas()->forceActiveFocus();
        w.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(stated(w.document(), id, "instances"), Value());
        w.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(stated(w.document(), id, "instances"), Value(7.0));
    }
    void aStatedPropertyGoesBackToItsDefault() {
        WindowFixture w({}, {1600, 1000});
        const QString id = w.document().addComponent("service", 0, 0);
        QVERIFY(w.document().setProperty("component", id, "instances", 5));
        QVERIFY(w.click("reset:instances"));
        QCOMPARE(stated(w.document(), id, "instances"), Value());
    }
    void theFixOfAFindingAppliesAndUndoes() {
        WindowFixture w(naive);
        w.key(Qt::Key_5, Qt::ControlModifier);
        QVERIFY(w.appears("findingsList"));
        const int before = w.workspace.analysis()->findings()->count();
        QVERIFY(before > 0);
        QVERIFY(w.appears("fixButton"));
        const int revision = w.document().revision();
        QVERIFY(w.click("fixButton"));
        QVERIFY(w.document().revision() != revision);
        QVERIFY(w.document().canUndo());
        QVERIFY(w.click("undoButton"));
        QVERIFY(!w.document().canUndo());
        w.workspace.analysis()->evaluateNow();
        QCOMPARE(w.workspace.analysis()->findings()->count(), before);
    }
    void aClickOnAFindingSelectsWhatItIsAbout() {
        WindowFixture w(naive);
        w.key(Qt::Key_5, Qt::ControlModifier);
        QVERIFY(w.appears("findingsList"));
        const auto* findings = w.workspace.analysis()->findings();
        const QString key = findings->data(findings->index(0, 0), FindingsModel::KeyRole).toString();
        const QStringList items = findings->data(findings->index(0, 0), FindingsModel::ItemsRole).toStringList();
        QQuickItem* card = w.find("finding:" + key);
        QVERIFY(card);
        QTest::mouseClick(w.view, Qt::LeftButton, Qt::NoModifier, card->mapToScene(QPointF(60, 12)).toPoint());
        QCOMPARE(QSet<QString>(w.document().selection()->ids().begin(), w.document().selection()->ids().end()),
                 QSet<QString>(items.begin(), items.end()));
    }
    void allSafeFixesAreOneClickAndOneUndo() {
        WindowFixture w(naive);
        const Design before = w.document().design();
        w.key(Qt::Key_5, Qt::ControlModifier);
        QVERIFY(w.click("fixAllSafeButton"));
        QVERIFY(QTest::qWaitFor([&] { return w.document().canUndo(); }, 30000));
        w.workspace.analysis()->evaluateNow();
        QVERIFY(w.disappears("fixAllSafeButton"));
        QVERIFY(w.click("undoButton"));
        QVERIFY(w.document().design() == before);
        w.workspace.analysis()->evaluateNow();
        QVERIFY(w.appears("fixAllSafeButton"));
    }
    void aFindingHasAPageWithPicturesAndAProofByKeyboard() {
        const test::Complaints complaints;
        WindowFixture w(naive, {960, 560});
        QVERIFY(QMetaObject::invokeMethod(w.view, "showDialog", Q_ARG(QString, "finding:spof:s")));
        QVERIFY(w.appears("badPicture"));
        for (const char* picture : {"badPicture", "goodPicture"})
            QVERIFY(QTest::qWaitFor([&] { return w.find(picture)->implicitWidth() > 100; }, 10000));
        QVERIFY(w.find("badPicture")->property("source") != w.find("goodPicture")->property("source"));
        QQuickItem* page = w.find("pageScroller");
        w.key(Qt::Key_End);
        QVERIFY(page->property("contentY").toReal() > 0);
        w.key(Qt::Key_Home);
        QCOMPARE(page->property("contentY").toReal(), 0.0);
        w.key(Qt::Key_Tab);
        QQuickItem* prove = w.find("proveButton");
        QCOMPARE(w.view->activeFocusItem(), prove);
        const QRectF seen = page->mapRectToScene(page->boundingRect());
        QVERIFY(seen.contains(prove->mapRectToScene(prove->boundingRect())));
        w.key(Qt::Key_Space);
        QVERIFY(QTest::qWaitFor([&] { return w.workspace.ruleDesk()->proofState() == u"done"; }, 60000));
        QVERIFY(w.appears("proofPlot"));
        QCOMPARE(w.view->activeFocusItem(), prove);
        w.key(Qt::Key_Escape);
        QVERIFY(w.disappears("badPicture"));
        QVERIFY(w.workspace.ruleDesk()->proofState().isEmpty());
        QCOMPARE(complaints.texts(), QStringList());
    }
    void theFindingsListLeadsToThePage() {
        WindowFixture w(naive);
        w.key(Qt::Key_5, Qt::ControlModifier);
        QVERIFY(w.click("whyButton"));
        QVERIFY(w.click("pageButton"));
        QVERIFY(w.appears("pageClose"));
        QVERIFY(w.click("pageClose"));
        QVERIFY(w.disappears("pageClose"));
    }
    void anAcceptedFindingIsFoldedAwayWithItsReason() {
        WindowFixture w(naive);
        w.key(Qt::Key_5, Qt::ControlModifier);
        QVERIFY(w.click("acceptButton"));
        QVERIFY(w.appears("acknowledgeReason"));
        w.type("internal tool");
        QVERIFY(w.click("acknowledgeButton"));
        QCOMPARE(int(w.document().design().acknowledged.size()), 1);
        QVERIFY(w.disappears("acknowledgeReason"));
        w.workspace.analysis()->evaluateNow();
        QVERIFY(w.find("acknowledgedButton"));
    }
    void aTemplateIsChosenFromTheChooser() {
        WindowFixture w;
        w.key(Qt::Key_T, Qt::ControlModifier);
        QVERIFY(w.click("template:url-shortener"));
        QVERIFY(w.document().isTemplate());
        QVERIFY(w.document().componentCount() > 5);
        QVERIFY(w.disappears("templateGrid"));
    }
    void aFirstAttemptIsChosenBesideItsAnswer() {
        WindowFixture w;
        w.key(Qt::Key_T, Qt::ControlModifier);
        QVERIFY(w.appears("templateSearch"));
        w.find("templateSearch")->forceActiveFocus();
        w.type("url");
        QCOMPARE(w.workspace.templates()->count(), 1);
        QVERIFY(w.click("template:url-shortener-naive"));
        QCOMPARE(w.document().componentCount(), 3);
        QVERIFY(w.disappears("templateGrid"));
        w.key(Qt::Key_T, Qt::ControlModifier);
        QVERIFY(w.appears("templateGrid"));
        QCOMPARE(w.workspace.templates()->count(), 10);  // an old search does not hide templates
    }
    void aRunMovesTheClockAndTheCharts() {
        WindowFixture w(final_);
        w.key(Qt::Key_F5);
        QCOMPARE(w.workspace.simulation()->state(), QStringLiteral("running"));
        QVERIFY(w.appears("throughputChart"));
        QVERIFY(QTest::qWaitFor([&] { return w.workspace.simulation()->timeS() > 1.5; }, 30'000));
        const QString time = w.find("timeLabel")->property("text").toString();
        QVERIFY(QTest::qWaitFor([&] { return w.find("timeLabel")->property("text").toString() != time; }, 10'000));
        w.key(Qt::Key_F5);
        QCOMPARE(w.workspace.simulation()->state(), QStringLiteral("paused"));
        QVERIFY(w.click("stopRunButton"));
        QCOMPARE(w.workspace.simulation()->state(), QStringLiteral("stopped"));
    }
    void anInstanceOfTheSelectedComponentIsKilledAndLiftedAgain() {
        WindowFixture w(naive);
        QString service;
        for (const Component& c : w.document().design().components)
            if (c.type == "service") service = QString::fromStdString(c.id.value);
        w.document().selection()->select(service);
        w.key(Qt::Key_F5);
        QVERIFY(QTest::qWaitFor([&] { return w.workspace.simulation()->timeS() > 0.2; }, 30'000));
        QVERIFY(w.click("killButton"));
        QVERIFY(QTest::qWaitFor([&] { return w.workspace.simulation()->activeFaults().size() == 1; }, 5000));
        QVERIFY(w.click("liftButton"));
        QVERIFY(QTest::qWaitFor([&] { return w.workspace.simulation()->activeFaults().isEmpty(); }, 5000));
        w.workspace.simulation()->stop();
    }
    void unsavedWorkIsAskedAboutBeforeItGoes() {
        WindowFixture w;
        w.document().addComponent("client", 0, 0);
        w.view->close();
        QVERIFY(w.appears("discardButton"));
        QVERIFY(w.view->isVisible());
        QVERIFY(w.click("cancelButton"));
        QVERIFY(w.disappears("discardButton"));
        QVERIFY(w.view->isVisible());
        QCOMPARE(w.document().componentCount(), 1);
        w.view->close();
        QVERIFY(w.click("discardButton"));
        QVERIFY(!w.view->isVisible());
    }
    void savedWorkClosesWithoutAQuestion() {
        WindowFixture w;
        w.view->close();
        QVERIFY(!w.view->isVisible());
    }
    void aBrokenFileIsRefusedWithItsPlace() {
        WindowFixture w;
        QTemporaryDir folder;
        QFile file(folder.filePath("broken.loadpath.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"format\": \"loadpath-design\", \"version\": 1, \"components\": 3}");
        file.close();
        QVERIFY(!w.workspace.openFile(QUrl::fromLocalFile(file.fileName())));
        QVERIFY(w.click("closeProblemsButton"));
        QVERIFY(w.disappears("closeProblemsButton"));
    }
    void panelsFoldWithTheirKeys() {
        WindowFixture w(final_);
        const double before = w.canvas()->width();
        w.key(Qt::Key_1, Qt::ControlModifier);
        QVERIFY(!w.shown("paletteList"));
        QVERIFY(w.canvas()->width() > before);
        w.key(Qt::Key_2, Qt::ControlModifier);
        QVERIFY(!w.shown("sideTabs"));
        w.key(Qt::Key_3, Qt::ControlModifier);
        QVERIFY(w.appears("throughputChart"));
    }
};

QTEST_MAIN(WindowJourneys)
#include "journeys.moc"
