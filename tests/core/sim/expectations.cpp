// Promises of a scenario: what can be said, what is refused and why, and whether a run kept them.
#include "sim/expectation.h"

#include "json/design_json.h"
#include "sim/simulator.h"
#include "support/catalog.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace loadpath;
using namespace loadpath::test;

namespace {

using Figure = Expectation::Figure;
using Relation = Expectation::Relation;

/// Samples of one flow: errors a second and 95th percentile by second; ten requests a second.
Series seriesOf(const std::vector<std::pair<double, double>>& seconds) {
    Series series;
    series.flows.resize(1);
    for (const auto& second : seconds) {
        series.timeS.push_back(static_cast<double>(series.timeS.size() + 1));
        FlowSample sample;
        sample.offeredRps = 10;
        sample.errorRps = second.first;
        sample.completedRps = 10 - second.first;
        sample.p95Ms = second.second;
        series.flows[0].push_back(sample);
    }
    return series;
}

Scenario withFault(double atS, std::optional<double> durationS, double endS) {
    Scenario scenario;
    scenario.warmupS = 0;
    scenario.durationS = endS;
    Fault fault;
    fault.atS = atS;
    fault.durationS = durationS;
    scenario.faults.push_back(fault);
    return scenario;
}

const char* const design = R"({
  "format": "loadpath-design", "version": 1, "name": "One queue",
  "components": [
    {"id": "c", "type": "client", "position": [0, 0], "properties": {"rate_rps": 80}},
    {"id": "s", "type": "service", "position": [240, 0],
     "properties": {"instances": 2, "queue_scope": "node", "concurrency": 1, "service_time_ms": 10}}
  ],
  "connections": [{"id": "e", "from": "c", "to": "s", "mode": "sync"}],
  "flows": [{"id": "ask", "name": "Ask", "entry": "c", "share": 1, "op": "read"}],
  "scenarios": [
    {"id": "lose", "name": "Lose one of two", "duration_s": 60, "warmup_s": 10, "seed": 1, "load": 1,
     "faults": [{"at_s": 30, "kind": "component_down", "target": "s", "duration_s": 6}],
     "expectations": ["recovers within 20 s", "errors < 0.1 %", "throughput of ask > 50 /s"]}
  ]
})";

}  // namespace

class Expectations : public QObject {
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void holdsTheWorstToTheBound();
    void sumsCountsAndTakesNothingForNone();
    void hasNothingToMeasure();
    void recoversOnceSteady();
    void recoversFromSlowness();
    void neverRecovers();
    void slowestOfSeveralFaultsCounts();
    void judgesARun();
    void namesWhatCannotBeHeld();
    void survivesTheFile();
};

void Expectations::reads_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("figure");
    QTest::addColumn<QString>("target");
    QTest::addColumn<int>("relation");
    QTest::addColumn<double>("bound");
    const auto row = [](const char* text, Figure figure, const char* target, Relation relation, double bound) {
        QTest::newRow(text) << text << int(figure) << target << int(relation) << bound;
    };
    row("p99 < 200 ms", Figure::quantile, "", Relation::below, 200);
    row("p99.9 of reads <= 1.5 s", Figure::quantile, "reads", Relation::atMost, 1500);
    row("  mean of db.replica-1<250us ", Figure::mean, "db.replica-1", Relation::below, 0.25);
    row("max < 1 min", Figure::max, "", Relation::below, 60000);
    row("errors < 0.1 %", Figure::errors, "", Relation::below, 0.001);
    row("error ratio of w = 0", Figure::errors, "w", Relation::equal, 0);
    row("availability ≥ 99.95 %", Figure::availability, "", Relation::atLeast, 0.9995);
    row("throughput of reads > 1.5 k/s", Figure::throughput, "reads", Relation::above, 1500);
    row("utilisation of db < 70%", Figure::utilisation, "db", Relation::below, 0.7);
    row("hit ratio of cache >= 0.9", Figure::hitRatio, "cache", Relation::atLeast, 0.9);
    row("lag of events < 100 messages", Figure::lag, "events", Relation::below, 100);
    row("dead letters = 3", Figure::deadLettered, "", Relation::equal, 3);
    row("no message lost", Figure::lost, "", Relation::equal, 0);
    row("no stale reads", Figure::staleReads, "", Relation::equal, 0);
    row("recovers within 60 s", Figure::recovery, "", Relation::atMost, 60);
    row("recovers within 2 min after the fault", Figure::recoveryAfterFault, "", Relation::atMost, 120);
}

