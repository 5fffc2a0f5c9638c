// The parts that estimates are made of: formulas, units, latencies, downtime, ids.
#include "analysis/estimate_formula.h"
#include "analysis/estimate_tables.h"
#include "analysis/estimate_units.h"

#include <QtTest>

#include <cmath>

using namespace loadpath;

class EstimatePartsTest : public QObject {
    Q_OBJECT

    static double compute(const char* text) {
        const auto formula = Formula::parse(text);
        return formula ? formula->compute(std::vector<double>(formula->names().size(), 2)) : std::nan("");
    }

private slots:
    void formulasKeepTheRulesOfArithmetic() {
        QCOMPARE(compute("1 + 2 * 3"), 7.0);
        QCOMPARE(compute("(1 + 2) * 3"), 9.0);
        QCOMPARE(compute("8 / 4 / 2"), 1.0);
        QCOMPARE(compute("10 - 3 - 2"), 5.0);
        QCOMPARE(compute("2 ^ 3 ^ 2"), 512.0);
        QCOMPARE(compute("-2 ^ 2"), -4.0);
        QCOMPARE(compute("20% * 50"), 10.0);
        QCOMPARE(compute("1e6 ÷ 10 × 2"), 2e5);
        QCOMPARE(compute("x * {some-thing else}"), 4.0);
        QCOMPARE(compute("ceil(115.00000000000001)"), 115.0);
        QCOMPARE(compute("ceil(115.01)"), 116.0);
        QCOMPARE(compute("max(1, min(7, 3))"), 3.0);
        QCOMPARE(compute("bits(6e9)"), 33.0);
        QCOMPARE(compute("digits(3521614606208, 62)"), 7.0);
        QCOMPARE(compute("digits(3521614606209, 62)"), 8.0);
        QVERIFY(std::isnan(compute("0 / 0")));
    }

