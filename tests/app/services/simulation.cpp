// A live run: started, held, pushed about, and ended by the window.
#include "assets.h"
#include "simulation_runner.h"

#include <QSignalSpy>
#include <QTest>
#include <QtCharts/QLineSeries>

using namespace loadpath;

namespace {

void open(Document& document) {
    document.load(readDesign(*templateText("url-shortener"), *builtInCatalog())->design,
                  Document::Origin::templateText);
}

/// A small system whose runs take next to no time.
void drawSmall(Document& document, double rate) {
    document.addComponent(QStringLiteral("client"), 0, 0);
    document.setProperty(QStringLiteral("component"), QStringLiteral("client"), QStringLiteral("rate_rps"), rate);
    document.addComponent(QStringLiteral("service"), 300, 0);
    document.setProperty(QStringLiteral("component"), QStringLiteral("service"), QStringLiteral("instances"), 2);
    QVERIFY(document.connectComponents(QStringLiteral("client"), QStringLiteral("service")));
}

}  // namespace

class SimulationTest : public QObject {
    Q_OBJECT
private slots:
    void aRunFillsChartsAndCards() {
        Document document(builtInCatalog());
        open(document);
        SimulationRunner run(&document);
        QCOMPARE(run.state(), QStringLiteral("stopped"));
        run.setSpeed(0);
        run.start();
        QCOMPARE(run.state(), QStringLiteral("running"));
        QTRY_VERIFY_WITH_TIMEOUT(run.points(QStringLiteral("throughput")).size() > 5, 60000);
        QVERIFY(run.timeS() > 0);
        QVERIFY(run.chartMaximum({QStringLiteral("throughput")}) > 0);
        QLineSeries line;
        run.fillSeries(&line, QStringLiteral("p99"));
        QCOMPARE(line.points(), run.points(QStringLiteral("p99")));
        for (const Component& c : document.design().components) QVERIFY(run.component(c.id));
        for (const Connection& c : document.design().connections) QVERIFY(run.connection(c.id));
        QTRY_VERIFY(!run.flowFigures().isEmpty());
        run.stop();
        QCOMPARE(run.state(), QStringLiteral("stopped"));
        QVERIFY(run.hasData());  // the curves stay to be read
        QVERIFY(!run.component(document.design().components[0].id));
    }

    void speedIsSimulatedSecondsASecond() {
        Document document(builtInCatalog());
        drawSmall(document, 50);
        SimulationRunner run(&document);
        run.setSpeed(10);
        run.start();
        QTRY_VERIFY(run.timeS() >= 5);
        run.pause();
        QCOMPARE(run.state(), QStringLiteral("paused"));
        QSignalSpy frames(&run, &SimulationRunner::frame);
        QTest::qWait(150);
        const double held = run.timeS();
        QTest::qWait(150);
        QCOMPARE(run.timeS(), held);
        run.step();
        QTRY_VERIFY(run.timeS() > held);
        QVERIFY(run.timeS() <= held + 0.5 + 1e-9);
        QCOMPARE(run.state(), QStringLiteral("paused"));
        run.resume();
        QTRY_VERIFY(run.timeS() > held + 2);
    }

    void sameSeedSameCurves() {
        Document document(builtInCatalog());
        drawSmall(document, 200);
        QList<QPointF> curves[2];
        for (QList<QPointF>& curve : curves) {
            SimulationRunner run(&document);
            run.runTo(10);
            QTRY_COMPARE(run.state(), QStringLiteral("paused"));
            QCOMPARE(run.timeS(), 10.0);
            curve = run.points(QStringLiteral("p99"));
            QVERIFY(curve.size() >= 10);
        }
        QCOMPARE(curves[0], curves[1]);
    }

    void faultsActAndAreLifted() {
        Document document(builtInCatalog());
        drawSmall(document, 200);
        SimulationRunner run(&document);
        QSignalSpy failed(&run, &SimulationRunner::failed);
        QVERIFY(!run.injectFault(QStringLiteral("slow"), QStringLiteral("service")));
        QCOMPARE(failed.size(), 1);
        run.setSpeed(20);
        run.start();
        QTRY_VERIFY(run.component({"service"}));
        QCOMPARE(run.component({"service"})->up, 2);
        QVERIFY(run.injectFault(QStringLiteral("instance_down"), QStringLiteral("service"),
                                {{QStringLiteral("count"), 1}}));
        QCOMPARE(run.activeFaults().size(), 1);
        QTRY_COMPARE(run.component({"service"})->up, 1);
        QVERIFY(run.injectFault(QStringLiteral("component_down"), QStringLiteral("service")));
        QTRY_VERIFY(run.component({"service"})->isDown());
        QTRY_VERIFY(run.points(QStringLiteral("errors")).last().y() > 99);
        run.liftFaults();
        QVERIFY(run.activeFaults().isEmpty());
        QTRY_COMPARE(run.component({"service"})->up, 2);
        QVERIFY(!run.injectFault(QStringLiteral("zone_down"), QStringLiteral("service")));
        QVERIFY(!run.injectFault(QStringLiteral("no_such_fault"), QStringLiteral("service")));
        QCOMPARE(failed.size(), 3);
    }

