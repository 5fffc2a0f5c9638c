// A run is its snapshot and its scenario: the same bits whatever the pace, and nobody's draws depend on
// who else is there. Requests are conserved to the last one, and Little's law holds.
#include "support/sim_graph.h"

#include <QtTest>

#include <cstring>

using namespace loadpath;
using namespace loadpath::test;

namespace {

/// A bit of everything: balancer, cache, store, retries, timeouts, messages, faults.
SimGraph busyDesign() {
    SimGraph graph(300);
    const int lb = graph.node("lb", Behaviour::balancer, 0.1, 4, 2);
    const int s = graph.station("s", 8, 2, 3), cache = graph.node("cache", Behaviour::cache, 0.1, 1);
    const int db = graph.station("db", 3, 2), k = graph.broker("k", Behaviour::log, 6, 3),
              w = graph.station("w", 5, 1, 4);
    graph.at(lb).balancing = "least_conn";
    graph.at(s).threads = 50;
    graph.at(s).queueLimit = 30;
    graph.at(cache).hitRatio = 0.8;
    graph.at(db).errorRate = 0.01;
    graph.at(w).errorRate = 0.05;
    Link& first = graph.linkAt(graph.connect(0, lb, 2));
    first.timeoutMs = 150;
    first.retries = 2;
    first.backoff = Link::Backoff::exponential;
    first.jitter = Link::Jitter::full;
    graph.connect(lb, s, 1);
    Call optional;
    optional.optional = true;
    graph.connect(s, cache, 0.5, optional);
    Call miss;
    miss.missOf = cache;
    miss.probability = 0.2;
    miss.coin = graph.coin(0.2, cache);
    graph.linkAt(graph.connect(s, db, 0.5, miss)).timeoutMs = 60;
    graph.call(graph.link(s, k, 0.5, Mode::publish), optional);
    graph.subscribe(k, w, 3);
    return graph;
}

Scenario busyScenario(std::int64_t seed) {
    Scenario scenario;
    scenario.durationS = 60;
    scenario.warmupS = 5;
    scenario.seed = seed;
    scenario.faults = {fault(20, "instance_down", "s", 10), fault(25, "slow", "db", 10, {{"factor", 4}}),
                       fault(40, "latency", "db", 5, {{"add_ms", 20}}), fault(45, "consumer_down", "w", 5)};
    return scenario;
}

void put(std::string& out, double x) { out.append(reinterpret_cast<const char*>(&x), sizeof x); }

/// Every number of a result but the wall time, as bytes.
std::string bytes(const Metrics& m) {
    std::string out;
    put(out, double(m.events));
    for (const FlowMetrics& f : m.flows) {
        for (const std::uint64_t n : {f.offered, f.completed, f.failed, f.timedOut, f.rejected, f.inFlight})
            put(out, double(n));
        for (const auto& [reason, n] : f.reasons) out += reason, put(out, double(n));
        for (const double x : {f.throughputRps, f.errorRatio, f.latency.mean, f.latency.p50, f.latency.p99,
                               f.latency.p999, f.latency.max, f.meanCi95Ms.value_or(-1)})
            put(out, x);
    }
    for (const ComponentMetrics& c : m.components) {
        for (const std::uint64_t n :
             {c.arrivals, c.completed, c.rejected, c.failed, c.lag.value_or(0), c.deadLettered.value_or(0)})
            put(out, double(n));
        for (const double x :
             {c.utilisation.value_or(-1), c.meanInSystem, c.meanResponseMs, c.meanWaitMs, c.hitRatio.value_or(-1)})
            put(out, x);
    }
    for (const ConnectionMetrics& c : m.connections)
        for (const std::uint64_t n : {c.calls, c.failures, c.rejected, c.retries}) put(out, double(n));
    for (const auto& flow : m.series.flows)
        for (const FlowSample& s : flow) put(out, s.completedRps), put(out, s.p99Ms);
    for (const auto& component : m.series.components)
        for (const ComponentSample& s : component) put(out, s.utilisation), put(out, s.queue), put(out, s.lag);
    return out;
}

}  // namespace

class Determinism : public QObject {
    Q_OBJECT

private slots:
    void sameSeedSameBytes() {
        const SimGraph graph = busyDesign();
        const std::string first = bytes(graph.run(busyScenario(7)));
        QVERIFY(first == bytes(graph.run(busyScenario(7))));
        QVERIFY(first != bytes(graph.run(busyScenario(8))));
    }

    void paceDoesNotMatter() {
        const SimGraph graph = busyDesign();
        const std::string atOnce = bytes(graph.run(busyScenario(7)));
        sim::Engine small = graph.engine(busyScenario(7));
        while (small.advance(17)) {}
        QVERIFY(bytes(small.metrics()) == atOnce);
        sim::Engine timed = graph.engine(busyScenario(7));
        for (double t = 0.013; timed.advanceTo(t); t += 0.037) {}
        QVERIFY(bytes(timed.metrics()) == atOnce);
    }

