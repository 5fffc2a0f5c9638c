// Every template: it loads, comes back byte for byte, says what it is for, is laid out to be read, and the
// finished ones hold what a finished design is said to hold.
#include "json/design_json.h"
#include "model/keys.h"
#include "rules/report.h"
#include "support/catalog.h"

#include <QtTest>

#include <cmath>
#include <set>

using namespace loadpath;

namespace {

std::filesystem::path folder() { return std::filesystem::path(LOADPATH_SOURCE_DIR) / "templates"; }

std::string textOf(const std::string& id) { return test::fileText(folder() / (id + ".json")); }

Design designOf(const std::string& id) {
    auto loaded = readDesign(textOf(id), *test::catalog());
    if (!loaded) qFatal("%s", describe(loaded.error().front(), id).c_str());
    return loaded->design;
}

std::set<std::string> templateIds() {
    std::set<std::string> ids;
    for (const auto& entry : std::filesystem::directory_iterator(folder())) ids.insert(entry.path().stem().string());
    return ids;
}

bool isFirstAttempt(const std::string& id) { return id.ends_with("-naive"); }

const Catalog& catalog() { return *test::catalog(); }

ParameterView viewOf(const Component& component) {
    return {catalog().typeOf(component.type).parameters, component.properties};
}
ParameterView viewOf(const Connection& connection) { return {catalog().connectionParameters, connection.properties}; }

bool isIn(const Component& component, const char* group) {
    const auto& groups = catalog().typeOf(component.type).groups;
    return std::find(groups.begin(), groups.end(), group) != groups.end();
}

bool isTold(const Value& list, const char* word) {
    return list.list() && std::find(list.list()->begin(), list.list()->end(), Value(word)) != list.list()->end();
}

const Component* ofType(const Design& design, const char* type) {
    for (const Component& component : design.components)
        if (component.type == type) return &component;
    return nullptr;
}

QString named(const Connection& connection) { return QString::fromStdString(connection.id.value); }

/// What the service waits for a connection in all, its attempts counted.
double patienceMs(const ParameterView& connection) {
    return connection(keys::timeoutMs) * (connection(keys::retries) + 1);
}

struct Box {
    double x, y, width, height;
    bool overlaps(const Box& o) const {
        return x < o.x + o.width && o.x < x + width && y < o.y + o.height && o.y < y + height;
    }
};
Box boxOf(const Component& c) { return {c.position.x, c.position.y, 176, 66}; }
/// Notes are 192 px wide and about 30 letters a line.
Box boxOf(const Note& n) { return {n.position.x, n.position.y, 192, 22 + 15 * std::ceil(double(n.text.size()) / 30)}; }

}  // namespace

class LibraryTest : public QObject {
    Q_OBJECT

    static void add(bool finished, bool attempts) {
        QTest::addColumn<std::string>("id");
        for (const std::string& id : templateIds())
            if (isFirstAttempt(id) ? attempts : finished) QTest::newRow(id.c_str()) << id;
    }
    static void addAll() { add(true, true); }
    static void addFinished() { add(true, false); }

private slots:
    void everyProblemHasAFirstAttemptAndAnAnswer() {
        const std::set<std::string> ids = templateIds();
        QCOMPARE(ids.size(), std::size_t(20));
        for (const std::string& id : ids) QVERIFY2(isFirstAttempt(id) || ids.contains(id + "-naive"), id.c_str());
    }

    void comesBackByteForByte_data() { addAll(); }
    void comesBackByteForByte() {
        QFETCH(std::string, id);
        const auto loaded = readDesign(textOf(id), catalog());
        QVERIFY(loaded);
        for (const Problem& warning : loaded->warnings) QFAIL(describe(warning, id).c_str());
        QCOMPARE(writeDesign(loaded->design, catalog()), textOf(id));
    }

    void saysWhatItIsFor_data() { addAll(); }
    void saysWhatItIsFor() {
        QFETCH(std::string, id);
        const Design design = designOf(id);
        QVERIFY(!design.header.name.empty() && design.header.description.size() > 60);
        const Requirements& needs = design.header.requirements;
        QVERIFY(needs.functional.size() >= 3);
        QVERIFY(needs.dau && needs.requestsPerUserDay && needs.peakFactor && needs.availabilitySlo && needs.p99Ms);
        QVERIFY(needs.rtoS && needs.rpoS && needs.horizonY);
        QVERIFY(design.notes.size() >= 2);
        QVERIFY(design.scenarios.size() >= 2);
        // The load that is drawn is the one that is estimated.
        const double estimated = *needs.dau * *needs.requestsPerUserDay / 86400 * *needs.peakFactor;
        double drawn = 0;
        for (const FlowPath& flow : Snapshot::of(design, test::catalog())->graph().flows) drawn += flow.rateRps;
        QVERIFY2(std::abs(estimated / drawn - 1) < 0.01, qPrintable(QString("%1 and %2").arg(estimated).arg(drawn)));
    }

