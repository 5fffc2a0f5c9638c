// Calls (model §4a, §4c; simulation §7): outcomes, timeouts, retries, misses, optional calls, lookups.
#include "support/sim_graph.h"

#include <QtTest>

using namespace loadpath;
using namespace loadpath::test;

namespace {

bool near(double measured, double expected, double relative) {
    return std::abs(measured - expected) <= relative * expected;
}

/// A client in front of one component that fails a share of its requests.
SimGraph failing(double share, int retries) {
    SimGraph graph(500);
    const int s = graph.node("s", Behaviour::compute, 1);
    graph.at(s).errorRate = share;
    graph.linkAt(graph.connect(0, s)).retries = retries;
    return graph;
}

void isConserved(const Metrics& m) {
    for (const FlowMetrics& flow : m.flows)
        QCOMPARE(flow.completed + flow.failed + flow.timedOut + flow.rejected + flow.inFlight, flow.offered);
}

}  // namespace

class Calls : public QObject {
    Q_OBJECT

private slots:
    void attemptsUntilOneSucceeds() {
        for (const auto& [share, attempts, expected, success] :
             {std::tuple{0.5, 3, 1.75, 0.875}, {0.1, 3, 1.11, 0.999}, {1.0, 4, 4.0, 0.0}}) {
            const Metrics m = failing(share, attempts - 1).run(300);
            const double offered = double(m.flows[0].offered);
            QVERIFY(near(double(m.connections[0].calls) / offered, expected, 0.01));
            QVERIFY(std::abs(1 - m.flows[0].errorRatio - success) < 0.004);
            QCOMPARE(m.connections[0].retries + m.flows[0].offered, m.connections[0].calls);
            isConserved(m);
        }
    }

    void meshAddsToEveryCall() {
        // Exponential of mean 1.15 ms; the 99th percentile of one is 1.15·ln 100.
        SimGraph graph(1000);
        const int link = graph.connect(0, graph.node("s"), 2);
        graph.linkAt(link).meshMs = 1.15;
        const Metrics m = graph.run(200);
        QVERIFY(near(m.flows[0].latency.mean, 2 + 1.15, 0.01));
        QVERIFY(near(m.flows[0].latency.p99, 2 + 1.15 * std::log(100.0), 0.02));
        isConserved(m);
    }

    void layersOfRetriesMultiply() {
        SimGraph graph(50);
        const int a = graph.node("a"), b = graph.node("b"), c = graph.node("c", Behaviour::compute, 1);
        graph.at(c).errorRate = 1;
        for (const auto& [from, to] : {std::pair{0, a}, {a, b}, {b, c}})
            graph.linkAt(graph.connect(from, to)).retries = 3;
        const Metrics m = graph.run(100);
        QVERIFY(near(double(m.components[3].arrivals), 64.0 * double(m.flows[0].offered), 0.001));
        QCOMPARE(m.flows[0].reasons.at("error_reply"), m.flows[0].failed);
    }

    void budgetBoundsTheExtraLoad() {
        SimGraph graph = failing(1, 3);
        graph.linkAt(0).retryBudget = 0.1;
        const Metrics m = graph.run(100);
        QVERIFY(double(m.connections[0].retries) <= 0.1 * double(m.flows[0].offered) + 10);
        QVERIFY(double(m.connections[0].retries) > 0.095 * double(m.flows[0].offered));
    }

    void backoffGrowsAndJitterSpreadsIt() {
        SimGraph graph = failing(1, 3);
        graph.at(1).serviceMs[0] = 0;
        graph.linkAt(0).backoff = Link::Backoff::exponential;
        // 100 + 200 + 400 ms, then the answer is an error: seen as the time the requests are in flight.
        const double inFlight = graph.run(200, 20).components[0].meanInSystem;
        QVERIFY2(near(inFlight, 500 * 0.7, 0.02), qPrintable(QString::number(inFlight)));
        graph.linkAt(0).jitter = Link::Jitter::full;
        QVERIFY(near(graph.run(200, 20).components[0].meanInSystem, 500 * 0.35, 0.02));
        graph.linkAt(0).jitter = Link::Jitter::equal;
        QVERIFY(near(graph.run(200, 20).components[0].meanInSystem, 500 * 0.525, 0.02));
        graph.linkAt(0).jitter = Link::Jitter::none;
        graph.linkAt(0).backoffCapMs = 150;
        QVERIFY(near(graph.run(200, 20).components[0].meanInSystem, 500 * 0.4, 0.02));
        graph.linkAt(0).backoff = Link::Backoff::fixed;
        QVERIFY(near(graph.run(200, 20).components[0].meanInSystem, 500 * 0.3, 0.02));
    }