    void brokenFormulasAreRefusedWithAReason_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("reason");
        QTest::newRow("empty") << ""
                               << "ends too early";
        QTest::newRow("half") << "2 *"
                              << "ends too early";
        QTest::newRow("open") << "(2 + 3"
                              << "not closed";
        QTest::newRow("brace") << "{a"
                               << "not closed";
        QTest::newRow("no name") << "{}"
                                 << "name is missing";
        QTest::newRow("rest") << "2 3"
                              << "unexpected";
        QTest::newRow("sign") << "2 $ 3"
                              << "unexpected";
        QTest::newRow("function") << "sin(1)"
                                  << "no function";
        QTest::newRow("too few") << "max(1)"
                                 << "2 arguments";
        QTest::newRow("too many") << "ceil(1, 2)"
                                  << "1 arguments";
        QTest::newRow("deep") << QString(5000, u'(') << "nested too deeply";
        QTest::newRow("minus") << QString(5000, u'-') << "nested too deeply";
        QTest::newRow("long") << QString(20000, u'1') << "too long";
    }
    void brokenFormulasAreRefusedWithAReason() {
        QFETCH(QString, text);
        QFETCH(QString, reason);
        const auto formula = Formula::parse(text.toStdString());
        QVERIFY(!formula);
        QVERIFY2(QString::fromStdString(formula.error().front().message).contains(reason),
                 formula.error().front().message.c_str());
    }

    void formulasAreWrittenWithWordsOrNumbers() {
        const auto formula = Formula::parse("ceil(reads*day/(2+x))");
        QVERIFY(formula.has_value());
        QCOMPARE(formula->text([&](std::size_t i) { return formula->names()[i]; }),
                 std::string("round up(reads × day ÷ (2 + x))"));
    }

    void collisionsFollowTheBirthdayProblem() {
        // 23 people: 1 − e^(−253/365); the well-known exact value is 0.507.
        QVERIFY(std::abs(birthdayCollision(23, 365) - (1 - std::exp(-253.0 / 365))) < 1e-15);
        QVERIFY(std::abs(birthdayCollision(23, 365) - 0.507) < 0.01);
        QCOMPARE(birthdayCollision(1, 365), 0.0);
        // A billion UUIDs a second for 85 years: about one half.
        QVERIFY(std::abs(birthdayCollision(1e9 * 31557600 * 85.0, std::pow(2, 122)) - 0.49) < 0.02);
        QVERIFY(birthdayCollision(6e9, std::pow(62, 7)) > 0.999);
    }

    void popularKeysGetTheirShare() {
        // Against plain summation, where the sum is short enough to do.
        for (const double alpha : {0.0, 0.6, 0.9, 1.0, 1.3}) {
            double top = 0, all = 0;
            for (int i = 1; i <= 200000; ++i) {
                all += std::pow(i, -alpha);
                if (i <= 30000) top += std::pow(i, -alpha);
            }
            QVERIFY(std::abs(zipfShare(30000, 200000, alpha) - top / all) < 1e-9);
        }
        QCOMPARE(zipfShare(10, 10, 0.9), 1.0);
        QCOMPARE(zipfShare(0, 10, 0.9), 0.0);
        QVERIFY(std::isnan(zipfShare(1, 0, 0.9)));
    }

    void figuresReadAsPeopleWriteThem() {
        QCOMPARE(exactFigure(11574.07, "1/s"), std::string("11,574/s"));
        QCOMPARE(exactFigure(1736111.1, "1/s"), std::string("1,736,111/s"));
        QCOMPARE(exactFigure(0, "1/s"), std::string("0/s"));
        QCOMPARE(exactFigure(999.96e9, "B"), std::string("1 TB"));
        QCOMPARE(exactFigure(1024, "B", ByteUnits::binary), std::string("1 KiB"));
        QCOMPARE(exactFigure(12.5e12, "bit/s", ByteUnits::binary), std::string("12.5 Tbit/s"));
        QCOMPARE(exactFigure(0.5, "share"), std::string("50 %"));
        QCOMPARE(exactFigure(0.999999, "share"), std::string("99.9999 %"));
        QCOMPARE(exactFigure(5.256 * 60, "s"), std::string("5.26 min"));
        QCOMPARE(exactFigure(100, "s"), std::string("100 s"));
        QCOMPARE(exactFigure(0.02, "ms"), std::string("20 µs"));
        QCOMPARE(exactFigure(std::nan(""), "B"), std::string("–"));
        QCOMPARE(exactFigure(INFINITY, "1/s"), std::string("∞"));
        QCOMPARE(roundFigure(33.3e9, "B"), std::string("33 GB"));
        QCOMPARE(roundFigure(10000, "1/s"), std::string("10 k/s"));
        QCOMPARE(grouped(-1234567.5, 1), std::string("-1,234,567.5"));
    }

    void theLatencyTableHasTheReferenceValues() {
        const auto nanoseconds = [](std::string_view id) {
            for (const LatencyRow& row : latencyTable())
                if (row.id == id) return row.nanoseconds;
            return -1.0;
        };
        QCOMPARE(nanoseconds("l1"), 1.0);
        QCOMPARE(nanoseconds("l2"), 4.0);
        QCOMPARE(nanoseconds("ram"), 100.0);
        QCOMPARE(nanoseconds("ssd"), 100e3);
        QCOMPARE(nanoseconds("disk"), 10e6);
        QCOMPARE(nanoseconds("same_zone"), 0.5e6);
        QCOMPARE(nanoseconds("continents"), 100e6);
        for (std::size_t i = 1; i < latencyTable().size(); ++i)
            QVERIFY(latencyTable()[i - 1].nanoseconds <= latencyTable()[i].nanoseconds);
    }

    void ninesAreDowntimeAndBack() {
        QCOMPARE(downtimeOf(0.99).yearS / 86400, 3.65);
        QVERIFY(std::abs(downtimeOf(0.999).yearS / 3600 - 8.76) < 1e-9);
        QVERIFY(std::abs(downtimeOf(0.9999).yearS / 60 - 52.56) < 1e-9);
        QVERIFY(std::abs(downtimeOf(0.99999).yearS / 60 - 5.256) < 1e-9);
        QVERIFY(std::abs(downtimeOf(0.999).thirtyDaysS / 60 - 43.2) < 1e-9);
        QVERIFY(std::abs(downtimeOf(0.999).nines - 3) < 1e-9);
        QVERIFY(std::isinf(downtimeOf(1).nines));
        for (const Period period : {Period::year, Period::thirtyDays, Period::week, Period::day})
            QVERIFY(std::abs(*availabilityOf(secondsOf(period) * 0.001, period) - 0.999) < 1e-12);
        QVERIFY(!availabilityOf(-1, Period::day));
        QVERIFY(!availabilityOf(86401, Period::day));
        QVERIFY(!availabilityOf(std::nan(""), Period::day));
    }

    void snowflakesComeApartAgain() {
        const Snowflake parts{1234567890123, 777, 4095};
        const auto id = encodeSnowflake(parts);
        QVERIFY(id.has_value());
        QVERIFY(decodeSnowflake(*id) == parts);
        QVERIFY(!encodeSnowflake({1, 1024, 0}));
        QVERIFY(!encodeSnowflake({1, 0, 4096}));
        QVERIFY(!encodeSnowflake({std::int64_t{1} << 41, 0, 0}));
        QVERIFY(!encodeSnowflake({-1, 0, 0}));
        // 41 bits of milliseconds are 69.7 years.
        QCOMPARE(exactFigure(std::ldexp(1, 41) / 1000, "s"), std::string("69.7 years"));
    }

    void ulidsSortByTime() {
        // The example of the ULID specification: 1469918176385 is 01ARYZ6S41.
        const std::string text = ulid(1469918176385, 0, 0);
        QCOMPARE(text, std::string("01ARYZ6S410000000000000000"));
        QCOMPARE(text.size(), std::size_t(26));
        QVERIFY(ulid(1469918176385, 0xffff, ~std::uint64_t{0}) < ulid(1469918176386, 0, 0));
        QCOMPARE(ulid(0, 0xffff, ~std::uint64_t{0}).substr(10), std::string("ZZZZZZZZZZZZZZZZ"));
        QCOMPARE(ulidMilliseconds(text), std::optional<std::uint64_t>(1469918176385));
        QVERIFY(!ulidMilliseconds("01ARYZ6S41"));
        QVERIFY(!ulidMilliseconds("01ARYZ6S41U000000000000000"));
    }

    void base62ComesBack() {
        QCOMPARE(base62(0), std::string("0"));
        QCOMPARE(base62(61), std::string("z"));
        QCOMPARE(base62(62), std::string("10"));
        for (const std::uint64_t number : {std::uint64_t{1}, std::uint64_t{3521614606207}, ~std::uint64_t{0}})
            QCOMPARE(fromBase62(base62(number)), std::optional<std::uint64_t>(number));
        QCOMPARE(base62(3521614606207), std::string("zzzzzzz"));
        QVERIFY(!fromBase62("zzzzzzzzzzzz"));
        QVERIFY(!fromBase62("a-b"));
        QVERIFY(!fromBase62(""));
    }
};

QTEST_APPLESS_MAIN(EstimatePartsTest)
#include "estimate_parts.moc"
