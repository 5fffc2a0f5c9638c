// The engine against every state of thousands of small random graphs.
#include "analysis/availability.h"
#include "enumeration.h"
#include "support/graph_builder.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace loadpath;
using namespace loadpath::test;

namespace {

int wideBounds = 0;  // how often bounds were not tight: the test would prove little without
int unknownWorth = 0, smallDiagrams = 0;

struct Shape {
    int nodes = 4, domains = 2, coins = 1;
    bool cycles = false, standbys = false, topics = false;
    bool reach = false;   // alternatives alone: connectedness
    bool stores = false;  // partitions on shared units, and calls that need them all
};

class Maker {
public:
    Maker(unsigned seed, Shape shape) : m_random(seed), m_shape(shape) {}

    FlowGraph make() {
        for (int d = 0; d < m_shape.domains; ++d) {
            m_build.domain("z" + std::to_string(d), probability(), d > 0 && below(3) == 0 ? below(d) : -1);
            if (below(6) == 0) m_build.graph.domains.back().hasVariable = false;
        }
        const int client = m_build.client();
        std::vector<int> nodes{client};
        int units = 0;
        for (int i = 0; i < m_shape.nodes; ++i) {
            const int count = units < 9 ? 1 + below(3) : 1;
            units += count;
            std::vector<int> zones;
            for (int z = 0; z < m_shape.domains; ++z)
                if (below(3) != 0) zones.push_back(z);
            nodes.push_back(m_build.node("n" + std::to_string(i), probability(), count, 1 + below(count), zones));
            Node& node = m_build.graph.nodes.back();
            node.serving[1].need = 1 + below(count);
            if (m_shape.topics) node.serving[1].units = std::max(node.serving[1].need, 1 + below(count));
            if (m_shape.stores && below(3) != 0) {
                partition(node);
                units += node.units - count;
            }
            if (below(5) == 0) {
                node.managed = true;
                node.zonal = below(2) == 0;
                for (Serving& s : node.serving) s = {1, 1};
            }
        }
        for (int c = 0; c < m_shape.coins; ++c)
            m_build.coin("c" + std::to_string(c), probability(),
                         below(3) == 0 ? nodes[std::size_t(1 + below(m_shape.nodes))] : -1);
        m_build.flow(client);
        for (std::size_t from = 0; from < nodes.size(); ++from) {
            const int calls = from == 0 ? 1 + below(3) : below(4);
            std::vector<int> grouped;
            for (int i = 0; i < calls; ++i) {
                const std::size_t to = m_shape.cycles
                                           ? 1 + std::size_t(below(m_shape.nodes))
                                           : from + 1 + std::size_t(below(std::max(1, int(nodes.size() - from) - 1)));
                if (to >= nodes.size()) continue;
                if (m_shape.reach || below(3) == 0) {
                    grouped.push_back(nodes[to]);
                    continue;
                }
                decorate(m_build.call(nodes[from], nodes[to]));
            }
            if (grouped.empty()) continue;
            const std::size_t before = m_build.graph.flows[0].visits[from].calls.size();
            m_build.alternatives(nodes[from], grouped, m_shape.reach ? 1 : 1 + below(int(grouped.size())));
            auto& made = m_build.graph.flows[0].visits[from].calls;
            for (std::size_t i = before; i < made.size(); ++i) decorate(made[i]);
        }
        if (m_shape.standbys) {
            const int primary = nodes[std::size_t(1 + below(m_shape.nodes))];
            for (int i = 0; i < 1 + below(2); ++i) {
                const int other = nodes[std::size_t(1 + below(m_shape.nodes))];
                if (other != primary)
                    m_build.graph.nodes[std::size_t(primary)].standbys.push_back({other, 5, m_window});
            }
        }
        return m_build.graph;
    }

private:
    void partition(Node& node) {
        const bool isRing = below(3) != 0;
        node.layout = isRing ? Node::Layout::ring : Node::Layout::shards;
        node.units = isRing ? 2 + below(4) : 2 * (1 + below(2));
        node.instances = node.units;
        node.copies = isRing ? 1 + below(node.units) : 1 + below(2);
        node.ringPartitions = below(3) == 0 ? 1 + below(node.units) : node.units;
        for (Serving& s : node.serving) s = {node.copies, 1 + below(node.copies)};
    }
    void decorate(Call& call) {
        if (m_shape.stores && below(2) == 0) call.scatter = true;
        if (below(3) == 0) call.purpose = Purpose::write;
        if (below(8) == 0) call.optional = true;
        if (below(10) == 0) call.inPhi = false;
        if (below(8) == 0) call.kind = Call::Kind::lookup;
        if (below(3) == 0 && m_shape.coins > 0) {
            call.coin = below(m_shape.coins);
            call.missOf = m_build.graph.coins[std::size_t(call.coin)].missOf;
        }
    }
    int below(int n) { return int(m_random() % unsigned(n)); }
    double probability() { return below(12) == 0 ? 1.0 : 0.05 + 0.9 * double(m_random() % 1000) / 1000; }

