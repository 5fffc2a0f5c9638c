// The parts the simulator stands on: order of events, random streams and samplers, histogram.
#include "sim/event_queue.h"
#include "sim/histogram.h"
#include "sim/pool.h"
#include "sim/random.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>

using namespace loadpath::sim;

namespace {

struct Moments {
    double mean = 0, variance = 0;
};

template <class Draw>
Moments moments(Draw draw, int n = 400'000) {
    double sum = 0, squares = 0;
    for (int i = 0; i < n; ++i) {
        const double x = draw();
        sum += x;
        squares += x * x;
    }
    const double mean = sum / n;
    return {mean, squares / n - mean * mean};
}

bool near(double measured, double expected, double relative) {
    return std::abs(measured - expected) <= relative * std::abs(expected);
}

struct Item {
    Ref self;
    std::uint32_t next = none;
    bool inUse = false;
    int value = 0;
};

}  // namespace

class Kernel : public QObject {
    Q_OBJECT

private slots:
    void heapGivesEventsInOrder() {
        Stream draw(1);
        HeapQueue heap;
        std::vector<std::pair<Time, std::uint64_t>> reference, taken;
        std::uint64_t sequence = 0;
        Time now = 0;
        for (int step = 0; step < 200'000; ++step) {
            // Grows to thousands, then drains; many events fall on the same instant.
            const bool grows = step < 100'000 ? draw.chance(0.52) : draw.chance(0.45);
            if (grows || heap.empty()) {
                const Time time = now + static_cast<Time>(draw.below(50));
                heap.push({time, sequence, 0});
                reference.emplace_back(time, sequence++);
            } else {
                QCOMPARE(heap.top().time, heap.top().time);
                const Event event = heap.pop();
                QVERIFY(event.time >= now);
                now = event.time;
                taken.emplace_back(event.time, event.order);
            }
        }
        while (!heap.empty()) {
            const Event event = heap.pop();
            taken.emplace_back(event.time, event.order);
        }
        QCOMPARE(taken.size(), reference.size());
        // No event may be overtaken by one that was there already: check against a stable sort of what is
        // pending, replayed.
        Stream again(1);
        std::map<std::pair<Time, std::uint64_t>, int> pending;
        std::size_t in = 0, out = 0;
        for (int step = 0; step < 200'000; ++step) {
            const bool grows = step < 100'000 ? again.chance(0.52) : again.chance(0.45);
            if (grows || pending.empty()) {
                again.below(50);
                pending[reference[in++]] = 1;
            } else {
                QVERIFY(pending.begin()->first == taken[out++]);
                pending.erase(pending.begin());
            }
        }
        for (; !pending.empty(); pending.erase(pending.begin())) QVERIFY(pending.begin()->first == taken[out++]);
    }

    void laneKeepsItsOrderWhileItGrows() {
        Lane lane;
        std::uint64_t in = 0, out = 0;
        Stream draw(3);
        for (int step = 0; step < 10'000; ++step) {
            if (draw.chance(0.6) || lane.empty()) {
                lane.push({static_cast<Time>(in), in, 0});
                ++in;
            } else {
                QCOMPARE(lane.front().order, out++);
                lane.pop();
            }
        }
        QCOMPARE(lane.size(), static_cast<std::size_t>(in - out));
        QCOMPARE(lane.back().order, in - 1);
    }

    void freedRecordIsTakenAgainUnderANewName() {
        Pool<Item> pool;
        Item& first = pool.take();
        first.value = 7;
        const Ref ref = first.self;
        QVERIFY(pool.find(ref) == &first);
        pool.release(first);
        QVERIFY(!pool.holds(ref));
        QVERIFY(&pool.take() == &first);
        QCOMPARE(first.value, 0);
        QVERIFY(!pool.holds(ref));
        QCOMPARE(pool.used(), 1u);
        QCOMPARE(pool.size(), 1u);
    }

    void recordsStayWhereTheyAre() {
        Pool<Item> pool;
        std::vector<Item*> taken;
        for (int i = 0; i < 5000; ++i) {
            taken.push_back(&pool.take());
            taken.back()->value = i;
        }
        for (int i = 0; i < 5000; ++i) {
            const Item& item = *taken[static_cast<std::size_t>(i)];
            QCOMPARE(item.value, i);
            QVERIFY(&pool[item.self.index] == &item);
        }
        QCOMPARE(pool.used(), 5000u);
    }

    void logarithmAndExponential() {
        Stream draw(5);
        for (int i = 0; i < 200'000; ++i) {
            const double u = draw.positive();
            QVERIFY(std::abs(naturalLog(u) - std::log(u)) <= 4e-16 * std::max(1.0, std::abs(std::log(u))));
            const double x = (draw.uniform() - 0.5) * 200;
            QVERIFY(near(exponentialOf(x), std::exp(x), 1e-14));
        }
        QCOMPARE(naturalLog(1.0), 0.0);
        QVERIFY(near(naturalLog(0x1p-53), std::log(0x1p-53), 1e-15));
    }

