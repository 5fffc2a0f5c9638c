// Caches beyond hits (simulation §4): herds and coalescing, times to live that differ, writes behind.
#include "support/sim_graph.h"

#include <QtTest>

#include <algorithm>

using namespace loadpath;
using namespace loadpath::sim;
using namespace loadpath::test;

namespace {

/// One key, asked for 1,000 times a second; the origin takes 200 ms.
struct Herd {
    SimGraph graph{1000};
    int cache = 0, origin = 0;
    Settings settings;

    explicit Herd(bool isAside) {
        cache = graph.node("cache", Behaviour::cache);
        origin = graph.node("origin", Behaviour::compute, 200);
        graph.at(origin).distribution = Distribution::deterministic;
        Call onMiss;
        onMiss.missOf = cache;
        if (isAside) {
            const int service = graph.node("service");
            graph.connect(0, service);
            graph.connect(service, cache);
            onMiss.order = 1;
            graph.connect(service, origin, 0, onMiss);
        } else {
            graph.connect(0, cache);
            graph.connect(cache, origin, 0, onMiss);
        }
        settings = Settings::usual(graph.graph);
        settings.nodes[0].keys = 1;
        NodeSettings& node = settings.nodes[static_cast<std::size_t>(cache)];
        node.cache.isReal = true;
        node.cache.capacity = 10;
        node.fillsAside = isAside;
    }
    void coalesce() { settings.nodes[static_cast<std::size_t>(cache)].cache.coalesces = true; }
};

Metrics runWithSettings(const SimGraph& graph, const Settings& settings, Scenario scenario, int seed = 1) {
    scenario.seed = seed;
    scenario.warmupS = 0;
    Engine engine = graph.engine(scenario, settings);
    while (engine.advance(1'000'000)) {}
    return engine.metrics();
}

Scenario lasting(double seconds) {
    Scenario scenario;
    scenario.durationS = seconds;
    return scenario;
}

const ComponentMetrics& of(const Metrics& m, int node) { return m.components[static_cast<std::size_t>(node)]; }

}  // namespace

class Caching : public QObject {
    Q_OBJECT

private slots:
    void everybodyFetchesAnExpiredKey() {
        for (const bool isAside : {false, true}) {
            const Herd herd(isAside);
            Estimate fetches;
            for (int seed = 1; seed <= 20; ++seed)
                fetches.add(
                    double(of(runWithSettings(herd.graph, herd.settings, lasting(2), seed), herd.origin).arrivals));
            QVERIFY2(fetches.agrees(201), qPrintable(QString::number(fetches.mean())));
        }
    }

    void oneFetchesForAll() {
        for (const bool isAside : {false, true}) {
            Herd herd(isAside);
            herd.coalesce();
            for (int seed = 1; seed <= 5; ++seed) {
                const Metrics m = runWithSettings(herd.graph, herd.settings, lasting(2), seed);
                QCOMPARE(of(m, herd.origin).arrivals, 1u);
                QCOMPARE(m.flows[0].completed, m.flows[0].offered);
                // Those who wait do so for what is left of the fetch: at most as long as the first.
                QVERIFY(m.flows[0].latency.max <= 200.0 + 1e-6);
                QVERIFY(m.flows[0].latency.max >= 200.0 - 1e-6);
            }
        }
    }

    void failedFetchFailsThoseWhoWaited() {
        Herd herd(true);
        herd.coalesce();
        herd.graph.at(herd.origin).errorRate = 1;
        const Metrics m = runWithSettings(herd.graph, herd.settings, lasting(2));
        QCOMPARE(m.flows[0].completed, 0u);
        QCOMPARE(m.flows[0].failed + m.flows[0].inFlight, m.flows[0].offered);
        // One at a time: a fetch of 200 ms, then a millisecond on average until the next request.
        const std::uint64_t fetches = of(m, herd.origin).arrivals;
        QVERIFY2(fetches >= 9 && fetches <= 10, qPrintable(QString::number(fetches)));
    }

    void lostLeaderLeavesNobodyWaiting() {
        Herd herd(false);
        herd.coalesce();
        Scenario scenario = lasting(2);
        scenario.faults = {fault(0.1, "instance_down", "cache", 0.05, {{"count", 1}})};
        const Metrics m = runWithSettings(herd.graph, herd.settings, scenario);
        QCOMPARE(m.flows[0].inFlight, 0u);
        QCOMPARE(m.flows[0].completed + m.flows[0].failed, m.flows[0].offered);
        QCOMPARE(of(m, herd.origin).arrivals, 2u);
    }

    void timesToLiveThatDifferSpreadTheFetches() {
        const auto peak = [](double jitter) {
            Herd herd(false);
            herd.settings.nodes[0].keys = 1000;
            herd.settings.nodes[0].zipf = 0;
            NodeSettings& node = herd.settings.nodes[static_cast<std::size_t>(herd.cache)];
            node.cache.capacity = 10'000;
            node.ttlS = 20;
            node.cache.ttlJitter = jitter;
            const Metrics m = runWithSettings(herd.graph, herd.settings, lasting(30));
            double highest = 0;
            const auto& samples = m.series.components[static_cast<std::size_t>(herd.origin)];
            for (std::size_t i = 10; i < samples.size(); ++i) highest = std::max(highest, samples[i].arrivalRps);
            return highest;
        };
        const double together = peak(0), apart = peak(0.5);
        // Half of the keys come back within a second, or over ten.
        QVERIFY2(together > 3 * apart, qPrintable(QString("%1 %2").arg(together).arg(apart)));
        QVERIFY(apart > 50);
    }

    void crashLosesWhatIsNotFlushed() {
        SimGraph graph(500, Op::write);
        Call write;
        write.purpose = Purpose::write;
        const int cache = graph.node("cache", Behaviour::cache);
        graph.connect(0, cache, 0, write);
        Settings settings = Settings::usual(graph.graph);
        CacheSettings& behind = settings.nodes[1].cache;
        behind.writesBehind = true;
        const auto lost = [&](double crashS, int seed) {
            Scenario scenario = lasting(12);
            scenario.faults = {fault(crashS, "instance_down", "cache", 1, {{"count", 1}})};
            return double(of(runWithSettings(graph, settings, scenario, seed), cache).lost.value_or(0));
        };
        Estimate half, almostAll, batched;
        for (int seed = 1; seed <= 20; ++seed) half.add(lost(10.5, seed));
        QVERIFY2(half.agrees(250), qPrintable(QString::number(half.mean())));
        for (int seed = 1; seed <= 20; ++seed) almostAll.add(lost(10.999, seed));
        QVERIFY2(almostAll.agrees(499.5), qPrintable(QString::number(almostAll.mean())));
        behind.flushBatch = 100;  // 0 … 99 are left over, evenly
        double most = 0;
        for (int seed = 1; seed <= 40; ++seed) {
            batched.add(lost(10.9, seed));
            most = std::max(most, lost(10.9, seed));
        }
        QVERIFY2(most <= 99, qPrintable(QString::number(most)));
        QVERIFY(batched.mean() > 30 && batched.mean() < 70);
        behind.flushIntervalS = 0;  // at once
        QCOMPARE(lost(10.5, 1), 0.0);
    }
};

QTEST_APPLESS_MAIN(Caching)
#include "caching.moc"
