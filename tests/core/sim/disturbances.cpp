// Faults of network, keys, disks, names and deployments (simulation §13), each against what must come out.
#include "support/sim_graph.h"

#include <QtTest>

using namespace loadpath;
using namespace loadpath::test;
using namespace loadpath::sim;

namespace {

Scenario scenarioWith(double durationS, std::vector<Fault> faults, double stepS = 0) {
    Scenario scenario;
    scenario.durationS = durationS;
    scenario.warmupS = 0;
    scenario.seriesStepS = stepS;
    scenario.faults = std::move(faults);
    return scenario;
}

Parameters with(const char* key, Value value) {
    Parameters extra;
    extra[key] = std::move(value);
    return extra;
}

Metrics runWith(const SimGraph& graph, const Settings& settings, const Scenario& scenario) {
    Engine engine = graph.engine(scenario, settings);
    while (engine.advance(1'000'000)) {}
    return engine.metrics();
}

}  // namespace

class Disturbances : public QObject {
    Q_OBJECT

private slots:
    void lostPacketsAreSentAgain() {
        // Each way: k losses with chance (1−p)·p^k cost 200·(2^k − 1) ms; the mean is 200·(1/(1−2p)·(1−p) − 1).
        SimGraph graph(100);
        const int s = graph.node("s");
        graph.connect(0, s, 10);
        const double p = 0.1, each = 200 * ((1 - p) / (1 - 2 * p) - 1);
        Estimate mean;
        for (int seed = 1; seed <= 5; ++seed) {
            Scenario scenario = scenarioWith(1000, {fault(0, "packet_loss", "link0", {}, with("rate", Value(p)))});
            scenario.seed = seed;
            mean.add(graph.run(scenario).flows[0].latency.mean);
        }
        QVERIFY2(mean.agrees(10 + 2 * each, 0.03), qPrintable(QString::number(mean.mean())));
    }

    void partitionBetweenComponents() {
        SimGraph graph(100);
        const int a = graph.node("a"), b = graph.node("b");
        graph.connect(0, a);
        graph.linkAt(graph.connect(a, b)).timeoutMs = 500;
        const Metrics m =
            graph.run(scenarioWith(30, {fault(10, "partition", "a", 10, with("with", Value(std::string("b"))))}, 1));
        for (std::size_t t = 0; t < 30; ++t) {
            const double errors = m.series.flows[0][t].errorRps;
            if (t < 10 || t >= 21) QCOMPARE(errors, 0.0);
            if (t >= 11 && t < 20) QVERIFY(errors > 60);
        }
        QCOMPARE(m.flows[0].reasons.at("timeout"), m.flows[0].failed);
    }

    void partitionBetweenZonesLeavesTheRest() {
        SimGraph graph(100);
        for (const char* id : {"a", "b"}) {
            graph.graph.domainById[id] = static_cast<int>(graph.graph.domains.size());
            graph.graph.domains.push_back({{id}, id, -1, 1, true, false});
        }
        const int s = graph.node("s", Behaviour::compute, 0, 0, 2), db = graph.node("db");
        graph.at(s).zones = {0, 1};
        graph.at(db).zones = {0};
        graph.connect(0, s);
        graph.linkAt(graph.connect(s, db)).timeoutMs = 100;
        const Metrics m =
            graph.run(scenarioWith(200, {fault(0, "partition", "a", {}, with("with", Value(std::string("b"))))}));
        QVERIFY(std::abs(m.flows[0].errorRatio - 0.5) < 0.02);  // the instance in b cannot reach its store
    }

