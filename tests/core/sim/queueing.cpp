// Stations against closed forms (simulation §2), by confidence interval over fixed seeds.
#include "support/sim_graph.h"

#include <QtTest>

using namespace loadpath;
using namespace loadpath::test;

namespace {

constexpr int seeds = 5;

struct Measured {
    Estimate response, wait, inSystem, utilisation, p99, rejected, throughput;
};

/// The station "s" behind one client, over several seeds, after a warm-up of a fifth.
Measured measure(const SimGraph& graph, double requests, double rate) {
    Measured result;
    const double duration = requests / rate / seeds;
    for (int seed = 1; seed <= seeds; ++seed) {
        const Metrics m = graph.run(duration, duration / 5, seed);
        const ComponentMetrics& station = m.components[1];
        result.response.add(m.flows[0].latency.mean);
        result.p99.add(m.flows[0].latency.p99);
        result.wait.add(station.meanWaitMs);
        result.inSystem.add(station.meanInSystem);
        result.utilisation.add(station.utilisation.value_or(0));
        result.rejected.add(double(m.flows[0].rejected) / double(m.flows[0].offered));
        result.throughput.add(m.flows[0].throughputRps);
    }
    return result;
}

SimGraph single(double rate, double serviceMs, int servers, int queueLimit = -1) {
    SimGraph graph(rate);
    const int s = graph.station("s", serviceMs, servers);
    graph.at(s).queueLimit = queueLimit;
    graph.connect(0, s);
    return graph;
}

void agrees(const Estimate& estimate, double expected, double relative = 0.02) {
    QVERIFY2(
        estimate.agrees(expected, relative),
        qPrintable(QString("measured %1 ± %2, expected %3").arg(estimate.mean()).arg(estimate.error()).arg(expected)));
}

}  // namespace

