// Brokers (simulation §10): partitions bound parallelism, lag, dead letters, order, groups.
#include "support/sim_graph.h"

#include <QtTest>

using namespace loadpath;
using namespace loadpath::test;

namespace {

struct Pipeline {
    SimGraph graph;
    int broker = 0, consumer = 0;

    Pipeline(double rate, Behaviour behaviour, int partitions, int instances, double serviceMs, int maxAttempts = 0,
             int servers = 1)
        : graph(rate) {
        broker = graph.broker("k", behaviour, partitions);
        consumer = graph.station("w", serviceMs, servers, instances);
        graph.call(graph.link(0, broker, 0, Mode::publish));
        graph.subscribe(broker, consumer, maxAttempts);
    }
    const ComponentMetrics& of(const Metrics& m, int node) const {
        return m.components[static_cast<std::size_t>(node)];
    }
};

bool near(double measured, double expected, double relative) {
    return std::abs(measured - expected) <= relative * expected;
}

Metrics runWith(const Pipeline& p, const sim::Settings& settings, double seconds, std::vector<Fault> faults = {}) {
    Scenario scenario;
    scenario.durationS = seconds;
    scenario.warmupS = 0;
    scenario.faults = std::move(faults);
    sim::Engine engine = p.graph.engine(scenario, settings);
    while (engine.advance(1'000'000)) {}
    return engine.metrics();
}

}  // namespace

