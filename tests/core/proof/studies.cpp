// Studies on designs of which the answer is known: the knee of one server, losses that a graph explains and
// one that it does not, a collapse that stays, a design that is faster by a known amount.
#include "proof/studies.h"
#include "support/draw.h"

#include <QtTest>

#include <cmath>

using namespace loadpath;
using namespace loadpath::test;

namespace {

Drawing servers(int instances, double rps, Parameters more = {},
                Parameters line = {{"timeout_ms", 0}, {"retries", 0}}) {
    Drawing d;
    d.zone("z1", 0.999).zone("z2", 0.999);
    Parameters own{{"instances", instances}, {"concurrency", 1}, {"service_time_ms", 10}, {"threads", 0}};
    for (auto& [key, value] : more) own[key] = value;
    d.node("c", "client", {{"rate_rps", rps}, {"peak_factor", 1}}).node("s", "service", own, {"z1", "z2"});
    d.line("c", "s", std::move(line));
    return d;
}

Scenario lasting(double durationS, double warmupS) {
    Scenario scenario;
    scenario.durationS = durationS;
    scenario.warmupS = warmupS;
    scenario.seriesStepS = 0;
    return scenario;
}

const LossCase* lossOf(const LossStudy& study, LossCase::Kind kind, const std::string& target, int unit = 0) {
    for (const LossCase& one : study.cases)
        if (one.kind == kind && one.target == target && one.unit == unit) return &one;
    return nullptr;
}

}  // namespace

class Studies : public QObject {
    Q_OBJECT

private slots:
    void kneeIsWhereTheServerSaturates() {
        // 100/s is what the server can do: five times the rate.
        const RampStudy study = rampStudy(servers(1, 20).snapshot(), lasting(400, 20));
        QVERIFY(std::abs(study.predicted - 5) < 1e-9);
        QCOMPARE(study.predictedComponent, std::string("s"));
        QVERIFY(study.breaks);
        QVERIFY2(study.bears > 4.6 && *study.breaks < 5.6,
                 qPrintable(QString("%1 … %2").arg(study.bears).arg(*study.breaks)));
        QVERIFY(*study.breaks - study.bears <= 0.05 * study.bears + 1e-12);
        for (std::size_t i = 0; i < study.steps.size(); ++i) {
            QCOMPARE(study.steps[i].brokenBecause.empty(), study.steps[i].load <= study.bears);
            QCOMPARE(study.steps[i].busiest, std::string("s"));
            if (i > 0) QVERIFY(study.steps[i].load > study.steps[i - 1].load);
        }
    }

    void rampGoesDownWhereTheDesignFailsAtItsOwnRate() {
        const RampStudy study = rampStudy(servers(1, 200).snapshot(), lasting(200, 20));
        QVERIFY(study.breaks && *study.breaks < 0.6);
        QVERIFY(study.bears > 0.42 && study.bears < 0.55);
    }

    void rampEndsWhereItWasToldTo() {
        RampOptions options;
        options.upTo = 4;
        const RampStudy study = rampStudy(servers(1, 5).snapshot(), lasting(100, 10), options);
        QVERIFY(!study.breaks);
        QCOMPARE(study.bears, 4.0);
        Drawing idle;
        idle.node("c", "client", {{"rate_rps", 0}}).node("s", "service").line("c", "s");
        QVERIFY(!rampStudy(idle.snapshot(), lasting(10, 1), options).breaks);
    }

    void lossesAreWhatTheGraphSays() {
        // Two instances at 20 % each: one can go, both cannot, a zone takes one of them.
        const LossStudy study = lossStudy(servers(2, 40).snapshot(), lasting(60, 10));
        QCOMPARE(study.undisturbed, 0.0);
        QCOMPARE(study.cases.size(), std::size_t(5));
        const LossCase* whole = lossOf(study, LossCase::Kind::component, "s");
        QVERIFY(whole && whole == &study.cases.front());
        QCOMPARE(whole->predicted, 1.0);
        QCOMPARE(whole->measured, 1.0);
        QCOMPARE(whole->worstFlow, 1.0);
        for (int unit = 0; unit < 2; ++unit) {
            const LossCase* one = lossOf(study, LossCase::Kind::instance, "s", unit);
            QVERIFY(one);
            QVERIFY(std::abs(one->predicted) < 1e-12);
            QCOMPARE(one->measured, 0.0);
            QVERIFY(!one->worseThanPredicted);
        }
        const LossCase* zone = lossOf(study, LossCase::Kind::zone, "z2");
        QVERIFY(zone && std::abs(zone->predicted) < 1e-12 && zone->measured == 0);
    }

