// What protects a system, against the hand traces and exact counts of simulation §5–§8.
#include "sim/breaker.h"
#include "sim/limiter.h"
#include "support/sim_graph.h"

#include <QtTest>

using namespace loadpath;
using namespace loadpath::test;
using namespace loadpath::sim;

namespace {

constexpr Time ms = 1'000'000;

LimiterSpec limit(LimitAlgorithm algorithm, double rate, double burst, double perWindow, double windowS) {
    LimiterSpec spec;
    spec.algorithm = algorithm;
    spec.ratePerS = rate;
    spec.burst = burst;
    spec.limit = perWindow;
    spec.window = static_cast<Time>(windowS * 1e9);
    spec.complete();
    return spec;
}

/// Admitted of `n` requests at one instant.
int admitted(Limiter& limiter, Time now, int n) {
    int count = 0;
    for (int i = 0; i < n; ++i) count += limiter.admits(now) ? 1 : 0;
    return count;
}

/// Admitted when requests come much faster than any limit, from 0 up to and including `until`.
int flooded(Limiter& limiter, Time until) {
    int count = 0;
    for (Time now = 0; now <= until; now += ms) count += admitted(limiter, now, 3);
    return count;
}

}  // namespace

class Protection : public QObject {
    Q_OBJECT

private slots:
    void tokenBucket() {
        for (const auto& [seconds, expected] : {std::pair{1, 60}, {10, 150}, {60, 650}}) {
            Limiter limiter(limit(LimitAlgorithm::tokenBucket, 10, 50, 0, 0));
            QCOMPARE(flooded(limiter, seconds * second), expected);
        }
        Limiter limiter(limit(LimitAlgorithm::tokenBucket, 10, 50, 0, 0));
        QCOMPARE(admitted(limiter, 0, 100), 50);
        QCOMPARE(limiter.retryAfter(0), 100 * ms);
    }

    void leakyBucket() {
        Limiter limiter(limit(LimitAlgorithm::leakyBucket, 10, 5, 0, 0));
        QCOMPARE(admitted(limiter, 0, 20), 5);
        QCOMPARE(admitted(limiter, 99 * ms, 5), 0);
        QCOMPARE(limiter.retryAfter(99 * ms), 1 * ms);
        QCOMPARE(admitted(limiter, 100 * ms, 5), 1);
    }