    void aFaultWithADurationEndsByItself() {
        Document document(builtInCatalog());
        drawSmall(document, 100);
        SimulationRunner run(&document);
        run.setSpeed(20);
        run.start();
        QVERIFY(run.injectFault(QStringLiteral("slow"), QStringLiteral("service"),
                                {{QStringLiteral("factor"), 3}, {QStringLiteral("duration_s"), 2}}));
        QCOMPARE(run.activeFaults().size(), 1);
        QTRY_VERIFY(run.activeFaults().isEmpty());
        QVERIFY(run.timeS() >= 2);
    }

    void whatCanBeDoneDependsOnTheItem() {
        Document document(builtInCatalog());
        drawSmall(document, 100);
        SimulationRunner run(&document);
        const auto kinds = [&run](const char* id) {
            QStringList list;
            for (const QVariant& row : run.faultsFor(QString::fromLatin1(id)))
                list.append(row.toMap()[QStringLiteral("kind")].toString());
            return list;
        };
        QVERIFY(kinds("service").contains(QStringLiteral("instance_down")));
        QVERIFY(!kinds("service").contains(QStringLiteral("zone_down")));
        QVERIFY(!kinds("service").contains(QStringLiteral("cache_flush")));
        QCOMPARE(kinds(""), QStringList{QStringLiteral("load")});
    }

    void theLoadIsThatOfTheSlider() {
        Document document(builtInCatalog());
        drawSmall(document, 100);
        SimulationRunner run(&document);
        run.setSpeed(20);
        run.start();
        QTRY_VERIFY(run.timeS() > 3);
        run.setLoad(4);
        QTRY_VERIFY(run.points(QStringLiteral("offered")).last().y() > 300);
        QVERIFY(run.loadText().startsWith(QStringLiteral("400/s")));
    }

    void anEditMakesTheRunOutdatedAndRestartTakesIt() {
        Document document(builtInCatalog());
        drawSmall(document, 100);
        SimulationRunner run(&document);
        run.setSpeed(20);
        run.start();
        document.selection()->select(QStringLiteral("service"));
        document.moveSelection(24, 0, true);
        QVERIFY(!run.outdated());
        document.setProperty(QStringLiteral("component"), QStringLiteral("service"), QStringLiteral("instances"), 5);
        QVERIFY(run.outdated());
        QCOMPARE(run.state(), QStringLiteral("running"));
        QTRY_VERIFY(run.component({"service"}));
        QCOMPARE(run.component({"service"})->units, 2);
        run.restart();
        QVERIFY(!run.outdated());
        QTRY_VERIFY(run.component({"service"}));
        QCOMPARE(run.component({"service"})->units, 5);
        document.load({}, Document::Origin::blank);
        QCOMPARE(run.state(), QStringLiteral("stopped"));
        QVERIFY(!run.hasData());
    }

    void anEmptyDesignSaysWhyItCannotRun() {
        Document document(builtInCatalog());
        SimulationRunner run(&document);
        QSignalSpy failed(&run, &SimulationRunner::failed);
        run.start();
        QCOMPARE(run.state(), QStringLiteral("stopped"));
        QCOMPARE(failed.size(), 1);
        run.step();
        run.pause();
        run.liftFaults();
        QCOMPARE(run.state(), QStringLiteral("stopped"));
    }

    void aScenarioOfTheDesignIsFollowedToItsEnd() {
        Document document(builtInCatalog());
        drawSmall(document, 50);
        ScenarioSpec spec;
        spec.id = {"loss"};
        spec.name = "Loss";
        spec.durationS = 20;
        spec.warmupS = 2;
        spec.faults = {{5, "component_down", "service", 5.0, {}}};
        QVERIFY(document.push({Put<ScenarioSpec>{spec, std::nullopt}}, QStringLiteral("Add a scenario")));
        SimulationRunner run(&document);
        QCOMPARE(run.scenarios().size(), 1);
        run.setScenario(QStringLiteral("loss"));
        run.setSpeed(0);
        run.start();
        QTRY_COMPARE(run.state(), QStringLiteral("stopped"));
        QVERIFY(run.finished());
        QCOMPARE(run.timeS(), 20.0);
        const Metrics expected = simulate(Snapshot::of(document.design(), builtInCatalog()), Scenario::of(spec));
        QCOMPARE(run.metrics().flows[0].completed, expected.flows[0].completed);
        QCOMPARE(run.metrics().flows[0].latency.p99, expected.flows[0].latency.p99);
    }
};

QTEST_MAIN(SimulationTest)
#include "simulation.moc"
