// Faults (simulation §13): who is hit, what it does to requests, and that it ends without a trace.
#include "support/sim_graph.h"

#include <QtTest>

using namespace loadpath;
using namespace loadpath::test;

namespace {

Scenario withFaults(double durationS, std::vector<Fault> faults, double warmupS = 0) {
    Scenario scenario;
    scenario.durationS = durationS;
    scenario.warmupS = warmupS;
    scenario.faults = std::move(faults);
    return scenario;
}

/// Two zones in a region, and a component with four instances spread over them.
SimGraph zoned() {
    SimGraph graph(100);
    graph.graph.domains = {
        {{"r"}, "r", -1, 1, true, true}, {{"a"}, "a", 0, 1, true, false}, {{"b"}, "b", 0, 1, true, false}};
    for (int d = 0; d < 3; ++d) graph.graph.domainById[graph.graph.domains[std::size_t(d)].id.value] = d;
    const int s = graph.station("s", 1, 1, 4);
    graph.at(s).zones = {1, 2};
    graph.connect(0, s);
    return graph;
}

int upAt(const Metrics& m, std::size_t node, double t) { return m.series.components[node][std::size_t(t) - 1].up; }

}  // namespace

class Faults : public QObject {
    Q_OBJECT

private slots:
    void outageFailsAndEnds() {
        const SimGraph graph = zoned();
        const Metrics m = graph.run(withFaults(60, {fault(20, "component_down", "s", 10)}));
        double down = 0, errors = 0;
        for (std::size_t i = 20; i < 30; ++i) {
            down += m.series.flows[0][i].completedRps;
            errors += m.series.flows[0][i].errorRps;
        }
        QCOMPARE(down, 0.0);
        QCOMPARE(double(m.flows[0].failed), errors);
        QVERIFY(std::abs(m.flows[0].errorRatio - 1.0 / 6) < 0.02);
        QCOMPARE(m.flows[0].completed + m.flows[0].failed + m.flows[0].inFlight, m.flows[0].offered);
        QCOMPARE(upAt(m, 1, 25), 0);
        QCOMPARE(upAt(m, 1, 40), 4);
    }

    void zoneTakesExactlyItsUnits() {
        const SimGraph graph = zoned();
        const Metrics m = graph.run(withFaults(60, {fault(10, "zone_down", "a", 10), fault(30, "zone_down", "r", 10),
                                                    fault(35, "instance_down", "s", 20, {{"count", 3}})}));
        QCOMPARE(upAt(m, 1, 15), 2);
        QCOMPARE(upAt(m, 1, 25), 4);
        QCOMPARE(upAt(m, 1, 33), 0);
        QCOMPARE(upAt(m, 1, 58), 4);
        // Callers that are no balancers go to the instances that are left.
        double errors = 0;
        for (std::size_t i = 11; i < 20; ++i) errors += m.series.flows[0][i].errorRps;
        QCOMPARE(errors, 0.0);
    }

    void managedComponentsSurviveZonesUnlessZonal() {
        for (const bool zonal : {false, true}) {
            SimGraph graph = zoned();
            graph.at(1).managed = true;
            graph.at(1).zonal = zonal;
            const Metrics one = graph.run(withFaults(20, {fault(5, "zone_down", "a")}));
            QCOMPARE(one.flows[0].failed, 0u);
            const Metrics both = graph.run(withFaults(20, {fault(5, "zone_down", "r")}));
            QCOMPARE(both.flows[0].failed > 0, zonal);
        }
    }

    void overlappingFaultsHoldUntilTheLastEnds() {
        const SimGraph graph = zoned();
        const Metrics m =
            graph.run(withFaults(60, {fault(10, "component_down", "s", 20), fault(20, "zone_down", "r", 20)}));
        QCOMPARE(upAt(m, 1, 35), 0);
        QCOMPARE(upAt(m, 1, 45), 4);
    }

    void tooFewInstancesAreNone() {
        SimGraph graph = zoned();
        for (Serving& serving : graph.at(1).serving) serving = {4, 3};
        const Metrics m = graph.run(withFaults(40, {fault(10, "instance_down", "s", 20, {{"count", 2}})}));
        QVERIFY(std::abs(m.flows[0].errorRatio - 0.5) < 0.03);
        QCOMPARE(m.flows[0].reasons.at("no_live_instance"), m.flows[0].failed);
    }

    void standbyTakesOverAfterItsTime() {
        SimGraph graph(100);
        const int primary = graph.station("primary", 1, 16), standby = graph.station("standby", 1, 16);
        graph.at(primary).standbys = {{standby, 15, 0.1}};
        graph.connect(0, primary);
        const Metrics m = graph.run(withFaults(100, {fault(20, "primary_down", "primary", 50)}));
        double failed = 0, late = 0;
        for (std::size_t i = 0; i < 100; ++i) (i < 36 ? failed : late) += m.series.flows[0][i].errorRps;
        QVERIFY2(std::abs(failed - 1500) < 150, qPrintable(QString::number(failed)));
        QCOMPARE(late, 0.0);
        QVERIFY(std::abs(double(m.components[2].arrivals) - 3500) < 250);
    }