    void timeoutAbandonsTheWaitAndTheWorkGoesOn() {
        SimGraph graph(200);
        const int s = graph.node("s", Behaviour::compute, 100);
        graph.linkAt(graph.connect(0, s)).timeoutMs = 100;
        const Metrics m = graph.run(100, 10);
        const double late = double(m.flows[0].timedOut) / double(m.flows[0].offered);
        QVERIFY2(std::abs(late - std::exp(-1)) < 0.01, qPrintable(QString::number(late)));
        QVERIFY(m.flows[0].latency.max <= 100.0);
        QVERIFY(near(m.components[1].meanInSystem, 20, 0.03));  // the callee does not know
        QCOMPARE(m.flows[0].failed, 0u);
        isConserved(m);
    }

    void cancelledWorkIsDropped() {
        const auto waiting = [](bool cancels) {
            SimGraph graph(200);
            const int s = graph.station("s", 10);
            graph.at(s).cancelPropagation = cancels;
            graph.linkAt(graph.connect(0, s)).timeoutMs = 200;
            return graph.run(60, 10).components[1].meanInSystem;
        };
        // Twice what the server can do: without cancelling the queue grows by 100 a second, with it
        // nobody waits longer than the timeout.
        QVERIFY(waiting(false) > 2500);
        QVERIFY(waiting(true) < 45);
    }

    void refusalCountsAsSuchOnlyRightBehindTheBalancers() {
        const auto run = [](bool gateway) {
            SimGraph graph(200);
            const int front = graph.node("front", gateway ? Behaviour::gateway : Behaviour::balancer);
            const int s = graph.station("s", 10);
            graph.at(s).queueLimit = 0;
            graph.connect(0, front);
            graph.connect(front, s);
            return graph.run(60);
        };
        const Metrics balanced = run(false), hidden = run(true);
        QCOMPARE(balanced.flows[0].failed, 0u);
        QVERIFY(near(double(balanced.flows[0].rejected) / double(balanced.flows[0].offered), 2.0 / 3, 0.02));
        QCOMPARE(hidden.flows[0].rejected, 0u);
        QVERIFY(near(double(hidden.flows[0].failed) / double(hidden.flows[0].offered), 2.0 / 3, 0.02));
        QCOMPARE(hidden.connections[1].rejected, hidden.flows[0].failed);
        QCOMPARE(hidden.flows[0].reasons.at("queue_full"), hidden.flows[0].failed);
        isConserved(balanced);
    }

    void optionalAndForgivenCallsFailNobody() {
        SimGraph graph(100);
        const int hub = graph.node("hub");
        const int a = graph.node("a", Behaviour::compute, 30), b = graph.node("b", Behaviour::compute, 1);
        graph.at(a).errorRate = graph.at(b).errorRate = 1;
        graph.at(a).distribution = Distribution::deterministic;
        graph.connect(0, hub);
        Call optional;
        optional.optional = true;
        graph.connect(hub, a, 0, optional);
        graph.linkAt(graph.connect(hub, b)).fallback = true;
        const Metrics m = graph.run(50);
        QCOMPARE(m.flows[0].errorRatio, 0.0);
        QVERIFY(std::abs(m.flows[0].latency.p50 - 30) < 0.3);  // waited for all the same
        QCOMPARE(m.connections[1].failures, m.components[std::size_t(a)].failed);
    }

    void stagesFollowTheirOrder() {
        SimGraph graph(50);
        const int hub = graph.node("hub");
        graph.connect(0, hub);
        for (int order = 0; order < 3; ++order) {
            const int leaf = graph.node("leaf" + std::to_string(order), Behaviour::compute, 10);
            graph.at(leaf).distribution = Distribution::deterministic;
            Call call;
            call.order = order;
            graph.connect(hub, leaf, 2, call);
        }
        const Metrics m = graph.run(20);
        QVERIFY(std::abs(m.flows[0].latency.mean - 36) < 1e-6);
    }

    void missesLoadTheStore() {
        SimGraph graph(1000);
        const int s = graph.node("s"), cache = graph.node("cache", Behaviour::cache);
        const int store = graph.node("store", Behaviour::store, 10);
        graph.at(cache).hitRatio = 0.9;
        graph.at(store).distribution = Distribution::deterministic;
        graph.connect(0, s);
        Call asks;
        asks.optional = true;
        graph.connect(s, cache, 1, asks);
        Call onMiss;
        onMiss.missOf = cache;
        onMiss.probability = 0.1;
        onMiss.coin = graph.coin(0.1, cache);
        graph.connect(s, store, 2, onMiss);
        const Metrics m = graph.run(100);
        QVERIFY(std::abs(*m.components[2].hitRatio - 0.9) < 0.005);
        QVERIFY(near(double(m.components[3].arrivals), 0.1 * double(m.flows[0].offered), 0.03));
        // A hit is the cache's round trip; a miss adds the store's and one more to write the entry back.
        QVERIFY(std::abs(m.flows[0].latency.p50 - 1) < 0.01);
        QVERIFY(std::abs(m.flows[0].latency.p99 - 14) < 0.14);
        // Exactly the misses go to the store, call by call.
        const auto misses =
            std::uint64_t(std::llround(double(m.components[2].completed) * (1 - *m.components[2].hitRatio)));
        QVERIFY(m.components[3].arrivals + 2 >= misses && m.components[3].arrivals <= misses + 2);

        Scenario down;
        down.durationS = 50;
        down.warmupS = 10;
        down.faults = {fault(5, "component_down", "cache")};
        const Metrics without = graph.run(down);
        QCOMPARE(without.components[3].arrivals, without.flows[0].offered);
        QCOMPARE(without.flows[0].errorRatio, 0.0);
    }