    void othersAddedChangeNoDraws() {
        SimGraph alone(80);
        const int s = alone.station("s", 10);
        alone.connect(0, s);
        const Metrics before = alone.run(200);
        SimGraph crowd = alone;
        crowd.flow("other", 50);
        const int t = crowd.station("t", 15);
        crowd.connect(0, t, 0, {}, 1);
        const Metrics after = crowd.run(200);
        QCOMPARE(after.flows[0].offered, before.flows[0].offered);
        QCOMPARE(after.flows[0].latency.mean, before.flows[0].latency.mean);
        QCOMPARE(after.flows[0].latency.p999, before.flows[0].latency.p999);
        QCOMPARE(*after.components[1].utilisation, *before.components[1].utilisation);
    }

    void requestsAreConserved() {
        const SimGraph graph = busyDesign();
        for (int seed = 1; seed <= 10; ++seed) {
            Scenario scenario = busyScenario(seed);
            scenario.warmupS = 0;
            sim::Engine engine = graph.engine(scenario);
            for (int stop = 1; stop <= 8; ++stop) {
                engine.advanceTo(stop * 7.0);  // no fault falls on these
                const Metrics m = engine.metrics();
                const FlowMetrics& f = m.flows[0];
                QCOMPARE(f.completed + f.failed + f.timedOut + f.rejected + f.inFlight, f.offered);
                std::uint64_t explained = 0;
                for (const auto& [reason, n] : f.reasons) explained += n;
                QCOMPARE(explained, f.failed + f.rejected);
                for (std::size_t c = 0; c < m.components.size(); ++c) {
                    const ComponentMetrics& one = m.components[c];
                    const double inside = double(one.arrivals) - double(one.completed + one.failed + one.rejected);
                    QVERIFY(inside >= 0);
                    QVERIFY(inside < 5000);
                    const auto& samples = m.series.components[c];
                    if (!samples.empty() && engine.progress().timeS == m.series.timeS.back())
                        QCOMPARE(samples.back().inSystem, inside);
                }
                const ComponentMetrics& k = m.components[5];
                const ComponentMetrics& w = m.components[6];
                QVERIFY(k.completed >= w.completed + *k.deadLettered);
            }
        }
    }

    void littlesLaw() {
        SimGraph graph = busyDesign();
        const Metrics m = graph.run(1200, 100);
        for (const ComponentMetrics& c : m.components) {
            const double lambda = double(c.completed + c.failed) / 1100;
            if (lambda == 0) continue;
            QVERIFY2(std::abs(c.meanInSystem - lambda * c.meanResponseMs / 1000) <= 0.01 * c.meanInSystem,
                     qPrintable(QString::fromStdString(c.component)));
        }
    }

    void intervalOfConfidenceHoldsTheTruth() {
        SimGraph graph(50);
        const int s = graph.station("s", 10);
        graph.connect(0, s);
        int inside = 0;
        for (int seed = 1; seed <= 40; ++seed) {
            const FlowMetrics f = graph.run(600, 60, seed).flows[0];
            QVERIFY(f.meanCi95Ms.has_value());
            inside += std::abs(f.latency.mean - 20) <= *f.meanCi95Ms;
        }
        QVERIFY2(inside >= 34, qPrintable(QString::number(inside)));
    }

    void poissonArrivals() {
        SimGraph graph(400);
        Scenario scenario;
        scenario.durationS = 2000;
        scenario.warmupS = 0;
        const Metrics m = graph.run(scenario);
        double sum = 0, squares = 0;
        for (const FlowSample& s : m.series.flows[0]) {
            sum += s.offeredRps;
            squares += s.offeredRps * s.offeredRps;
        }
        const double n = double(m.series.flows[0].size()), mean = sum / n,
                     dispersion = (squares / n - mean * mean) / mean;
        QVERIFY(std::abs(mean - 400) < 2);
        QVERIFY2(std::abs(dispersion - 1) < 0.1, qPrintable(QString::number(dispersion)));
    }

    void windowCountsWhatArrivesInIt() {
        SimGraph graph(100);
        const int s = graph.node("s", Behaviour::compute, 5000);
        graph.at(s).distribution = Distribution::deterministic;
        graph.connect(0, s);
        const Metrics m = graph.run(30, 10);
        QVERIFY(std::abs(double(m.flows[0].offered) - 2000) < 200);
        QVERIFY(std::abs(double(m.flows[0].inFlight) - 500) < 100);
        // Completions count into the throughput whenever they arrived.
        QVERIFY(std::abs(m.flows[0].throughputRps - 100) < 8);
    }

    void overloadStaysBounded() {
        SimGraph graph(1e6);
        const int s = graph.station("s", 1000);
        graph.connect(0, s);
        const Metrics m = graph.run(2.5);
        QVERIFY(m.flows[0].offered > 2'000'000);
        QVERIFY(m.flows[0].inFlight <= sim::mostJobs);
        QVERIFY(m.flows[0].reasons.contains("memory_limit"));
    }
};

QTEST_APPLESS_MAIN(Determinism)
#include "determinism.moc"
