#include "support/format.h"

#include <QtTest>

#include <cstdlib>
#include <limits>

using namespace loadpath;

class FormatTest : public QObject {
    Q_OBJECT
private slots:
    void shortestReadsBackAndStaysPlain() {
        QCOMPARE(shortest(4), "4");
        QCOMPARE(shortest(0.1), "0.1");
        QCOMPARE(shortest(0.0001), "0.0001");
        QCOMPARE(shortest(100000), "100000");
        QCOMPARE(shortest(1e21), "1e+21");
        QCOMPARE(shortest(-0.0), "0");
        QCOMPARE(std::stod(shortest(0.1 + 0.2)), 0.1 + 0.2);
        QCOMPARE(std::strtod(shortest(5e-324).c_str(), nullptr), 5e-324);
    }
    void fixedKeepsItsDecimalsAndHasNoNegativeZero() {
        QCOMPARE(fixed(0.394, 2), "0.39");
        QCOMPARE(fixed(2, 1), "2.0");
        QCOMPARE(fixed(-0.001, 2), "0.00");
        QCOMPARE(fixed(-1.5, 1), "-1.5");
    }
    void compactHasThreeDigitsAndCarriesIntoTheNextUnit() {
        QCOMPARE(compact(11574), "11.6 k");
        QCOMPARE(compact(0.5), "0.5");
        QCOMPARE(compact(2.5e9), "2.5 G");
        QCOMPARE(compact(0), "0");
        QCOMPARE(compact(999), "999");
        QCOMPARE(compact(999.9), "1 k");
        QCOMPARE(compact(999999), "1 M");
        QCOMPARE(compact(1000), "1 k");
        QCOMPARE(compact(-11574), "-11.6 k");
        QCOMPARE(rate(11574), "11.6 k/s");
    }
    void durationPicksTheUnit() {
        QCOMPARE(duration(0), "0 ms");
        QCOMPARE(duration(0.25), "250 µs");
        QCOMPARE(duration(7.25e-5), "72.5 ns");
        QCOMPARE(duration(1e-9), "0 ms");
        QCOMPARE(duration(12.34), "12.3 ms");
        QCOMPARE(duration(4200), "4.2 s");
        QCOMPARE(duration(999.99), "1 s");
        QCOMPARE(duration(90000), "1.5 min");
        QCOMPARE(duration(3.5 * 3.6e6), "3.5 h");
        QCOMPARE(duration(10 * 8.64e7), "10 d");
    }
    void shares() {
        QCOMPARE(percent(0.875), "87.5 %");
        QCOMPARE(percent(0.5, 0), "50 %");
    }
    void availabilityShowsItsNinesAndIsNeverRoundedUp() {
        QCOMPARE(availability(0.999), "99.9 %");
        QCOMPARE(availability(0.9999), "99.99 %");
        QCOMPARE(availability(0.995), "99.5 %");
        QCOMPARE(availability(0.999527), "99.953 %");
        QCOMPARE(availability(1), "100 %");
        QCOMPARE(availability(0.99999999999999), "99.99999999999 %");
        QCOMPARE(availability(0.985025), "98.5 %");
        QCOMPARE(availability(0), "0 %");
    }
    void downtimePicksTheUnit() {
        QCOMPARE(downtime(52.56), "53 min/yr");
        QCOMPARE(downtime(525.6), "8.8 h/yr");
        QCOMPARE(downtime(5400), "3.8 d/yr");
        QCOMPARE(downtime(5.256), "5.3 min/yr");
        QCOMPARE(downtime(0.5), "30 s/yr");
        QCOMPARE(downtime(0), "0 s/yr");
        QCOMPARE(downtime(525600), "365 d/yr");
    }
    void whatDoesNotExistIsSaidAsSuch() {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        QCOMPARE(shortest(nan), "–");
        QCOMPARE(duration(nan), "–");
        QCOMPARE(duration(std::numeric_limits<double>::infinity()), "∞");
        QCOMPARE(rate(nan), "–");
        QCOMPARE(loadpath::availability(nan), "–");
    }
    void countsAgreeWithTheirWord() {
        QCOMPARE(plural(1, "finding", "findings"), "1 finding");
        QCOMPARE(plural(0, "finding", "findings"), "0 findings");
    }
};

QTEST_APPLESS_MAIN(FormatTest)
#include "format.moc"