    void answerAndFirstAttemptSolveTheSameProblem_data() { addFinished(); }
    void answerAndFirstAttemptSolveTheSameProblem() {
        QFETCH(std::string, id);
        const Design answer = designOf(id), attempt = designOf(id + "-naive");
        QCOMPARE(attempt.header.requirements.functional, answer.header.requirements.functional);
        QCOMPARE(attempt.header.requirements.availabilitySlo, answer.header.requirements.availabilitySlo);
        QVERIFY(attempt.header.name.starts_with(answer.header.name));
        for (const Flow& flow : attempt.flows) {
            const Flow* same = answer.flows.find(flow.id);
            QVERIFY2(same && same->op == flow.op && same->name == flow.name, flow.id.value.c_str());
        }
    }

    void isLaidOutToBeRead_data() { addAll(); }
    void isLaidOutToBeRead() {
        QFETCH(std::string, id);
        const Design design = designOf(id);
        for (const Component& a : design.components) {
            QCOMPARE(std::fmod(a.position.x, 24), 0.0);
            QCOMPARE(std::fmod(a.position.y, 24), 0.0);
            for (const Component& b : design.components) {
                if (a.id == b.id) continue;
                const bool apart =
                    std::abs(a.position.x - b.position.x) >= 240 || std::abs(a.position.y - b.position.y) >= 120;
                QVERIFY2(apart, (a.id.value + " and " + b.id.value).c_str());
            }
            for (const Note& note : design.notes)
                QVERIFY2(!boxOf(a).overlaps(boxOf(note)), (a.id.value + " and " + note.id.value).c_str());
            for (const Zone& zone : design.zones) {
                if (!zone.frame) continue;
                const Box frame{zone.frame->x, zone.frame->y, zone.frame->width, zone.frame->height};
                const bool isPlacedInside = std::any_of(a.zones.begin(), a.zones.end(), [&](const ZoneId& in) {
                    return in == zone.id || design.zones.find(in)->parent == zone.id;
                });
                QVERIFY2(isPlacedInside == frame.overlaps(boxOf(a)), a.id.value.c_str());
            }
        }
    }

    void everyScenarioCanBeNamedAndAimsAtSomething_data() { addAll(); }
    void everyScenarioCanBeNamedAndAimsAtSomething() {
        QFETCH(std::string, id);
        const Design design = designOf(id);
        for (const ScenarioSpec& scenario : design.scenarios) {
            QVERIFY(!scenario.name.empty() && scenario.warmupS < scenario.durationS);
            for (const Fault& fault : scenario.faults) {
                const bool isThere = fault.target.empty() || design.components.contains(ComponentId{fault.target}) ||
                                     design.zones.contains(ZoneId{fault.target});
                QVERIFY2(isThere, fault.target.c_str());
                QVERIFY(fault.atS >= scenario.warmupS && fault.atS < scenario.durationS);
            }
        }
    }

    void nothingIsLeftToMend_data() { addFinished(); }
    void nothingIsLeftToMend() {
        QFETCH(std::string, id);
        const Report report = evaluate(Snapshot::of(designOf(id), test::catalog()));
        for (const Finding& finding : report.findings)
            if (finding.severity != Severity::info && !finding.acknowledged)
                QFAIL((finding.key() + ": " + finding.message).c_str());
    }

    void aFirstAttemptFails_data() { add(false, true); }
    void aFirstAttemptFails() {
        QFETCH(std::string, id);
        const Report report = evaluate(Snapshot::of(designOf(id), test::catalog()));
        std::set<std::string_view> found;
        for (const Finding& finding : report.findings) {
            QVERIFY2(!finding.acknowledged, finding.key().c_str());
            found.insert(finding.rule);
        }
        QVERIFY(found.contains("slo-unreachable"));
        QVERIFY(found.contains("no-timeout"));
        QVERIFY(found.contains("overload") || found.contains("spof"));
    }

    void isWatchedMeshedAndKeepsItsSecrets_data() { addFinished(); }
    void isWatchedMeshedAndKeepsItsSecrets() {
        QFETCH(std::string, id);
        const Design design = designOf(id);
        const Component* watch = ofType(design, "observability");
        QVERIFY(watch);
        for (const char* role : {"metrics", "logs", "traces", "alerting"})
            QVERIFY2(isTold(viewOf(*watch).value("role"), role), role);
        QVERIFY(isTold(viewOf(*watch).value("covers"), "*"));
        std::set<double> burnRates;
        const Value rules = viewOf(*watch).value("rules");
        for (const Value& rule : *rules.list()) burnRates.insert(rule.find("burn_rate")->number());
        QCOMPARE(burnRates, (std::set<double>{1, 6, 14.4}));
        const Component* mesh = ofType(design, "service_mesh");
        QVERIFY(mesh);
        QCOMPARE(viewOf(*mesh).value("mtls"), Value(true));
        QCOMPARE(viewOf(*mesh).value("circuit_breaking"), Value(true));
        QVERIFY(ofType(design, "secrets_manager"));
        if (const Component* gateway = ofType(design, "api_gateway"))
            for (const char* feature : {"authn", "authz", "rate_limit", "validation", "logging", "circuit_breaking"})
                QVERIFY2(isTold(viewOf(*gateway).value("features"), feature), feature);
    }