    void uniformsAreUniform() {
        Stream draw(streamKey(1, "a", "service"));
        std::vector<int> cells(100);
        constexpr int n = 1'000'000;
        for (int i = 0; i < n; ++i) ++cells[static_cast<std::size_t>(draw.uniform() * 100)];
        double chi = 0;
        for (const int count : cells) chi += (count - n / 100.0) * (count - n / 100.0) / (n / 100.0);
        QVERIFY2(chi > 60 && chi < 149, qPrintable(QString::number(chi)));  // 99 degrees of freedom, 0.1 % each side
        std::vector<int> dice(6);
        for (int i = 0; i < 600'000; ++i) ++dice[draw.below(6)];
        for (const int count : dice) QVERIFY(std::abs(count - 100'000) < 1200);
    }

    void streamsAreIndependent() {
        // Neighbouring seeds, names and purposes: no correlation beyond chance.
        const std::vector<std::pair<std::uint64_t, std::uint64_t>> pairs{
            {streamKey(1, "a", "service"), streamKey(2, "a", "service")},
            {streamKey(1, "a", "service"), streamKey(1, "b", "service")},
            {streamKey(1, "a", "service"), streamKey(1, "a", "errors")},
            {streamKey(0, "", ""), streamKey(1, "", "")}};
        for (const auto& pair : pairs) {
            Stream x(pair.first), y(pair.second);
            double sum = 0;
            constexpr int n = 200'000;
            for (int i = 0; i < n; ++i) sum += (x.uniform() - 0.5) * (y.uniform() - 0.5);
            const double correlation = sum / n * 12;
            QVERIFY2(std::abs(correlation) < 4 / std::sqrt(double(n)), qPrintable(QString::number(correlation)));
        }
        // One stream's successive values neither.
        Stream z(9);
        double sum = 0, last = z.uniform();
        for (int i = 0; i < 200'000; ++i) {
            const double next = z.uniform();
            sum += (last - 0.5) * (next - 0.5);
            last = next;
        }
        QVERIFY(std::abs(sum / 200'000 * 12) < 4 / std::sqrt(200'000.0));
    }

    void samplersHaveTheirMoments() {
        Stream draw(11);
        const Moments exponential = moments([&] { return draw.exponential(); });
        QVERIFY(near(exponential.mean, 1, 0.006) && near(exponential.variance, 1, 0.02));
        const Moments erlang = moments([&] { return draw.erlang(4); });
        QVERIFY(near(erlang.mean, 1, 0.004) && near(erlang.variance, 0.25, 0.02));
        const Moments many = moments([&] { return draw.erlang(40); }, 50'000);
        QVERIFY(near(many.mean, 1, 0.004) && near(many.variance, 1.0 / 40, 0.03));
        const Moments normal = moments([&] { return draw.normal(); });
        QVERIFY(std::abs(normal.mean) < 0.006 && near(normal.variance, 1, 0.02));
        const Moments lognormal = moments([&] { return draw.lognormal(0.5); });
        QVERIFY(near(lognormal.mean, 1, 0.005) && near(lognormal.variance, 0.25, 0.03));
        const Moments pareto = moments([&] { return draw.pareto(4); });  // variance 1/(α(α−2))
        QVERIFY(near(pareto.mean, 1, 0.005) && near(pareto.variance, 0.125, 0.1));
    }

    void quantilesWithinOnePercentOfTheSortedOnes() {
        Stream draw(13);
        Histogram histogram;
        std::vector<std::int64_t> values;
        for (int i = 0; i < 300'000; ++i) {
            // From nanoseconds to hours.
            const auto value = static_cast<std::int64_t>(exponentialOf(draw.uniform() * 30) * draw.lognormal(1));
            values.push_back(value);
            histogram.add(value);
        }
        std::sort(values.begin(), values.end());
        for (const double share : {0.001, 0.01, 0.1, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 1.0}) {
            const double exact = double(values[static_cast<std::size_t>(std::ceil(share * double(values.size()))) - 1]);
            QVERIFY2(std::abs(histogram.quantile(share) - exact) <= 0.01 * exact + 0.5,
                     qPrintable(QString::number(share)));
        }
        QCOMPARE(histogram.max(), static_cast<std::uint64_t>(values.back()));
        QCOMPARE(histogram.count(), static_cast<std::uint64_t>(values.size()));
    }

    void smallValuesAreExact() {
        Histogram histogram;
        for (int i = 0; i <= 100; ++i) histogram.add(i);
        QCOMPARE(histogram.quantile(0.5), 50.0);
        QCOMPARE(histogram.quantile(1.0), 100.0);
        QCOMPARE(histogram.mean(), 50.0);
        Histogram huge;
        huge.add(std::numeric_limits<std::int64_t>::max());
        QVERIFY(near(huge.quantile(0.5), 9.22e18, 0.01));
    }

    void mergedHistogramsAreOne() {
        Stream draw(17);
        Histogram all, left, right;
        for (int i = 0; i < 10'000; ++i) {
            const auto value = static_cast<std::int64_t>(draw.exponential() * 1e6);
            all.add(value);
            (i % 3 ? left : right).add(value);
        }
        left.merge(right);
        for (const double share : {0.01, 0.5, 0.99}) QCOMPARE(left.quantile(share), all.quantile(share));
        QCOMPARE(left.count(), all.count());
        QCOMPARE(left.max(), all.max());
        left.clear();
        QCOMPARE(left.count(), 0u);
        QCOMPARE(left.quantile(0.5), 0.0);
        left.merge(all);
        QCOMPARE(left.quantile(0.99), all.quantile(0.99));
    }
};

QTEST_APPLESS_MAIN(Kernel)
#include "kernel.moc"
