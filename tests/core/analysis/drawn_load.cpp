// Load as drawn, from the client's rate to the last copy, against closed forms worked out by hand.
#include "analysis/availability.h"
#include "analysis/capacity.h"
#include "support/draw.h"

#include <QTest>

#include <cmath>

using namespace loadpath;
using namespace loadpath::test;

namespace {

/// Client → service: 900 reads and 100 writes a second.
Drawing thousand() {
    Drawing d;
    d.node("c", "client", {{"rate_rps", 1000}, {"read_share", 0.9}}).node("s", "service").line("c", "s");
    return d;
}

struct Loads {
    explicit Loads(const Drawing& d) : snapshot(d.snapshot()), report(analyseCapacity(*snapshot)) {}
    const ComponentLoad& of(const char* id) const { return report.nodes.at(std::size_t(snapshot->graph().node({id}))); }
    double arrivals(const char* id) const { return of(id).arrivalRps; }
    /// Of the connections between two components.
    double between(const char* from, const char* to) const {
        double sum = 0;
        const FlowGraph& graph = snapshot->graph();
        for (std::size_t l = 0; l < graph.links.size(); ++l)
            if (graph.links[l].from == graph.node({from}) && graph.links[l].to == graph.node({to}))
                sum += report.linkRps[l];
        return sum;
    }
    std::shared_ptr<const Snapshot> snapshot;
    CapacityReport report;
};

bool near(double value, double expected) {
    return std::abs(value - expected) <= 1e-9 * std::max(1.0, std::abs(expected));
}

}  // namespace

