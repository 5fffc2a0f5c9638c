// What readers may see, against closed forms and counted quorums.
#include "analysis/consistency.h"

#include "support/draw.h"

#include <QTest>

#include <cmath>

using namespace loadpath;
using namespace loadpath::test;

class Consistency : public QObject {
    Q_OBJECT

private slots:
    void staleQuorumsAreCounted() {
        QVERIFY(std::abs(staleQuorum(3, 1, 1) - 2.0 / 3) < 1e-15);
        QVERIFY(std::abs(staleQuorum(5, 2, 2) - 0.3) < 1e-15);
        for (int n = 1; n <= 7; ++n)
            for (int w = 1; w <= n; ++w)
                for (int r = 1; r <= n; ++r) {
                    // Every read quorum, as a set of bits; the write went to the first w.
                    int all = 0, stale = 0;
                    for (unsigned set = 0; set < 1u << n; ++set) {
                        if (__builtin_popcount(set) != r) continue;
                        ++all;
                        stale += (set & ((1u << w) - 1)) == 0;
                    }
                    QVERIFY(std::abs(staleQuorum(n, r, w) - double(stale) / all) < 1e-14);
                    QCOMPARE(staleQuorum(n, r, w) == 0, r + w > n);
                }
    }

    void staleReplicas() {
        QVERIFY(std::abs(staleReplica(2, 0.1, false) - 0.18126924692201818) < 1e-14);
        QVERIFY(std::abs(staleReplica(2, 0.1, true) - 1.0 / 6) < 1e-15);
        QCOMPARE(staleReplica(0, 0.1, true), 0.0);
    }

    void classesFollowSettings() {
        Drawing d;
        d.node("one", "cassandra", {{"read_cl", "one"}, {"write_cl", "one"}});
        d.node("quorum", "cassandra", {{"read_cl", "quorum"}, {"write_cl", "quorum"}});
        d.node("dynamo", "dynamodb").node("sql", "postgres", {{"isolation", "serializable"}});
        const auto snapshot = d.snapshot();
        const ConsistencyReport report = analyseConsistency(*snapshot);
        QCOMPARE(report.stores.size(), 4u);
        QCOMPARE(report.stores[0].pacelc, "PA/EL");
        QVERIFY(!report.stores[0].isStrong && std::abs(report.stores[0].staleProbability - 2.0 / 3) < 1e-12);
        QCOMPARE(report.stores[1].cap, "CP");
        QVERIFY(report.stores[1].isStrong && report.stores[1].staleProbability == 0);
        QCOMPARE(report.stores[2].pacelc, "PA/EL");
        QCOMPARE(report.stores[3].pacelc, "PC/EC");
        QVERIFY(report.stores[3].anomalies.empty());
    }

    void readsFromAReplicaMissOwnWrites() {
        for (const bool isSync : {false, true}) {
            Drawing d;
            d.node("c", "client", {{"rate_rps", 100}, {"read_share", 0.9}}).node("s", "service");
            d.node("db", "postgres").node("copy", "postgres_replica", {{"lag_ms", 100}, {"sync", isSync}});
            d.line("c", "s").line("s", "db", {{"ops", "write"}}).line("s", "copy", {{"ops", "read"}});
            d.line("db", "copy", {}, Mode::replicate);
            const ConsistencyReport report = analyseConsistency(*d.snapshot());
            QCOMPARE(report.invisible.size(), isSync ? 0u : 1u);
            QCOMPARE(report.stores[1].isStrong, isSync);
            if (isSync) continue;
            QCOMPARE(report.invisible[0].lagMs, 100.0);
            QVERIFY(std::abs(report.stores[1].staleProbability - 0.5) < 1e-12);  // 10/s · 0.1 s
        }
    }

    void isolationIsThatOfTheEngine() {
        using Names = std::vector<std::string>;
        const auto of = [](const Parameters& parameters) {
            Drawing d;
            d.node("c", "client", {{"rate_rps", 10}}).node("s", "service").node("sql", "postgres", parameters);
            d.line("c", "s").line("s", "sql");
            return analyseConsistency(*d.snapshot()).stores.at(0);
        };
        const Names committed{"non-repeatable read", "lost update", "phantom", "write skew"};
        QCOMPARE(of({}).isolation, std::string("read_committed"));
        QCOMPARE(of({{"isolation", "read_uncommitted"}}).anomalies, committed);  // PostgreSQL has no dirty reads
        QCOMPARE(of({{"isolation", "repeatable_read"}}).anomalies, Names{"write skew"});
        QCOMPARE(of({{"engine", "mysql"}}).isolation, std::string("repeatable_read"));
        QCOMPARE(of({{"engine", "mysql"}}).anomalies, (Names{"lost update", "write skew"}));
        QCOMPARE(of({{"engine", "mysql"}, {"isolation", "read_uncommitted"}}).anomalies.size(), std::size_t{5});
        QCOMPARE(of({{"engine", "sqlserver"}}).anomalies, committed);
        QCOMPARE(of({{"engine", "sqlserver"}, {"isolation", "repeatable_read"}}).anomalies, Names{"phantom"});
        QVERIFY(of({{"engine", "mysql"}, {"isolation", "serializable"}}).anomalies.empty());
    }
};

QTEST_APPLESS_MAIN(Consistency)
#include "consistency.moc"