void Expectations::reads() {
    QFETCH(QString, text);
    QFETCH(int, figure);
    QFETCH(QString, target);
    QFETCH(int, relation);
    QFETCH(double, bound);
    const auto expectation = parseExpectation(text.toStdString());
    QVERIFY2(expectation.has_value(), expectation ? "" : expectation.error().front().message.c_str());
    QCOMPARE(int(expectation->figure), figure);
    QCOMPARE(QString::fromStdString(expectation->target), target);
    QCOMPARE(int(expectation->relation), relation);
    QVERIFY(std::abs(expectation->bound - bound) <= 1e-12 * std::max(1.0, bound));
}

void Expectations::refuses_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("wanted");
    const auto row = [](const char* text, const char* wanted) {
        QTest::newRow(*text ? text : "empty") << text << wanted;
    };
    row("", "begin with what is measured");
    row("p98 < 200 ms", "begin with what is measured");
    row("p99", "there must be <");
    row("p99 ~ 200 ms", "there must be <");
    row("p99 < 200", "a time such as");
    row("p99 < fast", "a time such as");
    row("p99 < -5 ms", "a time such as");
    row("p99 < 200 ms sharp", "a time such as");
    row("p99 of < 200 ms", "the id of a flow");
    row("errors < 5 ms", "a share such as");
    row("throughput > 5 %", "a rate such as");
    row("recovers within ever", "a time such as");
    row("recovers within 60 s or so", "after the fault");
    row("no worries", "message lost");
}

void Expectations::refuses() {
    QFETCH(QString, text);
    QFETCH(QString, wanted);
    const auto expectation = parseExpectation(text.toStdString());
    QVERIFY(!expectation.has_value());
    const QString message = QString::fromStdString(expectation.error().front().message);
    QVERIFY2(message.contains(wanted) && message.contains(text.trimmed()), qPrintable(message));
}

void Expectations::holdsTheWorstToTheBound() {
    Metrics metrics;
    for (const double errors : {0.0, 0.02}) {
        FlowMetrics flow;
        flow.flow = errors > 0 ? "bad" : "good";
        flow.completed = errors > 0 ? 98 : 100;
        flow.failed = errors > 0 ? 2 : 0;
        flow.throughputRps = errors > 0 ? 9.8 : 10;
        metrics.flows.push_back(flow);
    }
    const auto result = [&metrics](const char* text) { return judge(*parseExpectation(text), metrics); };
    QVERIFY(!result("errors < 1 %").passed);
    QCOMPARE(result("errors < 1 %").target, std::string("bad"));
    QCOMPARE(result("errors < 1 %").value, 0.02);
    QVERIFY(result("errors of good < 1 %").passed);
    QVERIFY(!result("errors < 2 %").passed);  // below is not at most
    QVERIFY(result("errors <= 2 %").passed);
    QVERIFY(!result("availability > 98.5 %").passed);
    QVERIFY(result("availability of good > 98.5 %").passed);
    QVERIFY(result("throughput > 9.7 /s").passed);
    QVERIFY(!result("throughput > 9.9 /s").passed);
    QCOMPARE(result("throughput > 9.9 /s").target, std::string("bad"));
}

void Expectations::sumsCountsAndTakesNothingForNone() {
    Metrics metrics;
    QVERIFY(judge(*parseExpectation("no message lost"), metrics).passed);
    for (const std::uint64_t lost : {2u, 3u}) {
        ComponentMetrics component;
        component.component = "q" + std::to_string(lost);
        component.lost = lost;
        metrics.components.push_back(component);
    }
    QCOMPARE(judge(*parseExpectation("lost < 9"), metrics).value, 5.0);
    QVERIFY(!judge(*parseExpectation("no message lost"), metrics).passed);
    QVERIFY(judge(*parseExpectation("lost of q2 = 2"), metrics).passed);
}

void Expectations::hasNothingToMeasure() {
    Metrics metrics;
    FlowMetrics silent;
    silent.flow = "silent";
    metrics.flows.push_back(silent);
    for (const char* text : {"p99 < 1 s", "errors < 1 %", "errors of silent >= 0", "utilisation of silent < 1"}) {
        const ExpectationResult result = judge(*parseExpectation(text), metrics);
        QVERIFY2(!result.passed && std::isnan(result.value), text);
        QCOMPARE(result.measured, std::string("nothing to measure"));
    }
}