    void flushedCacheFillsAgain() {
        SimGraph graph(1000);
        const int cache = graph.node("cache", Behaviour::cache);
        graph.at(cache).hitRatio = 0.9;
        graph.connect(0, cache);
        Scenario scenario;
        scenario.durationS = 400;
        scenario.warmupS = 0;
        scenario.faults = {fault(100, "cache_flush", "cache")};
        sim::Engine engine = graph.engine(scenario);
        const auto hits = [&engine](double until) {
            const Metrics before = engine.metrics();
            engine.advanceTo(until);
            const Metrics after = engine.metrics();
            const auto hitsOf = [](const Metrics& m) {
                return m.components[1].hitRatio.value_or(0) * double(m.components[1].completed);
            };
            return (hitsOf(after) - hitsOf(before)) /
                   double(after.components[1].completed - before.components[1].completed);
        };
        QVERIFY(std::abs(hits(100) - 0.9) < 0.01);
        QVERIFY(hits(105) < 0.2);
        hits(380);
        QVERIFY(hits(400) > 0.85);
    }

    void sharedCoinIsOneChoicePerRequest() {
        SimGraph graph(1000);
        const int hub = graph.node("hub");
        const int a = graph.node("a", Behaviour::compute, 1), b = graph.node("b", Behaviour::compute, 1);
        graph.connect(0, hub);
        Call call;
        call.probability = 0.3;
        call.coin = graph.coin(0.3);
        graph.connect(hub, a, 0, call);
        graph.connect(hub, b, 0, call);
        const Metrics m = graph.run(60);
        QCOMPARE(m.connections[1].calls, m.connections[2].calls);
        QVERIFY(near(double(m.connections[1].calls), 0.3 * double(m.flows[0].offered), 0.03));
    }

    void lookupsDelayTheirShare() {
        SimGraph graph(500);
        const int dns = graph.node("dns", Behaviour::resolver, 20), s = graph.node("s", Behaviour::compute, 1);
        graph.at(dns).distribution = graph.at(s).distribution = Distribution::deterministic;
        Call lookup;
        lookup.kind = Call::Kind::lookup;
        lookup.probability = 0.05;
        graph.connect(0, dns, 0, lookup);
        graph.connect(0, s);
        const Metrics m = graph.run(100);
        QVERIFY(near(double(m.components[1].arrivals), 0.05 * double(m.flows[0].offered), 0.05));
        QVERIFY(std::abs(m.flows[0].latency.mean - 2) < 0.06);
        QVERIFY(std::abs(m.flows[0].latency.max - 21) < 1e-6);
    }

    void callsThatNeverEndAreCut() {
        SimGraph graph(1);
        const int a = graph.node("a"), b = graph.node("b");
        graph.connect(0, a);
        graph.connect(a, b);
        graph.connect(b, a);
        const Metrics m = graph.run(20);
        QVERIFY(m.flows[0].offered > 5);
        QCOMPARE(m.flows[0].reasons.at("call_loop"), m.flows[0].offered);
    }

    void metastableFailureAndWhatPreventsIt() {
        // 20 servers with 1,000/s, 900/s offered, a timeout of 200 ms, three retries; half the capacity is
        // gone for a while. Without bounds it never recovers; a short queue does at once (des_meta).
        const auto goodput = [](int queueLimit, int retries) {
            SimGraph graph(900);
            const int s = graph.station("s", 20, 20);
            graph.at(s).queueLimit = queueLimit;
            Link& link = graph.linkAt(graph.connect(0, s));
            link.timeoutMs = 200;
            link.retries = retries;
            Scenario scenario;
            scenario.durationS = 70;
            scenario.warmupS = 0;
            scenario.seriesStepS = 10;
            scenario.faults = {fault(20, "slow", "s", 20, {{"factor", 2}})};
            const Metrics m = graph.run(scenario);
            isConserved(m);
            return std::pair(m.series.flows[0][6].completedRps, m.series.connections[0][3].callsRps);
        };
        const auto [naive, storm] = goodput(-1, 3);
        QVERIFY(naive < 5);
        QVERIFY(near(storm, 3600, 0.05));
        const auto [shed, calm] = goodput(100, 3);
        QVERIFY2(near(shed, 900, 0.03), qPrintable(QString::number(shed)));
        QVERIFY(calm > 3000);
    }
};

QTEST_APPLESS_MAIN(Calls)
#include "calls.moc"
