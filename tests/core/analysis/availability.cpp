// What availability promises, case by case; random_graphs.cpp compares everything with enumeration.
#include "analysis/availability.h"
#include "support/graph_builder.h"
#include "support/index.h"

#include <QFile>
#include <QTest>
#include <QTextStream>

#include <cmath>

using namespace loadpath;
using namespace loadpath::test;

namespace {

double availabilityOf(const FlowGraph& graph) { return analyseAvailability(graph, {}).flows.at(0).availability; }

int managed(GraphBuilder& build, const std::string& id, double availability) {
    const int index = build.node(id, availability);
    build.graph.nodes.back().managed = true;
    return index;
}

const UnitFigures* unit(const FlowAvailability& flow, const std::string& name) {
    for (const UnitFigures& u : flow.units)
        if (u.unit == name) return &u;
    return nullptr;
}

/// A lattice of alternatives: hard for a diagram in any order.
FlowGraph lattice(int size, double each) {
    GraphBuilder build;
    const int client = build.client();
    std::vector<std::vector<int>> node(at(size));
    for (int i = 0; i < size; ++i)
        for (int j = 0; j < size; ++j)
            node[at(i)].push_back(build.node(std::to_string(i) + "-" + std::to_string(j), each));
    build.flow(client);
    build.alternatives(client, node[0]);
    for (int i = 0; i + 1 < size; ++i)
        for (int j = 0; j < size; ++j) {
            std::vector<int> next;
            for (int k = 0; k < size; ++k)
                if ((i * 7 + j * 3 + k * 5) % 3 != 0) next.push_back(node[at(i + 1)][at(k)]);
            build.alternatives(node[at(i)][at(j)], next);
        }
    return build.graph;
}

}  // namespace

class Availability : public QObject {
    Q_OBJECT

private slots:
    void aClientThatCallsNothingHasNoVerdict() {
        GraphBuilder build;
        const int client = build.client(), service = build.node("service", 0.99);
        build.flow(client);
        QCOMPARE(analyseAvailability(build.graph).worstFlow, -1);
        build.call(client, service);
        const AvailabilityReport report = analyseAvailability(build.graph);
        QCOMPARE(report.worstFlow, 0);
        QVERIFY(std::abs(report.worst - 0.99) < 1e-12);
    }

    void aUrlShortener() {
        GraphBuilder build;
        std::vector<int> zones;
        for (const char* id : {"z1", "z2", "z3"}) zones.push_back(build.domain(id, 0.9999));
        const int client = build.client();
        const int dns = managed(build, "dns", 1), lb = managed(build, "lb", 0.9999);
        const int gateway = build.node("gw", 0.995, 3, 1, zones), redirect = build.node("rd", 0.995, 6, 1, zones);
        const int create = build.node("wr", 0.995, 3, 1, zones), cache = build.node("red", 0.995, 6, 1, zones);
        const int store = managed(build, "ddb", 0.9999);
        const int miss = build.coin("miss", 0.1, cache);
        build.flow(client, Op::read, 11574);
        build.flow(client, Op::write, 116);
        for (const int flow : {0, 1}) {
            build.call(client, dns, flow).kind = Call::Kind::lookup;
            build.call(client, lb, flow);
            build.call(lb, gateway, flow);
        }
        build.call(gateway, redirect, 0);
        build.call(redirect, cache, 0).optional = true;
        Call& call = build.call(redirect, store, 0);
        call.coin = miss;
        call.missOf = cache;
        call.probability = 0.1;
        build.call(gateway, create, 1);
        build.call(create, store, 1);
        const AvailabilityReport report = analyseAvailability(build.graph, {});
        QCOMPARE(QString::number(report.flows[0].availability, 'f', 6), QString("0.999890"));
        QCOMPARE(QString::number(report.flows[1].availability, 'f', 6), QString("0.999800"));
        QCOMPARE(qRound(report.flows[0].downtimeMinYear), 58);
        QCOMPARE(qRound(report.flows[1].downtimeMinYear), 105);
        QCOMPARE(report.worstFlow, 1);
        QVERIFY(report.flows[0].spofNodes.empty());
        const double weighted = (report.flows[0].availability * 11574 + report.flows[1].availability * 116) / 11690;
        QVERIFY(std::abs(report.weighted - weighted) < 1e-15);
        // The cache is not needed, but it spares the store nine reads of ten.
        QVERIFY(report.flows[0].strict < report.flows[0].availability);
        QVERIFY(unit(report.flows[0], "red#0")->birnbaum.value_or(-1) > 0);
    }

