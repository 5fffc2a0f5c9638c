// The models behind the analysis and the estimates: figures follow the design, inputs write where they
// stand, calculations name what they are about.
#include "analysis_figures.h"
#include "assets.h"
#include "estimates.h"
#include "json/design_json.h"
#include "support/draw.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace loadpath;
using loadpath::test::Drawing;

namespace {

Drawing shop() {
    Drawing d;
    d.zone("a", 0.9999);
    d.node("c", "client", {{"dau", 1000000}, {"requests_per_user_day", 8.64}, {"peak_factor", 10}});
    d.node("s", "service", {{"instances", 2}, {"service_time_ms", 10}, {"concurrency", 10}, {"availability", 0.99}},
           {"a"});
    d.node("db", "postgres", {{"availability", 0.99}}, {"a"});
    d.line("c", "s").line("s", "db").flow("buy", "c", 1, Op::write);
    return d;
}

QString cell(FigureTable* table, const QString& key, int column) {
    for (const FigureRow& row : table->rows())
        if (row.key == key) return row.cells[static_cast<std::size_t>(column)].text;
    return QStringLiteral("no row ") + key;
}

}  // namespace

class FiguresTest : public QObject {
    Q_OBJECT

private slots:
    void estimatesFollowTheDesignWhileSomebodyLooks() {
        Document document(test::catalog());
        document.load(shop().design, Document::Origin::blank);
        Estimates estimates;
        QAbstractItemModelTester figures(estimates.figures(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester inputs(estimates.inputs(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester latencies(estimates.latencies(),
                                           QAbstractItemModelTester::FailureReportingMode::QtTest);
        estimates.setDocument(&document);
        QTest::qWait(60);
        QCOMPARE(estimates.figures()->count(), 0);  // nobody looks
        estimates.setActive(true);
        QVERIFY(QTest::qWaitFor([&] { return cell(estimates.figures(), "peak_rps", 1) == "1,000/s"; }, 3000));
        QCOMPARE(cell(estimates.figures(), "peak_rps", 3), QStringLiteral("1,000/s"));
        document.setProperty("component", "c", "dau", 2000000);
        QVERIFY(QTest::qWaitFor([&] { return cell(estimates.figures(), "peak_rps", 1) == "2,000/s"; }, 3000));
        document.deleteItem("db");
        QVERIFY(QTest::qWaitFor([&] { return cell(estimates.figures(), "db.bytes", 1) == "no row db.bytes"; }, 3000));
    }

    void inputsAreWrittenWhereTheyStandAndTakenBack() {
        Document document(test::catalog());
        document.load(shop().design, Document::Origin::blank);
        Estimates estimates;
        estimates.setDocument(&document);
        estimates.setActive(true);
        estimates.evaluateNow();
        QCOMPARE(estimates.setInput("dau", "5 M"), QString());
        QCOMPARE(document.design().components.find({"c"})->properties.find("dau")->second, Value(5000000));
        estimates.evaluateNow();
        QCOMPARE(estimates.setInput("cache_share", "50 %"), QString());  // there is no cache: nothing to change
        QVERIFY(document.design().estimates.empty());
        QCOMPARE(estimates.setInput("target_utilisation", "50 %"), QString());
        QCOMPARE(document.design().estimates.find({"target_utilisation"})->value, std::optional<double>(0.5));
        QVERIFY(!estimates.setInput("target_utilisation", "400 %").isEmpty());
        QVERIFY(!estimates.setInput("target_utilisation", "a lot").isEmpty());
        estimates.evaluateNow();
        estimates.resetInput("target_utilisation");
        QVERIFY(document.design().estimates.empty());
        document.undo();
        QVERIFY(!document.design().estimates.empty());
    }

    void aCalculationFollowsItsFigure() {
        Document document(test::catalog());
        document.load(shop().design, Document::Origin::blank);
        Estimates estimates;
        estimates.setDocument(&document);
        estimates.setActive(true);
        estimates.evaluateNow();
        estimates.explain("s.machines");
        QVERIFY(estimates.derivation()->isOpen());
        QCOMPARE(estimates.derivation()->result(), QStringLiteral("2"));
        QVERIFY(estimates.derivation()->litIds().contains("s"));
        document.setProperty("component", "c", "dau", 20000000);
        estimates.evaluateNow();
        QCOMPARE(estimates.derivation()->result(), QStringLiteral("29"));
        estimates.derivation()->light(0);
        QVERIFY(estimates.derivation()->text().contains(estimates.derivation()->result()));
        document.deleteItem("s");
        estimates.evaluateNow();
        QVERIFY(!estimates.derivation()->isOpen());
        QVERIFY(estimates.derivation()->litIds().isEmpty());
    }

    void idsAreMadeAndTakenApart() {
        const Estimates estimates;
        for (const QVariant& sample : estimates.sampleIds()) {
            const QVariantMap row = sample.toMap();
            QCOMPARE(estimates.readId(row["text"].toString())["kind"].toString().section(u',', 0, 0),
                     row["name"].toString().section(u',', 0, 0));
        }
        QVERIFY(estimates.readId("no id!")["kind"].toString().isEmpty());
        QVERIFY(!estimates.downtime("120 %")["problem"].toString().isEmpty());
        QVERIFY(!estimates.availability("400 d", "year")["problem"].toString().isEmpty());
        QCOMPARE(estimates.downtime("99.9")["month"].toString(), QStringLiteral("43.2 min"));
        QCOMPARE(estimates.availability("5.256 min", "year")["availability"].toString(), QStringLiteral("99.999 %"));
    }

    void analysisShowsWhatTheEngineKnows() {
        Document document(test::catalog());
        document.load(shop().design, Document::Origin::blank);
        AnalysisService service(&document);
        service.evaluateNow();
        AnalysisFigures figures;
        std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
        for (FigureTable* table :
             {figures.flows(), figures.units(), figures.cutSets(), figures.load(), figures.limits(), figures.growth(),
              figures.losses(), figures.cost(), figures.flowCost()})
            testers.push_back(std::make_unique<QAbstractItemModelTester>(
                table, QAbstractItemModelTester::FailureReportingMode::QtTest));
        figures.setAnalysis(&service);
        QCOMPARE(figures.flows()->count(), 0);
        figures.setActive(true);
        QVERIFY(QTest::qWaitFor([&] { return figures.losses()->count() > 0 && !figures.busy(); }, 5000));
        QCOMPARE(figures.flows()->count(), 1);
        QCOMPARE(figures.flow(), QStringLiteral("buy"));
        QCOMPARE(figures.units()->rows().front().key.toStdString(), std::string("db#0"));
        QVERIFY(figures.cutSets()->count() > 0);
        QVERIFY(cell(figures.load(), "s", 3).startsWith("50"));
        QVERIFY(figures.growth()->count() > 0);
        figures.explain("use:s");
        QVERIFY(QTest::qWaitFor([&] { return figures.derivation()->isOpen(); }, 3000));
        QVERIFY(figures.derivation()->litIds().contains("s"));
        const CostReport cost = analyseCost(*service.report()->snapshot);
        QCOMPARE(cell(figures.cost(), "total", 1).toStdString(), usd(cost.total.typical));
        QCOMPARE(figures.cost()->rows()[1].key.toStdString(),
                 service.report()
                     ->snapshot->design()
                     .components[std::size_t(cost.components[std::size_t(cost.biggest[0])].node)]
                     .id.value);
        QCOMPARE(figures.flowCost()->count(), 1);
        figures.explain("cost:s");
        QVERIFY(QTest::qWaitFor([&] { return figures.derivation()->litIds() == QStringList{"s"}; }, 3000));
        figures.explain("cost:");
        QVERIFY(QTest::qWaitFor([&] { return figures.derivation()->litIds().size() > 1; }, 3000));
        figures.explain("availability:buy");
        QCOMPARE(figures.derivation()->key(), QStringLiteral("availability:buy"));
        document.setProperty("component", "s", "instances", 4);
        service.evaluateNow();
        QVERIFY(QTest::qWaitFor([&] { return cell(figures.load(), "s", 3).startsWith("25"); }, 5000));
        document.load({}, Document::Origin::blank);
        service.evaluateNow();
        QVERIFY(QTest::qWaitFor([&] { return figures.flows()->count() == 0 && !figures.busy(); }, 5000));
        QVERIFY(!figures.derivation()->isOpen());
    }
};

QTEST_MAIN(FiguresTest)
#include "figures.moc"
