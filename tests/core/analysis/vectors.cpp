// Every figure of the independently computed collection against the engine; a kind that nobody compares fails.
#include "analysis/availability.h"
#include "analysis/capacity.h"
#include "analysis/consistency.h"
#include "analysis/estimate_tables.h"
#include "graph/popularity.h"
#include "support/draw.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

using namespace loadpath;
using namespace loadpath::test;

namespace {

struct Entry {
    QJsonObject params, expected;
    mutable QSet<QString> unread;  // figures of it that nothing was compared with
    double operator()(const char* key) const { return params[QLatin1String(key)].toDouble(); }
    int count(const char* key) const { return params[QLatin1String(key)].toInt(); }

    void compare(const char* key, double value, double relative = 1e-9) const {
        const double wanted = expected[QLatin1String(key)].toDouble();
        QVERIFY2(unread.remove(QLatin1String(key)), key);
        QVERIFY2(std::abs(value - wanted) <= relative * std::max(1.0, std::abs(wanted)),
                 qPrintable(QString("%1: %2 for %3").arg(key).arg(value, 0, 'g', 17).arg(wanted, 0, 'g', 17)));
    }
};

/// A single station as a designer draws it.
ComponentLoad stationOf(double rps, double serviceMs, int servers, double queueLimit = -1) {
    Drawing d;
    d.node("c", "client", {{"rate_rps", rps}, {"read_share", 1}});
    d.node("s", "service",
           {{"instances", 1}, {"service_time_ms", serviceMs}, {"concurrency", servers}, {"queue_limit", queueLimit}});
    d.line("c", "s");
    return analyseCapacity(*d.snapshot()).nodes.at(1);
}

void mm1(const Entry& e) {
    const double service = 1000 / e("mu");
    const ComponentLoad load = stationOf(e("lam"), service, 1);
    e.compare("Wq", load.waitMs);
    e.compare("W", load.responseMs);
    e.compare("L", load.arrivalRps * load.responseMs / 1000);
    // The response of M/M/1 is exponential: its mean tells every percentile.
    for (const auto& [key, share] : {std::pair{"p50", 0.5}, {"p95", 0.95}, {"p99", 0.99}})
        e.compare(key, -std::log(1 - share) * load.responseMs);
}

void mmc(const Entry& e) {
    const ComponentLoad load = stationOf(e("lam"), e("S_ms"), e.count("c"));
    e.compare("rho", load.utilisation);
    e.compare("Wq", load.waitMs);
    e.compare("W", load.responseMs);
    e.compare("erlangC", erlangC(e.count("c"), e("lam") * e("S_ms") / 1000));
}

void lossOnly(const Entry& e) { e.compare("B", erlangB(e.count("c"), e("a"))); }

void boundedQueue(const Entry& e) {
    const int c = e.count("c");
    const FiniteQueue queue = finiteQueue(c, e("K") - c, e("lam") / 1000, e("S_ms"));
    e.compare("Pblock", queue.blocked);
    e.compare("throughput", queue.throughput * 1000);
    e.compare("L", queue.inSystem);
    e.compare("W", queue.response);
    const ComponentLoad drawn = stationOf(e("lam"), e("S_ms"), c, e("K") - c);
    QVERIFY(std::abs(drawn.blockedShare - queue.blocked) < 1e-12);
}

void generalService(const Entry& e) { e.compare("Wq", meanWait(1, e("lam") / 1000, e("S_ms"), e("cv2"))); }

void tail(const Entry& e) { e.compare("prob", anySlow(e("p"), e("n")), 1e-12); }
void slowest(const Entry& e) { e.compare("mean", fastestMean(e.count("n"), e.count("n"), e("mean_ms")), 1e-12); }
void kthFastest(const Entry& e) { e.compare("mean", fastestMean(e.count("N"), e.count("k"), e("mean_ms")), 1e-12); }

void someOfMany(const Entry& e) {
    Drawing d;
    d.node("c", "client", {{"rate_rps", 1}, {"read_share", 1}});
    d.node("s", "service", {{"instances", 1}, {"availability", 1}});
    d.node("db", "postgres", {{"instances", e.count("n")}, {"min_healthy", e.count("k")}, {"availability", e("a")}});
    d.line("c", "s").line("s", "db");
    e.compare("A", analyseAvailability(*d.snapshot()).flows.at(0).availability, 1e-12);
}

void takeover(const Entry& e) {
    Drawing d;
    d.node("c", "client", {{"rate_rps", 1}, {"read_share", 1}}).node("s", "service", {{"availability", 1}});
    d.node("db", "postgres",
           {{"availability", 1 - e("u")}, {"failover", "auto"}, {"failover_s", e("T_s")}, {"mttr_s", e("mttr_s")}});
    d.node("other", "postgres_replica", {{"availability", 1 - e("u_standby")}});
    d.line("c", "s").line("s", "db").line("db", "other", {}, Mode::standby);
    e.compare("U", 1 - analyseAvailability(*d.snapshot()).flows.at(0).availability, 1e-12);
}

void retries(const Entry& e) {
    e.compare("mean_attempts", meanAttempts(e("f"), e.count("attempts")), 1e-12);
    e.compare("success", 1 - givenUpShare(e("f"), e.count("attempts")), 1e-12);
}
void deadLetters(const Entry& e) {
    e.compare("dlq_share", givenUpShare(e("p"), e.count("max_attempts")), 1e-12);
    e.compare("mean_attempts", meanAttempts(e("p"), e.count("max_attempts")), 1e-12);
}

void quorum(const Entry& e) { e.compare("prob", staleQuorum(e.count("N"), e.count("R"), e.count("W")), 1e-12); }

void popular(const Entry& e) {
    e.compare("hit", hitRatioOf(Eviction::lru, e("N"), e("alpha"), e("C")), 1e-7);
    e.compare("lfu", hitRatioOf(Eviction::lfu, e("N"), e("alpha"), e("C")), 1e-12);
    e.compare("top1", topShare(e("N"), e("alpha")), 1e-12);
}

using Compare = void (*)(const Entry&);
const QMap<QString, Compare> comparisons{
    {"mm1", mm1},
    {"mmc", mmc},
    {"erlangB", lossOnly},
    {"mmck", boundedQueue},
    {"mg1", generalService},
    {"tail", tail},
    {"max_exp", slowest},
    {"order_stat_exp", kthFastest},
    {"k_of_n", someOfMany},
    {"retries", retries},
    {"dlq", deadLetters},
    {"quorum_stale", quorum},
    {"lru_che", popular},
    {"failover", takeover},
};

}  // namespace