class DrawnLoad : public QObject {
    Q_OBJECT

private slots:
    void shardsTakeTheirWeight() {
        Drawing d = thousand();
        d.node("r", "shard_router").line("s", "r", {{"ops", "both"}});
        const double weights[] = {5, 3, 2};
        const char* shards[] = {"a", "b", "x"};
        for (int i = 0; i < 3; ++i) {
            d.node(shards[i], "postgres", {{"service_time_ms", 1}});
            d.line("r", shards[i], {{"group", "shards"}, {"need", 1}, {"weight", weights[i]}});
        }
        const Loads loads(d);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(near(loads.arrivals(shards[i]), 100 * weights[i]));
            QVERIFY(near(loads.of(shards[i]).readRps, 90 * weights[i]));
            // 16 servers of 1 ms each: 16,000 a second.
            QVERIFY(near(loads.of(shards[i]).utilisation, 100 * weights[i] / 16'000));
        }
    }

    void aFirewallHoldsBackWhatItBlocks() {
        const auto drawn = [](const Parameters& stated) {
            Drawing d;
            d.node("c", "client", {{"rate_rps", 1000}, {"read_share", 0.9}}).node("w", "waf", stated);
            d.node("lb", "lb_l7").node("s", "service").node("db", "postgres");
            d.line("c", "w").line("w", "lb").line("lb", "s").line("s", "db");
            return d;
        };
        const Loads stated(drawn({{"block_share", 0.2}})), plain(drawn({})), all(drawn({{"block_share", 1}}));
        QVERIFY(near(stated.arrivals("w"), 1000));
        for (const char* behind : {"lb", "s", "db"}) {
            QVERIFY(near(stated.arrivals(behind), 800));
            QVERIFY(near(plain.arrivals(behind), 1000));
            QCOMPARE(all.arrivals(behind), 0.0);
        }
        // Blocking is the answer to a bad request, not a failure of a good one.
        QCOMPARE(analyseAvailability(*stated.snapshot).worst, analyseAvailability(*plain.snapshot).worst);
    }

    void everyQueueBehindATopicGetsACopy() {
        Drawing d = thousand();
        d.node("t", "pubsub_topic").line("s", "t", {{"ops", "write"}}, Mode::publish);
        d.node("q1", "sqs").node("q2", "sqs");
        d.line("t", "q1", {}, Mode::consume).line("t", "q2", {{"p", 0.25}}, Mode::consume);
        for (const char* id : {"w1", "w2", "w3"}) d.node(id, "worker");
        d.line("q1", "w1", {{"weight", 3}}, Mode::consume).line("q1", "w2", {{"weight", 1}}, Mode::consume);
        d.line("q2", "w3", {}, Mode::consume);
        const Loads loads(d);
        QVERIFY(near(loads.arrivals("t"), 100));
        QVERIFY(near(loads.arrivals("q1"), 100));
        QVERIFY(near(loads.arrivals("q2"), 25));
        QVERIFY2(near(loads.arrivals("w1"), 75),
                 qPrintable(QString::number(loads.arrivals("w1"))));  // one queue, one group: they share by weight
        QCOMPARE(analyseAvailability(*loads.snapshot).chains.size(), std::size_t{3});
        QVERIFY(near(loads.arrivals("w2"), 25));
        QVERIFY(near(loads.arrivals("w3"), 25));
    }

    void aCopyOfACopyGetsTheWritesToo() {
        Drawing d = thousand();
        d.node("db", "postgres").line("s", "db");
        d.node("r1", "postgres_replica", {{"apply_ms", 2}, {"instances", 2}});
        d.node("r2", "postgres_replica", {{"apply_ms", 1}}).node("r3", "postgres_replica");
        d.line("db", "r1", {}, Mode::replicate).line("r1", "r2", {}, Mode::replicate);
        d.line("r2", "r3", {}, Mode::replicate);
        const Loads loads(d);
        QVERIFY(near(loads.between("db", "r1"), 100));
        QVERIFY(near(loads.between("r1", "r2"), 100));
        QVERIFY(near(loads.between("r2", "r3"), 100));
        QVERIFY(near(loads.of("r1").appliedRps, 200));  // each of its two instances applies them all
        QVERIFY(near(loads.of("r2").appliedRps, 100));
        QCOMPARE(loads.arrivals("r3"), 0.0);  // beside its reads and not charged
    }

    void leadersThatCopyEachOtherDoNotEcho() {
        Drawing d = thousand();
        d.node("a", "postgres").node("b", "postgres");
        d.line("s", "a", {{"p", 0.7}}).line("s", "b", {{"p", 0.3}});
        d.line("a", "b", {}, Mode::replicate).line("b", "a", {}, Mode::replicate);
        const Loads loads(d);
        QVERIFY(near(loads.between("a", "b"), 70));
        QVERIFY(near(loads.between("b", "a"), 30));
    }

    void changesMayBeReadFromACopy() {
        Drawing d = thousand();
        d.node("db", "postgres").line("s", "db").node("r", "postgres_replica");
        d.node("cdc", "cdc_connector").node("k", "kafka").node("w", "worker");
        d.line("db", "r", {}, Mode::replicate).line("r", "cdc", {}, Mode::replicate);
        d.line("cdc", "k", {}, Mode::publish).line("k", "w", {}, Mode::consume);
        const Loads loads(d);
        QVERIFY(near(loads.between("r", "cdc"), 100));
        QVERIFY(near(loads.arrivals("cdc"), 100));
        QVERIFY(near(loads.arrivals("k"), 100));
        QVERIFY(near(loads.arrivals("w"), 100));
    }

    void classicAndQuorumQueues() {
        const auto worst = [](const Parameters& of) {
            Drawing d;
            d.node("c", "client", {{"rate_rps", 10}, {"read_share", 0}}).node("s", "service", {{"availability", 1}});
            Parameters broker{{"availability", 0.9}, {"instances", 3}};
            for (const auto& [key, value] : of) broker[key] = value;
            d.node("q", "rabbitmq", broker).line("c", "s").line("s", "q", {}, Mode::publish);
            return analyseAvailability(*d.snapshot()).worst;
        };
        const auto queue = [](const char* type) {
            return Value(Value::List{Value(Value::Object{{"name", "jobs"}, {"type", type}})});
        };
        const double two = 3 * 0.9 * 0.9 * 0.1 + 0.9 * 0.9 * 0.9;
        QVERIFY(near(worst({{"queues", queue("classic")}}), 0.9));  // lives on one broker
        QVERIFY(near(worst({{"queues", queue("quorum")}}), two));
        // Five brokers, three copies: still two of three.
        QVERIFY(near(worst({{"queues", queue("quorum")}, {"instances", 5}}), two));
        QVERIFY(near(worst({{"queues", queue("quorum")}, {"instances", 5}, {"replicas", 5}}),
                     std::pow(0.9, 5) + 5 * std::pow(0.9, 4) * 0.1 + 10 * std::pow(0.9, 3) * 0.01));
    }
};

QTEST_APPLESS_MAIN(DrawnLoad)
#include "drawn_load.moc"
