// Balancing (simulation §3, §15): closed forms where there are, else independent simulations of the
// same model; what health checks see, and when.
#include "support/sim_graph.h"

#include <QtTest>

#include <algorithm>

using namespace loadpath;
using namespace loadpath::sim;
using namespace loadpath::test;

namespace {

SimGraph balanced(const std::string& algorithm, int instances, double utilisation) {
    SimGraph graph(utilisation * instances * 100);  // one service time is 10 ms
    const int lb = graph.node("lb", Behaviour::balancer);
    const int s = graph.station("s", 10, 1, instances);
    graph.at(lb).balancing = algorithm;
    graph.connect(0, lb);
    graph.connect(lb, s);
    return graph;
}

/// Mean response in service times.
Estimate response(const SimGraph& graph, double requests) {
    Estimate estimate;
    const double duration = requests / graph.graph.flows[0].rateRps / 4;
    for (int seed = 1; seed <= 4; ++seed)
        estimate.add(graph.run(duration, duration / 5, seed).flows[0].latency.mean / 10);
    return estimate;
}

void agrees(const Estimate& estimate, double expected, double relative) {
    QVERIFY2(
        estimate.agrees(expected, relative),
        qPrintable(QString("measured %1 ± %2, expected %3").arg(estimate.mean()).arg(estimate.error()).arg(expected)));
}

}  // namespace