class Vectors : public QObject {
    Q_OBJECT

private slots:
    void everyEntry_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QJsonObject>("params");
        QTest::addColumn<QJsonObject>("expected");
        QFile file(QStringLiteral(LOADPATH_SOURCE_DIR "/tests/core/analysis/data/vectors.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        int row = 0;
        for (const QJsonValue& entry : QJsonDocument::fromJson(file.readAll()).array())
            QTest::addRow("%d %s", ++row, qPrintable(entry["kind"].toString()))
                << entry["kind"].toString() << entry["params"].toObject() << entry["expected"].toObject();
        QCOMPARE(row, 57);
    }
    void everyEntry() {
        QFETCH(QString, kind);
        QFETCH(QJsonObject, params);
        QFETCH(QJsonObject, expected);
        QVERIFY2(comparisons.contains(kind), qPrintable("nothing compares " + kind));
        const QStringList keys = expected.keys();
        const Entry entry{params, expected, QSet<QString>(keys.begin(), keys.end())};
        comparisons[kind](entry);
        m_used.insert(kind);
        QVERIFY2(entry.unread.isEmpty(), qPrintable(kind + ": not compared: " + entry.unread.values().join(' ')));
    }
    void noComparisonIsIdle() {
        for (const QString& kind : comparisons.keys()) QVERIFY2(m_used.contains(kind), qPrintable(kind));
    }

    void tablesToReasonWithAreThese() {
        for (const FanOut& row : fanOutTable()) {
            QVERIFY(std::abs(row.anySlow - (1 - std::pow(0.99, row.calls))) < 1e-12);
            double sum = 0;
            for (int i = 1; i <= row.calls; ++i) sum += 1.0 / i;
            QVERIFY(std::abs(row.slowestOfMean - sum) < 1e-12);
        }
        for (const Attempts& row : attemptsTable()) {
            // One attempt after the other, by hand.
            double reached = 1, made = 0;
            for (int i = 0; i < row.most; ++i, reached *= row.failure) made += reached;
            QVERIFY(std::abs(row.mean - made) < 1e-12 && std::abs(row.givenUp - reached) < 1e-12);
        }
        QCOMPARE(anySlow(1, 3), 1.0);
        QCOMPARE(anySlow(0, 3), 0.0);
        QCOMPARE(givenUpShare(1, 4), 1.0);
        QCOMPARE(fastestMean(3, 0, 10), 0.0);
    }

private:
    QSet<QString> m_used;
};

QTEST_APPLESS_MAIN(Vectors)
#include "vectors.moc"
