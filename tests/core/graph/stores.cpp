// What the compiled graph says about stores and brokers: quorums, layout of copies, own work, change
// logs (model §4, §7.1).
#include "analysis/capacity.h"
#include "support/draw.h"

#include <QtTest>

#include <cmath>

using namespace loadpath;
using loadpath::test::Drawing;
using Units = std::vector<std::vector<int>>;

namespace {

Value listOf(std::vector<Value> items) { return Value::List(items.begin(), items.end()); }

/// Chance that every partition keeps enough copies, by trying every combination of units.
double allPartitionsUp(const FlowGraph& graph, int node, Purpose purpose) {
    const Units partitions = graph.partitions(node, purpose);
    const int need = graph.servingOf(node, purpose).need, units = graph.nodes[std::size_t(node)].units;
    const double a = graph.nodes[std::size_t(node)].availability;
    double sum = 0;
    for (int state = 0; state < 1 << units; ++state) {
        bool serves = true;
        for (const auto& partition : partitions) {
            int up = 0;
            for (const int unit : partition) up += state >> unit & 1;
            serves = serves && up >= need;
        }
        double weight = 1;
        for (int unit = 0; unit < units; ++unit) weight *= state >> unit & 1 ? a : 1 - a;
        if (serves) sum += weight;
    }
    return sum;
}

bool close(double a, double b) { return std::abs(a - b) <= 1e-12 * std::max(1.0, std::abs(b)); }

}  // namespace

class StoresTest : public QObject {
    Q_OBJECT

    static std::pair<int, int> serving(const Snapshot& s, const char* id, Purpose purpose, int topic = 0) {
        const Serving v = s.graph().servingOf(s.graph().node({id}), purpose, topic);
        return {v.units, v.need};
    }

private slots:
    void everyTypeHasItsQuorum() {
        Drawing d;
        for (const char* level : {"one", "two", "three", "quorum", "local_quorum", "each_quorum", "all"})
            d.node(level, "cassandra", {{"instances", 7}, {"rf", 5}, {"read_cl", level}, {"write_cl", level}});
        d.node("any", "cassandra", {{"instances", 7}, {"rf", 5}, {"write_cl", "any"}});
        d.node("few", "cassandra", {{"instances", 2}, {"rf", 5}, {"read_cl", "three"}, {"write_cl", "all"}});
        d.node("m", "mongodb", {{"replica_set", 5}}).node("near", "mongodb", {{"read_preference", "nearest"}});
        d.node("secondary", "mongodb", {{"secondary", true}});
        d.node("zk", "coordination", {{"instances", 4}}).node("graph", "neo4j", {{"instances", 3}}).node("g1", "neo4j");
        d.node("es", "elasticsearch", {{"instances", 6}, {"replicas", 1}});
        d.node("copies", "block_node", {{"instances", 8}});
        d.node("rs", "block_node", {{"instances", 9}, {"redundancy", "erasure"}});
        d.node("rs4", "block_node", {{"instances", 4}, {"redundancy", "erasure"}});
        d.node("mq", "rabbitmq", {{"instances", 5}, {"replicas", 5}}).node("mq1", "rabbitmq");
        d.node("geo", "geo_index", {{"instances", 4}, {"replicas", 2}})
            .node("trie", "prefix_index", {{"instances", 3}});
        d.node("vendor", "cassandra", {{"instances", 7}, {"managed", true}});
        const auto s = d.snapshot();
        const std::pair<const char*, int> levels[] = {
            {"one", 1}, {"two", 2}, {"three", 3}, {"quorum", 3}, {"local_quorum", 3}, {"each_quorum", 3}, {"all", 5}};
        for (const auto& level : levels) {
            QCOMPARE(serving(*s, level.first, Purpose::read), std::pair(5, level.second));
            QCOMPARE(serving(*s, level.first, Purpose::write), std::pair(5, level.second));
        }
        QCOMPARE(serving(*s, "any", Purpose::write), std::pair(5, 1));
        QCOMPARE(serving(*s, "few", Purpose::read), std::pair(2, 2));
        QCOMPARE(serving(*s, "few", Purpose::write), std::pair(2, 2));
        QCOMPARE(serving(*s, "m", Purpose::read), std::pair(5, 3));
        QCOMPARE(serving(*s, "m", Purpose::write), std::pair(5, 3));
        QCOMPARE(serving(*s, "near", Purpose::read), std::pair(3, 1));
        QCOMPARE(serving(*s, "near", Purpose::write), std::pair(3, 2));
        QCOMPARE(serving(*s, "secondary", Purpose::read), std::pair(1, 1));
        QCOMPARE(serving(*s, "zk", Purpose::read), std::pair(4, 3));
        QCOMPARE(serving(*s, "graph", Purpose::read), std::pair(3, 1));
        QCOMPARE(serving(*s, "graph", Purpose::write), std::pair(3, 2));
        QCOMPARE(serving(*s, "g1", Purpose::write), std::pair(1, 1));
        QCOMPARE(serving(*s, "es", Purpose::read), std::pair(2, 1));
        QCOMPARE(serving(*s, "copies", Purpose::write), std::pair(3, 1));
        QCOMPARE(serving(*s, "rs", Purpose::read), std::pair(9, 6));
        QCOMPARE(serving(*s, "rs4", Purpose::read), std::pair(4, 4));  // too few nodes to lose one
        QCOMPARE(serving(*s, "mq", Purpose::publish), std::pair(5, 3));
        QCOMPARE(serving(*s, "mq", Purpose::consume), std::pair(5, 3));
        QCOMPARE(serving(*s, "mq1", Purpose::publish), std::pair(1, 1));
        QCOMPARE(serving(*s, "geo", Purpose::read), std::pair(3, 1));
        QCOMPARE(s->graph().nodes[std::size_t(s->graph().node({"geo"}))].units, 12);
        QCOMPARE(serving(*s, "trie", Purpose::read), std::pair(3, 1));
        QCOMPARE(serving(*s, "vendor", Purpose::read).second, 1);
    }

