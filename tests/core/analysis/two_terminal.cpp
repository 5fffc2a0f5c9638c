// Published and enumerated network reliabilities: a graph of alternatives is s–t connectedness.
#include "analysis/availability.h"
#include "support/draw.h"
#include "support/network.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QTextStream>

#include <cmath>
#include <set>

using namespace loadpath;
using namespace loadpath::test;

namespace {

struct Known : Network {
    QString name;
    std::vector<std::pair<double, double>> reliability;  // p, R
    int smallestCut = 0, smallestCuts = 0;               // 0: not stated
};

std::vector<Known> readNetworks(QTextStream& in) {
    static const QRegularExpression head("^(\\S+) n=(\\d+) m=(\\d+) s=(\\d+) t=(\\d+) (\\w+)");
    static const QRegularExpression value("p=(\\S+)\\s+R2=(\\S+)");
    static const QRegularExpression cuts("smallest size (\\d+) \\(count (\\d+)\\)");
    std::vector<Known> networks;
    for (QString line = in.readLine(); !line.isNull(); line = in.readLine()) {
        if (const auto m = head.match(line); m.hasMatch()) {
            Known network;
            network.name = m.captured(1);
            network.nodes = m.captured(2).toInt();
            network.source = m.captured(4).toInt();
            network.sink = m.captured(5).toInt();
            network.directed = m.captured(6) == "directed";
            networks.push_back(network);
        } else if (line.trimmed().startsWith("edges:")) {
            for (const QString& edge : line.trimmed().mid(6).split(' ', Qt::SkipEmptyParts))
                networks.back().edges.emplace_back(edge.section('-', 0, 0).toInt(), edge.section('-', 1, 1).toInt());
        } else if (const auto v = value.match(line); v.hasMatch()) {
            networks.back().reliability.emplace_back(v.captured(1).toDouble(), v.captured(2).toDouble());
        } else if (const auto c = cuts.match(line); c.hasMatch()) {
            networks.back().smallestCut = c.captured(1).toInt();
            networks.back().smallestCuts = c.captured(2).toInt();
        } else if (line.startsWith("k-out-of-n")) {
            break;
        }
    }
    return networks;
}

/// As a designer would draw it: services for places and lines, every choice a group that needs one.
Drawing drawn(const Network& network, double p) {
    Drawing d;
    d.node("c", "client", {{"rate_rps", 1}, {"read_share", 1}});
    const auto place = [](int i) { return "v" + std::to_string(i); };
    const Parameters one{{"group", "onward"}, {"need", 1}};
    for (int i = 0; i < network.nodes; ++i) d.node(place(i), "service", {{"instances", 1}, {"availability", 1}});
    d.line("c", place(network.source));
    for (std::size_t e = 0; e < network.edges.size(); ++e) {
        const auto [from, to] = network.edges[e];
        const std::string line = "e" + std::to_string(e);
        d.node(line, "service", {{"instances", 1}, {"availability", p}});
        if (from != network.sink) d.line(place(from), line, one);
        d.line(line, place(to), one);
        if (network.directed) continue;
        if (to != network.sink) d.line(place(to), line, one);
        d.line(line, place(from), one);
    }
    return d;
}

}  // namespace

