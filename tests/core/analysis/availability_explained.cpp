// Improvements, derivations and chains of consumers: what is said beside the figures holds for them.
#include "analysis/availability.h"
#include "support/draw.h"

#include <QTest>

#include <cmath>

using namespace loadpath;
using namespace loadpath::test;

class AvailabilityExplained : public QObject {
    Q_OBJECT

private:
    static Drawing shop() {
        Drawing d;
        d.zone("z1", 0.999).zone("z2", 0.999);
        d.node("c", "client", {{"rate_rps", 10}, {"read_share", 1}});
        d.node("s", "service", {{"availability", 0.99}, {"instances", 2}}, {"z1"});
        d.node("db", "postgres", {{"availability", 0.995}}).line("c", "s").line("s", "db");
        return d;
    }
    static const Improvement* find(const std::vector<Improvement>& all, int node, Improvement::Kind kind) {
        for (const Improvement& i : all)
            if (i.node == node && i.kind == kind) return &i;
        return nullptr;
    }

private slots:
    void aChangeBuysWhatTheChangedDesignHas() {
        const auto snapshot = shop().snapshot();
        const double s2 = 1 - 0.01 * 0.01, now = 0.999 * s2 * 0.995;
        const double a = analyseAvailability(*snapshot).flows.at(0).availability;
        QVERIFY(std::abs(a - now) < 1e-12);
        const auto all = improvementsOf(*snapshot, 0);
        const int s = snapshot->graph().node({"s"}), db = snapshot->graph().node({"db"});
        const auto near = [&](int node, Improvement::Kind kind, double expected) {
            const Improvement* found = find(all, node, kind);
            return found && std::abs(found->availability - expected) < 1e-12 &&
                   std::abs(found->minutesGainedYear - (expected - now) * 525600) < 1e-6;
        };
        QVERIFY(near(s, Improvement::Kind::replica, 0.999 * (1 - 1e-6) * 0.995));
        QVERIFY(near(s, Improvement::Kind::nine, 0.999 * (1 - 1e-6) * 0.995));
        QVERIFY(near(s, Improvement::Kind::zone, (1 - (1 - 0.999 * 0.99) * (1 - 0.999 * 0.99)) * 0.995));
        QVERIFY(near(db, Improvement::Kind::nine, 0.999 * s2 * 0.9995));
        QVERIFY(near(db, Improvement::Kind::replica, 0.999 * s2 * (1 - 0.005 * 0.005)));
        for (std::size_t i = 1; i < all.size(); ++i) QVERIFY(all[i - 1].minutesGainedYear >= all[i].minutesGainedYear);
        // Asked again, nothing has stayed changed.
        QCOMPARE(improvementsOf(*snapshot, 0).size(), all.size());
        QVERIFY(improvementsOf(*snapshot, 7).empty() && improvementsOf(*snapshot, -1).empty());
    }

    void zonesStandInTheFormula() {
        const FlowAvailability flow = analyseAvailability(*shop().snapshot()).flows.at(0);
        QVERIFY2(flow.formula.starts_with("A = Σ P(zones) · [s₍1 of 2₎ · db] = 0.999 × "), flow.formula.c_str());
        QVERIFY(!flow.derivation.steps.empty());
        QCOMPARE(flow.derivation.steps.at(0).components, std::vector<std::string>{"s"});
    }

    void whatIsSharedIsConditionedOn() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 10}, {"read_share", 1}}).node("lb", "lb_l7");
        for (const char* id : {"a", "b"}) d.node(id, "service", {{"availability", 0.9}}).line("lb", id);
        d.node("db", "postgres", {{"availability", 0.8}}).line("c", "lb").line("a", "db").line("b", "db");
        const auto snapshot = d.snapshot();
        const Derivation derivation = explainAvailability(snapshot->graph(), 0);
        bool isConditioned = false;
        for (const DerivationStep& step : derivation.steps) isConditioned |= step.what == "Condition on PostgreSQL";
        QVERIFY(isConditioned);
        QVERIFY(explainAvailability(snapshot->graph(), 9).steps.empty());
        QCOMPARE(explainUnit(snapshot->graph(), snapshot->graph().node({"db"})).result, std::string("0.8"));
    }

    void aChainOfBrokersIsOneConjunction() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 10}, {"read_share", 0}}).node("s", "service").line("c", "s");
        for (const char* id : {"q1", "q2"}) d.node(id, "kafka", {{"availability", 0.9}, {"min_healthy", 3}});
        for (const char* id : {"w1", "w2"}) d.node(id, "worker", {{"availability", 0.95}});
        d.node("db", "postgres", {{"availability", 0.99}});
        d.line("s", "q1", {}, Mode::publish).line("q1", "w1", {}, Mode::consume);
        d.line("w1", "q2", {}, Mode::publish).line("q2", "w2", {}, Mode::consume);
        d.line("w1", "db").line("w2", "db");  // shared: fails once
        const AvailabilityReport report = analyseAvailability(*d.snapshot());
        QCOMPARE(report.async.size(), std::size_t{2});
        QCOMPARE(report.chains.size(), std::size_t{1});
        const double broker = 0.9 * 0.9 * 0.9;
        QVERIFY(std::abs(report.chains[0].availability - broker * broker * 0.95 * 0.95 * 0.99) < 1e-12);
        QCOMPARE(report.chains[0].stages.size(), std::size_t{2});
    }

    void readersOfAChangeLogAreListedAsWell() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 10}, {"read_share", 0}}).node("s", "service").line("c", "s");
        d.node("db", "postgres", {{"availability", 0.99}}).line("s", "db");
        d.node("cdc", "cdc_connector", {{"availability", 0.98}}).node("k", "kafka", {{"managed", true}});
        d.node("w", "worker", {{"availability", 0.95}}).node("es", "elasticsearch", {{"managed", true}});
        d.line("db", "cdc", {}, Mode::replicate).line("cdc", "k", {}, Mode::publish);
        d.line("k", "w", {}, Mode::consume).line("w", "es");
        const auto snapshot = d.snapshot();
        const AvailabilityReport report = analyseAvailability(*snapshot);
        QCOMPARE(report.async.size(), std::size_t{2});
        const auto of = [&](const char* consumer) {
            for (const AsyncAvailability& async : report.async)
                if (stageEnds(snapshot->graph(), async.flow).second == snapshot->graph().node({consumer}))
                    return async.availability;
            return -1.0;
        };
        QVERIFY(std::abs(of("cdc") - 0.99 * 0.98 * 0.999) < 1e-12);
        QVERIFY(std::abs(of("w") - 0.999 * 0.95 * 0.999) < 1e-12);
        QCOMPARE(report.chains.size(), std::size_t{1});
        // The broker stands in both stages and fails once.
        QVERIFY(std::abs(report.chains[0].availability - 0.99 * 0.98 * 0.999 * 0.95 * 0.999) < 1e-12);
    }
};

QTEST_APPLESS_MAIN(AvailabilityExplained)
#include "availability_explained.moc"