    void queuesAreQuorumOrClassic() {
        Drawing d;
        const Value queues = listOf({Value::Object{{"name", "safe"}, {"type", "quorum"}},
                                     Value::Object{{"name", "fast"}, {"type", "classic"}}});
        d.node("mq", "rabbitmq", {{"instances", 3}, {"queues", queues}});
        d.node("w", "worker").node("v", "worker").line("mq", "w", {{"topic", "safe"}}, Mode::consume);
        d.line("mq", "v", {{"topic", "fast"}}, Mode::consume);
        const auto s = d.snapshot();
        QCOMPARE(serving(*s, "mq", Purpose::publish, 0), std::pair(3, 2));
        QCOMPARE(serving(*s, "mq", Purpose::publish, 1), std::pair(1, 1));
        QCOMPARE(s->graph().subscriptions.at(1).topic, 1);
        QCOMPARE(s->graph().subscriptions.at(1).share, 1.0);  // each queue has consumers of its own
    }

    void copiesOfAPartitionStandInTurnAroundTheRing() {
        Drawing d;
        d.node("ring", "cassandra", {{"instances", 4}}).node("small", "cassandra");
        d.node("es", "elasticsearch", {{"instances", 6}, {"primary_shards", 2}});
        d.node("k", "kafka", {{"instances", 5}, {"topics", listOf({Value::Object{{"name", "a"}, {"partitions", 2}}})}});
        d.node("r", "redis", {{"instances", 2}, {"topology", "cluster"}, {"replicas", 1}});
        d.node("bare", "redis", {{"instances", 3}, {"topology", "cluster"}});
        d.node("trie", "prefix_index", {{"instances", 3}}).node("s3", "object_store").node("m", "mongodb");
        d.node("stated", "cassandra", {{"instances", 4}, {"min_healthy", 3}});
        const auto s = d.snapshot();
        const auto at = [&](const char* id, Purpose purpose = Purpose::read) {
            return s->graph().partitions(s->graph().node({id}), purpose);
        };
        QCOMPARE(at("ring"), (Units{{0, 1, 2}, {1, 2, 3}, {2, 3, 0}, {3, 0, 1}}));
        QCOMPARE(at("small"), (Units{{0, 1, 2}}));
        QCOMPARE(at("es"), (Units{{0, 1}, {1, 2}}));
        QCOMPARE(at("k", Purpose::publish), (Units{{0, 1, 2}, {1, 2, 3}}));
        QCOMPARE(at("r"), (Units{{0, 1}, {2, 3}}));
        QCOMPARE(at("bare"), (Units{{0}, {1}, {2}}));
        QCOMPARE(at("trie"), (Units{{0, 1, 2}}));
        QCOMPARE(at("s3"), (Units{{0}}));
        QCOMPARE(at("m"), (Units{{0, 1, 2}}));
        QCOMPARE(at("stated"), (Units{{0, 1, 2, 3}}));
    }