class Messaging : public QObject {
    Q_OBJECT

private slots:
    void partitionsBoundTheConsumers() {
        // 8 partitions and 12 consumers of 8 ms take 1,000/s; of 1,200/s, 200/s stay.
        Pipeline p(1200, Behaviour::log, 8, 12, 8);
        const Metrics m = p.graph.run(100);
        QVERIFY2(near(double(*p.of(m, p.broker).lag), 20'000, 0.03),
                 qPrintable(QString::number(*p.of(m, p.broker).lag)));
        QVERIFY(near(double(p.of(m, p.consumer).completed) / 100, 1000, 0.01));
        int working = 0;
        for (const double utilisation : p.of(m, p.consumer).instances) working += utilisation > 0.5;
        QCOMPARE(working, 8);
        Pipeline enough(1200, Behaviour::log, 16, 16, 8);
        const Metrics drained = enough.graph.run(100);
        QVERIFY(*enough.of(drained, enough.broker).lag < 200);
    }

    void backlogDrainsAtTheSpareRate() {
        // 2,000/s of capacity against 1,200/s: 12,000 messages are gone after 15 s.
        Pipeline p(1200, Behaviour::log, 16, 16, 8);
        Scenario scenario;
        scenario.durationS = 60;
        scenario.warmupS = 0;
        scenario.faults = {fault(10, "backlog", "k", {}, {{"messages", 12'000}})};
        const Metrics m = p.graph.run(scenario);
        const auto& lag = m.series.components[static_cast<std::size_t>(p.broker)];
        QVERIFY(lag[10].lag > 10'500);
        QVERIFY(near(lag[17].lag, 12'000 - 8 * 800, 0.1));
        QVERIFY(lag[30].lag < 300);
    }

    void queueHasNoPartitions() {
        Pipeline p(1200, Behaviour::queue, 0, 12, 8);
        const Metrics m = p.graph.run(60);
        QVERIFY(*p.of(m, p.broker).lag < 200);
        for (const double utilisation : p.of(m, p.consumer).instances) QVERIFY(near(utilisation, 0.8, 0.05));
    }

    void everyGroupGetsEveryMessage() {
        Pipeline p(100, Behaviour::log, 4, 4, 1);
        const int second = p.graph.node("second", Behaviour::compute, 1);
        const int some = p.graph.node("some", Behaviour::compute, 1);
        p.graph.subscribe(p.broker, second);
        p.graph.subscribe(p.broker, some, 0, 0.25);
        const Metrics m = p.graph.run(100);
        const double published = double(p.of(m, p.broker).completed);
        QVERIFY(published > 9'500);
        QVERIFY(near(double(p.of(m, p.consumer).arrivals), published, 0.001));
        QVERIFY(near(double(p.of(m, second).arrivals), published, 0.001));
        QVERIFY(near(double(p.of(m, some).arrivals), published / 4, 0.05));
    }

    void deadLettersAfterTheLastAttempt() {
        for (const auto& [errors, attempts, share, tries] :
             {std::tuple{0.2, 3, 0.008, 1.24}, {0.5, 5, 0.03125, 1.9375}}) {
            Pipeline p(1000, Behaviour::queue, 0, 20, 1, attempts);
            p.graph.at(p.consumer).errorRate = errors;
            const Metrics m = p.graph.run(300);
            const double messages = double(p.of(m, p.broker).completed);
            const double standardError = std::sqrt(share * (1 - share) / messages);
            QVERIFY(std::abs(double(*p.of(m, p.broker).deadLettered) / messages - share) < 4 * standardError);
            QVERIFY(near(double(p.of(m, p.consumer).arrivals) / messages, tries, 0.01));
        }
    }

    void poisonIsTriedExactlyAsOftenAsAllowed() {
        Pipeline p(0.001, Behaviour::log, 1, 1, 1, 5);
        Scenario scenario;
        scenario.durationS = 50;
        scenario.warmupS = 0;
        scenario.faults = {fault(10, "poison_message", "k", {}, {{"count", 1}})};
        const Metrics m = p.graph.run(scenario);
        QCOMPARE(*p.of(m, p.broker).deadLettered, 1u);
        QCOMPARE(p.of(m, p.consumer).failed, 5u);
    }

    void poisonBlocksAnOrderedPartitionForever() {
        Pipeline p(100, Behaviour::log, 2, 2, 1);
        Scenario scenario;
        scenario.durationS = 60;
        scenario.warmupS = 0;
        scenario.faults = {fault(10, "poison_message", "k", {}, {{"count", 1}})};
        const Metrics m = p.graph.run(scenario);
        // One of two partitions stands still for 50 s.
        QVERIFY2(near(double(*p.of(m, p.broker).lag), 2500, 0.1), qPrintable(QString::number(*p.of(m, p.broker).lag)));
    }

    void deadConsumerLosesNothing() {
        Pipeline p(200, Behaviour::log, 4, 2, 4);
        Scenario scenario;
        scenario.durationS = 200;
        scenario.warmupS = 0;
        scenario.faults = {fault(50, "consumer_down", "w", 100)};
        const Metrics m = p.graph.run(scenario);
        const auto& lag = m.series.components[static_cast<std::size_t>(p.broker)];
        // Its partitions wait until the group notices, 45 s and a pause of 5 s later; then one member does all.
        QVERIFY(near(lag[97].lag, 48 * 100, 0.1));
        QVERIFY(lag[199].lag < 100);
        QCOMPARE(p.of(m, p.broker).completed, p.of(m, p.consumer).completed + *p.of(m, p.broker).lag);
        QCOMPARE(*p.of(m, p.broker).deadLettered, 0u);
    }

    void retentionLosesWhatIsTooOld() {
        // 100/s come and 50/s are taken: once ten seconds' worth waits, the other half is lost.
        Pipeline p(100, Behaviour::log, 1, 1, 20);
        sim::Settings settings = sim::Settings::usual(p.graph.graph);
        settings.nodes[static_cast<std::size_t>(p.broker)].retentionS = 10;
        const Metrics m = runWith(p, settings, 400);
        const ComponentMetrics& broker = p.of(m, p.broker);
        QVERIFY2(near(double(*broker.lag), 1000, 0.1), qPrintable(QString::number(*broker.lag)));
        // What waits grows by 50/s until the oldest is ten seconds old, after 20 s.
        QVERIFY2(near(double(*broker.lost), 380 * 50, 0.05), qPrintable(QString::number(*broker.lost)));
        QCOMPARE(broker.completed, p.of(m, p.consumer).completed + *broker.lag + *broker.lost);
    }

    void guaranteesDecideWhatACrashDoes() {
        const auto crashed = [](sim::Guarantee guarantee) {
            Pipeline p(200, Behaviour::log, 4, 2, 9);
            sim::Settings settings = sim::Settings::usual(p.graph.graph);
            for (sim::Guarantee& one : settings.guarantees) one = guarantee;
            Metrics m = runWith(p, settings, 1000, {fault(50, "consumer_down", "w", 5, {{"count", 2}})});
            return std::pair{p, std::move(m)};
        };
        for (const auto& [guarantee, lost, duplicates] : {std::tuple{sim::Guarantee::atMostOnce, true, false},
                                                          {sim::Guarantee::atLeastOnce, false, true},
                                                          {sim::Guarantee::exactlyOnce, false, false}}) {
            const auto [p, m] = crashed(guarantee);
            const ComponentMetrics& broker = p.of(m, p.broker);
            QCOMPARE(*broker.lost > 0, lost);
            QCOMPARE(*broker.duplicates > 0, duplicates);
            QVERIFY(*broker.lost + *broker.duplicates <= 2);  // one at a time in each member
            QCOMPARE(broker.completed, p.of(m, p.consumer).completed + *broker.lag + *broker.lost);
        }
    }

    void failedWorkIsNotRepeatedAtMostOnce() {
        Pipeline p(1000, Behaviour::queue, 0, 20, 1, 5);
        p.graph.at(p.consumer).errorRate = 0.2;
        sim::Settings settings = sim::Settings::usual(p.graph.graph);
        for (sim::Guarantee& one : settings.guarantees) one = sim::Guarantee::atMostOnce;
        const Metrics m = runWith(p, settings, 100);
        const ComponentMetrics& broker = p.of(m, p.broker);
        QCOMPARE(*broker.lost, p.of(m, p.consumer).failed);
        QVERIFY(near(double(*broker.lost), 0.2 * double(broker.completed), 0.03));
        QCOMPARE(*broker.deadLettered, 0u);
    }

    void publisherWaitsForTheAcknowledgement() {
        SimGraph graph(100);
        const int k = graph.broker("k", Behaviour::log, 4);
        graph.at(k).serviceMs[0] = graph.at(k).serviceMs[1] = 5;
        graph.at(k).distribution = Distribution::deterministic;
        graph.call(graph.link(0, k, 2, Mode::publish));
        QVERIFY(std::abs(graph.run(20).flows[0].latency.mean - 7) < 1e-6);
        Call careless;
        careless.inPhi = false;
        SimGraph unwaited(100);
        const int b = unwaited.broker("k", Behaviour::log, 4);
        unwaited.at(b).serviceMs[1] = 5;
        unwaited.call(unwaited.link(0, b, 2, Mode::publish), careless);
        const Metrics m = unwaited.run(20);
        QCOMPARE(m.flows[0].latency.mean, 0.0);
        QVERIFY(m.components[static_cast<std::size_t>(b)].completed > 1900);
    }
};

QTEST_APPLESS_MAIN(Messaging)
#include "messaging.moc"