    void slowErrorsLatencyAndLoad() {
        SimGraph graph(100);
        const int s = graph.node("s", Behaviour::compute, 10);
        graph.at(s).distribution = Distribution::deterministic;
        const int link = graph.connect(0, s, 1);
        const std::string id = graph.linkAt(link).id.value;
        const auto during = [&](Fault f) { return graph.run(withFaults(60, {std::move(f)})); };
        const Metrics slow = during(fault(20, "slow", "s", 20, {{"factor", 5}}));
        QVERIFY(std::abs(slow.series.flows[0][30].p50Ms - 51) < 0.5);
        QVERIFY(std::abs(slow.series.flows[0][50].p50Ms - 11) < 0.2);
        const Metrics late = during(fault(20, "latency", id, 20, {{"add_ms", 40}}));
        QVERIFY(std::abs(late.series.flows[0][30].p50Ms - 51) < 0.5);
        QVERIFY(std::abs(late.series.flows[0][50].p50Ms - 11) < 0.2);
        const Metrics errors = during(fault(20, "error_rate", "s", 20, {{"rate", 0.3}}));
        QVERIFY(std::abs(errors.flows[0].errorRatio - 0.1) < 0.02);
        const Metrics load = during(fault(20, "load", "", 20, {{"factor", 3}}));
        QVERIFY(std::abs(double(load.flows[0].offered) - 100 * (40 + 60)) < 400);
        QVERIFY(std::abs(load.series.flows[0][50].offeredRps - 100) < 45);
    }

    void flashCrowdLeavesItsBacklog() {
        // 1,000/s against 2,000/s of capacity, five times as many for 6 s: 18,000 wait, gone 18 s later.
        SimGraph graph(1000);
        const int s = graph.station("s", 1, 2);
        graph.connect(0, s);
        const Metrics m = graph.run(withFaults(40, {fault(10, "load", "", 6, {{"factor", 5}})}));
        QVERIFY(std::abs(m.series.components[1][15].queue - 18'000) < 900);
        QVERIFY(m.series.components[1][32].queue > 300);
        QVERIFY(m.series.components[1][36].queue < 300);
    }

    void personActsWhileItRuns() {
        const SimGraph graph = zoned();
        Scenario scenario = withFaults(60, {});
        sim::Engine engine = graph.engine(scenario);
        QVERIFY(engine.advanceTo(10));
        QCOMPARE(engine.progress().timeS, 10.0);
        engine.inject(fault(0, "instance_down", "s", {}, {{"count", 2}}));
        engine.setLoad(2);
        engine.advanceTo(30);
        engine.liftFaults();
        engine.setLoad(0);
        QVERIFY(!engine.advanceTo(60));
        const Metrics m = engine.metrics();
        QCOMPARE(upAt(m, 1, 20), 2);
        QCOMPARE(upAt(m, 1, 35), 4);
        QVERIFY(std::abs(double(m.flows[0].offered) - (10 * 100 + 20 * 200)) < 300);
        QCOMPARE(m.series.flows[0][50].offeredRps, 0.0);
        QVERIFY(engine.progress().done);
    }

    void randomOutagesMeetTheAvailability() {
        // a = 0.9 by mean times of 90 s and 10 s; one of two is enough: 0.99. Many short outages.
        SimGraph graph(20);
        const int s = graph.station("s", 0.01, 0, 2);
        graph.connect(0, s);
        Estimate ratio;
        for (int seed = 1; seed <= 5; ++seed) {
            Scenario scenario = withFaults(20'000, {fault(0, "random", "", {}, {{"mtbf_s", 90}, {"mttr_s", 10}})});
            scenario.seriesStepS = 0;
            scenario.seed = seed;
            ratio.add(1 - graph.run(scenario).flows[0].errorRatio);
        }
        QVERIFY2(std::abs(ratio.mean() - 0.99) < std::max(3 * ratio.error(), 0.0005),
                 qPrintable(QString::number(ratio.mean())));
    }

    void whatCannotRunIsNamed() {
        const SimGraph graph = zoned();
        const auto problem = [&](const Fault& f) { return sim::targetOf(f, graph.graph).problem; };
        QVERIFY(problem(fault(0, "component_down", "s")).empty());
        QVERIFY(problem(fault(0, "zone_down", "a")).empty());
        QVERIFY(problem(fault(0, "load", "")).empty());
        QVERIFY(problem(fault(0, "explode", "s")).find("'explode'") != std::string::npos);
        QVERIFY(problem(fault(0, "component_down", "gone")).find("'gone'") != std::string::npos);
        QVERIFY(problem(fault(0, "zone_down", "s")).find("a zone") != std::string::npos);
        QVERIFY(problem(fault(0, "cache_flush", "s")).find("a cache") != std::string::npos);
        QVERIFY(problem(fault(0, "instance_down", "client")).find("serves") != std::string::npos);
        QVERIFY(problem(fault(0, "clock_skew", "s")).find("needs an id generator") != std::string::npos);
        // A run that meets one anyway goes on without it.
        QCOMPARE(graph.run(withFaults(10, {fault(5, "explode", "s")})).flows[0].failed, 0u);
    }
};

QTEST_APPLESS_MAIN(Faults)
#include "faults.moc"