    void allPartitionsOfFourNodesWithThreeCopies() {
        Drawing d;
        d.node("q", "cassandra", {{"instances", 4}}).node("one", "cassandra", {{"instances", 4}, {"read_cl", "one"}});
        d.node("r", "redis", {{"instances", 3}, {"topology", "cluster"}, {"replicas", 1}});
        const FlowGraph graph = d.snapshot()->graph();
        const double a = .99, u = 1 - a;
        // Any two nodes share a partition: a second failure stops one of them.
        QVERIFY(close(allPartitionsUp(graph, 0, Purpose::read), std::pow(a, 4) + 4 * std::pow(a, 3) * u));
        QVERIFY(close(allPartitionsUp(graph, 1, Purpose::read),
                      std::pow(a, 4) + 4 * std::pow(a, 3) * u + 6 * a * a * u * u));
        QVERIFY(close(allPartitionsUp(graph, 2, Purpose::read), std::pow(1 - .005 * .005, 3)));
    }

    void aCallThatScattersSaysSo() {
        Drawing d;
        d.node("c", "client").node("s", "service").node("es", "elasticsearch").node("db", "postgres");
        d.line("c", "s").line("s", "es", {{"scatter", true}}).line("s", "db");
        const auto s = d.snapshot();
        const Visit* visit = s->graph().flows.front().visit(1);
        QVERIFY(visit->calls.at(0).scatter);
        QVERIFY(!visit->calls.at(1).scatter);
    }

