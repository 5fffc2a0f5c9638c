#include "exporters/results.h"

#include "exporters/html_charts.h"
#include "exporters/html_report.h"
#include "exporters/text_table.h"
#include "json/design_json.h"
#include "model/edit.h"
#include "support/catalog.h"

#include <QXmlStreamReader>
#include <QtTest>

#include <limits>
#include <set>

using namespace loadpath;

namespace {

/// One instance of everything, with more load than it can take: findings of several severities.
const char* const poorDesign =
    "{\"format\": \"loadpath-design\", \"version\": 1, \"name\": \"A <poor> & \\\"quick\\\" design\",\n"
    " \"components\": [{\"id\": \"c\", \"type\": \"client\", \"properties\": {\"rate_rps\": 5000}},\n"
    "  {\"id\": \"s\", \"type\": \"service\", \"name\": \"Shop\", \"properties\": {\"service_time_ms\": 50, "
    "\"concurrency\": 10}},\n"
    "  {\"id\": \"d\", \"type\": \"postgres\", \"name\": \"Orders\"}],\n"
    " \"connections\": [{\"id\": \"e\", \"from\": \"c\", \"to\": \"s\", \"mode\": \"sync\"},\n"
    "  {\"id\": \"f\", \"from\": \"s\", \"to\": \"d\", \"mode\": \"sync\"}]}";

std::shared_ptr<const Snapshot> poorSnapshot() {
    static const auto snapshot = Snapshot::of(readDesign(poorDesign, *test::catalog()).value().design, test::catalog());
    return snapshot;
}

Report poor() { return evaluate(poorSnapshot()); }

Report withAcknowledgedFirst() {
    Report report = poor();
    report.findings.front().acknowledged = true;
    return report;
}

/// A run of made-up figures.
Metrics run() {
    Metrics metrics;
    metrics.durationS = 20;
    metrics.warmupS = 5;
    metrics.events = 1234;
    FlowMetrics flow;
    flow.flow = "c.read";
    flow.offered = 100;
    flow.failed = 100;
    flow.reasons["refused"] = 100;
    flow.errorRatio = 1;
    metrics.flows.push_back(flow);
    for (const char* id : {"c", "s", "d"}) {
        ComponentMetrics component;
        component.component = id;
        metrics.components.push_back(component);
    }
    metrics.components[1].utilisation = 0.97;
    metrics.components[2].hitRatio = 0.5;
    metrics.connections.push_back({"e", 100, 100, 0, 3});
    metrics.series.stepS = 10;
    metrics.series.timeS = {10, 20};
    metrics.series.flows = {{FlowSample{5, 0, 5, 0, 0, 0}, FlowSample{5, 5, 0, 1, 2, 3}}};
    metrics.series.components.assign(3, std::vector<ComponentSample>(2, ComponentSample{5, 0.97, 1, 1, 0, 1}));
    return metrics;
}

bool isWellFormed(const std::string& xml) {
    QXmlStreamReader reader(QByteArray::fromStdString(xml));
    while (!reader.atEnd()) reader.readNext();
    return !reader.hasError();
}

}  // namespace