    std::mt19937 m_random;
    Shape m_shape;
    GraphBuilder m_build;
    double m_window = 0.25;
};

/// Out of room, the result is a pair of bounds, and still true.
void compareBounds(const FlowGraph& graph, const Enumeration& all, AvailabilityOptions options) {
    const double expected = all.probability();
    for (const std::size_t budget : {3u, 6u, 10u}) {
        options.nodeBudget = budget;
        const FlowAvailability flow = analyseAvailability(graph, options).flows.at(0);
        QVERIFY2(flow.bounds.first <= expected + 1e-12 && expected <= flow.bounds.second + 1e-12,
                 qPrintable(QString("%1..%2 for %3").arg(flow.bounds.first).arg(flow.bounds.second).arg(expected)));
        if (flow.bounds.second - flow.bounds.first > 1e-9) ++wideBounds;
    }
}

/// However little of the diagram there is room for, every unit is listed, and what its loss alone does is known.
void compareLosses(const FlowGraph& graph, const Enumeration& all, AvailabilityOptions options) {
    const double usual = all.allUpBut(-1);
    std::set<std::string> listed;
    const FlowAvailability roomy = analyseAvailability(graph, options).flows.at(0);
    for (const UnitFigures& unit : roomy.units) listed.insert(unit.unit);
    for (const std::size_t budget : {4u, 8u, 12u, 20u, 40u}) {
        options.nodeBudget = budget;
        const FlowAvailability flow = analyseAvailability(graph, options).flows.at(0);
        QCOMPARE(flow.units.size(), listed.size());
        std::set<int> expectedSpofs, spofs(flow.spofNodes.begin(), flow.spofNodes.end());
        for (const UnitFigures& unit : flow.units) {
            QVERIFY2(listed.contains(unit.unit), unit.unit.c_str());
            const int variable = all.indexOf(unit.unit);
            const double impact = usual - all.allUpBut(variable);
            QVERIFY2(std::abs(unit.impact - impact) < 1e-12, qPrintable(QString("%1: impact %2 for %3, budget %4")
                                                                            .arg(unit.unit.c_str())
                                                                            .arg(unit.impact)
                                                                            .arg(impact)
                                                                            .arg(budget)));
            if (impact >= 0.999 && unit.node >= 0 && !unit.managed && !unit.window) expectedSpofs.insert(unit.node);
            if (!unit.birnbaum) ++unknownWorth;
            if (!unit.birnbaum || !flow.exact) continue;
            const double birnbaum = all.probability(variable, true) - all.probability(variable, false);
            QVERIFY2(std::abs(*unit.birnbaum - birnbaum) < 1e-12, unit.unit.c_str());
            if (unit.availability >= 1 && birnbaum > 0) ++smallDiagrams;
        }
        QVERIFY(spofs == expectedSpofs);
    }
}

void compare(const FlowGraph& graph, const Enumeration& all, const AvailabilityOptions& options) {
    const AvailabilityReport report = analyseAvailability(graph, options);
    QCOMPARE(report.flows.size(), std::size_t{1});
    const FlowAvailability& flow = report.flows[0];
    QVERIFY(flow.exact);
    QVERIFY2(std::abs(flow.availability - all.probability()) < 1e-12,
             qPrintable(QString::number(flow.availability, 'g', 17) + " for " +
                        QString::number(all.probability(), 'g', 17)));
    QVERIFY(std::abs(flow.strict - all.probability(-1, true, true)) < 1e-12);
    const double usual = all.allUpBut(-1);
    for (const UnitFigures& unit : flow.units) {
        const int variable = all.indexOf(unit.unit);
        QVERIFY2(variable >= 0, unit.unit.c_str());
        const double birnbaum = all.probability(variable, true) - all.probability(variable, false);
        QVERIFY2(unit.birnbaum && std::abs(*unit.birnbaum - birnbaum) < 1e-12,
                 qPrintable(QString("%1: %2 for %3").arg(unit.unit.c_str()).arg(*unit.birnbaum).arg(birnbaum)));
        const double impact = usual - all.allUpBut(variable);
        QVERIFY2(std::abs(unit.impact - impact) < 1e-12,
                 qPrintable(QString("%1: %2 for %3").arg(unit.unit.c_str()).arg(unit.impact).arg(impact)));
    }
    std::set<std::set<std::string>> cuts;
    for (const auto& cut : flow.cutSets) {
        const std::set<std::string> names(cut.begin(), cut.end());
        QCOMPARE(names.size(), cut.size());
        QVERIFY(cuts.insert(names).second);
    }
    const auto expected = all.cutSets(options.cutSetOrder);
    QVERIFY2(cuts == expected, qPrintable(QString("%1 cut sets for %2").arg(cuts.size()).arg(expected.size())));
}

}  // namespace

