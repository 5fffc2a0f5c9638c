// Arrival processes, keys and what caches hold, against the figures of simulation §1 and §4.
#include "sim/cache_store.h"
#include "sim/zipf.h"
#include "support/sim_graph.h"

#include <QtTest>

using namespace loadpath;
using namespace loadpath::test;
using namespace loadpath::sim;

namespace {

Metrics runWith(const SimGraph& graph, const Settings& settings, double durationS, double warmupS = 0,
                std::int64_t seed = 1, double stepS = 0) {
    Scenario scenario;
    scenario.durationS = durationS;
    scenario.warmupS = warmupS;
    scenario.seed = seed;
    scenario.seriesStepS = stepS;
    Engine engine = graph.engine(scenario, settings);
    while (engine.advance(1'000'000)) {}
    return engine.metrics();
}

struct Counts {
    double mean = 0, dispersion = 0;
};
Counts perSecond(const Metrics& m) {
    double sum = 0, squares = 0;
    const auto& samples = m.series.flows[0];
    for (const FlowSample& s : samples) {
        sum += s.offeredRps;
        squares += s.offeredRps * s.offeredRps;
    }
    const auto n = double(samples.size());
    return {sum / n, (squares / n - sum * sum / n / n) / (sum / n)};
}

SimGraph plain(double rate) {
    SimGraph graph(rate);
    graph.connect(0, graph.node("s"));
    return graph;
}

double hitRatio(Eviction eviction, std::uint64_t keys, double alpha, std::size_t capacity) {
    const Zipf zipf(keys, alpha);
    Stream draws(17), victims(18);
    CacheStore store(capacity, eviction);
    int hits = 0;
    constexpr int warm = 200'000, asked = 600'000;
    for (int i = 0; i < warm + asked; ++i) {
        const std::uint64_t key = zipf.rank(draws);
        if (store.get(key, 0))
            hits += i >= warm ? 1 : 0;
        else
            store.put(key, 0, 1, victims);
        if (store.size() > capacity) return -1;
    }
    return double(hits) / asked;
}

}  // namespace

class ArrivalsAndKeys : public QObject {
    Q_OBJECT

private slots:
    void poissonAndDeterministic() {
        const SimGraph graph = plain(100);
        Settings settings = Settings::usual(graph.graph);
        const Counts poisson = perSecond(runWith(graph, settings, 4000, 0, 1, 1));
        QVERIFY(std::abs(poisson.mean - 100) < 0.6);
        QVERIFY2(std::abs(poisson.dispersion - 1) < 0.07, qPrintable(QString::number(poisson.dispersion)));
        settings.nodes[0].client.arrivals = Arrivals::deterministic;
        const Counts fixed = perSecond(runWith(graph, settings, 100, 0, 1, 1));
        QVERIFY(std::abs(fixed.mean - 100) < 0.02);
        QVERIFY(fixed.dispersion < 0.001);
    }