class TwoTerminal : public QObject {
    Q_OBJECT

private slots:
    void reliabilityOfKnownNetworks() {
        QFile file(QStringLiteral(LOADPATH_SOURCE_DIR "/tests/core/analysis/data/two_terminal.txt"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QTextStream in(&file);
        const auto networks = readNetworks(in);
        QCOMPARE(networks.size(), std::size_t{12});
        for (const Known& network : networks) {
            QCOMPARE(network.reliability.size(), std::size_t{4});
            for (const auto& [p, expected] : network.reliability) {
                AvailabilityOptions options;
                options.cutSetOrder = network.smallestCut > 0 ? network.smallestCut : 1;
                const FlowAvailability flow = analyseAvailability(graphOf(network, p), options).flows.at(0);
                QVERIFY2(flow.exact, qPrintable(network.name));
                QVERIFY2(
                    std::abs(flow.availability - expected) < 1e-12,
                    qPrintable(QString("%1 at %2: %3").arg(network.name).arg(p).arg(flow.availability, 0, 'g', 17)));
                const auto design = analyseAvailability(*drawn(network, p).snapshot(), options);
                QCOMPARE(design.flows.size(), std::size_t{1});
                QVERIFY2(
                    design.flows[0].exact && std::abs(design.flows[0].availability - expected) < 1e-12,
                    qPrintable(
                        QString("%1 drawn, at %2: %3").arg(network.name).arg(p).arg(design.flows[0].availability)));
                if (network.smallestCut == 0) continue;
                QCOMPARE(design.flows[0].cutSets.size(), std::size_t(network.smallestCuts));
                QCOMPARE(flow.cutSets.size(), std::size_t(network.smallestCuts));
                for (const auto& cut : flow.cutSets) QCOMPARE(cut.size(), std::size_t(network.smallestCut));
            }
        }
    }

    void perfectPlacesOfALargeGridKeepItExact() {
        // The value of the 8 x 8 grid from two orders of decision that share no state: forwards and turned around.
        const FlowAvailability there = analyseAvailability(graphOf(gridNetwork(8, 8), 0.9), {}).flows.at(0);
        Network turned = gridNetwork(8, 8);
        std::swap(turned.source, turned.sink);
        const FlowAvailability back = analyseAvailability(graphOf(turned, 0.9), {}).flows.at(0);
        QVERIFY(there.exact && back.exact);
        QVERIFY(std::abs(there.availability - back.availability) < 1e-12);
        AvailabilityOptions small;
        small.nodeBudget = 20'000;
        const FlowAvailability rough = analyseAvailability(graphOf(gridNetwork(8, 8), 0.9), small).flows.at(0);
        QVERIFY(!rough.exact);
        QVERIFY(rough.bounds.first <= there.availability && there.availability <= rough.bounds.second);
        QVERIFY(rough.bounds.second - rough.bounds.first < 0.01);
    }

    void perfectPlacesOfALargeGridAreListedAndKnownAsSinglePoints() {
        // Both corners, and one more place that every way passes: the bridge between two grids.
        Network network = gridNetwork(8, 8);
        const int places = network.nodes;
        const Network second = gridNetwork(8, 8);
        for (const auto& [from, to] : second.edges) network.edges.emplace_back(from + places, to + places);
        network.edges.emplace_back(network.sink, second.source + places);
        network.sink = second.sink + places;
        network.nodes += second.nodes;
        const auto snapshot = drawn(network, 0.9).snapshot();
        const FlowGraph& graph = snapshot->graph();
        for (const std::size_t budget : {2'000'000u, 20'000u}) {
            AvailabilityOptions options;
            options.nodeBudget = budget;
            const FlowAvailability flow = analyseAvailability(*snapshot, options).flows.at(0);
            QCOMPARE(flow.exact, budget > 20'000);
            QCOMPARE(flow.units.size(), graph.nodes.size() - 1);
            std::set<std::string> spofs;
            for (const int node : flow.spofNodes) spofs.insert(graph.nodes[std::size_t(node)].id.value);
            const std::string bridge = "e" + std::to_string(network.edges.size() - 1);
            const std::set<std::string> expected{"v0", "v63", "v64", "v127", bridge};
            QVERIFY2(spofs == expected, qPrintable(QString::number(spofs.size())));
            for (const UnitFigures& unit : flow.units)
                QCOMPARE(unit.impact >= 0.999, expected.contains(graph.nodes[std::size_t(unit.node)].id.value));
            if (!flow.exact) continue;
            // Without a bridge nothing works: it is worth all that works with it.
            for (const UnitFigures& unit : flow.units)
                if (unit.availability >= 1 && unit.impact > 0) QCOMPARE(unit.birnbaum.value_or(-1), flow.availability);
        }
    }

    void someOfMany_data() {
        QTest::addColumn<int>("need");
        QTest::addColumn<int>("of");
        QTest::addColumn<double>("each");
        QTest::addColumn<double>("expected");
        QFile file(QStringLiteral(LOADPATH_SOURCE_DIR "/tests/core/analysis/data/two_terminal.txt"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        static const QRegularExpression line("(\\d+)-of-(\\d+) p=(\\S+) R=(\\S+)");
        auto matches = line.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext()) {
            const auto m = matches.next();
            QTest::addRow("%s", qPrintable(m.captured(0))) << m.captured(1).toInt() << m.captured(2).toInt()
                                                           << m.captured(3).toDouble() << m.captured(4).toDouble();
        }
    }
    void someOfMany() {
        QFETCH(int, need);
        QFETCH(int, of);
        QFETCH(double, each);
        QFETCH(double, expected);
        GraphBuilder build;
        const int client = build.client();
        const int node = build.node("n", each, of, need);
        build.flow(client);
        build.call(client, node);
        const FlowAvailability flow = analyseAvailability(build.graph, {}).flows.at(0);
        QVERIFY(flow.exact);
        QVERIFY2(std::abs(flow.availability - expected) < 1e-12,
                 qPrintable(QString::number(flow.availability, 'g', 17)));
    }
};

QTEST_APPLESS_MAIN(TwoTerminal)
#include "two_terminal.moc"
