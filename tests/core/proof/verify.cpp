// The checks of the simulator: they pass on real designs, and a wrong figure does not get by them.
#include "proof/verify.h"
#include "json/design_json.h"
#include "support/draw.h"

#include <QDir>
#include <QtTest>

using namespace loadpath;
using namespace loadpath::test;

namespace {

using Kind = VerifyCheck::Kind;

std::shared_ptr<const Snapshot> templateNamed(const QString& name) {
    auto loaded = readDesign(fileText(QString(LOADPATH_SOURCE_DIR "/templates/" + name).toStdString()), *catalog());
    return loaded ? Snapshot::of(loaded->design, catalog()) : nullptr;
}

/// One exponential server at 80 %: everything about it is known.
std::shared_ptr<const Snapshot> oneServer() {
    Drawing d;
    d.node("c", "client", {{"rate_rps", 80}, {"read_share", 1}});
    d.node("s", "service", {{"instances", 1}, {"concurrency", 1}, {"service_time_ms", 10}, {"threads", 0}});
    d.line("c", "s", {{"timeout_ms", 0}, {"retries", 0}});
    return d.snapshot();
}

Scenario longRun() {
    Scenario scenario;
    scenario.durationS = 8000;
    scenario.warmupS = 200;
    scenario.seriesStepS = 0;
    return scenario;
}

QString failures(const Verification& verification) {
    QString text;
    for (const VerifyCheck& check : verification.checks)
        if (!check.passed)
            text += QString("%1 of %2: %3, expected %4 ± %5\n")
                        .arg(QString::fromUtf8(label(check.kind).data()), QString::fromStdString(check.subject))
                        .arg(check.measured)
                        .arg(check.expected)
                        .arg(check.tolerance);
    for (const VerifyOmission& omission : verification.omissions)
        text += QString("not compared: %1 of %2: %3\n")
                    .arg(QString::fromUtf8(label(omission.kind).data()), QString::fromStdString(omission.subject),
                         QString::fromStdString(omission.why));
    return text;
}

const VerifyCheck* find(const Verification& verification, Kind kind, const std::string& subject) {
    for (const VerifyCheck& check : verification.checks)
        if (check.kind == kind && check.subject == subject) return &check;
    return nullptr;
}

}  // namespace

class Verify : public QObject {
    Q_OBJECT

private slots:
    void oneServerIsAsTheoryHasIt() {
        const Scenario scenario = longRun();
        const auto snapshot = oneServer();
        const Verification all = verifyRun(simulate(snapshot, scenario), *snapshot, scenario);
        QVERIFY2(all.passed(), qPrintable(failures(all)));
        const VerifyCheck* delay = find(all, Kind::delay, "s");
        QVERIFY2(delay, qPrintable(failures(all)));
        QVERIFY(std::abs(delay->expected - 50) < 1e-6);  // M/M/1: 1/(μ − λ)
        const VerifyCheck* busy = find(all, Kind::utilisation, "s");
        QVERIFY(busy && std::abs(busy->expected - 0.8) < 1e-9);
        QVERIFY(find(all, Kind::little, "s"));
    }

    /// Each figure in turn is made wrong; the check about it, and no lenience, must notice.
    void aWrongFigureIsCaught() {
        const Scenario scenario = longRun();
        const auto snapshot = oneServer();
        const Metrics right = simulate(snapshot, scenario);
        const auto s = static_cast<std::size_t>(snapshot->graph().nodeById.at("s"));
        const auto caught = [&](Kind kind, const std::string& subject, const Metrics& wrong) {
            const Verification all = verifyRun(wrong, *snapshot, scenario);
            const VerifyCheck* check = find(all, kind, subject);
            return check && !check->passed && !all.passed();
        };
        Metrics wrong = right;
        ++wrong.flows[0].completed;  // one request of some 600,000
        QVERIFY(caught(Kind::requests, wrong.flows[0].flow, wrong));
        wrong = right;
        --wrong.components[s].completed;
        QVERIFY(caught(Kind::visits, "s", wrong));
        wrong = right;
        wrong.components[s].meanInSystem *= 1.02;
        QVERIFY(caught(Kind::little, "s", wrong));
        wrong = right;
        *wrong.components[s].utilisation *= 1.03;
        QVERIFY(caught(Kind::utilisation, "s", wrong));
        wrong = right;
        wrong.components[s].meanWaitMs *= 1.25;
        QVERIFY(caught(Kind::delay, "s", wrong));
    }