class ResultsTest : public QObject {
    Q_OBJECT
private slots:
    void columnsAlignByCharactersAndNothingTrails() {
        TextTable table({"name", "n"}, {TextTable::Align::left, TextTable::Align::right});
        table.add({{"Größe"}, {"1"}});
        table.add({{"a"}, {"100"}});
        table.add({{"b"}, {}});
        QCOMPARE(table.text(Colours::plain), "  name     n\n  Größe    1\n  a      100\n  b\n");
        QVERIFY(table.text(Colours::ansi).find("\033[2mname\033[0m") != std::string::npos);
    }
    void theVerdictComesFirst() {
        const QString text = QString::fromStdString(checkText(poor()));
        const FindingCounts counts = countFindings(poor());
        QVERIFY(counts.error > 0);
        const QString first = text.section('\n', 0, 0);
        QVERIFY2(first.startsWith("✗ A <poor> & \"quick\" design: " + QString::number(counts.error) + " error"),
                 qPrintable(first));
        QVERIFY(!text.contains('\033'));
        for (const Finding& finding : poor().findings) QVERIFY(text.contains(QString::fromStdString(finding.message)));
        for (const QString& line : text.split('\n')) QVERIFY(!line.endsWith(' '));
    }
    void acknowledgedFindingsDoNotCount() {
        const FindingCounts before = countFindings(poor()), after = countFindings(withAcknowledgedFirst());
        QCOMPARE(after.error + after.warning + after.info, before.error + before.warning + before.info - 1);
        QVERIFY(checkText(withAcknowledgedFirst()).find("(1 more acknowledged)") != std::string::npos);
    }
    void checkJsonHoldsEveryFindingWithItsReason() {
        const auto result = parseJson(checkJson(poor()));
        QVERIFY(result);
        const auto& findings = *result->find("findings")->list();
        QCOMPARE(findings.size(), poor().findings.size());
        for (const Value& finding : findings) QVERIFY(!finding.find("why")->text()->empty());
        QVERIFY(*findings.front().find("severity") == Value("error"));
    }
    void keysOfResultsStandInTheOrderOfTheContract() {
        const auto tree = parseJsonTree(simulateJson(run(), *poorSnapshot(), true));
        QVERIFY(tree);
        QStringList keys;
        for (const auto& member : tree->members) keys << QString::fromStdString(member.first);
        QCOMPARE(keys.join(' '), "seed load duration_s warmup_s events wall_s flows components connections series");
    }
    void figuresThatDoNotExistAreNull() {
        const auto analysis = parseJson(analyzeJson(poor()));
        QVERIFY(analysis);
        const Value& service = (*analysis->find("capacity")->list())[1];
        QVERIFY(service.find("utilisation")->number() > 1);
        QVERIFY(service.find("wait_ms")->isNull());
        const auto simulated = parseJson(simulateJson(run(), *poorSnapshot(), false));
        const Value& flow = simulated->find("flows")->list()->front();
        QVERIFY(flow.find("latency_ms")->find("p99")->isNull());
        QVERIFY(!simulated->find("series"));
        const auto& components = *simulated->find("components")->list();
        QVERIFY(components[0].find("utilisation")->isNull());
        QVERIFY(!components[1].find("hit_ratio"));
        QVERIFY(*components[2].find("hit_ratio") == Value(0.5));
    }
    void analysisLeadsWithTheVerdict() {
        const QString text = QString::fromStdString(analyzeText(poor()));
        const QStringList lines = text.split('\n');
        QVERIFY(lines[1].startsWith("  Availability"));
        QVERIFY(lines[2].startsWith("  Headroom"));
        QVERIFY(text.contains("saturates first"));
        QVERIFY(text.contains("Orders"));
    }
    void simulationTellsWhyRequestsFailed() {
        const std::string text = simulateText(run(), *poorSnapshot());
        QVERIFY(text.find("0 % of requests succeeded") != std::string::npos);
        QVERIFY(text.find("refused 100") != std::string::npos);
    }
    void sarifSaysWhatTheStandardAsksFor() {
        const auto log = parseJson(sarif({{"my designs/shop ü.json", withAcknowledgedFirst()}}));
        QVERIFY(log);
        QVERIFY(*log->find("version") == Value("2.1.0"));
        const Value& run = log->find("runs")->list()->front();
        const Value* driver = run.find("tool")->find("driver");
        QVERIFY(*driver->find("name") == Value("Loadpath"));
        std::set<std::string> declared;
        for (const Value& rule : *driver->find("rules")->list()) declared.insert(*rule.find("id")->text());
        const auto& results = *run.find("results")->list();
        QCOMPARE(results.size(), poor().findings.size());
        for (const Value& result : results) {
            QVERIFY(declared.contains(*result.find("ruleId")->text()));
            QVERIFY(result.find("message")->find("text")->text());
            const Value& physical = *result.find("locations")->list()->front().find("physicalLocation");
            QVERIFY(*physical.find("artifactLocation")->find("uri") == Value("my%20designs/shop%20%C3%BC.json"));
        }
        QVERIFY(results.front().find("suppressions"));
        QVERIFY(!results.back().find("suppressions"));
    }
    void junitCountsItsFailures() {
        const std::string xml = junit({{"a&b.json", withAcknowledgedFirst()}, {"c.json", poor()}});
        QXmlStreamReader reader(QByteArray::fromStdString(xml));
        int cases = 0, failures = 0, suites = 0, toldTests = 0, toldFailures = 0;
        while (!reader.atEnd()) {
            reader.readNext();
            if (!reader.isStartElement()) continue;
            if (reader.name() == u"testsuites") {
                toldTests = reader.attributes().value("tests").toInt();
                toldFailures = reader.attributes().value("failures").toInt();
            }
            suites += reader.name() == u"testsuite";
            cases += reader.name() == u"testcase";
            failures += reader.name() == u"failure";
        }
        QVERIFY(!reader.hasError());
        QCOMPARE(suites, 2);
        QCOMPARE(cases, toldTests);
        QCOMPARE(failures, toldFailures);
        QCOMPARE(failures, countFindings(poor()).error + countFindings(withAcknowledgedFirst()).error);
    }
    void theTableHasOneLineAStepAndThing() {
        const QStringList lines =
            QString::fromStdString(simulateCsv(run(), *poorSnapshot())).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 1 + 2 * (1 + 3));
        QCOMPARE(lines[1], "10,flow,c.read,5,0,5,0,0,0,,,,,,");
        QCOMPARE(lines[2], "10,component,c,,,,,,,5,0.97,1,1,0,1");
    }
    void costIsTheSameFigureEverywhere() {
        Design design = poorSnapshot()->design();
        design.header.requirements.budgetUsdMonth = 50;
        design.header.prices = {{"app_instance", 111}, {"sql_instance", 222}, {"internet_egress", 0}, {"disk_gb", 0}};
        const Report report = evaluate(Snapshot::of(design, test::catalog()));
        const auto json = parseJson(analyzeJson(report));
        QCOMPARE(json->find("cost_usd_month")->number(), 444);  // two services of 111, one database of 222
        const Value& cost = *json->find("cost");
        QCOMPARE(cost.find("budget")->number(), 50);
        QCOMPARE(cost.find("total")->find("high")->number(), 444);
        QCOMPARE(cost.find("components")->list()->size(), std::size_t(2));
        QVERIFY(cost.find("components")->list()->front().find("items")->list()->front().find("overridden"));
        QVERIFY(analyzeText(report).find("$444 a month  budget $50, exceeded by $394") != std::string::npos);
        const std::string page = htmlReport(report, {}, nullptr);
        QVERIFY(page.find("<div class=\"tile error\"><span>Cost</span><b>$444</b>") != std::string::npos);
    }
    void analysisShowsLimitsGrowthLossConsistencyAndCost() {
        const Report report = poor();
        const std::string brief = analyzeText(report), full = analyzeText(report, Colours::plain, Explained::yes);
        const std::string page = htmlReport(report, {}, nullptr);
        for (const char* title : {"What binds first", "What if", "What readers may see", "Cost a month"}) {
            QVERIFY2(brief.find(title) != std::string::npos, title);
            QVERIFY2(page.find("<h2>" + std::string(title) + "</h2>") != std::string::npos, title);
        }
        for (const char* row : {"10× the load", "100× the load", "one instance lost (worst: "})
            QVERIFY2(brief.find(row) != std::string::npos, row);
        // Worked steps only where they are asked for, in the page folded away.
        QVERIFY(brief.find("Cost of Orders") == std::string::npos);
        QVERIFY(full.find("Cost of Orders = ") != std::string::npos);
        QVERIFY(full.find("Utilisation of Shop = ") != std::string::npos);
        QVERIFY(page.find("<details><summary>Cost of Orders: ") != std::string::npos);
        QVERIFY(page.find("<details><summary>Utilisation of Shop: ") != std::string::npos);
    }
    void whatCannotBePricedHasNoCost() {
        Design design;
        Component pay;
        pay.id = {"pay"};
        pay.type = "payment_provider";
        applyEdits(design, {Put<Component>{pay, std::nullopt}});
        const Report report = evaluate(Snapshot::of(design, test::catalog()));
        const auto json = parseJson(analyzeJson(report));
        QVERIFY(json->find("cost_usd_month")->isNull());
        QVERIFY(json->find("cost")->find("total")->isNull());
        QCOMPARE(json->find("cost")->find("unpriced")->list()->size(), std::size_t(1));
        QVERIFY(analyzeText(report).find("Cost") == std::string::npos);
    }
    void theReportEscapesWhatUsersWrite() {
        const Metrics metrics = run();
        const QString html =
            QString::fromStdString(htmlReport(poor(), "<?xml version=\"1.0\"?>\n<svg id=\"drawing\"></svg>", &metrics));
        QVERIFY(html.startsWith("<!DOCTYPE html>"));
        QVERIFY(html.contains("<h1>A &lt;poor&gt; &amp; &quot;quick&quot; design</h1>"));
        QVERIFY(!html.contains("<poor>"));
        QVERIFY(!html.contains("<?xml"));
        QVERIFY(html.contains("<svg id=\"drawing\">"));
        QVERIFY(html.contains("Simulated run"));
        QVERIFY(!QString::fromStdString(htmlReport(poor(), {}, nullptr)).contains("Simulated run"));
    }
    void chartsAreWellFormedAndLeaveGaps() {
        Chart chart;
        chart.title = "Load <now>";
        chart.times = {1, 2, 3, 4};
        chart.lines = {{"a & b", {1, std::numeric_limits<double>::quiet_NaN(), 3, 4}}};
        const std::string svg = chartSvg(chart);
        QVERIFY(isWellFormed(svg));
        const QString path = QString::fromStdString(svg).section("<path", 1);
        QCOMPARE(path.count('M'), 2);
        QCOMPARE(chartSvg({}), "");
        chart.lines = {{"flat", {0, 0, 0, 0}}};
        QVERIFY(isWellFormed(chartSvg(chart)));
    }
};

QTEST_APPLESS_MAIN(ResultsTest)
#include "results.moc"