    void windows() {
        Limiter fixed(limit(LimitAlgorithm::fixedWindow, 0, 0, 100, 60));
        QCOMPARE(admitted(fixed, 59'900 * ms, 150), 100);
        QCOMPARE(admitted(fixed, 60'100 * ms, 150), 100);  // twice the limit within 0.2 s

        Limiter log(limit(LimitAlgorithm::slidingLog, 0, 0, 100, 60));
        QCOMPARE(admitted(log, 59'900 * ms, 150), 100);
        QCOMPARE(admitted(log, 60'100 * ms, 150), 0);
        QCOMPARE(admitted(log, 119'899 * ms, 150), 0);
        QCOMPARE(admitted(log, 119'900 * ms, 150), 100);

        for (const auto& [at, expected] : {std::pair{75'000, 25}, {60'198, 0}}) {
            Limiter counter(limit(LimitAlgorithm::slidingCounter, 0, 0, 100, 60));
            QCOMPARE(admitted(counter, 30 * second, 150), 100);
            QCOMPARE(admitted(counter, at * ms, 150), expected);
        }
    }

    void limiterInFrontOfAService() {
        SimGraph graph(500);
        const int gate = graph.node("gate", Behaviour::limiter);
        graph.connect(0, gate);
        Settings settings = Settings::usual(graph.graph);
        settings.nodes[1].limits.push_back(limit(LimitAlgorithm::tokenBucket, 100, 50, 0, 0));
        Scenario scenario;
        scenario.durationS = 100;
        scenario.warmupS = 0;
        Engine engine = graph.engine(scenario, settings);
        while (engine.advance(100'000)) {}
        const FlowMetrics flow = engine.metrics().flows[0];
        QVERIFY(std::abs(double(flow.completed) - 10'050) <= 1);
        QCOMPARE(flow.rejected, flow.offered - flow.completed);
        QCOMPARE(flow.reasons.at("rate_limited"), flow.rejected);
    }

    void limitOfEachUser() {
        // 100 users with 1/s each: 500/s offered, 100/s get through, and nobody is limited where users are unknown.
        SimGraph graph(500);
        graph.connect(0, graph.node("gate", Behaviour::limiter));
        Settings settings = Settings::usual(graph.graph);
        settings.nodes[1].limits.push_back(limit(LimitAlgorithm::tokenBucket, 1, 1, 0, 0));
        settings.nodes[1].limits.back().perUser = true;
        Scenario scenario;
        scenario.durationS = 100;
        scenario.warmupS = 0;
        for (const double users : {100.0, 0.0}) {
            settings.nodes[0].client.population = users;
            Engine engine = graph.engine(scenario, settings);
            while (engine.advance(100'000)) {}
            const FlowMetrics flow = engine.metrics().flows[0];
            // Each user takes a token 1/5 s after it came, on average.
            if (users > 0)
                QVERIFY2(std::abs(double(flow.completed) - 100 * 100 / 1.2) < 300,
                         qPrintable(QString::number(flow.completed)));
            else
                QCOMPARE(flow.rejected, std::uint64_t(0));
        }
    }

    void breakerTrace() {
        BreakerSpec spec;
        spec.window = spec.minCalls = 10;
        spec.open = 5 * second;
        spec.halfOpenCalls = 3;
        Breaker breaker(spec);
        int failures = 0, refusals = 0;
        for (int t = 0; t <= 25; ++t) {
            if (!breaker.admits(t * second)) {
                ++refusals;
                QVERIFY(t >= 15 && t <= 18);
                continue;
            }
            const bool fails = t >= 10 && t < 18;
            failures += fails ? 1 : 0;
            breaker.record(t * second, fails, 0, breaker.epoch());
            if (t == 14) QVERIFY(breaker.state() == Breaker::State::open);
            if (t == 13 || t >= 21) QVERIFY(breaker.state() == Breaker::State::closed);
            if (t == 19 || t == 20) QVERIFY(breaker.state() == Breaker::State::halfOpen);
        }
        QCOMPARE(failures, 5);
        QCOMPARE(refusals, 4);
    }

    void breakerSavesTheCaller() {
        SimGraph graph(100);
        const int s = graph.node("s", Behaviour::compute, 5), dead = graph.node("dead", Behaviour::compute, 1);
        graph.at(dead).errorRate = 1;
        graph.connect(0, s);
        const int link = graph.connect(s, dead);
        Settings settings = Settings::usual(graph.graph);
        BreakerSpec spec;
        settings.links[static_cast<std::size_t>(link)].breaker = spec;
        Scenario scenario;
        scenario.durationS = 50;
        scenario.warmupS = 0;
        Engine engine = graph.engine(scenario, settings);
        while (engine.advance(100'000)) {}
        const Metrics m = engine.metrics();
        QVERIFY(m.components[2].arrivals < 110);  // the window, and what was under way
        QVERIFY(m.connections[1].rejected > 4000);
        QVERIFY(m.flows[0].reasons.at("breaker_open") == m.connections[1].rejected);
    }

    void poolIsAStation() {
        // 950/s, 20 ms: a pool of 20 waits 15.108 ms (simulation §8), one of 30 hardly at all.
        for (const auto& [pool, expected, tolerance] : {std::tuple{20, 35.108, 0.06}, {30, 20.0241, 0.01}}) {
            SimGraph graph(950);
            const int app = graph.node("app"), db = graph.node("db", Behaviour::store, 20);
            graph.connect(0, app);
            const int link = graph.connect(app, db);
            Settings settings = Settings::usual(graph.graph);
            settings.links[static_cast<std::size_t>(link)].pool = pool;
            Estimate estimate;
            for (int seed = 1; seed <= 5; ++seed) {
                Scenario scenario;
                scenario.durationS = 200;
                scenario.warmupS = 40;
                scenario.seed = seed;
                scenario.seriesStepS = 0;
                Engine engine = graph.engine(scenario, settings);
                while (engine.advance(1'000'000)) {}
                estimate.add(engine.metrics().flows[0].latency.mean);
            }
            QVERIFY2(estimate.agrees(expected, tolerance), qPrintable(QString::number(estimate.mean())));
        }
    }

    void bulkheadRefusesAtOnce() {  // Erlang B: 10 erlangs on 10 places
        SimGraph graph(100);
        const int app = graph.node("app"), db = graph.node("db", Behaviour::store, 100);
        graph.connect(0, app);
        const int link = graph.connect(app, db);
        Settings settings = Settings::usual(graph.graph);
        settings.links[static_cast<std::size_t>(link)].bulkhead = 10;
        Scenario scenario;
        scenario.durationS = 1000;
        scenario.warmupS = 10;
        scenario.seriesStepS = 0;
        Engine engine = graph.engine(scenario, settings);
        while (engine.advance(1'000'000)) {}
        const FlowMetrics flow = engine.metrics().flows[0];
        QVERIFY(std::abs(flow.errorRatio - 0.214582) < 0.006);
        QCOMPARE(flow.reasons.at("bulkhead_full"), flow.failed);
    }

    void hedging() {
        // Exp(10 ms), hedged at its p95: P(T > 60 ms) = P(first > 60)·P(second > 60 − 29.957); load +5 %.
        SimGraph graph(50);
        const int leaf = graph.node("leaf", Behaviour::compute, 10);
        const int link = graph.connect(0, leaf);
        Settings settings = Settings::usual(graph.graph);
        settings.links[static_cast<std::size_t>(link)].hedgeAfterMs = 29.957;
        Scenario scenario;
        scenario.durationS = 4000;
        scenario.warmupS = 0;
        scenario.seriesStepS = 0;
        Engine engine = graph.engine(scenario, settings);
        while (engine.advance(1'000'000)) {}
        const Metrics m = engine.metrics();
        const double extra = double(m.connections[0].calls) / double(m.flows[0].offered) - 1;
        QVERIFY2(std::abs(extra - 0.05) < 0.003, qPrintable(QString::number(extra)));
        // p99.9: e^{−t/10}·e^{−(t−29.957)/10} = .001 at t = (69.078 + 29.957)/2
        QVERIFY2(std::abs(m.flows[0].latency.p999 - 49.52) < 1.5, qPrintable(QString::number(m.flows[0].latency.p999)));
        QCOMPARE(m.flows[0].completed + m.flows[0].inFlight, m.flows[0].offered);
    }
};

QTEST_APPLESS_MAIN(Protection)
#include "protection.moc"