    void lossThatTheRestCannotBearIsToldApart() {
        // 160/s on two servers of 100/s each, with a bounded queue: one alone turns away more than a third.
        const LossStudy study = lossStudy(servers(2, 160, {{"queue_limit", 20}}).snapshot(), lasting(60, 10));
        const LossCase* one = lossOf(study, LossCase::Kind::instance, "s");
        QVERIFY(one && one->worseThanPredicted);
        QVERIFY(std::abs(one->predicted) < 1e-12);
        QVERIFY2(std::abs(one->measured - 0.375) < 0.03, qPrintable(QString::number(one->measured)));
        QVERIFY(!lossOf(study, LossCase::Kind::component, "s")->worseThanPredicted);
    }

    void instancesInOnePlaceStandForEachOther() {
        const LossStudy study = lossStudy(servers(5, 10).snapshot(), lasting(20, 10), 1);
        QCOMPARE(lossOf(study, LossCase::Kind::instance, "s", 0)->standsFor, 3);
        QCOMPARE(lossOf(study, LossCase::Kind::instance, "s", 1)->standsFor, 2);
        QVERIFY(!lossOf(study, LossCase::Kind::instance, "s", 2));
    }

    void collapseThatStaysIsFound() {
        // Domain text §7: retries at once on an unbounded queue never recover, a bounded one does at once.
        const Parameters hasty{{"timeout_ms", 200}, {"retries", 3}, {"backoff_ms", 0}};
        Fault trigger;
        trigger.kind = "slow";
        trigger.target = "s";
        trigger.extra = {{"factor", 2}};
        Drawing d = servers(9, 720, {}, hasty);
        const TriggerStudy stays = triggerStudy(d.snapshot(), lasting(150, 10), trigger);
        QVERIFY(stays.isMetastable);
        QVERIFY(stays.errorBefore < 0.01 && stays.errorAtEnd > 0.9);
        const TriggerStudy recovers =
            triggerStudy(servers(9, 720, {{"queue_limit", 5}}, hasty).snapshot(), lasting(150, 10), trigger);
        QVERIFY(!recovers.isMetastable);
        QVERIFY(recovers.errorAtEnd < 0.01);
        QVERIFY(std::abs(recovers.goodAtEndRps - 720) < 30);
    }

    void comparisonSeesTheDesignAndNotTheChance() {
        Drawing slow = servers(1, 50), fast = servers(1, 50, {{"service_time_ms", 9.9}});
        const CompareStudy same = compareStudy(slow.snapshot(), slow.snapshot(), lasting(60, 10), 4);
        for (const ComparedFigure& figure : same.figures) {
            QCOMPARE(figure.difference, 0.0);
            QVERIFY(!figure.isClear());
        }
        // W = 20 ms and 19.6 ms: with numbers of its own a run of a minute would not see 2 %.
        const CompareStudy study = compareStudy(slow.snapshot(), fast.snapshot(), lasting(60, 10), 8);
        QCOMPARE(study.pairs, 8);
        const ComparedFigure& mean = study.figures.front();
        QVERIFY(mean.isClear());
        QVERIFY2(mean.difference < -0.2 && mean.difference > -0.7, qPrintable(QString::number(mean.difference)));
        QVERIFY(std::isnan(compareStudy(slow.snapshot(), fast.snapshot(), lasting(20, 5), 1).figures[0].halfWidth95));
    }
};

QTEST_APPLESS_MAIN(Studies)
#include "studies.moc"
