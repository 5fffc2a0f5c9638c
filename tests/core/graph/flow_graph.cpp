// What a plain drawing means (model §1–§4b, §7): the promises that every engine builds on.
#include "support/draw.h"

#include <QtTest>

#include <cmath>

using namespace loadpath;
using loadpath::test::Drawing;

class FlowGraphTest : public QObject {
    Q_OBJECT

    static const FlowPath& flowNamed(const Snapshot& s, const std::string& id) {
        for (const FlowPath& flow : s.graph().flows)
            if (flow.id.value == id) return flow;
        qFatal("no flow %s", id.c_str());
    }
    static std::vector<Call> calls(const Snapshot& s, const std::string& flow, const std::string& node) {
        const Visit* visit = flowNamed(s, flow).visit(s.graph().node({node}));
        return visit ? visit->calls : std::vector<Call>();
    }
    static std::string target(const Snapshot& s, const Call& call) {
        return s.graph().nodes[static_cast<std::size_t>(call.target)].id.value;
    }

private slots:
    void aClientWithoutFlowsReadsAndWrites() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 1000}, {"read_share", 0.8}}).node("s", "service").line("c", "s");
        const auto s = d.snapshot();
        QCOMPARE(s->graph().flows.size(), std::size_t(2));
        QCOMPARE(flowNamed(*s, "c.read").rateRps, 800.0);
        QVERIFY(std::abs(flowNamed(*s, "c.write").rateRps - 200) < 1e-9);
        QCOMPARE(flowNamed(*s, "c.read").averageRps, 800.0 / 3);

        Drawing readOnly;
        readOnly.node("c", "client", {{"read_share", 1}});
        QCOMPARE(readOnly.snapshot()->graph().flows.size(), std::size_t(1));
    }

    void peakRateComesFromUsersWhereNoneIsStated() {
        Drawing d;
        d.node("c", "client", {{"dau", 864000}, {"requests_per_user_day", 10}, {"peak_factor", 4}, {"read_share", 1}});
        QCOMPARE(d.snapshot()->graph().flows.front().rateRps, 400.0);
        QCOMPARE(d.snapshot()->graph().flows.front().averageRps, 100.0);
    }

    void sharesOfOneClientAreNormalised() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 300}});
        d.flow("a", "c", 2, Op::read).flow("b", "c", 1, Op::write);
        const auto s = d.snapshot();
        QVERIFY(std::abs(flowNamed(*s, "a").rateRps - 200) < 1e-9);
        QVERIFY(std::abs(flowNamed(*s, "b").rateRps - 100) < 1e-9);
    }

    void aBalancerSendsEachRequestToOneOfItsTargets() {
        Drawing d;
        d.node("c", "client").node("lb", "lb_l7").node("a", "service").node("b", "service").node("x", "service");
        d.line("c", "lb")
            .line("lb", "a", {{"weight", 3}})
            .line("lb", "b")
            .line("lb", "x", {{"criticality", "optional"}});
        const auto s = d.snapshot();
        const auto made = calls(*s, "c.read", "lb");
        QCOMPARE(made.size(), std::size_t(3));
        QCOMPARE(made[0].group, 0);
        QCOMPARE(made[0].share, 0.75);
        QCOMPARE(made[1].share, 0.25);
        QCOMPARE(made[2].group, -1);
        QVERIFY(!made[2].inPhi);
        const Visit* visit = flowNamed(*s, "c.read").visit(s->graph().node({"lb"}));
        QCOMPARE(visit->groups.size(), std::size_t(1));
        QCOMPARE(visit->groups[0].need, 1);
    }

    void aBalancerWithOneTargetRequiresIt() {
        Drawing d;
        d.node("c", "client").node("lb", "lb_l7").node("a", "service").line("c", "lb").line("lb", "a");
        const auto s = d.snapshot();
        QCOMPARE(calls(*s, "c.read", "lb").at(0).group, -1);
        QVERIFY(calls(*s, "c.read", "lb").at(0).inPhi);
    }

    void otherTypesCallAllTheirTargets() {
        Drawing d;
        d.node("c", "client").node("gw", "api_gateway").node("a", "service").node("b", "service");
        d.line("c", "gw").line("gw", "a").line("gw", "b");
        for (const Call& call : calls(*d.snapshot(), "c.read", "gw")) {
            QCOMPARE(call.group, -1);
            QCOMPARE(call.share, 1.0);
        }
    }

    void drawnGroupsStayGroupsAndQuorumCallsGoToAll() {
        Drawing d;
        d.node("c", "client").node("s", "service").node("a", "service").node("b", "service").node("e", "service");
        d.line("c", "s").line("s", "a", {{"group", "q"}, {"need", 2}}).line("s", "b", {{"group", "q"}, {"need", 2}});
        d.line("s", "e", {{"group", "alone"}});
        const auto s = d.snapshot();
        const Visit* visit = flowNamed(*s, "c.read").visit(s->graph().node({"s"}));
        QCOMPARE(visit->groups.size(), std::size_t(2));
        QCOMPARE(visit->groups[0].need, 2);
        QCOMPARE(visit->calls[0].share, 1.0);
        QCOMPARE(visit->calls[1].share, 1.0);
        QCOMPARE(visit->groups[1].calls.size(), std::size_t(1));
    }

    void aResolvedNameIsCalledByTheClientItself() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 100}, {"dau", 1000}}).node("dns", "dns", {{"ttl_s", 60}});
        d.node("lb1", "lb_l7").node("lb2", "lb_l7");
        d.line("c", "dns").line("dns", "lb1", {}, Mode::control).line("dns", "lb2", {{"weight", 3}}, Mode::control);
        const auto s = d.snapshot();
        const auto made = calls(*s, "c.read", "c");
        QCOMPARE(made.size(), std::size_t(3));
        QVERIFY(made[0].kind == Call::Kind::lookup);
        QCOMPARE(made[0].probability, 1 / (1 + 0.1 * 60));
        QVERIFY(made[0].inPhi && made[0].endsAtTarget());
        QCOMPARE(target(*s, made[1]), std::string("lb1"));
        QCOMPARE(made[1].share, 0.25);
        QCOMPARE(made[2].share, 0.75);
        QCOMPARE(made[1].group, made[2].group);
        QVERIFY(calls(*s, "c.read", "dns").empty());
    }

    void failoverRoutingSendsAllToTheFirst() {
        Drawing d;
        d.node("c", "client").node("dns", "dns", {{"routing", "failover"}}).node("a", "lb_l7").node("b", "lb_l7");
        d.line("c", "dns").line("dns", "a", {}, Mode::control).line("dns", "b", {}, Mode::control);
        const auto made = calls(*d.snapshot(), "c.read", "c");
        QCOMPARE(made[1].share, 1.0);
        QCOMPARE(made[2].share, 0.0);
        QCOMPARE(made[1].group, 0);
    }

    void besideADirectConnectionDnsOnlyResolves() {
        Drawing d;
        d.node("c", "client").node("dns", "dns").node("lb", "lb_l7").node("lb2", "lb_l7");
        d.line("c", "dns").line("c", "lb").line("dns", "lb2", {}, Mode::control);
        const auto s = d.snapshot();
        const auto made = calls(*s, "c.read", "c");
        QCOMPARE(made.size(), std::size_t(2));
        QVERIFY(made[0].kind == Call::Kind::lookup);
        QCOMPARE(target(*s, made[1]), std::string("lb"));
        QVERIFY(!flowNamed(*s, "c.read").visit(s->graph().node({"lb2"})));
    }

    void aCdnPassesItsMissesOnOneCoin() {
        Drawing d;
        d.node("c", "client").node("cdn", "cdn", {{"hit_ratio", 0.9}}).node("a", "service").node("b", "service");
        d.line("c", "cdn").line("cdn", "a").line("cdn", "b");
        const auto s = d.snapshot();
        const auto read = calls(*s, "c.read", "cdn");
        QVERIFY(std::abs(read[0].probability - 0.1) < 1e-12);
        QVERIFY(read[0].coin >= 0);
        QCOMPARE(read[0].coin, read[1].coin);
        const auto write = calls(*s, "c.write", "cdn");
        QCOMPARE(write[0].probability, 1.0);
        QCOMPARE(write[0].coin, -1);
    }

    void missesOfACacheKeepTheirCache() {
        Drawing d;
        d.node("c", "client").node("s", "service").node("r", "redis", {{"hit_ratio", 0.8}}).node("db", "postgres");
        d.line("c", "s")
            .line("s", "r")
            .line("s", "db", {{"p_from", "miss:r"}, {"ops", "read"}})
            .line("s", "db", {{"ops", "write"}});
        const auto s = d.snapshot();
        const auto made = calls(*s, "c.read", "s");
        QCOMPARE(made.size(), std::size_t(2));
        QCOMPARE(made[1].missOf, s->graph().node({"r"}));
        QVERIFY(std::abs(made[1].probability - 0.2) < 1e-12);
        QCOMPARE(s->graph().coins[static_cast<std::size_t>(made[1].coin)].missOf, made[1].missOf);
        QCOMPARE(calls(*s, "c.write", "s").at(1).probability, 1.0);
    }

    void coinsOfOneNameAreShared() {
        Drawing d;
        d.node("c", "client").node("s", "service").node("a", "service").node("b", "service").node("e", "service");
        d.line("c", "s").line("s", "a", {{"p", 0.5}, {"coin", "x"}}).line("s", "b", {{"p", 0.5}, {"coin", "x"}});
        d.line("s", "e", {{"p", 0.5}});
        const auto made = calls(*d.snapshot(), "c.read", "s");
        QCOMPARE(made[0].coin, made[1].coin);
        QVERIFY(made[2].coin != made[0].coin);
    }

    void publishingNeedsTheBrokerAloneAndConsumersGetAFlow() {
        Drawing d;
        d.node("c", "client")
            .node("s", "service")
            .node("k", "kafka")
            .node("w", "worker")
            .node("db", "postgres")
            .node("q", "dlq");
        d.line("c", "s")
            .line("s", "k", {}, Mode::publish)
            .line("k", "w", {{"calls", 2}}, Mode::consume)
            .line("w", "db");
        d.line("k", "q", {}, Mode::consume);
        const auto s = d.snapshot();
        const auto made = calls(*s, "c.read", "s");
        QVERIFY(made[0].kind == Call::Kind::publish && made[0].inPhi && made[0].endsAtTarget());
        QVERIFY(!flowNamed(*s, "c.read").visit(s->graph().node({"w"})));
        QCOMPARE(s->graph().subscriptions.size(), std::size_t(1));
        const Subscription& sub = s->graph().subscriptions[0];
        QCOMPARE(sub.share, 2.0);
        QCOMPARE(sub.deadLetter, s->graph().node({"q"}));
        const FlowPath& derived = s->graph().flows[static_cast<std::size_t>(sub.flow)];
        QVERIFY(derived.derived);
        QCOMPARE(derived.id.value, std::string("⇢k/w"));
        QVERIFY(derived.visit(s->graph().node({"db"})));
    }

    void unacknowledgedAndRelayedPublishesAreNotNeeded() {
        Drawing d;
        d.node("c", "client").node("s", "service").node("k", "kafka", {{"acks", "0"}}).node("k2", "kafka");
        d.line("c", "s").line("s", "k", {}, Mode::publish).line("s", "k2", {{"outbox", true}}, Mode::publish);
        for (const Call& call : calls(*d.snapshot(), "c.write", "s")) QVERIFY(!call.inPhi);
    }

    void aQueueGivesEachMessageToOneConsumer() {
        Drawing d;
        d.node("c", "client").node("s", "service").node("q", "sqs").node("w", "worker").node("v", "worker");
        d.line("c", "s")
            .line("s", "q", {}, Mode::publish)
            .line("q", "w", {{"weight", 3}}, Mode::consume)
            .line("q", "v", {}, Mode::consume);
        const auto s = d.snapshot();
        QCOMPARE(s->graph().subscriptions[0].share, 0.75);
        QCOMPARE(s->graph().subscriptions[1].share, 0.25);

        Drawing log;  // groups of a log each get everything
        log.node("k", "kafka").node("w", "worker").node("v", "worker");
        log.line("k", "w", {}, Mode::consume).line("k", "v", {}, Mode::consume);
        for (const Subscription& sub : log.snapshot()->graph().subscriptions) QCOMPARE(sub.share, 1.0);
    }

    void illegalConnectionsCarryNothing() {
        Drawing d;
        d.node("c", "client").node("db", "postgres").line("c", "db");
        const auto s = d.snapshot();
        QVERIFY(!s->graph().links[0].legal);
        QVERIFY(calls(*s, "c.read", "c").empty());
    }

    void connectionsLimitedToAFlowServeItAlone() {
        Drawing d;
        d.node("c", "client")
            .node("s", "service")
            .node("a", "service")
            .flow("x", "c", 1, Op::read)
            .flow("y", "c", 1, Op::read);
        d.line("c", "s").line("s", "a", {{"flows", Value::List{"x"}}});
        const auto s = d.snapshot();
        QCOMPARE(calls(*s, "x", "s").size(), std::size_t(1));
        QVERIFY(calls(*s, "y", "s").empty());
    }

    void quorumsFollowTheirConsistencyLevel() {
        Drawing d;
        d.node("cas", "cassandra", {{"instances", 6}, {"rf", 3}, {"read_cl", "one"}, {"write_cl", "all"}});
        d.node("k", "kafka", {{"instances", 5}}).node("k1", "kafka", {{"instances", 5}, {"acks", "1"}});
        d.node("r", "redis", {{"instances", 6}, {"topology", "cluster"}, {"replicas", 1}});
        d.node("plain", "service", {{"instances", 5}, {"min_healthy", 3}});
        d.node("stated", "cassandra", {{"instances", 6}, {"rf", 3}, {"min_healthy", 5}});
        const auto s = d.snapshot();
        const auto serving = [&](const char* id, Purpose purpose) {
            const Serving v = s->graph().servingOf(s->graph().node({id}), purpose);
            return std::pair(v.units, v.need);
        };
        QCOMPARE(serving("cas", Purpose::read), std::pair(3, 1));
        QCOMPARE(serving("cas", Purpose::write), std::pair(3, 3));
        QCOMPARE(serving("k", Purpose::publish), std::pair(3, 2));
        QCOMPARE(serving("k", Purpose::consume), std::pair(3, 1));
        QCOMPARE(serving("k1", Purpose::publish), std::pair(3, 1));
        QCOMPARE(serving("r", Purpose::read), std::pair(2, 1));
        QCOMPARE(s->graph().nodes[3].units, 12);
        QCOMPARE(serving("plain", Purpose::read), std::pair(5, 3));
        QCOMPARE(serving("stated", Purpose::read), std::pair(6, 5));
    }

    void topicsHaveTheirOwnReplication() {
        const Value topics = Value::List{Value::Object{{"name", "a"}, {"rf", 3}, {"min_isr", 2}},
                                         Value::Object{{"name", "b"}, {"rf", 5}, {"min_isr", 4}}};
        Drawing d;
        d.node("k", "kafka", {{"instances", 5}, {"topics", topics}});
        const auto s = d.snapshot();
        const Serving b = s->graph().servingOf(0, Purpose::publish, 1);
        QCOMPARE(b.units, 5);
        QCOMPARE(b.need, 4);
        QCOMPARE(s->graph().servingOf(0, Purpose::consume, 1).need, 1);
    }

    void oneTopicsReplicationSaysNothingAboutAnothers() {
        const Value topics = Value::List{Value::Object{{"name", "a"}, {"rf", 1}, {"min_isr", 1}},
                                         Value::Object{{"name", "b"}, {"rf", 3}, {"min_isr", 2}}};
        Drawing d;
        d.node("all", "kafka", {{"instances", 3}, {"topics", topics}});
        d.node("one", "kafka", {{"instances", 3}, {"acks", "1"}, {"topics", topics}});
        d.node("stated", "kafka", {{"instances", 3}, {"min_healthy", 3}, {"topics", topics}});
        const auto s = d.snapshot();
        const auto publish = [&s](int node, int topic) {
            const Serving v = s->graph().servingOf(node, Purpose::publish, topic);
            return std::pair(v.units, v.need);
        };
        QCOMPARE(publish(0, 0), std::pair(1, 1));
        QCOMPARE(publish(0, 1), std::pair(3, 2));
        QCOMPARE(publish(1, 1), std::pair(3, 1));
        QCOMPARE(publish(2, 1), std::pair(3, 3));
    }

    void unitsSitInZonesInTurnAndNeedEveryEnclosingOne() {
        Drawing d;
        d.zone("eu", 0.99, {}, "region")
            .zone("frame", 1, "eu", "boundary")
            .zone("a", 0.9, "frame")
            .zone("b", 0.9, "eu");
        d.node("s", "service", {{"instances", 3}}, {"a", "b"});
        const auto s = d.snapshot();
        QCOMPARE(s->graph().domainsOfUnit(0, 0), (std::vector<int>{2, 0}));
        QCOMPARE(s->graph().domainsOfUnit(0, 1), (std::vector<int>{3, 0}));
        QCOMPARE(s->graph().domainsOfUnit(0, 2), (std::vector<int>{2, 0}));
        QVERIFY(!s->graph().domains[1].hasVariable);
    }

    void standbysTakeOverAfterTheirWindow() {
        Drawing d;
        d.node("p", "postgres", {{"failover", "auto"}, {"failover_s", 90}, {"mttr_s", 3600}})
            .node("r", "postgres_replica");
        d.node("m", "postgres", {{"failover", "manual"}}).node("r2", "postgres_replica");
        d.line("p", "r", {}, Mode::standby).line("m", "r2", {}, Mode::standby);
        const auto s = d.snapshot();
        QCOMPARE(s->graph().nodes[0].standbys.size(), std::size_t(1));
        QVERIFY(std::abs(s->graph().nodes[0].standbys[0].windowShare - (1 - std::exp(-90.0 / 3600))) < 1e-15);
        QVERIFY(s->graph().nodes[2].standbys.empty());
    }

    void latencyFollowsPlacement() {
        Drawing d;
        d.zone("eu", 1, {}, "region")
            .zone("us", 1, {}, "region")
            .zone("a", 1, "eu")
            .zone("b", 1, "eu")
            .zone("x", 1, "us");
        d.node("c", "client").node("cdn", "cdn").node("s", "service", {}, {"a"}).node("t", "service", {}, {"b"});
        d.node("u", "service", {}, {"x"}).node("v", "service");
        d.line("c", "cdn")
            .line("s", "t")
            .line("s", "u")
            .line("s", "v")
            .line("t", "v", {{"latency_ms", 7}})
            .line("c", "s");
        const auto s = d.snapshot();
        const double expected[] = {20, 1, 120, 0.5, 7, 0.5};
        for (std::size_t i = 0; i < 6; ++i) QCOMPARE(s->graph().links[i].rttMs, expected[i]);
    }

    void cyclesAreToldInCallOrder() {
        Drawing d;
        d.node("c", "client").node("a", "service").node("b", "service").node("e", "service").node("k", "kafka");
        d.line("c", "a")
            .line("a", "b")
            .line("b", "e")
            .line("e", "a")
            .line("e", "k", {}, Mode::publish)
            .line("k", "a", {}, Mode::consume);
        const auto s = d.snapshot();
        const auto cycles = synchronousCycles(s->graph(), flowNamed(*s, "c.read"));
        QCOMPARE(cycles.size(), std::size_t(1));
        QCOMPARE(cycles[0], (std::vector<int>{1, 2, 3}));

        Drawing self;
        self.node("c", "client").node("a", "service").line("c", "a").line("a", "a");
        const auto t = self.snapshot();
        QCOMPARE(synchronousCycles(t->graph(), flowNamed(*t, "c.read")), (std::vector<std::vector<int>>{{1}}));

        Drawing tree;
        tree.node("c", "client").node("a", "service").node("b", "service").line("c", "a").line("a", "b").line("c", "b");
        const auto u = tree.snapshot();
        QVERIFY(synchronousCycles(u->graph(), flowNamed(*u, "c.read")).empty());
    }

    void whatNoWorkReachesIsTold() {
        Drawing d;
        d.node("c", "client")
            .node("s", "service")
            .node("k", "kafka")
            .node("w", "worker")
            .node("lost", "redis")
            .node("o", "observability");
        d.line("c", "s")
            .line("s", "k", {}, Mode::publish)
            .line("k", "w", {}, Mode::consume)
            .line("s", "o", {}, Mode::telemetry);
        const auto reached = reachedNodes(d.snapshot()->graph());
        QCOMPARE(reached, (std::vector<char>{1, 1, 1, 1, 0, 0}));
    }

    void writeTimeAppliesOnlyWhereNoServiceTimeIsStated() {
        Drawing d;
        d.node("usual", "postgres").node("stated", "postgres", {{"service_time_ms", 4}});
        const auto s = d.snapshot();
        QCOMPARE(s->graph().nodes[0].serviceMs[0], 1.0);
        QCOMPARE(s->graph().nodes[0].serviceMs[1], 2.0);
        QCOMPARE(s->graph().nodes[1].serviceMs[1], 4.0);
    }

    void featuresOfAGatewayCostTime() {
        Drawing d;
        d.node("gw", "api_gateway", {{"features", Value::List{"routing", "authn", "logging"}}});
        d.node("stated", "api_gateway", {{"features", Value::List{"routing", "authn"}}, {"service_time_ms", 2}});
        const auto s = d.snapshot();
        QVERIFY(std::abs(s->graph().nodes[0].serviceMs[0] - 2.4) < 1e-12);
        QCOMPARE(s->graph().nodes[1].serviceMs[0], 2.0);
    }
};

QTEST_APPLESS_MAIN(FlowGraphTest)
#include "flow_graph.moc"
