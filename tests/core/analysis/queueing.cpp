// Queueing formulas against independently computed figures and known limits.
#include "analysis/capacity.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace loadpath;

namespace {
bool near(double value, double expected, double relative = 1e-9) {
    return std::abs(value - expected) <= relative * std::max(1.0, std::abs(expected));
}
}  // namespace

class Queueing : public QObject {
    Q_OBJECT

private slots:
    void aBoundedQueueIsABirthAndDeathChain() {
        // The same figures from the balance equations of the chain, state by state.
        std::mt19937 random(7);
        const auto between = [&random](double low, double high) {
            return low + (high - low) * static_cast<double>(random()) / static_cast<double>(random.max());
        };
        for (int round = 0; round < 2000; ++round) {
            const int c = 1 + static_cast<int>(between(0, 30)), waiting = static_cast<int>(between(0, 200));
            const double load = c * (round % 10 == 0 ? 1.0 : between(0.05, 3)), service = between(0.1, 50);
            std::vector<double> weight{1};
            for (int n = 1; n <= c + waiting; ++n) {
                weight.push_back(weight.back() * load / std::min(n, c));
                if (weight.back() > 1e200)
                    for (double& w : weight) w *= 1e-200;
            }
            double total = 0, inside = 0;
            for (const double w : weight) total += w;
            for (std::size_t n = 0; n < weight.size(); ++n) inside += static_cast<double>(n) * weight[n] / total;
            const FiniteQueue queue = finiteQueue(c, waiting, load / service, service);
            QVERIFY(near(queue.blocked, weight.back() / total, 1e-10));
            QVERIFY(near(queue.inSystem, inside, 1e-10));
            QVERIFY(near(queue.throughput * queue.response, queue.inSystem, 1e-12));
        }
    }

    void boundsOfABoundedQueue() {
        // No room to wait: Erlang's loss. Very much room: the queue without bound.
        QVERIFY(near(finiteQueue(20, 0, 2, 9).blocked, erlangB(20, 18)));
        QVERIFY(near(finiteQueue(20, 0, 2, 9).wait, 0));
        QVERIFY(near(finiteQueue(20, 2e9, 2, 9).wait, meanWait(20, 2, 9)));
        QVERIFY(near(finiteQueue(1, 2e9, 2, 1).blocked, 0.5));
        QVERIFY(near(finiteQueue(1, 999'999, 1, 1).blocked, 1e-6 * 1e6 / 1'000'001));  // ρ = 1: all states alike
        QCOMPARE(finiteQueue(4, 10, 0, 3).response, 3.0);
        const FiniteQueue flooded = finiteQueue(2, 8, std::numeric_limits<double>::infinity(), 4);
        QCOMPARE(flooded.blocked, 1.0);
        QCOMPARE(flooded.throughput, 0.5);
        QCOMPARE(flooded.inSystem, 10.0);
        QCOMPARE(flooded.wait, 16.0);
    }

    void publishedTableOfErlang() {
        // Offered load at which a group of trunks blocks 1 %: the classical table.
        struct Row {
            int trunks;
            double erlang, rounding;
        };
        for (const Row& row : {Row{1, 0.0101, 5e-5}, Row{2, 0.153, 5e-4}, Row{5, 1.36, 5e-3}, Row{10, 4.46, 5e-3},
                               Row{20, 12.0, 5e-2}, Row{30, 20.3, 5e-2}, Row{50, 37.9, 5e-2}, Row{100, 84.1, 5e-2}}) {
            QVERIFY(erlangB(row.trunks, row.erlang - row.rounding) < 0.01);
            QVERIFY(erlangB(row.trunks, row.erlang + row.rounding) > 0.01);
        }
    }

    void attemptsOfRetries() {
        QCOMPARE(meanAttempts(1, 4), 4.0);
        QCOMPARE(meanAttempts(0, 4), 1.0);
        QCOMPARE(meanAttempts(0.5, 0), 0.0);
        double sum = 0;
        for (int attempt = 0; attempt < 7; ++attempt) sum += std::pow(0.3, attempt);
        QVERIFY(near(meanAttempts(0.3, 7), sum));
    }

    void nothingArrivesNothingWaits() {
        QCOMPARE(meanWait(4, 0, 10), 0.0);
        QCOMPARE(erlangB(4, 0), 0.0);
        QCOMPARE(erlangC(4, 0), 0.0);
    }

    void fullServersWaitWithoutEnd() {
        QVERIFY(std::isinf(meanWait(4, 0.4, 10)));
        QVERIFY(std::isinf(meanWait(4, 5, 10)));
        QCOMPARE(erlangC(4, 4), 1.0);
    }

    void manyServersStayFinite() {
        // Halfin–Whitt: with c = a + β√a the probability of waiting tends to 1/(1 + √(2π) β Φ(β) e^(β²/2)).
        const int c = 100'000;
        const double beta = 1, load = c - beta * std::sqrt(double(c));
        const double normal = 0.5 * std::erfc(-beta / std::sqrt(2.0));
        const double limit = 1 / (1 + std::sqrt(2 * M_PI) * beta * normal * std::exp(beta * beta / 2));
        QVERIFY(std::abs(erlangC(c, load) - limit) < 2e-3);
        QVERIFY(erlangB(c, load) > 0);
        QVERIFY(erlangB(c, 10) >= 0);
        QCOMPARE(erlangC(c, 10), 0.0);
    }
};

QTEST_APPLESS_MAIN(Queueing)
#include "queueing.moc"
