// Availability of stores: partitions on shared units, calls that need them all, failover, k of n. Closed
// forms, published formulas and states counted by hand.
#include "analysis/availability.h"
#include "support/draw.h"

#include <QTest>

#include <cmath>

using namespace loadpath;
using namespace loadpath::test;

namespace {

bool same(double a, double b, double by = 1e-12) { return std::abs(a - b) <= by; }

double choose(int n, int k) {
    double result = 1;
    for (int i = 1; i <= k; ++i) result = result * (n - k + i) / i;
    return result;
}

/// A client whose reads go through a perfect service to one store.
Drawing readsOf(const char* type, Parameters properties, Parameters call = {}, std::vector<std::string> zones = {}) {
    Drawing d;
    d.zone("z0", 0.99).zone("z1", 0.98).zone("z2", 0.97);
    d.node("c", "client", {{"rate_rps", 10}, {"read_share", 1}}).node("s", "service", {{"availability", 1}});
    d.node("db", type, std::move(properties), std::move(zones)).line("c", "s").line("s", "db", std::move(call));
    return d;
}

FlowAvailability flowOf(const Drawing& d) { return analyseAvailability(*d.snapshot()).flows.at(0); }

/// Six units in turn in three zones, three copies of each of six partitions, two of them needed.
double allOfSixInThreeZones(double a) {
    const double zone[] = {0.99, 0.98, 0.97};
    double sum = 0;
    for (int zones = 0; zones < 8; ++zones)
        for (int units = 0; units < 64; ++units) {
            double weight = 1;
            for (int z = 0; z < 3; ++z) weight *= zones >> z & 1 ? zone[z] : 1 - zone[z];
            for (int u = 0; u < 6; ++u) weight *= units >> u & 1 ? a : 1 - a;
            bool serves = true;
            for (int j = 0; j < 6; ++j) {
                int up = 0;
                for (int i = j; i < j + 3; ++i) up += (units >> i % 6 & 1) && (zones >> i % 3 & 1);
                serves = serves && up >= 2;
            }
            if (serves) sum += weight;
        }
    return sum;
}

const PartitionAvailability* partitionsOf(const AvailabilityReport& report, Purpose purpose) {
    for (const PartitionAvailability& p : report.partitions)
        if (p.purpose == purpose) return &p;
    return nullptr;
}

}  // namespace

class StoresAvailability : public QObject {
    Q_OBJECT

private slots:
    void neighboursThatFailTogetherStopAScatteredRead() {
        // Circular and linear consecutive-2-out-of-n:F systems (Derman, Lieberman and Ross 1982).
        for (const int n : {4, 7, 20, 60, 150}) {
            const double p = 0.9, q = 0.1;
            double circle = 0, line = 0;
            for (int j = 0; 2 * j <= n; ++j)
                circle += double(n) / (n - j) * choose(n - j, j) * std::pow(p, n - j) * std::pow(q, j);
            for (int j = 0; 2 * j <= n + 1; ++j) line += choose(n - j + 1, j) * std::pow(p, n - j) * std::pow(q, j);
            for (const bool isCircle : {true, false}) {
                const Parameters shape{
                    {"instances", n}, {"primary_shards", isCircle ? n : n - 1}, {"replicas", 1}, {"availability", p}};
                const Drawing d = readsOf("elasticsearch", shape, {{"scatter", true}});
                const AvailabilityReport report = analyseAvailability(*d.snapshot());
                const double expected = isCircle ? circle : line;
                QVERIFY(report.flows.at(0).exact);
                QVERIFY2(same(report.flows[0].availability, expected),
                         qPrintable(QString("%1: %2 for %3").arg(n).arg(report.flows[0].availability).arg(expected)));
                const PartitionAvailability* stored = partitionsOf(report, Purpose::read);
                QVERIFY(stored && stored->exact);
                QVERIFY(same(stored->all, expected) && same(stored->one, 1 - q * q));
                QCOMPARE(stored->partitions, isCircle ? n : n - 1);
                // Every pair of neighbours is a cut, and nothing else of two is.
                QCOMPARE(report.flows[0].cutSets.size(), std::size_t(isCircle ? n : n - 1));
            }
            QVERIFY(same(
                flowOf(readsOf("elasticsearch", {{"instances", n}, {"replicas", 1}, {"availability", p}})).availability,
                1 - q * q));
        }
    }

    void zonesStopPartitionsTogether() {
        const Parameters six{{"instances", 6}, {"availability", 0.95}};
        const Drawing d = readsOf("cassandra", six, {{"scatter", true}}, {"z0", "z1", "z2"});
        const double expected = allOfSixInThreeZones(0.95);
        for (const auto zones : {ZonesInDiagram::never, ZonesInDiagram::always}) {
            AvailabilityOptions options;
            options.zonesInDiagram = zones;
            const AvailabilityReport report = analyseAvailability(*d.snapshot(), options);
            QVERIFY(same(report.flows.at(0).availability, expected));
            QVERIFY(same(partitionsOf(report, Purpose::read)->all, expected));
            QVERIFY(!partitionsOf(report, Purpose::write));  // asks for the same
        }
        const FlowAvailability flow = flowOf(d);
        QVERIFY2(flow.formula.find("db₍all partitions₎") != std::string::npos, flow.formula.c_str());
        bool isTold = false;
        for (const DerivationStep& step : flow.derivation.steps)
            isTold |= step.expression.starts_with("6 partitions, each with at least 2 of 3 on neighbouring units");
        QVERIFY(isTold);
    }