void Expectations::recoversOnceSteady() {
    // Ten good seconds; errors in the 11th, 12th and 14th; then good.
    std::vector<std::pair<double, double>> seconds(30, {0, 20});
    for (const std::size_t bad : {10u, 11u, 13u}) seconds[bad].first = 5;
    const Recovery recovery = recoveryOf(seriesOf(seconds), withFault(10, 2, 30));
    QCOMPARE(recovery.sinceFaultS, 4.0);
    QCOMPARE(recovery.afterFaultS, 2.0);
    // Over before the fault ended: at once after it.
    QCOMPARE(recoveryOf(seriesOf(seconds), withFault(10, 15, 30)).afterFaultS, 0.0);
    // Nothing happened.
    QCOMPARE(recoveryOf(seriesOf({30, {0, 20}}), withFault(10, 2, 30)).sinceFaultS, 0.0);
}

void Expectations::recoversFromSlowness() {
    std::vector<std::pair<double, double>> seconds(30, {0, 20});
    for (std::size_t i = 10; i < 17; ++i) seconds[i].second = 41;
    seconds[18].second = 40;  // twice is still well
    QCOMPARE(recoveryOf(seriesOf(seconds), withFault(10, 2, 30)).sinceFaultS, 7.0);
}

void Expectations::neverRecovers() {
    std::vector<std::pair<double, double>> seconds(30, {0, 20});
    for (std::size_t i = 10; i < 30; ++i) seconds[i].first = 5;
    QVERIFY(std::isinf(recoveryOf(seriesOf(seconds), withFault(10, 2, 30)).sinceFaultS));
    // Good again for the last two seconds of the run: as far as it can be told, recovered.
    seconds[28].first = seconds[29].first = 0;
    QCOMPARE(recoveryOf(seriesOf(seconds), withFault(10, 2, 30)).sinceFaultS, 18.0);
}

void Expectations::slowestOfSeveralFaultsCounts() {
    std::vector<std::pair<double, double>> seconds(40, {0, 20});
    for (const std::size_t bad : {10u, 20u, 21u, 22u}) seconds[bad].first = 5;
    Scenario scenario = withFault(20, 1, 40);
    Fault first;
    first.atS = 10;
    scenario.faults.push_back(first);
    QCOMPARE(recoveryOf(seriesOf(seconds), scenario).sinceFaultS, 3.0);
    // What the first did still holds when the second strikes: one outage, told from its beginning.
    for (std::size_t bad = 10; bad < 23; ++bad) seconds[bad].first = 5;
    QCOMPARE(recoveryOf(seriesOf(seconds), scenario).sinceFaultS, 13.0);
}

void Expectations::judgesARun() {
    const auto loaded = readDesign(design, *catalog());
    QVERIFY(loaded.has_value());
    const auto snapshot = Snapshot::of(loaded->design, catalog());
    const Scenario scenario = Scenario::of(*loaded->design.scenarios.begin());
    QVERIFY(problems(scenario, *snapshot).empty());
    const Metrics metrics = simulate(snapshot, scenario);
    const auto results = judged(scenario, metrics);
    QCOMPARE(results.size(), std::size_t{3});
    QVERIFY2(results[0].passed, results[0].measured.c_str());
    QVERIFY(results[0].value >= 6);  // nothing serves while the fault lasts
    QVERIFY(results[0].value <= 8);
    QVERIFY(!results[1].passed);
    // 6 s of 50 without service.
    QVERIFY(std::abs(results[1].value - 0.12) < 0.02);
    QVERIFY(results[2].passed);
}

void Expectations::namesWhatCannotBeHeld() {
    const auto loaded = readDesign(design, *catalog());
    const auto snapshot = Snapshot::of(loaded->design, catalog());
    Scenario scenario;
    scenario.expectations = {"p99 of gone < 1 s", "recovers within 5 s", "soon", "p99 of e < 1 s"};
    const auto found = problems(scenario, *snapshot);
    QCOMPARE(found.size(), std::size_t{3});
    QVERIFY(QString::fromStdString(found[0]).contains("nothing is called \"gone\""));
    QVERIFY(QString::fromStdString(found[1]).contains("no fault"));
    QVERIFY(QString::fromStdString(found[2]).contains("\"soon\""));
}

void Expectations::survivesTheFile() {
    const auto loaded = readDesign(design, *catalog());
    const std::string written = writeDesign(loaded->design, *catalog());
    const auto again = readDesign(written, *catalog());
    QVERIFY(again.has_value());
    QVERIFY(again->warnings.empty());
    QCOMPARE(again->design.scenarios.begin()->expectations.size(), std::size_t{3});
    const auto wrong = readDesign(QString(design).replace("\"errors < 0.1 %\"", "7").toStdString(), *catalog());
    QVERIFY(!wrong.has_value());
    QCOMPARE(wrong.error().front().pointer, std::string("/scenarios/0/expectations/1"));
}

QTEST_APPLESS_MAIN(Expectations)
#include "expectations.moc"