    void anotherServiceTimeThanTheDesignsIsCaught() {
        const Scenario scenario = longRun();
        Drawing slower;
        slower.node("c", "client", {{"rate_rps", 80}, {"read_share", 1}});
        slower.node("s", "service", {{"instances", 1}, {"concurrency", 1}, {"service_time_ms", 10.4}, {"threads", 0}});
        slower.line("c", "s", {{"timeout_ms", 0}, {"retries", 0}});
        const Verification all = verifyRun(simulate(slower.snapshot(), scenario), *oneServer(), scenario);
        QVERIFY(find(all, Kind::utilisation, "s") && !find(all, Kind::utilisation, "s")->passed);
    }

    void templates_data() {
        QTest::addColumn<QString>("file");
        for (const QString& file : QDir(LOADPATH_SOURCE_DIR "/templates").entryList({"*.json"}))
            QTest::newRow(qPrintable(file)) << file;
    }
    void templates() {
        QFETCH(QString, file);
        const auto snapshot = templateNamed(file);
        if (!snapshot) QSKIP("no design");
        double rate = 0;
        for (const FlowPath& flow : snapshot->graph().flows) rate += flow.derived ? 0 : flow.rateRps;
        QVERIFY(rate > 0);
        Scenario scenario;
        scenario.load = std::min(1.0, 500 / rate);
        scenario.durationS = 70;
        scenario.seriesStepS = 0;
        const Verification all = verifyRun(simulate(snapshot, scenario), *snapshot, scenario);
        QVERIFY2(all.passed(), qPrintable(failures(all)));
        QVERIFY(find(all, Kind::requests, snapshot->graph().flows.front().id.value));
        QVERIFY(all.checks.size() > snapshot->graph().nodes.size());
    }

    /// A service of two instances in front of one store: the exact value is a product.
    void availabilityUnderOutages() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 5}, {"read_share", 1}});
        d.node("s", "service", {{"instances", 2}, {"service_time_ms", 1}});
        d.node("p", "postgres", {{"service_time_ms", 1}});
        d.line("c", "s", {{"retries", 0}}).line("s", "p", {{"retries", 0}});
        OutageTrial trial;
        trial.mtbfS = 90;
        const auto snapshot = d.snapshot();
        const Verification all = verifyAvailability(snapshot, trial);
        QVERIFY2(all.passed(), qPrintable(failures(all)));
        QVERIFY(!all.checks.empty());
        QVERIFY(std::abs(all.checks.front().expected - 0.99 * 0.9) < 1e-9);
        QVERIFY(all.checks.front().tolerance < 0.03);
    }

    /// Most clients still know the name: a resolver that is down costs the few that ask.
    void namesThatAreKnownOutlastTheirResolver() {
        const auto snapshot = templateNamed("url-shortener.json");
        QVERIFY(snapshot);
        const Verification all = verifyAvailability(snapshot);
        QVERIFY2(all.passed(), qPrintable(failures(all)));
        QCOMPARE(all.checks.size(), std::size_t{2});
        QVERIFY(all.checks.front().expected > 0.988);
    }

    void whatTheoryDoesNotCoverIsSaid() {
        Scenario scenario = longRun();
        scenario.durationS = 300;
        Fault fault;
        fault.kind = "instance_down";
        fault.target = "s";
        fault.atS = 250;
        scenario.faults.push_back(fault);
        const auto snapshot = oneServer();
        const Verification all = verifyRun(simulate(snapshot, scenario), *snapshot, scenario);
        QVERIFY2(all.passed(), qPrintable(failures(all)));
        QVERIFY(!find(all, Kind::utilisation, "s"));
        QVERIFY(!all.omissions.empty());
    }
};

QTEST_APPLESS_MAIN(Verify)
#include "verify.moc"
