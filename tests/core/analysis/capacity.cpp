// Load, waiting and latency of small designs against closed forms.
#include "analysis/capacity.h"
#include "analysis/traffic.h"
#include "support/graph_builder.h"
#include "support/index.h"

#include <QTest>

#include <cmath>

using namespace loadpath;
using namespace loadpath::test;

namespace {

bool near(double value, double expected) {
    return std::abs(value - expected) <= 1e-9 * std::max(1.0, std::abs(expected));
}

int station(GraphBuilder& build, const std::string& id, double serviceMs, int concurrency, int instances = 1) {
    const int index = build.node(id, 1, instances);
    Node& node = build.graph.nodes.back();
    node.serviceMs[0] = node.serviceMs[1] = serviceMs;
    node.concurrency = concurrency;
    node.hasUtilisation = true;
    return index;
}

int broker(GraphBuilder& build, const std::string& id, std::vector<Topic> topics) {
    const int index = build.node(id, 1);
    build.graph.nodes.back().behaviour = topics.front().partitions > 0 ? Behaviour::log : Behaviour::queue;
    build.graph.nodes.back().topics = std::move(topics);
    return index;
}

/// A derived flow that takes what arrives in a topic.
int consume(GraphBuilder& build, int from, int to, int topic = 0, double share = 1) {
    Subscription s;
    s.link = build.link(from, to, Mode::consume);
    s.broker = from;
    s.consumer = to;
    s.topic = topic;
    s.share = share;
    s.flow = build.flow(to, Op::write);
    FlowPath& flow = build.graph.flows.back();
    flow.derived = true;
    flow.subscription = static_cast<int>(build.graph.subscriptions.size());
    build.graph.subscriptions.push_back(s);
    return s.flow;
}

}  // namespace

class Capacity : public QObject {
    Q_OBJECT

private slots:
    void tandemQueues() {
        GraphBuilder build;
        const int client = build.client();
        const int a = station(build, "a", 10, 1), b = station(build, "b", 12.5, 1),
                  c = station(build, "c", 1000.0 / 120, 1);
        build.flow(client, Op::read, 50);
        build.call(client, a);
        build.call(a, b);
        build.call(b, c);
        const CapacityReport report = analyseCapacity(build.graph);
        QVERIFY(near(report.flowLatencyMs[0], 20 + 1000.0 / 30 + 1000.0 / 70));
        QVERIFY(near(report.nodes[at(b)].utilisation, 0.625));
        QCOMPARE(report.saturatesFirst, b);
        QVERIFY(near(report.headroom, 1.6));
        QVERIFY(!report.diverges);
        QVERIFY(near(report.linkRps[2], 50));
    }

    void jacksonFeedback() {
        // After the first station 30 % go to the second and come back.
        GraphBuilder build;
        const int client = build.client();
        const int first = station(build, "first", 10, 1), second = station(build, "second", 25, 1);
        const int again = build.coin("again", 0.3);
        build.flow(client, Op::read, 40);
        build.call(client, first);
        Call& call = build.call(first, second);
        call.coin = again;
        call.probability = 0.3;
        build.call(second, first);
        const CapacityReport report = analyseCapacity(build.graph);
        const double load1 = 40 / 0.7, load2 = load1 * 0.3;
        QVERIFY(near(report.nodes[at(first)].arrivalRps, load1));
        QVERIFY(near(report.nodes[at(second)].arrivalRps, load2));
        QVERIFY(near(report.nodes[at(first)].responseMs, 1000 / (100 - load1)));
        QVERIFY(near(report.nodes[at(second)].responseMs, 1000 / (40 - load2)));
        // Little's law over the whole network: (L1 + L2) / 40.
        const double inside = load1 / (100 - load1) + load2 / (40 - load2);
        QVERIFY(near(report.flowLatencyMs[0], inside / 40 * 1000));
    }

    void aCycleThatMultipliesDiverges() {
        GraphBuilder build;
        const int client = build.client();
        const int a = station(build, "a", 1, 100), b = station(build, "b", 1, 100),
                  behind = station(build, "c", 1, 100);
        build.flow(client, Op::read, 10);
        build.call(client, a);
        build.call(a, b);
        build.call(b, a);
        build.call(b, behind);
        const CapacityReport report = analyseCapacity(build.graph);
        QVERIFY(report.diverges);
        QCOMPARE(report.divergingNodes, (std::vector<int>{a, b}));
        QVERIFY(std::isinf(report.nodes[at(a)].arrivalRps));
        QVERIFY(std::isinf(report.nodes[at(behind)].arrivalRps));
        QVERIFY(std::isnan(report.nodes[at(a)].utilisation));
        QVERIFY(std::isinf(report.flowLatencyMs[0]));
        QCOMPARE(report.saturatesFirst, -1);
        QVERIFY(std::isnan(report.headroom));
    }