class BalancingTest : public QObject {
    Q_OBJECT

private slots:
    void byAlgorithm() {
        agrees(response(balanced("random", 4, 0.8), 600'000), 5.0, 0.03);
        agrees(response(balanced("round_robin", 4, 0.8), 600'000), 3.267, 0.03);
        agrees(response(balanced("p2c", 4, 0.8), 400'000), 2.28, 0.03);
        agrees(response(balanced("least_conn", 4, 0.8), 400'000), 1.946, 0.03);
        agrees(response(balanced("round_robin", 10, 0.9), 1'200'000), 5.660, 0.05);
        agrees(response(balanced("least_conn", 10, 0.9), 400'000), 1.903, 0.03);
    }

    void whoDoesNotBalancePicksAtRandom() {
        SimGraph graph(320);
        const int s = graph.station("s", 10, 1, 4);
        graph.connect(0, s);
        agrees(response(graph, 600'000), 5.0, 0.03);
    }

    void oneQueueForAllInstances() {
        SimGraph graph(900);
        const int s = graph.station("s", 10, 1, 10);
        graph.at(s).queuePerNode = true;
        graph.connect(0, s);
        agrees(response(graph, 500'000), 1.6687, 0.02);
    }

    void roundRobinIsExact() {
        const Metrics m = balanced("round_robin", 4, 0.5).run(100);
        const std::uint64_t arrivals = m.components[2].arrivals;
        QVERIFY(arrivals > 10'000);
        // Instances differ by utilisation only through their service times: within the noise of 5,000 draws.
        for (const double utilisation : m.components[2].instances) QVERIFY(std::abs(utilisation - 0.5) < 0.03);
    }

    void weightsAreExactOverACycle() {
        SimGraph graph(100);
        const int lb = graph.node("lb", Behaviour::balancer);
        graph.at(lb).balancing = "weighted_rr";
        graph.connect(0, lb);
        std::vector<int> members;
        for (const double share : {0.5, 0.3, 0.2}) {
            const int s = graph.node("s" + std::to_string(graph.graph.nodes.size()), Behaviour::compute, 1);
            Call call;
            call.share = share;
            members.push_back(graph.call(graph.link(lb, s), call));
        }
        graph.group(0, lb, 1, members);
        const Metrics m = graph.run(100);
        const double all = double(m.connections[0].calls);
        QVERIFY(std::abs(double(m.connections[1].calls) - 0.5 * all) <= 1);
        QVERIFY(std::abs(double(m.connections[2].calls) - 0.3 * all) <= 1);
        QVERIFY(std::abs(double(m.connections[3].calls) - 0.2 * all) <= 1);
    }

    void deadInstanceGetsItsShareUntilTheProbesNotice() {
        SimGraph graph = balanced("round_robin", 4, 0.1);
        Scenario scenario;
        scenario.durationS = 400;
        scenario.warmupS = 0;
        scenario.seriesStepS = 1;
        scenario.faults = {fault(100, "instance_down", "s", 200, {{"count", 1}})};
        const Metrics m = graph.run(scenario);
        // Right after the fault a quarter fails; the second failed probe of 30 s with its 5 s timeout comes
        // between 35 and 65 s after it.
        double errors = 0, offered = 0, late = 0, total = 0;
        for (std::size_t i = 0; i < m.series.timeS.size(); ++i) {
            const double t = m.series.timeS[i];
            const FlowSample& point = m.series.flows[0][i];
            if (t > 100 && t <= 135) {
                errors += point.errorRps;
                offered += point.offeredRps;
            }
            if (t > 166) late += point.errorRps;
            total += point.errorRps;
        }
        QVERIFY(total > 0);
        QVERIFY2(std::abs(errors / offered - 0.25) < 0.01, qPrintable(QString::number(errors / offered)));
        QCOMPARE(late, 0.0);
        QCOMPARE(m.flows[0].failed, m.flows[0].offered - m.flows[0].completed - m.flows[0].inFlight);
        // After the repair it comes back only when five probes agreed.
        const auto& up = m.series.components[2];
        QCOMPARE(up[250].up, 3);
        QCOMPARE(up[310].up, 4);
    }

    void leastConnectionsFeedsABlackHole() {
        SimGraph graph(320);
        const int lb = graph.node("lb", Behaviour::balancer);
        graph.at(lb).balancing = "least_conn";
        const int s = graph.station("s", 10, 1, 4);
        graph.connect(0, lb);
        graph.connect(lb, s);
        Scenario scenario;
        scenario.durationS = 30;
        scenario.warmupS = 2;
        scenario.faults = {fault(1, "instance_down", "s")};
        const Metrics m = graph.run(scenario);
        QVERIFY2(m.flows[0].errorRatio > 0.35, qPrintable(QString::number(m.flows[0].errorRatio)));
    }

    void keyStaysWithItsInstance() {
        // The same request key always goes to the same instance: with two calls per request both land
        // on one, so shares of instances come in pairs.
        SimGraph graph(50);
        const int lb = graph.node("lb", Behaviour::balancer);
        graph.at(lb).balancing = "consistent_hash";
        const int s = graph.station("s", 1, 1, 8);
        graph.connect(0, lb);
        Call twice;
        twice.calls = 2;
        twice.parallel = false;
        graph.connect(lb, s, 0, twice);
        Settings settings = Settings::usual(graph.graph);
        settings.nodes[0].zipf = 0;
        Scenario scenario;
        scenario.durationS = 200;
        scenario.warmupS = 0;
        Engine engine = graph.engine(scenario, settings);
        while (engine.advance(1'000'000)) {}
        const Metrics m = engine.metrics();
        double spread = 0;
        for (const double utilisation : m.components[2].instances)
            spread = std::max(spread, std::abs(utilisation - 0.0125));
        QVERIFY(spread < 0.004);
    }

    void onlyTheKeysOfWhoLeftMove() {
        constexpr int keys = 100'000;
        const HashRing ring(10), larger(11);
        const auto all = [](std::uint32_t) { return true; };
        const auto withoutThird = [](std::uint32_t i) { return i != 3; };
        int left = 0, gained = 0;
        std::vector<int> load(10), receivers(10);
        for (int k = 0; k < keys; ++k) {
            const auto key = static_cast<std::uint64_t>(k);
            const int owner = ring.pick(key, all), then = ring.pick(key, withoutThird), grown = larger.pick(key, all);
            ++load[static_cast<std::size_t>(owner)];
            QVERIFY(then != 3);
            if (owner == 3) {
                ++left;
                ++receivers[static_cast<std::size_t>(then)];
            } else {
                QCOMPARE(then, owner);
            }
            if (grown != owner) {
                QCOMPARE(grown, 10);  // nothing moves between the old ones
                ++gained;
            }
        }
        QVERIFY2(std::abs(double(left) / keys - 0.1) < 0.03, qPrintable(QString::number(left)));
        QVERIFY2(std::abs(double(gained) / keys - 1.0 / 11) < 0.03, qPrintable(QString::number(gained)));
        QCOMPARE(std::count(receivers.begin(), receivers.end(), 0), 1);  // all nine others take a part
        QVERIFY(*std::max_element(load.begin(), load.end()) < 1.3 * keys / 10);
        QCOMPARE(ring.pick(7, [](std::uint32_t) { return false; }), -1);
        QCOMPARE(HashRing().pick(7, all), -1);
    }

    void popularKeyLoadsItsInstance() {
        SimGraph graph(100);
        const int lb = graph.node("lb", Behaviour::balancer);
        graph.at(lb).balancing = "consistent_hash";
        const int s = graph.station("s", 1, 1, 4);
        graph.connect(0, lb);
        graph.connect(lb, s);
        Settings settings = Settings::usual(graph.graph);
        settings.nodes[0].keys = 1;
        Scenario scenario;
        scenario.durationS = 100;
        Engine engine = graph.engine(scenario, settings);
        while (engine.advance(1'000'000)) {}
        const std::vector<double> load = engine.metrics().components[2].instances;
        QCOMPARE(std::count(load.begin(), load.end(), 0.0), 3);
    }

    void returnedInstanceWarmsUp() {
        // Of two in turn, one lets all but the share p of its turns pass while p grows from 0 to 1 within T:
        // it gets p/(1+p) of the requests, (1 − ln 2)·T·λ of them in all.
        SimGraph graph = balanced("round_robin", 2, 5);  // 1,000/s
        graph.at(2).serviceMs[0] = 0.1;
        graph.at(2).distribution = Distribution::deterministic;
        Settings settings = Settings::usual(graph.graph);
        settings.nodes[1].slowStartS = 40;
        settings.nodes[1].health = {true, true, 0.001, 0, 1, 1};
        const auto busyUntil = [&](double end, int seed) {
            Scenario scenario;
            scenario.durationS = end;
            scenario.warmupS = 20;
            scenario.seed = seed;
            scenario.faults = {fault(10, "instance_down", "s", 10, {{"count", 1}})};
            Engine engine = graph.engine(scenario, settings);
            while (engine.advance(1'000'000)) {}
            const std::vector<double> load = engine.metrics().components[2].instances;
            return std::min(load[0], load[1]) / (load[0] + load[1]);
        };
        Estimate share;
        for (int seed = 1; seed <= 5; ++seed) share.add(busyUntil(60, seed));
        QVERIFY2(share.agrees(1 - std::log(2.0)), qPrintable(QString::number(share.mean())));
        settings.nodes[1].slowStartS = 0;
        QVERIFY(std::abs(busyUntil(60, 1) - 0.5) < 0.001);
    }
};

QTEST_APPLESS_MAIN(BalancingTest)
#include "balancing.moc"