    void overTheDay() {
        const SimGraph graph = plain(30);
        Settings settings = Settings::usual(graph.graph);
        settings.nodes[0].client.arrivals = Arrivals::diurnal;
        settings.nodes[0].client.amplitude = 1;
        settings.nodes[0].client.averageShare = 1.0 / 3;  // 10/s on average
        const Metrics m = runWith(graph, settings, 86400, 0, 1, 3600);
        QVERIFY(std::abs(double(m.flows[0].offered) - 864'000) < 3 * 930);
        double highest = 0, lowest = 1e9;
        for (const FlowSample& s : m.series.flows[0]) {
            highest = std::max(highest, s.offeredRps);
            lowest = std::min(lowest, s.offeredRps);
        }
        QVERIFY2(std::abs(highest - 20) < 0.5, qPrintable(QString::number(highest)));
        QVERIFY(lowest < 0.5);
    }

    void flashCrowd() {
        SimGraph graph(1000);
        const int s = graph.station("s", 0.5);
        graph.at(s).distribution = Distribution::deterministic;
        graph.connect(0, s);
        Settings settings = Settings::usual(graph.graph);
        ClientSettings& client = settings.nodes[0].client;
        client.arrivals = Arrivals::deterministic;
        client.flashAtS = 10;
        client.flashFactor = 5;
        client.flashDurationS = 60;
        const Metrics m = runWith(graph, settings, 300, 0, 1, 1);
        const auto& series = m.series.components[1];
        QVERIFY2(std::abs(series[69].inSystem - 180'000) < 1800, qPrintable(QString::number(series[69].inSystem)));
        QVERIFY(series[240].inSystem > 1000);
        QVERIFY(series[253].inSystem < 1000);  // drained 180 s after its end
    }

    void bursts() {
        const SimGraph graph = plain(100);
        Settings settings = Settings::usual(graph.graph);
        settings.nodes[0].client.arrivals = Arrivals::modulated;
        const Counts counts = perSecond(runWith(graph, settings, 40'000, 0, 1, 1));
        QVERIFY2(std::abs(counts.mean - 100) < 6, qPrintable(QString::number(counts.mean)));
        QVERIFY(counts.dispersion > 10);
    }

    void closedUsers() {
        for (const auto& [users, serviceMs, throughput, response] :
             {std::tuple{10, 100.0, 7.8542, 273.2}, {20, 100.0, 9.9813, 1003.7}, {150, 10.0, 99.9999, 500.0}}) {
            SimGraph graph(1);
            graph.connect(0, graph.station("s", serviceMs));
            Settings settings = Settings::usual(graph.graph);
            settings.nodes[0].client.arrivals = Arrivals::closed;
            settings.nodes[0].client.users = users;
            Estimate x, r;
            for (int seed = 1; seed <= 5; ++seed) {
                const Metrics m = runWith(graph, settings, 4000, 400, seed);
                x.add(m.flows[0].throughputRps);
                r.add(m.flows[0].latency.mean);
            }
            QVERIFY2(x.agrees(throughput, 0.01), qPrintable(QString::number(x.mean())));
            QVERIFY2(r.agrees(response, 0.02), qPrintable(QString::number(r.mean())));
        }
    }

    void givenTimes() {
        const SimGraph graph = plain(1);
        Settings settings = Settings::usual(graph.graph);
        settings.nodes[0].client.arrivals = Arrivals::trace;
        settings.nodes[0].client.traceS = {0.5, 1.25, 1.25, 7};
        const Metrics m = runWith(graph, settings, 10, 0, 1, 1);
        QCOMPARE(m.flows[0].completed, std::uint64_t(4));
        QCOMPARE(m.series.flows[0][0].offeredRps, 1.0);
        QCOMPARE(m.series.flows[0][1].offeredRps, 2.0);
        QCOMPARE(m.series.flows[0][7].offeredRps, 1.0);
    }

    void popularityOfKeys() {
        for (const auto& [keys, alpha, expected] :
             {std::tuple{1000, 1.0, .13359}, {10'000, .8, .03689}, {1000, 1.1, .17944}}) {
            const Zipf zipf(static_cast<std::uint64_t>(keys), alpha);
            Stream stream(5);
            int first = 0;
            constexpr int n = 1'000'000;
            for (int i = 0; i < n; ++i) first += zipf.rank(stream) == 1 ? 1 : 0;
            QVERIFY(std::abs(double(first) / n - expected) < 4 * std::sqrt(expected / n));
        }
    }

    void evictionPolicies() {
        const auto agrees = [](double measured, double expected) {
            QVERIFY2(std::abs(measured - expected) < 0.004,
                     qPrintable(QString("%1, expected %2").arg(measured).arg(expected)));
        };
        agrees(hitRatio(Eviction::leastRecent, 1000, 1.0, 100), .5761);
        agrees(hitRatio(Eviction::firstIn, 1000, 1.0, 100), .5206);
        agrees(hitRatio(Eviction::random, 1000, 1.0, 100), .5208);
        agrees(hitRatio(Eviction::leastFrequent, 1000, 1.0, 100), .69299);
        agrees(hitRatio(Eviction::leastRecent, 10'000, .8, 1000), .4363);
        agrees(hitRatio(Eviction::firstIn, 10'000, .8, 1000), .3941);
        agrees(hitRatio(Eviction::random, 10'000, 1.2, 100), .6045);
    }

    void timeToLive() {
        // One key at .1/s kept for 60 s without renewal: λT/(1+λT).
        SimGraph graph(0.1);
        graph.connect(0, graph.node("cache", Behaviour::cache));
        Settings settings = Settings::usual(graph.graph);
        settings.nodes[0].keys = 1;
        settings.nodes[1].ttlS = 60;
        settings.nodes[1].cache.isReal = true;
        settings.nodes[1].cache.capacity = 10;
        const double hit = *runWith(graph, settings, 2'000'000).components[1].hitRatio;
        QVERIFY2(std::abs(hit - 0.857143) < 0.003, qPrintable(QString::number(hit)));
    }

    void wholeCatalogue() {
        SimGraph graph(1000);
        graph.connect(0, graph.node("cache", Behaviour::cache));
        Settings settings = Settings::usual(graph.graph);
        settings.nodes[0].keys = 10'000;
        settings.nodes[0].zipf = 0.8;
        settings.nodes[1].ttlS = 60;
        settings.nodes[1].cache.isReal = true;
        settings.nodes[1].cache.capacity = 100'000;
        const double hit = *runWith(graph, settings, 1000, 200).components[1].hitRatio;
        QVERIFY2(std::abs(hit - 0.87823) < 0.003, qPrintable(QString::number(hit)));
    }
};

QTEST_APPLESS_MAIN(ArrivalsAndKeys)
#include "arrivals.moc"