    void readsAndWritesOfDifferentLevelsAreTold() {
        const Drawing d = readsOf("cassandra", {{"instances", 5}, {"read_cl", "one"}, {"availability", 0.9}});
        const AvailabilityReport report = analyseAvailability(*d.snapshot());
        QCOMPARE(report.partitions.size(), std::size_t{2});
        QVERIFY(partitionsOf(report, Purpose::read)->all > partitionsOf(report, Purpose::write)->all);
        QVERIFY(analyseAvailability(*readsOf("cassandra", {}).snapshot()).partitions.empty());
    }

    void whatIsTooLargeIsBounded() {
        const Parameters shape{{"instances", 12}, {"rf", 5}, {"availability", 0.8}};
        const auto snapshot = readsOf("cassandra", shape, {{"scatter", true}}, {"z0", "z1", "z2"}).snapshot();
        const AvailabilityReport exact = analyseAvailability(*snapshot);
        const double all = partitionsOf(exact, Purpose::read)->all;
        QVERIFY(exact.flows.at(0).exact && same(exact.flows[0].availability, all));
        int bounded = 0;
        for (const std::size_t budget : {10u, 100u, 160u, 200u, 300u}) {
            AvailabilityOptions options;
            options.nodeBudget = budget;
            const AvailabilityReport rough = analyseAvailability(*snapshot, options);
            const PartitionAvailability& stored = *partitionsOf(rough, Purpose::read);
            bounded += !stored.exact;
            QVERIFY(stored.bounds.first <= all && all <= stored.bounds.second);
            QCOMPARE(stored.all, stored.bounds.first);
            QVERIFY(rough.flows[0].bounds.first <= all + 1e-12 && all <= rough.flows[0].bounds.second + 1e-12);
        }
        QVERIFY(bounded > 0);
        // Thirty copies of everything cannot be counted, and neither hang nor lie.
        const Parameters wide{{"instances", 80}, {"rf", 30}, {"availability", 0.9}};
        const AvailabilityReport huge =
            analyseAvailability(*readsOf("cassandra", wide, {{"scatter", true}}).snapshot());
        const PartitionAvailability& stored = *partitionsOf(huge, Purpose::read);
        QVERIFY(stored.bounds.first > 0.9 && stored.bounds.second <= 1 && stored.bounds.first <= stored.one);
        QVERIFY(huge.flows[0].bounds.first <= huge.flows[0].bounds.second);
    }

    void aTakeoverExplainedByItselfIsTheSame() {
        Drawing d =
            readsOf("postgres", {{"availability", 0.995}, {"failover", "auto"}, {"failover_s", 90}, {"mttr_s", 3600}});
        d.node("other", "postgres_replica", {{"availability", 0.995}}).line("db", "other", {}, Mode::standby);
        const auto snapshot = d.snapshot();
        const Derivation alone = explainUnit(snapshot->graph(), snapshot->graph().node({"db"}));
        QVERIFY2(same(QString::fromStdString(alone.result).toDouble(), flowOf(d).availability, 1e-7),
                 alone.result.c_str());
        QVERIFY(alone.steps.size() >= 3);
    }

    void aStandbyInTheZoneOfItsPrimaryHelpsLess() {
        Drawing d = readsOf("postgres", {{"availability", 0.9}, {"failover", "auto"}, {"failover_s", 0}}, {}, {"z0"});
        d.node("other", "postgres_replica", {{"availability", 0.8}}, {"z0"}).line("db", "other", {}, Mode::standby);
        const auto snapshot = d.snapshot();
        const double expected = 0.99 * (1 - 0.1 * 0.2);
        QVERIFY(same(flowOf(d).availability, expected));
        const Derivation alone = explainUnit(snapshot->graph(), snapshot->graph().node({"db"}));
        QVERIFY2(same(QString::fromStdString(alone.result).toDouble(), expected, 1e-5), alone.result.c_str());
    }

    void oneMoreCopyOfATopicIsWhatHelps() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 10}, {"read_share", 0}}).node("s", "service", {{"availability", 1}});
        const Value::Object topic{{"name", "orders"}, {"rf", 3}, {"min_isr", 2}};
        d.node("k", "kafka", {{"instances", 5}, {"availability", 0.9}, {"topics", Value(Value::List{Value(topic)})}});
        d.line("c", "s").line("s", "k", {}, Mode::publish);
        const auto snapshot = d.snapshot();
        const Improvement* found = nullptr;
        const auto all = improvementsOf(*snapshot, 0);
        for (const Improvement& i : all)
            if (i.kind == Improvement::Kind::replica && i.node == 2) found = &i;
        QVERIFY(found);
        QVERIFY2(found->change == "4 copies of each topic instead of 3", found->change.c_str());
        QVERIFY(same(found->availability, 1 - std::pow(0.1, 4) - 4 * 0.9 * std::pow(0.1, 3)));
    }
};

QTEST_APPLESS_MAIN(StoresAvailability)
#include "stores_availability.moc"