    void changesOfADatabaseLoadItsConnectorAndWhatFollows() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 1000}, {"read_share", .4}}).node("s", "service").node("pg", "postgres");
        d.node("cdc", "cdc_connector").node("k", "kafka").node("w", "worker", {{"instances", 100}});
        d.line("c", "s").line("s", "pg").line("pg", "cdc", {}, Mode::replicate).line("cdc", "k", {}, Mode::publish);
        d.line("k", "w", {{"calls", 2}}, Mode::consume);
        const auto s = d.snapshot();
        QCOMPARE(s->graph().feeds.size(), std::size_t(1));
        const FlowPath& flow = s->graph().flows[std::size_t(s->graph().feeds[0].flow)];
        QCOMPARE(flow.id.value, std::string("⇢pg/cdc"));
        QVERIFY(flow.derived);
        const CapacityReport report = analyseCapacity(s->graph());
        QVERIFY(close(report.nodes[3].arrivalRps, 600));
        QVERIFY(close(report.nodes[3].utilisation, .06));  // 10,000 changes a second for one task
        QVERIFY(close(report.nodes[4].arrivalRps, 600));
        QVERIFY(close(report.nodes[5].arrivalRps, 1200));
        QVERIFY(close(report.linkRps[2], 600));
    }

    void aStreamOfAStoreFeedsItsReader() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 100}, {"read_share", 0}}).node("s", "service").node("db", "dynamodb");
        d.node("w", "worker").node("es", "elasticsearch");
        d.line("c", "s").line("s", "db", {{"calls", 3}}).line("db", "w", {{"p", .5}}, Mode::consume).line("w", "es");
        const auto s = d.snapshot();
        QVERIFY(s->graph().subscriptions.empty());
        const CapacityReport report = analyseCapacity(s->graph());
        QVERIFY(close(report.nodes[3].arrivalRps, 150));
        QVERIFY(close(report.nodes[4].arrivalRps, 150));
        QVERIFY(close(report.linkRps[2], 150));
    }

    void aReplicaIsChargedForApplyingOnlyWhereThatIsStated() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 2000}, {"read_share", .5}}).node("s", "service").node("pg", "postgres");
        d.node("free", "postgres_replica").node("paid", "postgres_replica", {{"instances", 2}, {"apply_ms", .5}});
        d.line("c", "s").line("s", "pg", {{"ops", "write"}}).line("s", "paid", {{"ops", "read"}});
        d.line("pg", "free", {}, Mode::replicate).line("pg", "paid", {}, Mode::replicate);
        const CapacityReport report = analyseCapacity(d.snapshot()->graph());
        QCOMPARE(report.nodes[3].arrivalRps, 0.0);
        // 1,000 reads of 1 ms and, on each of two instances, 1,000 applied writes of 0.5 ms; 32 servers.
        QVERIFY(close(report.nodes[4].utilisation, (1000 * 1 + 2 * 1000 * .5) / 32000));
    }

    void triggersCostEveryWriteAMillisecond() {
        Drawing d;
        d.node("pg", "postgres").node("stated", "postgres", {{"service_time_ms", 3}});
        d.node("t", "cdc_connector", {{"method", "trigger"}}).line("pg", "t", {}, Mode::replicate);
        d.line("stated", "t", {}, Mode::replicate);
        const auto s = d.snapshot();
        QCOMPARE(s->graph().nodes[0].serviceMs[1], 3.0);
        QCOMPARE(s->graph().nodes[0].serviceMs[0], 1.0);
        QCOMPARE(s->graph().nodes[1].serviceMs[1], 3.0);
    }

    void hopsOfAGraphMultiplyItsWork() {
        Drawing d;
        d.node("two", "neo4j").node("three", "neo4j", {{"hops", 3}}).node("thin", "neo4j", {{"avg_degree", 10}});
        d.node("one", "neo4j", {{"hops", 1}}).node("stated", "neo4j", {{"hops", 4}, {"service_time_ms", 7}});
        const auto s = d.snapshot();
        const double expected[] = {5, 250, 1, .1, 7};
        for (std::size_t i = 0; i < 5; ++i) QVERIFY(close(s->graph().nodes[i].serviceMs[0], expected[i]));
    }

    void queriesWithoutAnIndexScan() {
        const auto table = [](const char* asked, Value indexes) {
            const Value query = Value::Object{{"where", listOf({asked})}, {"share", .25}};
            return listOf({Value::Object{{"name", "t"},
                                         {"rows", 1000000},
                                         {"pk", Value::Object{{"cols", listOf({"id"})}}},
                                         {"indexes", std::move(indexes)},
                                         {"queries", listOf({query})}}});
        };
        const auto index = [](const char* type) {
            return listOf({Value::Object{{"type", type}, {"columns", listOf({"a", "b"})}}});
        };
        Drawing d;
        d.node("scan", "postgres", {{"tables", table("email", listOf({}))}});
        d.node("key", "postgres", {{"tables", table("id", listOf({}))}});
        d.node("prefix", "postgres", {{"tables", table("a", index("btree"))}});
        d.node("rest", "postgres", {{"tables", table("b", index("btree"))}});
        d.node("gin", "postgres", {{"tables", table("a", index("gin"))}});
        d.node("timed", "postgres", {{"tables", table("b", index("btree"))}, {"seq_scan_ms", 21}});
        d.node("stated", "postgres", {{"tables", table("email", listOf({}))}, {"service_time_ms", 1}});
        const auto s = d.snapshot();
        const double expected[] = {.75 + 25, 1, 1, .75 + 25, .75 + 25, .75 + 5.25, 1};
        for (std::size_t i = 0; i < 7; ++i) QCOMPARE(s->graph().nodes[i].serviceMs[0], expected[i]);
    }

    void aLargerMachineHasMoreServers() {
        Drawing d;
        d.node("usual", "postgres").node("big", "postgres", {{"version_vertical", Value::Object{{"vcpu", 32}}}});
        d.node("cdc", "cdc_connector", {{"tasks", 4}});
        const auto s = d.snapshot();
        QCOMPARE(s->graph().nodes[0].concurrency, 16);
        QCOMPARE(s->graph().nodes[1].concurrency, 64);
        QCOMPARE(s->graph().nodes[2].concurrency, 4);
    }

    void whatTheVendorPromisesDependsOnTheProduct() {
        Drawing d;
        d.node("rds", "postgres", {{"managed", true}});
        d.node("aurora", "postgres", {{"managed", true}, {"engine", "aurora"}});
        d.node("own", "postgres", {{"engine", "aurora"}});
        d.node("global", "dynamodb", {{"global_table", true}});
        d.node("stated", "dynamodb", {{"global_table", true}, {"availability", .9}});
        const auto s = d.snapshot();
        const double expected[] = {.9995, .9999, .995, .99999, .9};
        for (std::size_t i = 0; i < 5; ++i) QCOMPARE(s->graph().nodes[i].availability, expected[i]);
    }

    void aMeshDelaysEveryHopBetweenItsMembers() {
        Drawing d;
        d.node("c", "client")
            .node("gw", "api_gateway")
            .node("a", "service")
            .node("b", "service")
            .node("db", "postgres");
        d.line("c", "gw").line("gw", "a").line("a", "b").line("b", "db");
        const auto bare = d.snapshot();
        for (const Link& link : bare->graph().links) QCOMPARE(link.meshMs, 0.0);
        Drawing all = d, some = d;
        all.node("mesh", "service_mesh");
        some.node("mesh", "service_mesh", {{"members", listOf({"a", "b"})}});
        const auto whole = all.snapshot(), part = some.snapshot();
        const double everywhere[] = {0, 1.15, 1.15, 0}, inside[] = {0, 0, 1.15, 0};
        for (std::size_t i = 0; i < 4; ++i) {
            QCOMPARE(whole->graph().links[i].meshMs, everywhere[i]);
            QCOMPARE(part->graph().links[i].meshMs, inside[i]);
        }
    }

    void anyStoreMayHaveAStandby() {
        Drawing d;
        for (const char* type : {"cassandra", "mongodb", "dynamodb", "neo4j", "elasticsearch", "object_store",
                                 "block_node", "geo_index", "prefix_index", "timeseries_db", "data_warehouse"}) {
            const std::string other = std::string(type) + "2";
            d.node(type, type, {{"failover", "auto"}, {"failover_s", 60}}).node(other, type);
            d.line(type, other, {}, Mode::standby);
        }
        const auto s = d.snapshot();
        for (std::size_t i = 0; i < s->graph().nodes.size(); i += 2) {
            QVERIFY2(s->graph().nodes[i].standbys.size() == 1, s->graph().nodes[i].id.value.c_str());
            QCOMPARE(s->graph().nodes[i].standbys[0].takeoverS, 60.0);
        }
    }
};

QTEST_APPLESS_MAIN(StoresTest)
#include "stores.moc"
