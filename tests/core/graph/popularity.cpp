// Popularity of keys and hit ratios against computed figures and plain sums.
#include "graph/popularity.h"

#include "support/draw.h"

#include <QTest>

#include <cmath>

using namespace loadpath;
using namespace loadpath::test;

class Popularity : public QObject {
    Q_OBJECT

private slots:
    void publishedFigures() {
        QVERIFY(std::abs(hitRatioOf(Eviction::fifo, 10'000, 0.8, 1000) - 0.39418) < 5e-6);
        QVERIFY(std::abs(hitRatioOf(Eviction::lru, 100'000, 0.9, 1000) - 0.34206) < 5e-6);
        QVERIFY(std::abs(hitRatioOf(Eviction::fifo, 100'000, 0.9, 1000) - 0.30628) < 5e-6);
        QVERIFY(std::abs(ttlHitRatio(10'000, 0.8, 1000, 60) - 0.87823) < 5e-6);
        QVERIFY(std::abs(topShare(1000, 1.1) - 0.17944) < 5e-6);
    }

    void sumsInClosedFormEqualPlainSums() {
        for (const double alpha : {0.0, 0.5, 0.9, 1.0, 1.0 + 1e-13, 1.2, 2.0})
            for (const double keys : {1.0, 2.0, 4096.0, 4097.0, 5000.0, 300'000.0}) {
                double sum = 0;
                for (double i = keys; i >= 1; --i) sum += std::pow(i, -alpha);
                QVERIFY2(std::abs(harmonic(keys, alpha) - sum) <= 1e-12 * sum,
                         qPrintable(QString("%1 %2").arg(alpha).arg(keys)));
            }
        // π²/6 in the limit; a trillion keys cost no more than a thousand.
        QVERIFY(std::abs(harmonic(1e12, 2) - M_PI * M_PI / 6) < 1e-11);
    }

    void bucketsStandForSingleKeys() {
        const double keys = 60'000, alpha = 0.9, capacity = 5000, total = harmonic(keys, alpha);
        double low = capacity, high = 1e9;  // the characteristic time by bisection over every key
        const auto held = [&](double time) {
            double sum = 0;
            for (double i = 1; i <= keys; ++i) sum += -std::expm1(-std::pow(i, -alpha) / total * time);
            return sum;
        };
        for (int i = 0; i < 60; ++i) (held((low + high) / 2) < capacity ? low : high) = (low + high) / 2;
        double hits = 0;
        for (double i = 1; i <= keys; ++i) {
            const double q = std::pow(i, -alpha) / total;
            hits += q * -std::expm1(-q * low);
        }
        QVERIFY(std::abs(hitRatioOf(Eviction::lru, keys, alpha, capacity) - hits) < 1e-6);
    }

    void endsOfTheRange() {
        QCOMPARE(hitRatioOf(Eviction::lru, 100, 1, 100), 1.0);
        QCOMPARE(hitRatioOf(Eviction::lru, 100, 1, 0), 0.0);
        QCOMPARE(topShare(0, 1), 1.0);
        QCOMPARE(topShare(100, 0, 25), 0.25);
        QCOMPARE(topShare(100, 1, 0), 0.0);
        QCOMPARE(ttlHitRatio(100, 1, 0, 60), 0.0);
        QVERIFY(std::abs(hitRatioOf(Eviction::lru, 1000, 0, 500) - 0.5) < 1e-12);  // all keys alike
    }

    void aDesignMayAskForTheRatioToBeWorkedOut() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 1000}, {"key_space", 10'000}, {"zipf_alpha", 0.8}});
        d.node("s", "service").node("r", "redis", {{"hit_model", "real"}, {"capacity_items", 1000}});
        d.node("given", "redis", {{"hit_ratio", 0.5}, {"capacity_items", 1000}}).line("c", "s").line("s", "r");
        const auto snapshot = d.snapshot();
        const FlowGraph& graph = snapshot->graph();
        QVERIFY(std::abs(graph.nodes[2].hitRatio - 0.43666) < 5e-6);
        QCOMPARE(graph.nodes[3].hitRatio, 0.5);
    }
};

QTEST_APPLESS_MAIN(Popularity)
#include "popularity.moc"