    void providerLimit() {
        SimGraph graph(500);
        const int api = graph.node("api");
        graph.connect(0, api);
        const Metrics m =
            graph.run(scenarioWith(100, {fault(0, "provider_limit", "api", {}, with("rate_rps", Value(100.0)))}));
        QVERIFY(std::abs(double(m.flows[0].completed) - 10'100) <= 2);
        QCOMPARE(m.flows[0].reasons.at("rate_limited"), m.flows[0].rejected);
    }

    void fullDiskRefusesWrites() {
        SimGraph graph(100);
        const int db = graph.node("db", Behaviour::store);
        graph.connect(0, db);
        graph.flow("write", 50, Op::write);
        Call write;
        write.purpose = Purpose::write;
        graph.connect(0, db, 0, write, 1);
        const Metrics m = graph.run(scenarioWith(20, {fault(5, "disk_full", "db", 10)}));
        QCOMPARE(m.flows[0].failed, std::uint64_t(0));
        QVERIFY(std::abs(m.flows[1].errorRatio - 0.5) < 0.06);
        QCOMPARE(m.flows[1].reasons.at("disk_full"), m.flows[1].failed);
    }

    void deploymentRollsOverAllInstances() {
        SimGraph graph(1);
        const int s = graph.node("s", Behaviour::compute, 0, 0, 5);
        graph.connect(0, s);
        Parameters extra = with("batch", Value(2.0));
        extra["restart_s"] = Value(10.0);
        const Metrics m = graph.run(scenarioWith(50, {fault(5, "deploy", "s", {}, extra)}, 1));
        const auto up = [&m](std::size_t t) { return m.series.components[1][t].up; };
        QCOMPARE(up(3), 5);
        QCOMPARE(up(10), 3);
        QCOMPARE(up(20), 3);
        QCOMPARE(up(30), 4);
        QCOMPARE(up(40), 5);
    }

    void retryBugForgetsThePause() {
        SimGraph graph(10);
        const int s = graph.node("s");
        graph.at(s).errorRate = 1;
        Link& link = graph.linkAt(graph.connect(0, s));
        link.retries = 3;
        link.backoff = Link::Backoff::fixed;
        link.backoffBaseMs = 1000;
        const Metrics well = graph.run(scenarioWith(20, {}, 1)),
                      ill = graph.run(scenarioWith(20, {fault(0, "retry_bug", "link0")}, 1));
        QCOMPARE(ill.flows[0].inFlight, std::uint64_t(0));
        QVERIFY(well.flows[0].inFlight > 10);  // they pause for 3 s
    }

    void leakedConnectionsStarveAPool() {
        SimGraph graph(100);
        const int app = graph.node("app"), db = graph.node("db", Behaviour::store, 1);
        graph.connect(0, app);
        const int link = graph.connect(app, db);
        graph.linkAt(link).poolSize = 20;
        Settings settings = Settings::usual(graph.graph);
        settings.links[static_cast<std::size_t>(link)].pool = 20;
        const Metrics m = runWith(
            graph, settings, scenarioWith(60, {fault(10, "connection_leak", "db", 30, with("per_s", Value(1.0)))}, 1));
        QVERIFY(m.series.flows[0][25].completedRps > 50);
        QCOMPARE(m.series.flows[0][35].completedRps, 0.0);  // 20 leaked by second 30
        QVERIFY(m.series.flows[0][50].completedRps > 50);
        QCOMPARE(m.flows[0].inFlight, std::uint64_t(0));
    }

    void hotKeyLoadsOneShard() {
        SimGraph graph(1000);
        const int store = graph.node("store", Behaviour::cache, 0.1, 1, 4);
        graph.at(store).units = 8;  // a copy of each
        graph.connect(0, store);
        const Metrics m = graph.run(scenarioWith(200, {fault(0, "hot_key", "store", {}, with("share", Value(0.4)))}));
        const auto& busy = m.components[1].instances;
        QVERIFY(std::abs(busy[0] - 0.1 * (0.4 + 0.6 / 4)) < 0.002);
        QVERIFY(std::abs(busy[1] - 0.1 * 0.6 / 4) < 0.002);
    }

    void readsFromACopyMissYoungWrites() {
        // One key written 2/s, lag 100 ms: 1 − e^{−0.2}.
        SimGraph graph(50);
        const int primary = graph.node("primary", Behaviour::store), copy = graph.node("copy", Behaviour::store);
        graph.connect(0, copy);
        graph.flow("write", 2, Op::write);
        Call write;
        write.purpose = Purpose::write;
        graph.connect(0, primary, 0, write, 1);
        graph.link(primary, copy, 0, Mode::replicate);
        Settings settings = Settings::usual(graph.graph);
        settings.nodes[0].keys = 1;
        settings.nodes[2].lagMs = 100;
        const ComponentMetrics usual = runWith(graph, settings, scenarioWith(20'000, {})).components[2];
        QVERIFY(std::abs(double(*usual.staleReads) / double(usual.arrivals) - 0.181269) < 0.005);
        const Metrics late = runWith(
            graph, settings, scenarioWith(20'000, {fault(0, "replica_lag", "copy", {}, with("add_ms", Value(400.0)))}));
        QVERIFY(std::abs(double(*late.components[2].staleReads) / double(late.components[2].arrivals) - 0.632121) <
                0.008);
    }

    void oldNamesLeadToTheDead() {
        // Half the clients still know the old address 150 s after the change at a time to live of 300 s.
        SimGraph graph(100);
        const int dns = graph.node("dns", Behaviour::resolver), a = graph.node("a"), b = graph.node("b");
        std::vector<int> members;
        for (const int target : {a, b}) {
            Call call;
            call.share = target == a ? 1 : 0;  // failover routing
            call.link = graph.link(dns, target);
            call.target = target;
            graph.visit(0, target);
            graph.visit(0, 0).calls.push_back(call);
            members.push_back(static_cast<int>(members.size()));
        }
        graph.group(0, 0, 1, members);
        graph.visit(0, 0).calls[0].share = 1;
        graph.visit(0, 0).calls[1].share = 0;
        const Metrics m =
            graph.run(scenarioWith(600, {fault(50, "component_down", "a"), fault(40, "dns_stale", "dns", 60)}, 10));
        const auto errors = [&m](std::size_t t) {
            return m.series.flows[0][t].errorRps / m.series.flows[0][t].offeredRps;
        };
        QCOMPARE(errors(2), 0.0);
        QCOMPARE(errors(7), 1.0);
        QVERIFY2(std::abs(errors(24) - 0.5167) < 0.06, qPrintable(QString::number(errors(24))));
        QCOMPARE(errors(45), 0.0);
    }
};

QTEST_APPLESS_MAIN(Disturbances)
#include "disturbances.moc"