    void failoverTakesAsLongAsItTakes() {
        QFile file(QStringLiteral(LOADPATH_SOURCE_DIR "/tests/core/analysis/data/des_failover.txt"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QTextStream in(&file);
        int compared = 0;
        for (QString line = in.readLine(); !line.isNull(); line = in.readLine()) {
            const QStringList words = line.split(' ');
            if (words.size() < 7) continue;
            const double u = words[0].toDouble(), m = words[1].toDouble(), t = words[2].toDouble();
            GraphBuilder build;
            const int client = build.client();
            const int primary = build.node("p", 1 - u), standby = build.node("s", 1 - u);
            build.graph.nodes[at(primary)].standbys.push_back({standby, t, 1 - std::exp(-t / m)});
            build.flow(client);
            build.call(client, primary);
            const FlowAvailability flow = analyseAvailability(build.graph, {}).flows.at(0);
            QVERIFY(std::abs(1 - flow.availability - words[6].toDouble()) < 1e-6);
            QVERIFY(std::abs(1 - flow.availability - words[4].toDouble()) < 5e-4);  // the simulated one
            QVERIFY(flow.spofNodes.empty());
            QVERIFY(unit(flow, "p:failover")->window);
            QCOMPARE(flow.cutSets, (std::vector<std::vector<std::string>>{{"p#0", "p:failover"}, {"p#0", "s#0"}}));
            ++compared;
        }
        QCOMPARE(compared, 3);
    }

    void gatewaysThatFallBackOnEachOther() {
        GraphBuilder build;
        const int client = build.client();
        const int g1 = build.node("g1", 1), g2 = build.node("g2", 1), s1 = build.node("s1", 0.9),
                  s2 = build.node("s2", 0.9);
        build.flow(client);
        build.alternatives(client, {g1, g2});
        build.alternatives(g1, {s1, g2});
        build.alternatives(g2, {s2, g1});
        const FlowAvailability flow = analyseAvailability(build.graph, {}).flows.at(0);
        QVERIFY(std::abs(flow.availability - 0.99) < 1e-15);
        QCOMPARE(flow.cutSets, (std::vector<std::vector<std::string>>{{"s1#0", "s2#0"}}));
    }

    void servicesThatRequireEachOtherStandAndFallTogether() {
        GraphBuilder build;
        const int client = build.client();
        const int a = build.node("a", 0.9), b = build.node("b", 0.8);
        build.flow(client);
        build.call(client, a);
        build.call(a, b);
        build.call(b, a);
        QVERIFY(std::abs(availabilityOf(build.graph) - 0.72) < 1e-15);
    }

    void aSharedZoneIsCountedOnce() {
        GraphBuilder build;
        const int region = build.domain("r", 0.99), zone = build.domain("z", 0.9, region);
        const int client = build.client();
        const int a = build.node("a", 0.8, 1, 1, {zone}), b = build.node("b", 0.7, 1, 1, {zone});
        build.flow(client);
        build.call(client, a);
        build.call(a, b);
        const FlowAvailability flow = analyseAvailability(build.graph, {}).flows.at(0);
        QVERIFY(std::abs(flow.availability - 0.99 * 0.9 * 0.8 * 0.7) < 1e-15);
        QCOMPARE(flow.spofNodes, (std::vector<int>{a, b}));
        QCOMPARE(flow.spofDomains, (std::vector<int>{region, zone}));
        const UnitFigures* z = unit(flow, "zone:z");
        QVERIFY(std::abs(z->birnbaum.value_or(-1) - 0.99 * 0.8 * 0.7) < 1e-15);
        QVERIFY(std::abs(z->downtimeMinYear - 0.99 * 0.8 * 0.7 * 0.1 * 525600) < 1e-6);
        QVERIFY(std::abs(z->impact - 1) < 1e-15);
    }

    void messagesNeedTheirBrokerAndTheirConsumer() {
        GraphBuilder build;
        const int client = build.client();
        const int topic = build.node("k", 0.9, 3, 2), worker = build.node("w", 0.8), store = build.node("db", 0.7);
        Node& broker = build.graph.nodes[at(topic)];
        broker.behaviour = Behaviour::log;
        broker.topics = {{"t", 6, 3, 2}};
        for (const Purpose p : {Purpose::read, Purpose::consume}) broker.serving[std::size_t(p)] = {3, 1};
        build.flow(client, Op::write);
        build.call(client, topic, 0, Mode::publish);
        Subscription s;
        s.link = build.link(topic, worker, Mode::consume);
        s.broker = topic;
        s.consumer = worker;
        s.flow = build.flow(worker, Op::write);
        build.graph.flows.back().derived = true;
        build.graph.flows.back().subscription = 0;
        build.graph.subscriptions.push_back(s);
        build.call(worker, store, 1);
        const AvailabilityReport report = analyseAvailability(build.graph, {});
        QCOMPARE(report.flows.size(), std::size_t{1});
        QVERIFY(std::abs(report.flows[0].availability - 0.972) < 1e-15);  // two of three in sync
        QCOMPARE(report.async.size(), std::size_t{1});
        QVERIFY(std::abs(report.async[0].availability - 0.999 * 0.8 * 0.7) < 1e-15);
    }

    void aLayeredDesignOfTwoHundredUnitsIsExact() {
        GraphBuilder build;
        std::vector<int> zones;
        for (int z = 0; z < 3; ++z) zones.push_back(build.domain("z" + std::to_string(z), 0.999));
        const int client = build.client();
        std::vector<int> nodes;
        for (int i = 0; i < 67; ++i) nodes.push_back(build.node("n" + std::to_string(i), 0.99, 3, 1 + i % 2, zones));
        build.flow(client);
        build.call(client, nodes[0]);
        for (std::size_t i = 1; i < nodes.size(); ++i) build.call(nodes[(i - 1) / 2], nodes[i]);
        for (const auto where : {ZonesInDiagram::never, ZonesInDiagram::always}) {
            AvailabilityOptions options;
            options.zonesInDiagram = where;
            const FlowAvailability flow = analyseAvailability(build.graph, options).flows.at(0);
            QVERIFY(flow.exact);
            // Condition on the three zones by hand: every component is k of those whose zone is up.
            double expected = 0;
            for (int up = 0; up < 8; ++up) {
                const int left = __builtin_popcount(unsigned(up));
                double one = 0, two = 0;
                for (int k = 1; k <= left; ++k) {
                    const double choose = k == 1 ? left : k == 2 ? left * (left - 1) / 2.0 : 1;
                    const double point = choose * std::pow(0.99, k) * std::pow(0.01, left - k);
                    one += point;
                    if (k >= 2) two += point;
                }
                expected += std::pow(0.999, left) * std::pow(0.001, 3 - left) * std::pow(one, 34) * std::pow(two, 33);
            }
            QVERIFY(std::abs(flow.availability - expected) < 1e-12);
            QCOMPARE(flow.units.size(), std::size_t{67 * 3 + 3});
        }
    }

    void pastTheBudgetBoundsContainTheValue() {
        for (const double each : {0.999, 0.9, 0.5}) {
            const FlowGraph graph = lattice(7, each);
            const FlowAvailability exact = analyseAvailability(graph, {}).flows.at(0);
            QVERIFY(exact.exact);
            for (const std::size_t budget : {3u, 10u, 30u}) {
                AvailabilityOptions options;
                options.nodeBudget = budget;
                const FlowAvailability rough = analyseAvailability(graph, options).flows.at(0);
                QVERIFY(!rough.exact);
                QCOMPARE(rough.availability, rough.bounds.first);
                QVERIFY2(rough.bounds.first <= exact.availability + 1e-12 &&
                             exact.availability <= rough.bounds.second + 1e-12,
                         qPrintable(QString("%1..%2 for %3")
                                        .arg(rough.bounds.first)
                                        .arg(rough.bounds.second)
                                        .arg(exact.availability)));
            }
        }
    }

    void denseMeshesEndInBounds() {
        // Everyone falls back on everyone: far beyond any diagram, in little time.
        GraphBuilder build;
        const int client = build.client();
        std::vector<int> nodes, stores;
        for (int i = 0; i < 40; ++i) {
            nodes.push_back(build.node("n" + std::to_string(i), 0.99));
            stores.push_back(build.node("s" + std::to_string(i), 0.99));
        }
        build.flow(client);
        build.alternatives(client, {nodes[0], nodes[1]});
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            std::vector<int> others{stores[i]};
            for (std::size_t k = 1; k < 14; ++k) others.push_back(nodes[(i + k * k) % nodes.size()]);
            build.alternatives(nodes[i], others, 2);
        }
        AvailabilityOptions options;
        options.nodeBudget = 50'000;
        const FlowAvailability flow = analyseAvailability(build.graph, options).flows.at(0);
        QVERIFY(flow.bounds.first <= flow.bounds.second);
        QVERIFY(flow.bounds.first >= 0 && flow.bounds.second <= 1);
        if (!flow.exact) QCOMPARE(flow.availability, flow.bounds.first);
    }

    void aSeriesIsWrittenOut() {
        GraphBuilder build;
        const int client = build.client();
        const int lb = managed(build, "lb", 0.9999), gateway = build.node("gw", 0.99, 3), db = build.node("db", 0.995);
        build.flow(client);
        build.call(client, lb);
        build.call(lb, gateway);
        build.call(gateway, db);
        const FlowAvailability flow = analyseAvailability(build.graph, {}).flows.at(0);
        QCOMPARE(flow.formula, std::string("A = lb · gw₍1 of 3₎ · db = 0.9999 × 0.999999 × 0.995 = 0.9949"));
    }

    void alternativesAreWrittenOut() {
        GraphBuilder build;
        const int client = build.client();
        const int a = build.node("a", 0.9), b = build.node("b", 0.8), c = build.node("c", 0.5);
        build.flow(client);
        build.alternatives(client, {a, b});
        build.call(b, c);
        const FlowAvailability flow = analyseAvailability(build.graph, {}).flows.at(0);
        QCOMPARE(flow.formula, std::string("A = (1 − (1 − a)·(1 − b · c)) = (1 − (1 − 0.9)·(1 − 0.8 × 0.5)) = 0.94"));
    }

    void aSharedPartIsNoFormula() {
        GraphBuilder build;
        const int client = build.client();
        const int a = build.node("a", 0.9), b = build.node("b", 0.8), shared = build.node("c", 0.5);
        build.flow(client);
        build.alternatives(client, {a, b});
        build.call(a, shared);
        build.call(b, shared);
        QVERIFY(analyseAvailability(build.graph, {}).flows.at(0).formula.empty());
    }

    void theSameTwice() {
        const FlowGraph graph = lattice(5, 0.9);
        const FlowAvailability a = analyseAvailability(graph, {}).flows.at(0),
                               b = analyseAvailability(graph, {}).flows.at(0);
        QCOMPARE(a.availability, b.availability);
        QCOMPARE(a.cutSets, b.cutSets);
        for (std::size_t i = 0; i < a.units.size(); ++i) {
            QCOMPARE(a.units[i].unit, b.units[i].unit);
            QCOMPARE(a.units[i].birnbaum, b.units[i].birnbaum);
        }
    }
};

QTEST_APPLESS_MAIN(Availability)
#include "availability.moc"