class RandomGraphs : public QObject {
    Q_OBJECT

private slots:
    void cleanupTestCase() {
        QVERIFY2(wideBounds > 100, qPrintable(QString::number(wideBounds)));
        QVERIFY2(unknownWorth > 20 && smallDiagrams > 20,
                 qPrintable(QString("%1 and %2").arg(unknownWorth).arg(smallDiagrams)));
    }
    void everyFigureIsThatOfTheEnumeration_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("count");
        QTest::newRow("trees and shared parts") << 0 << 400;
        QTest::newRow("cycles") << 1 << 400;
        QTest::newRow("standbys") << 2 << 300;
        QTest::newRow("questions about different units") << 3 << 300;
        QTest::newRow("many zones") << 4 << 200;
        QTest::newRow("connectedness") << 5 << 400;
        QTest::newRow("partitions") << 6 << 500;
        QTest::newRow("partitions, standbys, cycles, zones") << 7 << 500;
        QTest::newRow("partitions behind alternatives") << 8 << 400;
    }
    void everyFigureIsThatOfTheEnumeration() {
        QFETCH(int, kind);
        QFETCH(int, count);
        Shape shape;
        if (kind == 1) shape = {5, 1, 2, true, false, false};
        if (kind == 2) shape = {4, 1, 1, true, true, false};
        if (kind == 3) shape = {4, 2, 1, false, false, true};
        if (kind == 4) shape = {3, 4, 1, true, true, true};
        if (kind == 5) shape = {6, 1, 1, true, true, true, true};
        if (kind == 6) shape = {3, 1, 1, false, false, false, false, true};
        if (kind == 7) shape = {2, 3, 1, true, true, true, false, true};
        if (kind == 8) shape = {4, 1, 1, true, true, false, true, true};
        int checked = 0;
        for (unsigned seed = 1; checked < count; ++seed) {
            const FlowGraph graph = Maker(seed + unsigned(kind) * 100'000, shape).make();
            if (Enumeration::countOf(graph) > 12) continue;
            ++checked;
            const Enumeration all(graph, 0);
            for (const auto zones : {ZonesInDiagram::never, ZonesInDiagram::always}) {
                AvailabilityOptions options;
                options.cutSetOrder = 3;
                options.zonesInDiagram = zones;
                compare(graph, all, options);
                compareBounds(graph, all, options);
                compareLosses(graph, all, options);
                if (QTest::currentTestFailed()) {
                    qWarning("graph %u, zones in the diagram: %d", seed, int(zones));
                    return;
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(RandomGraphs)
#include "random_graphs.moc"
