// Limits beside the servers, growth, and what is left after a loss, on drawings small enough to work out by hand.
#include "analysis/what_if.h"

#include "analysis/capacity_explain.h"
#include "analysis/traffic.h"
#include "support/draw.h"
#include "support/large_design.h"

#include <QElapsedTimer>
#include <QTest>

#include <cmath>
#include <random>

using namespace loadpath;
using namespace loadpath::test;

namespace {

bool near(double value, double expected, double relative = 1e-9) {
    return std::abs(value - expected) <= relative * std::max(1.0, std::abs(expected));
}

struct Analysed {
    std::shared_ptr<const Snapshot> snapshot;
    CapacityReport capacity;
    LimitReport limits;

    explicit Analysed(const Drawing& drawing)
        : snapshot(drawing.snapshot()),
          capacity(analyseCapacity(*snapshot)),
          limits(analyseLimits(*snapshot, capacity)) {}
    int node(const char* id) const { return snapshot->graph().node({id}); }
    const Limit* limit(const char* id, Limit::Kind kind) const {
        for (const Limit& limit : limits.limits)
            if (limit.node == node(id) && limit.kind == kind) return &limit;
        return nullptr;
    }
};

/// client → lb → service in three zones → database with a standby.
Drawing shop(double rate = 900) {
    Drawing d;
    for (const char* zone : {"a", "b", "c"}) d.zone(zone, 0.9999);
    d.node("client", "client", {{"rate_rps", rate}, {"read_share", 1}}).node("lb", "lb_l7");
    d.node("shop", "service", {{"instances", 6}, {"service_time_ms", 20}, {"concurrency", 10}}, {"a", "b", "c"});
    d.node("db", "postgres", {{"failover", "auto"}, {"service_time_ms", 4}}, {"a"});
    d.node("standby", "postgres_replica", {{"service_time_ms", 8}}, {"b"});
    d.line("client", "lb").line("lb", "shop").line("shop", "db", {{"pool_size", 10}, {"latency_ms", 1}});
    d.line("db", "standby", {}, Mode::standby);
    return d;
}

}  // namespace

class WhatIfTest : public QObject {
    Q_OBJECT

private slots:
    void usersDivideTheirSocketsAmongGateways() {
        Drawing d;
        d.node("client", "client", {{"users", 300000}, {"connections_per_user", 2}, {"rate_rps", 10}});
        for (const char* id : {"one", "two", "three"})
            d.node(id, "websocket_gateway", {{"instances", 4}, {"max_connections_per_instance", 100000}});
        d.node("alone", "websocket_gateway");
        d.line("client", "one").line("client", "two").line("client", "three");
        const Analysed design(d);
        for (const char* id : {"one", "two", "three"}) {
            const Limit* limit = design.limit(id, Limit::Kind::connections);
            QVERIFY(limit && limit->growsWithLoad);
            QVERIFY(near(limit->demand, 200000) && near(limit->use, 0.5));
        }
        QVERIFY(!design.limit("alone", Limit::Kind::connections));
    }

    void theLimitThatBindsStandsInFront() {
        const Analysed shopped(shop());
        const Limit* servers = shopped.limit("shop", Limit::Kind::servers);
        QVERIFY(servers && near(servers->use, 0.3));
        QVERIFY(servers->suggestion.empty());
        QCOMPARE(servers->needed(), 3.0);
        QCOMPARE(servers->needed(10), 26.0);
        // Little: 900/s, each holds a connection for the round trip and the answer.
        const Limit* pool = shopped.limit("shop", Limit::Kind::pool);
        const double held = 1 + shopped.capacity.nodes[std::size_t(shopped.node("db"))].responseMs;
        QVERIFY(pool && near(pool->demand, 0.9 * held) && near(pool->limit, 60));
        QVERIFY(near(pool->waitMs, meanWait(10, 0.15, held)));
        const Limit* threads = shopped.limit("shop", Limit::Kind::threads);
        const double inside = shopped.capacity.nodes[std::size_t(shopped.node("shop"))].responseMs + held;
        QVERIFY(threads && near(threads->demand, 0.9 * inside) && near(threads->limit, 1200));
        for (std::size_t i = 0; i < shopped.limits.binding.size(); ++i)
            for (const Limit& limit : shopped.limits.limits)
                if (limit.node == static_cast<int>(i))
                    QVERIFY(limit.use <= shopped.limits.limits[std::size_t(shopped.limits.binding[i])].use);
        QVERIFY(near(shopped.limits.headroom, 1 / shopped.limits.limits[std::size_t(shopped.limits.first)].use));
    }