class Queueing : public QObject {
    Q_OBJECT

private slots:
    void singleServer() {
        const Measured half = measure(single(50, 10, 1), 400'000, 50);
        agrees(half.response, 20);
        agrees(half.inSystem, 1);
        agrees(half.utilisation, 0.5);
        agrees(half.p99, 92.10);
        const Measured busy = measure(single(80, 10, 1), 1'000'000, 80);
        agrees(busy.response, 50, 0.03);
        agrees(busy.wait, 40, 0.03);
        agrees(busy.inSystem, 4, 0.03);
        agrees(busy.p99, 230.26, 0.04);
    }

    void wrongServiceTimeIsNoticed() {
        const Measured off = measure(single(80, 10.4, 1), 1'000'000, 80);
        QVERIFY(!off.response.agrees(50, 0.03));
        QVERIFY(!off.utilisation.agrees(0.8));
    }

    void manyServers() {
        const Measured ten = measure(single(80, 100, 10), 600'000, 80);
        agrees(ten.wait, 20.459, 0.04);
        agrees(ten.response, 120.459);
        const Measured twentyFive = measure(single(400, 50, 25), 600'000, 400);
        agrees(twentyFive.wait, 2.091, 0.05);
        agrees(twentyFive.response, 52.091);
        const Measured twenty = measure(single(180, 100, 20), 1'000'000, 180);
        agrees(twenty.wait, 27.539, 0.05);
        agrees(twenty.p99, 504.16, 0.03);
    }

    void lossAndFiniteQueues() {
        agrees(measure(single(5, 1000, 10, 0), 300'000, 5).rejected, 0.018385, 0.04);
        agrees(measure(single(100, 100, 10, 0), 300'000, 100).rejected, 0.214582);
        const Measured ten = measure(single(120, 10, 1, 9), 400'000, 120);
        agrees(ten.rejected, 0.192586);
        agrees(ten.throughput, 96.890);
        agrees(ten.response, 69.261);
        const Measured large = measure(single(1100, 20, 20, 100), 600'000, 1100);
        agrees(large.rejected, 0.090913, 0.03);
        agrees(large.response, 110.0);
    }

    void generalService() {
        SimGraph graph = single(80, 10, 1);
        graph.at(1).distribution = Distribution::deterministic;
        agrees(measure(graph, 500'000, 80).wait, 20, 0.03);
        graph.at(1).distribution = Distribution::lognormal;
        graph.at(1).distributionShape = 2;
        agrees(measure(graph, 1'500'000, 80).wait, 100, 0.05);
        graph = single(50, 10, 1);
        graph.at(1).distribution = Distribution::erlang;
        graph.at(1).distributionShape = 4;
        agrees(measure(graph, 400'000, 50).wait, 6.25, 0.03);
    }

    void serviceTimeByOperation() {
        SimGraph graph(50, Op::write);
        const int s = graph.station("s", 1, 1);
        graph.at(s).serviceMs[1] = 10;
        Call call;
        call.purpose = Purpose::write;
        graph.connect(0, s, 0, call);
        agrees(measure(graph, 300'000, 50).response, 20);
    }

    void networksOfQueues() {
        SimGraph tandem(50);
        const int a = tandem.station("a", 10), b = tandem.station("b", 12.5), c = tandem.station("c", 1000.0 / 120);
        tandem.connect(0, a);
        tandem.connect(a, b);
        tandem.connect(b, c);
        agrees(measure(tandem, 400'000, 50).response, 67.619);

        // 30 % go from the first to the second and back, without end.
        SimGraph feedback(40);
        const int first = feedback.station("first", 10), second = feedback.station("second", 25);
        feedback.connect(0, first);
        Call sometimes;
        sometimes.probability = 0.3;
        sometimes.coin = feedback.coin(0.3);
        feedback.connect(first, second, 0, sometimes);
        feedback.connect(second, first);
        Estimate firstIn, secondIn, total, arrivals;
        for (int seed = 1; seed <= seeds; ++seed) {
            const Metrics m = feedback.run(2500, 500, seed);
            total.add(m.flows[0].latency.mean);
            arrivals.add(double(m.components[1].arrivals) / 2000);
            secondIn.add(*m.components[2].utilisation);
        }
        agrees(total, 52.083);
        agrees(arrivals, 57.143);
        agrees(secondIn, 17.143 * 0.025);
    }

    void forkJoin() {
        SimGraph graph(50);
        const int hub = graph.node("hub");
        const int a = graph.station("a", 10), b = graph.station("b", 10);
        graph.connect(0, hub);
        graph.connect(hub, a);
        graph.connect(hub, b);
        agrees(measure(graph, 400'000, 50).response, 28.75);
    }

    void largestOfManyCalls() {
        SimGraph graph(20);
        const int hub = graph.node("hub"), leaf = graph.node("leaf", Behaviour::compute, 10);
        Call fan;
        fan.calls = 100;
        graph.connect(0, hub);
        graph.connect(hub, leaf, 0, fan);
        const Measured m = measure(graph, 20'000, 20);
        agrees(m.response, 51.87);
        agrees(m.p99, 92.05, 0.03);
    }

    void callsOneAfterAnother() {
        SimGraph graph(20);
        const int hub = graph.node("hub"), leaf = graph.node("leaf", Behaviour::compute, 10);
        Call chain;
        chain.calls = 2.5;
        chain.parallel = false;
        graph.connect(0, hub);
        graph.connect(hub, leaf, 4, chain);
        const Measured m = measure(graph, 60'000, 20);
        agrees(m.response, 2.5 * 14);
    }

    void quorum() {
        for (const auto& [need, replicas, expected] :
             {std::tuple{1, 3, 3.3333}, {2, 3, 8.3333}, {3, 3, 18.3333}, {3, 5, 7.8333}}) {
            SimGraph graph(20, Op::write);
            const int store = graph.node("store", Behaviour::quorum_store, 10, 0, replicas);
            for (Serving& serving : graph.at(store).serving) serving = {replicas, need};
            Call write;
            write.purpose = Purpose::write;
            graph.connect(0, store, 0, write);
            agrees(measure(graph, 100'000, 20).response, expected);
        }
    }

    void groupWaitsForTheFastest() {
        SimGraph graph(20);
        const int hub = graph.node("hub");
        graph.connect(0, hub);
        std::vector<int> members;
        for (const char* id : {"a", "b", "c"}) {
            const int leaf = graph.node(id, Behaviour::compute, 10);
            members.push_back(graph.call(graph.link(hub, leaf)));
        }
        graph.group(0, hub, 2, members);
        agrees(measure(graph, 100'000, 20).response, 8.3333);
    }

    void threadsAreHeldDuringCalls() {
        // 200 threads, 50 ms of own work, a call that hangs to its timeout of 5 s: 39.6/s get through.
        SimGraph graph(1000);
        const int s = graph.node("s", Behaviour::compute, 50, 200), hung = graph.node("hung", Behaviour::compute, 1e9);
        graph.at(s).threads = 200;
        graph.at(hung).distribution = Distribution::deterministic;
        graph.at(s).queueLimit = 1000;
        graph.connect(0, s);
        Call optional;
        optional.optional = true;
        graph.linkAt(graph.connect(s, hung, 0, optional)).timeoutMs = 5000;
        const Metrics m = graph.run(600, 100);
        QVERIFY2(std::abs(m.flows[0].throughputRps - 39.6) < 0.8,
                 qPrintable(QString::number(m.flows[0].throughputRps)));
    }
};

QTEST_APPLESS_MAIN(Queueing)
#include "queueing.moc"