    void waitsEndAndGrowShorterDownstream_data() { addFinished(); }
    void waitsEndAndGrowShorterDownstream() {
        QFETCH(std::string, id);
        const Design design = designOf(id);
        for (const Connection& connection : design.connections) {
            const ParameterView view = viewOf(connection);
            const Component &from = *design.components.find(connection.from),
                            &to = *design.components.find(connection.to);
            if (connection.mode != Mode::sync || to.type == "dns" || view(keys::ops) == "push") continue;
            QVERIFY2(view(keys::timeoutMs) > 0, qPrintable(named(connection)));
            const bool isFirst = from.type == "client";
            QCOMPARE(view(keys::retries), isFirst ? 1 : 0);
            if (isFirst) {
                QCOMPARE(view(keys::backoff), std::string("exp"));
                QCOMPARE(view(keys::jitter), std::string("full"));
                QCOMPARE(view(keys::retryBudget), 0.1);
                QVERIFY2(view.value("idempotent") == Value(true), qPrintable(named(connection)));
            }
            for (const Connection& next : design.connections)
                if (next.from == connection.to && next.mode == Mode::sync)
                    QVERIFY2(view(keys::timeoutMs) > patienceMs(viewOf(next)),
                             qPrintable(named(connection) + " before " + named(next)));
        }
    }

    void messagesAreKeptRetriedAndBuried_data() { addFinished(); }
    void messagesAreKeptRetriedAndBuried() {
        QFETCH(std::string, id);
        const Design design = designOf(id);
        std::set<std::string> buries, isRead;
        for (const Connection& connection : design.connections) {
            if (connection.mode != Mode::consume) continue;
            const Component& to = *design.components.find(connection.to);
            if (to.type == "dlq") {
                buries.insert(connection.from.value);
                QCOMPARE(viewOf(to).value("alarm"), Value(true));
                QVERIFY(viewOf(to).value("retention_s").number() >= 14 * 86400);
                QVERIFY(!viewOf(to).value("owner").isNull());
            } else if (isIn(to, "compute")) {
                isRead.insert(connection.from.value);
                const ParameterView view = viewOf(connection);
                QVERIFY2(view(keys::maxAttempts) >= 3 && view(keys::maxAttempts) <= 5, qPrintable(named(connection)));
                QVERIFY2(view.value("idempotent_consumer") == Value(true), qPrintable(named(connection)));
            }
        }
        QCOMPARE(buries, isRead);
        for (const Component& component : design.components) {
            if (component.type != "kafka") continue;
            const Value topics = viewOf(component).value("topics");
            QVERIFY(topics.list() && !topics.list()->empty());
            for (const Value& topic : *topics.list()) {
                QCOMPARE(topic.find("rf")->number(), 3.0);
                QCOMPARE(topic.find("min_isr")->number(), 2.0);
                QVERIFY(topic.find("key"));
                for (const Connection& read : design.connections)
                    if (read.from == component.id && read.mode == Mode::consume)
                        if (const Component& reader = *design.components.find(read.to); isIn(reader, "compute"))
                            QVERIFY(topic.find("partitions")->number() >= 2 * viewOf(reader)(keys::instances) ||
                                    viewOf(read)(keys::topic) != *topic.find("name")->text());
            }
        }
    }

    void storesAreGuarded_data() { addFinished(); }
    void storesAreGuarded() {
        QFETCH(std::string, id);
        const Design design = designOf(id);
        for (const Component& component : design.components) {
            const ParameterView view = viewOf(component);
            if (component.type == "redis" && isTold(view.value("role"), "cache")) {
                QCOMPARE(view.value("coalescing"), Value("lease"));
                QCOMPARE(view.value("ttl_jitter").number(), 0.1);
            }
            if (component.type == "postgres") {
                QCOMPARE(view(keys::failover), std::string("auto"));
                QCOMPARE(view.value("pooler"), Value("colocated"));
                QCOMPARE(view.value("max_slot_wal_keep_gb").number(), 150.0);
                const Value tables = view.value("tables");
                for (const Value& table : *tables.list()) {
                    QCOMPARE(*table.find("pk")->find("type"), Value("snowflake"));
                    QCOMPARE(*table.find("updated_at"), Value(true));
                }
            }
            if (component.type == "postgres_replica") QCOMPARE(view.value("pooler"), Value("colocated"));
            if (component.type == "cdc_connector") QVERIFY(ofType(design, "schema_registry"));
            if (isIn(component, "compute") && view(keys::queueLimit) >= 0)
                QCOMPARE(view(keys::queueLimit), 2 * view(keys::concurrency));
        }
    }
};

QTEST_APPLESS_MAIN(LibraryTest)
#include "library.moc"