    void waitForAPooledConnection() {
        // Vector: 950/s, held 20 ms: 20 connections wait 15.108 ms, 30 wait 0.0241 ms.
        for (const auto& [size, wait] : {std::pair{20, 15.108}, {30, 0.0241}}) {
            Drawing d;
            d.node("c", "client", {{"rate_rps", 950}, {"read_share", 1}});
            d.node("s", "service", {{"service_time_ms", 0}, {"instances", 1}})
                .node("e", "service", {{"service_time_ms", 20}, {"concurrency", 100'000}});
            d.line("c", "s").line("s", "e", {{"pool_size", size}, {"latency_ms", 0}});
            const Analysed analysed(d);
            const Limit* pool = analysed.limit("s", Limit::Kind::pool);
            QVERIFY(pool && std::abs(pool->waitMs - wait) < 6e-4);
            QCOMPARE(pool->needed(), 28.0);
        }
    }

    void aPoolThatNobodyStatedBindsNothing() {
        for (const bool stated : {false, true}) {
            Drawing d;
            d.node("c", "client", {{"rate_rps", 950}, {"read_share", 1}});
            d.node("s", "service").node("e", "service");
            d.line("c", "s").line("s", "e", stated ? Parameters{{"pool_size", 20}} : Parameters{});
            QCOMPARE(Analysed(d).limit("s", Limit::Kind::pool) != nullptr, stated);
        }
    }

    void partitionsBoundConsumers() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 1200}, {"read_share", 0}, {"key_space", 1000}, {"zipf_alpha", 1.1}});
        d.node("s", "service");
        d.node("k", "kafka",
               {{"topics", Value::List{Value::Object{{"name", "t"}, {"partitions", 8}, {"key", "user"}}}}});
        d.node("w", "worker", {{"instances", 12}, {"service_time_ms", 8}, {"concurrency", 1}});
        d.line("c", "s").line("s", "k", {}, Mode::publish).line("k", "w", {}, Mode::consume);
        const Analysed analysed(d);
        QVERIFY(near(analysed.capacity.nodes[std::size_t(analysed.node("w"))].capacityRps, 1000));
        const Limit* partitions = analysed.limit("w", Limit::Kind::partitions);
        QVERIFY(partitions && near(partitions->limit, 1000) && near(partitions->use, 1.2));
        QCOMPARE(partitions->needed(), 14.0);
        const Limit* hottest = analysed.limit("w", Limit::Kind::hottestShard);
        const double q = 0.17944;
        QVERIFY(hottest && near(hottest->limit, 125) && near(hottest->demand, 1200 * (q + (1 - q) / 8), 1e-4));
    }

    void theHottestKeyOfACache() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 300'000}, {"read_share", 1}, {"key_space", 1000}, {"zipf_alpha", 1.1}});
        d.node("s", "service").node("r", "redis", {{"topology", "cluster"}, {"instances", 10}});
        d.line("c", "s").line("s", "r");
        const Analysed analysed(d);
        const Limit* key = analysed.limit("r", Limit::Kind::hottestKey);
        QVERIFY(key && near(key->limit, 100'000) && near(key->demand, 53'832, 1e-4));
        const Limit* shard = analysed.limit("r", Limit::Kind::hottestShard);
        QVERIFY(shard && near(shard->demand, 53'832 + (300'000 - 53'832) / 10.0, 1e-4));
        QCOMPARE(analysed.limits.limits[std::size_t(analysed.limits.binding[std::size_t(analysed.node("r"))])].kind,
                 Limit::Kind::hottestShard);
    }

    void growthBreaksTheFullestFirst() {
        const Analysed shopped(shop());
        const Growth tenfold = growth(shopped.limits, 10);
        QVERIFY(tenfold.breaks.size() >= 2);
        for (std::size_t i = 1; i < tenfold.breaks.size(); ++i)
            QVERIFY(tenfold.breaks[i - 1].atFactor <= tenfold.breaks[i].atFactor);
        QCOMPARE(tenfold.breaks.front().limit, shopped.limits.first);
        for (const Break& broken : tenfold.breaks)
            QVERIFY(broken.atFactor <= 10 && near(broken.use * broken.atFactor, 10));
        // Drawn with ten times the clients, the servers are exactly as full as foretold.
        const Analysed more(shop(9000));
        QVERIFY(near(more.limit("shop", Limit::Kind::servers)->use, 3));
        QVERIFY(growth(shopped.limits, 0.5).breaks.empty());
    }

    void aZoneTakesItsInstancesAndHandsOverTheDatabase() {
        const Analysed shopped(shop());
        const WhatIf what = analyseWhatIf(*shopped.snapshot, shopped.capacity, shopped.limits);
        QCOMPARE(what.domains.size(), 3u);
        const LossCase& zone = what.domains[0];
        QVERIFY(zone.failingFlows.empty());
        QVERIFY(zone.down.empty());
        double shopUse = 0, standbyUse = 0;
        for (const Survivor& survivor : zone.changed) {
            if (survivor.node == shopped.node("shop")) {
                QCOMPARE(survivor.instancesLeft, 4);
                shopUse = survivor.utilisation;
            }
            if (survivor.node == shopped.node("standby")) standbyUse = survivor.utilisation;
        }
        QVERIFY(near(shopUse, 0.45));
        QVERIFY(near(standbyUse, 900 * 8 / (16 * 1000.0)));
        const LossCase& other = what.domains[2];
        QCOMPARE(other.changed.size(), 1u);
        QVERIFY(near(other.changed[0].utilisation, 0.45));
    }

    void theLastInstanceTakesTheFlowWithIt() {
        Drawing d = shop();
        d.node("tax", "service", {{"instances", 1}}).line("shop", "tax");
        const Analysed shopped(d);
        const WhatIf what = analyseWhatIf(*shopped.snapshot, shopped.capacity, shopped.limits);
        for (const LossCase& loss : what.instances) {
            if (loss.node == shopped.node("tax")) {
                QCOMPARE(loss.down, std::vector<int>{loss.node});
                QCOMPARE(loss.failingFlows.size(), 1u);
            }
            if (loss.node == shopped.node("shop")) {
                QCOMPARE(loss.changed[0].instancesLeft, 5);
                QVERIFY(near(loss.changed[0].utilisation, 0.36));
            }
        }
    }

    void withoutItsCacheAStoreGetsEverything() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 2000}, {"read_share", 1}}).node("s", "service");
        d.node("r", "redis", {{"hit_ratio", 0.9}}).node("db", "postgres", {{"service_time_ms", 4}});
        d.line("c", "s").line("s", "r", {{"criticality", "optional"}}).line("s", "db", {{"p_from", "miss:r"}});
        const Analysed analysed(d);
        const LossCase loss = lossCase(analysed.snapshot->graph(), analysed.capacity, {-1, analysed.node("r")});
        QVERIFY(loss.failingFlows.empty());
        QCOMPARE(loss.down, std::vector<int>{analysed.node("r")});
        QCOMPARE(loss.worst, analysed.node("db"));
        QVERIFY(near(loss.worstUtilisation, 2000.0 / 4000));
        QVERIFY(near(analysed.capacity.nodes[std::size_t(analysed.node("db"))].utilisation, 200.0 / 4000));
    }

    void alternativesTakeOver() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 100}, {"read_share", 1}}).node("lb", "lb_l7");
        const Parameters slow{{"service_time_ms", 10}, {"concurrency", 1}, {"instances", 1}};
        d.node("x", "service", slow).node("y", "service", slow);
        d.line("c", "lb").line("lb", "x", {{"weight", 3}}).line("lb", "y");
        const Analysed analysed(d);
        const LossCase loss = lossCase(analysed.snapshot->graph(), analysed.capacity, {-1, analysed.node("x")});
        QVERIFY(loss.failingFlows.empty());
        QCOMPARE(loss.worst, analysed.node("y"));
        QVERIFY(near(loss.worstUtilisation, 1.0));
    }

    void retriesMultiplyOverLayers() {
        Drawing d;
        d.node("c", "client").node("a", "service").node("b", "service").node("e", "service");
        d.line("c", "a", {{"retries", 3}}).line("a", "b", {{"retries", 3}}).line("b", "e", {{"retries", 3}});
        const auto all = retryAmplification(d.snapshot()->graph());
        QCOMPARE(all.size(), 2u);  // reads and writes
        QCOMPARE(all[0].worst, 64.0);
        QVERIFY(near(all[0].half, std::pow(1.875, 3)));
        QCOMPARE(all[0].links.size(), 3u);
        Drawing budgeted = d;
        budgeted.line("e", "a", {{"retries", 1}});
        QVERIFY(std::isinf(retryAmplification(budgeted.snapshot()->graph())[0].worst));
    }

    void nothingIsNotANumber() {
        // Nothing asked, no work, more than anything can take, and a cycle that multiplies.
        for (const double rate : {0.0, 1e15}) {
            Drawing d;
            d.zone("z", 0.99);
            d.node("c", "client", {{"rate_rps", rate}}).node("a", "service", {{"service_time_ms", 0}}, {"z"});
            d.node("b", "service", {{"queue_limit", 0}}).node("k", "kafka").node("w", "worker");
            d.node("r", "redis", {{"hit_model", "real"}, {"memory_gb", 0}});
            d.line("c", "a").line("a", "b", {{"calls", 2}}).line("b", "a").line("a", "r");
            d.line("a", "k", {}, Mode::publish).line("k", "w", {}, Mode::consume);
            const Analysed analysed(d);
            for (const Limit& limit : analysed.limits.limits)
                QVERIFY(std::isfinite(limit.demand) && limit.limit > 0 && std::isfinite(limit.use));
            const WhatIf what = analyseWhatIf(*analysed.snapshot, analysed.capacity, analysed.limits);
            for (const Growth& growth : what.growth)
                for (const Break& broken : growth.breaks) QVERIFY(std::isfinite(broken.use));
        }
    }

    void trafficEquationsAgreeWithPowerIteration() {
        std::mt19937 random(11);
        for (int round = 0; round < 500; ++round) {
            const std::size_t n = 2 + random() % 12;
            std::vector<std::vector<std::pair<int, double>>> onward(n);
            std::vector<double> external(n);
            for (std::size_t i = 0; i < n; ++i) {
                external[i] = static_cast<double>(random() % 1000);
                for (std::size_t k = random() % 4; k > 0; --k)
                    onward[i].emplace_back(static_cast<int>(random() % n), static_cast<double>(random() % 30) / 100);
            }
            std::vector<double> wave = external, sum = external;
            for (int step = 0; step < 3000; ++step) {
                std::vector<double> next(n, 0.0);
                for (std::size_t i = 0; i < n; ++i)
                    for (const auto& [to, weight] : onward[i]) next[std::size_t(to)] += weight * wave[i];
                wave = next;
                for (std::size_t i = 0; i < n; ++i) sum[i] += wave[i];
            }
            const TrafficSolution solution = solveTraffic(onward, external);
            for (std::size_t i = 0; i < n; ++i) QVERIFY(near(solution.rates[i], sum[i], 1e-9));
        }
    }

    void everyFigureHasItsSteps() {
        const Analysed shopped(shop());
        const int service = shopped.node("shop");
        const Derivation load = explainLoad(*shopped.snapshot, shopped.capacity, service);
        QCOMPARE(load.result, "900/s");
        QCOMPARE(load.steps.front().components, (std::vector<std::string>{"shop", "lb"}));
        QCOMPARE(explainUtilisation(*shopped.snapshot, shopped.capacity, service).result, "30.0 %");
        const Derivation wait = explainWait(*shopped.snapshot, shopped.capacity, service);
        QCOMPARE(wait.steps[1].result, "3.000 Erlang");
        const Derivation latency = explainLatency(*shopped.snapshot, shopped.capacity, 0);
        QVERIFY(latency.steps.size() >= 6);
        for (const Derivation& derivation : {load, wait, latency})
            for (const DerivationStep& step : derivation.steps) {
                QVERIFY(!step.what.empty() && !step.result.empty());
                QVERIFY(step.result.find("nan") == std::string::npos && step.result.find("inf") == std::string::npos);
            }
    }

    void sharesAddUpToTheLoad() {
        const auto snapshot = Snapshot::of(largeDesign(300), catalog());
        const CapacityReport report = analyseCapacity(*snapshot);
        std::vector<double> nodes(report.nodes.size(), 0.0);
        for (const LoadShare& share : loadShares(snapshot->graph(), report))
            nodes[std::size_t(share.node)] += share.rps;
        for (std::size_t i = 0; i < nodes.size(); ++i)
            QVERIFY(near(nodes[i], report.nodes[i].readRps + report.nodes[i].writeRps));
    }
};

QTEST_APPLESS_MAIN(WhatIfTest)
#include "what_if.moc"