    void sharesAndQuorums() {
        GraphBuilder build;
        const int client = build.client();
        const int one = station(build, "one", 1, 1), two = station(build, "two", 1, 1),
                  three = station(build, "three", 1, 1);
        build.flow(client, Op::read, 90);
        build.alternatives(client, {one, two, three});
        CapacityReport report = analyseCapacity(build.graph);
        QVERIFY(near(report.nodes[at(one)].arrivalRps, 30));
        GraphBuilder quorum;
        const int asking = quorum.client();
        const int a = station(quorum, "a", 1, 1), b = station(quorum, "b", 2, 1), c = station(quorum, "c", 9, 1);
        quorum.flow(asking, Op::read, 1e-6);
        quorum.alternatives(asking, {a, b, c}, 2);
        report = analyseCapacity(quorum.graph);
        QVERIFY(near(report.nodes[at(c)].arrivalRps, 1e-6));
        QVERIFY(std::abs(report.flowLatencyMs[0] - 2) < 1e-6);  // the second fastest
    }

    void replicasDoTheWorkOfAQuorumStore() {
        GraphBuilder build;
        const int client = build.client();
        const int store = station(build, "store", 0.1, 1, 36);
        build.graph.nodes.back().operations[0] = 2;
        build.graph.nodes.back().operations[1] = 3;
        const int copy = build.node("copy", 1);
        const int replication = build.link(store, copy, Mode::replicate);
        build.flow(client, Op::read, 100);
        build.flow(client, Op::write, 10);
        build.call(client, store, 0);
        build.call(client, store, 1);
        const CapacityReport report = analyseCapacity(build.graph);
        QVERIFY(near(report.nodes[at(store)].arrivalRps, 230));
        QVERIFY(near(report.nodes[at(store)].readRps, 100));
        QVERIFY(near(report.nodes[at(store)].writeRps, 10));
        QVERIFY(near(report.nodes[at(store)].utilisation, 230.0 / 360'000));
        QVERIFY(near(report.linkRps[at(replication)], 10));
        QVERIFY(report.nodes[at(copy)].arrivalRps == 0);
    }

    void readsAndWritesOfTheirOwnLength() {
        GraphBuilder build;
        const int client = build.client();
        const int db = station(build, "db", 1, 1);
        build.graph.nodes.back().serviceMs[1] = 2;
        build.flow(client, Op::read, 300);
        build.flow(client, Op::write, 100);
        build.call(client, db, 0);
        build.call(client, db, 1);
        const CapacityReport report = analyseCapacity(build.graph);
        QVERIFY(near(report.nodes[at(db)].utilisation, 0.5));
        // Pollaczek–Khinchine over the mixture: λ E[S²] / 2(1−ρ), E[S²] = 2·(0.75·1 + 0.25·4).
        QVERIFY(near(report.nodes[at(db)].waitMs, 0.4 * 3.5 / (2 * 0.5)));
    }

    void queuePerInstanceAndPerNode() {
        for (const bool perNode : {false, true}) {
            GraphBuilder build;
            const int client = build.client();
            const int node = station(build, "n", 100, 2, 10);
            build.graph.nodes.back().queuePerNode = perNode;
            build.flow(client, Op::read, 180);
            build.call(client, node);
            const CapacityReport report = analyseCapacity(build.graph);
            QVERIFY(near(report.nodes[at(node)].waitMs, perNode ? 27.5384502408059 : 426.3157894736843));
        }
    }

    void messagesFlowThroughChainsOfBrokers() {
        GraphBuilder build;
        const int client = build.client();
        const int api = station(build, "api", 1, 100);
        const int first = broker(build, "first", {{"x", 6, 1, 1}, {"y", 6, 1, 1}});
        const int second = broker(build, "second", {{"z", 0, 1, 1}});
        const int worker = station(build, "worker", 8, 1, 12), last = station(build, "last", 1, 1);
        build.flow(client, Op::write, 100);
        build.call(client, api);
        Call& publish = build.call(api, first, 0, Mode::publish);
        publish.topic = 1;
        publish.calls = 2;
        const int processing = consume(build, first, worker, 1, 0.5);
        build.call(worker, second, processing, Mode::publish).calls = 3;
        const int ending = consume(build, second, last);
        const int idle = consume(build, first, last, 0);
        const CapacityReport report = analyseCapacity(build.graph);
        QVERIFY(near(report.flowRps[at(processing)], 100));
        QVERIFY(near(report.flowRps[at(ending)], 300));
        QVERIFY(report.flowRps[at(idle)] == 0);
        QVERIFY(near(report.nodes[at(first)].arrivalRps, 200));
        QVERIFY(near(report.nodes[at(second)].arrivalRps, 300));
        // Six partitions keep six of twelve consumers busy.
        QVERIFY(near(report.nodes[at(worker)].capacityRps, 750));
        QVERIFY(near(report.nodes[at(worker)].utilisation, 100.0 / 750));
        QVERIFY(near(report.linkRps[at(build.graph.subscriptions[0].link)], 100));
    }

    void messagesThatComeBack() {
        for (const double copies : {0.5, 1.0}) {
            GraphBuilder build;
            const int client = build.client();
            const int topic = broker(build, "topic", {{"t", 6, 1, 1}});
            const int worker = station(build, "worker", 1, 10);
            build.flow(client, Op::write, 10);
            build.call(client, topic, 0, Mode::publish);
            const int processing = consume(build, topic, worker);
            build.call(worker, topic, processing, Mode::publish).calls = copies;
            const CapacityReport report = analyseCapacity(build.graph);
            QCOMPARE(report.diverges, copies >= 1);
            if (copies < 1) QVERIFY(near(report.flowRps[at(processing)], 20));
            if (copies >= 1) QVERIFY(std::isinf(report.flowRps[at(processing)]));
        }
    }

    void aMissComesAfterTheCache() {
        GraphBuilder build;
        const int client = build.client();
        const int service = build.node("service", 1), cache = build.node("cache", 1), db = build.node("db", 1);
        build.graph.nodes[at(db)].serviceMs[0] = 10;
        const int miss = build.coin("miss", 0.2, cache);
        build.flow(client, Op::read, 100);
        build.call(client, service);
        build.call(service, cache);
        Call& call = build.call(service, db);
        call.coin = miss;
        call.missOf = cache;
        call.probability = 0.2;
        for (Link& link : build.graph.links) link.rttMs = 1;
        const CapacityReport report = analyseCapacity(build.graph);
        QVERIFY(near(report.flowLatencyMs[0], 1 + 1 + 0.2 * (1 + 10) + 0.2 * 1));
        QVERIFY(near(report.nodes[at(cache)].arrivalRps, 100));  // lookups only
        QVERIFY(near(report.nodes[at(db)].arrivalRps, 20));
    }

    void togetherAndInTurn() {
        GraphBuilder build;
        const int client = build.client();
        std::vector<int> leaves;
        for (int i = 0; i < 4; ++i) {
            leaves.push_back(build.node("n" + std::to_string(i), 1));
            build.graph.nodes.back().serviceMs[0] = i + 1;
        }
        build.flow(client, Op::read, 1);
        build.call(client, leaves[0]);
        build.call(client, leaves[1]);
        Call& inTurn = build.call(client, leaves[2]);
        inTurn.parallel = false;
        inTurn.calls = 2.5;
        Call& late = build.call(client, leaves[3]);
        late.order = 1;
        const CapacityReport report = analyseCapacity(build.graph);
        QVERIFY(near(report.flowLatencyMs[0], 2 + 2.5 * 3 + 4));
    }

    void largeCyclesAreSolvedToo() {
        const std::size_t n = 1000;
        std::vector<std::vector<std::pair<int, double>>> onward(n);
        for (std::size_t i = 0; i < n; ++i) onward[i].emplace_back(static_cast<int>((i + 1) % n), i == 0 ? 0.5 : 1.0);
        std::vector<double> external(n, 0.0);
        external[0] = 10;
        const TrafficSolution solution = solveTraffic(onward, external);
        QVERIFY(near(solution.rates[0], 20));
        QVERIFY(near(solution.rates[n / 2], 10));
        QVERIFY(solution.diverging.empty());
    }

    void tiesGoToTheFirstId() {
        GraphBuilder build;
        const int client = build.client();
        const int b = station(build, "b", 10, 1), a = station(build, "a", 10, 1);
        build.flow(client, Op::read, 40);
        build.call(client, b);
        build.call(client, a);
        QCOMPARE(analyseCapacity(build.graph).saturatesFirst, a);
    }
};

QTEST_APPLESS_MAIN(Capacity)
#include "capacity.moc"
