#include "model/keys.h"
#include "support/catalog.h"

#include <QXmlStreamReader>
#include <QtTest>

#include <regex>
#include <set>

using namespace loadpath;

namespace {

const std::filesystem::path root = std::filesystem::path(LOADPATH_SOURCE_DIR) / "palette";

const Catalog& palette() { return *test::catalog(); }

const ComponentType& typeNamed(std::string_view id) {
    const ComponentType* type = palette().find(id);
    if (!type) qFatal("no type %s", std::string(id).c_str());
    return *type;
}

double defaultOf(std::string_view type, ParameterKey<double> key, bool managed = false) {
    const Parameters stated{{"managed", managed}};
    return ParameterView(typeNamed(type).parameters, stated)(key);
}

QString where(const std::string& owner, const ParameterSpec& spec) {
    return QString::fromStdString(owner + "." + spec.key);
}

/// What is wrong with how a property is described; empty when nothing is.
QString flaw(const std::string& owner, const ParameterSpec& spec, bool isField) {
    static const std::regex word("[a-z][a-z0-9_]*");
    if (!std::regex_match(spec.key, word)) return where(owner, spec) + ": the key is not snake_case";
    if (spec.label.empty() || spec.label == spec.key) return where(owner, spec) + ": no label";
    if (spec.help.empty() || (spec.help.back() != '.' && spec.help.back() != ')'))
        return where(owner, spec) + ": the help is no sentence";
    for (const Value* fallback : {&spec.fallback, &spec.managedFallback})
        if (const std::string problem = complaint(spec, *fallback); !problem.empty())
            return where(owner, spec) + ": " + QString::fromStdString(problem);
    const bool hasRange = spec.range.minimum > -1e300 || spec.range.maximum < 1e300;
    const bool isNumber = spec.kind == ValueKind::integer || spec.kind == ValueKind::number;
    if (hasRange && !isNumber) return where(owner, spec) + ": a range on what is no number";
    if (isNumber && !hasRange) return where(owner, spec) + ": a number without a range";
    if ((spec.kind == ValueKind::choice || spec.kind == ValueKind::set) && spec.choices.empty())
        return where(owner, spec) + ": nothing to choose from";
    const std::pair<const char*, const char*> suffixes[] = {
        {"_ms", "ms"}, {"_s", "s"}, {"_gb", "GB"}, {"_kb", "kB"}, {"_rps", "1/s"}};
    for (const auto& suffix : suffixes)
        if (isNumber && spec.key.ends_with(suffix.first) && !spec.key.ends_with("_per_s") && spec.unit != suffix.second)
            return where(owner, spec) + ": the unit does not fit the key";
    if (isField && spec.advanced) return where(owner, spec) + ": fields are shown with their object";
    for (const ParameterSpec& field : spec.fields)
        if (const QString problem = flaw(owner + "." + spec.key, field, true); !problem.isEmpty()) return problem;
    return {};
}

struct Pair {
    const char *from, *to;
    Mode mode;
    const char* protocol;
    bool legal;
};

}  // namespace

class PaletteTest : public QObject {
    Q_OBJECT
private slots:
    void everyTypeHasAPriceOrAReasonForHavingNone() {
        const PriceList& prices = palette().prices;
        QVERIFY(!prices.asOf.empty());
        std::set<int> used;
        for (const ComponentType& type : palette().types) {
            const bool known =
                prices.charges.contains(type.id) || prices.free.contains(type.id) || prices.unpriced.contains(type.id);
            QVERIFY2(known, type.id.c_str());
        }
        for (const auto& charged : prices.charges)
            for (const Charge& charge : charged.second) used.insert(charge.priceClass);
        QCOMPARE(used.size(), prices.classes.size());
    }
    void theTypesOfEveryCategoryAreThere() {
        const std::pair<const char*, std::vector<std::string>> expected[] = {
            {"edge", {"client", "dns", "cdn", "waf"}},
            {"network",
             {"lb_l7", "lb_l4", "api_gateway", "rate_limiter", "websocket_gateway", "sse_gateway", "grpc_web_proxy",
              "service_mesh"}},
            {"compute",
             {"service", "worker", "stream_processor", "monolith", "graphql_server", "serverless_fn", "scheduler",
              "batch_job", "transcoder", "saga_orchestrator"}},
            {"cache", {"redis", "local_cache", "dax"}},
            {"data",
             {"postgres", "postgres_replica", "pgbouncer", "cassandra", "dynamodb", "object_store", "data_warehouse",
              "mongodb", "neo4j", "timeseries_db", "elasticsearch", "block_node", "geo_index", "prefix_index",
              "shard_router"}},
            {"messaging", {"kafka", "sqs", "dlq", "rabbitmq", "pubsub_topic", "schema_registry", "cdc_connector"}},
            {"platform",
             {"observability", "id_generator", "auth_provider", "coordination", "push_provider", "email_provider",
              "sms_provider", "payment_provider", "external_api", "secrets_manager"}},
        };
        for (const auto& [category, ids] : expected) {
            std::vector<std::string> found;
            for (const ComponentType& type : palette().types)
                if (type.category == category) found.push_back(type.id);
            QCOMPARE(found, ids);  // in the order of the panel
        }
        std::set<std::string> unique;
        for (const ComponentType& type : palette().types) QVERIFY2(unique.insert(type.id).second, type.id.c_str());
    }

    void everyPropertyIsDescribed() {
        for (const ComponentType& type : palette().types)
            for (const ParameterSpec& spec : type.parameters) QCOMPARE(flaw(type.id, spec, false), QString());
        for (const ParameterSpec& spec : palette().connectionParameters)
            QCOMPARE(flaw("connection", spec, false), QString());
        for (const ParameterSpec& spec : palette().zoneParameters) QCOMPARE(flaw("zone", spec, false), QString());
    }

    void everyKeyAnEngineReadsIsDescribed() {
        std::set<std::string> described;
        for (const ComponentType& type : palette().types)
            for (const ParameterSpec& spec : type.parameters) described.insert(spec.key);
        for (const ParameterSpec& spec : palette().connectionParameters) described.insert(spec.key);
        const std::string header = test::fileText(std::filesystem::path(LOADPATH_SOURCE_DIR) / "core/model/keys.h");
        const std::regex key("ParameterKey<[^>]*> \\w+\\{\"(\\w+)\"\\}");
        int found = 0;
        for (std::sregex_iterator it(header.begin(), header.end(), key), end; it != end; ++it, ++found)
            QVERIFY2(described.contains((*it)[1]), (*it)[1].str().c_str());
        QVERIFY(found > 60);
    }

    void everyTypeHasACompleteHandbook() {
        for (const ComponentType& type : palette().types) {
            const Handbook& book = type.handbook;
            QVERIFY2(!type.summary.empty() && type.summary.back() == '.', type.id.c_str());
            QVERIFY2(book.what.size() > 60 && book.when.size() > 60 && book.scaling.size() > 60, type.id.c_str());
            QVERIFY2(book.tradeoffs.size() >= 2 && book.tradeoffs.size() <= 4, type.id.c_str());
            QVERIFY2(book.breaks.size() >= 2 && book.breaks.size() <= 4, type.id.c_str());
            QVERIFY2(book.numbers.size() >= 3 && book.numbers.size() <= 5, type.id.c_str());
            QVERIFY2(type.aliases.size() >= 5, type.id.c_str());
            for (const std::string& alias : type.aliases)
                QVERIFY2(QString::fromStdString(alias) == QString::fromStdString(alias).toLower(), alias.c_str());
        }
    }

    void everyCardNamesPropertiesOfItsType() {
        const std::regex key("\\{(\\w+)\\}");
        for (const ComponentType& type : palette().types) {
            QVERIFY2(!type.card.empty(), type.id.c_str());
            for (std::sregex_iterator it(type.card.begin(), type.card.end(), key), end; it != end; ++it)
                QVERIFY2(findSpec(type.parameters, (*it)[1].str()), type.card.c_str());
        }
    }

    void everyIconIsPlainLinesInTheCurrentColour() {
        std::vector<std::string> icons = {"zone.svg", "region.svg", "boundary.svg", "note.svg"};
        for (const ComponentType& type : palette().types) icons.push_back(type.icon);
        std::set<std::string> drawings;
        for (const std::string& icon : icons) {
            const std::string text = test::fileText(root / icon);
            QVERIFY2(!text.empty(), icon.c_str());
            QVERIFY2(drawings.insert(text).second, icon.c_str());  // no two look the same
            QXmlStreamReader svg{QString::fromStdString(text)};
            QVERIFY2(svg.readNextStartElement(), icon.c_str());
            QCOMPARE(svg.name().toString(), QString("svg"));
            QCOMPARE(svg.attributes().value("viewBox").toString(), QString("0 0 24 24"));
            QCOMPARE(svg.attributes().value("stroke").toString(), QString("currentColor"));
            QCOMPARE(svg.attributes().value("stroke-width").toString(), QString("1.7"));
            QCOMPARE(svg.attributes().value("fill").toString(), QString("none"));
            while (svg.readNextStartElement()) {
                const QStringList plain{"path", "line", "circle", "rect"};
                QVERIFY2(plain.contains(svg.name().toString()), icon.c_str());
                QVERIFY2(!svg.attributes().hasAttribute("fill") && !svg.attributes().hasAttribute("stroke"),
                         icon.c_str());
                svg.skipCurrentElement();
            }
            QVERIFY2(!svg.hasError(), icon.c_str());
        }
    }

    void defaultsAreThoseOfTheCatalogueDocument() {
        struct Row {
            const char* type;
            double serviceMs;
            int concurrency;  // 0: a pure delay
            double selfRun, managed;
        };
        const Row rows[] = {
            {"dns", 20, 0, .995, 1},
            {"cdn", 5, 0, .995, .999},
            {"lb_l4", .05, 64, .995, .9999},
            {"lb_l7", .5, 16, .995, .9999},
            {"api_gateway", 2, 100, .995, .9995},
            {"rate_limiter", .05, 0, .995, .995},
            {"service", 10, 50, .995, .995},
            {"worker", 100, 10, .99, .99},
            {"stream_processor", .1, 0, .995, .995},
            {"redis", .01, 1, .995, .999},
            {"postgres", 1, 16, .995, .9995},
            {"postgres_replica", 1, 16, .995, .9995},
            {"pgbouncer", .05, 0, .995, .9999},
            {"cassandra", 1, 10, .99, .9999},
            {"dynamodb", 5, 0, .995, .9999},
            {"object_store", 30, 0, .995, .999},
            {"data_warehouse", 2000, 20, .995, .999},
            {"kafka", .005, 1, .995, .999},
            {"sqs", 10, 0, .995, .999},
            {"waf", .5, 0, .995, .9995},
            {"websocket_gateway", .2, 16, .995, .995},
            {"sse_gateway", .2, 16, .995, .995},
            {"grpc_web_proxy", .5, 32, .995, .995},
            {"monolith", 20, 100, .995, .995},
            {"graphql_server", 5, 0, .995, .995},
            {"serverless_fn", 20, 0, .995, .9995},
            {"transcoder", 100, 10, .99, .99},
            {"saga_orchestrator", 3, 0, .995, .999},
            {"push_provider", 100, 0, .995, .999},
            {"payment_provider", 500, 0, .995, .999},
            {"external_api", 100, 0, .995, .999},
            {"auth_provider", 20, 0, .995, .999},
            {"local_cache", .001, 0, .995, .995},
            {"dax", .4, 0, .995, .999},
            {"mongodb", 1, 16, .995, .99995},
            {"neo4j", 5, 16, .995, .999},
            {"timeseries_db", .005, 1, .995, .9999},
            {"elasticsearch", 10, 32, .995, .999},
            {"block_node", 20, 16, .99, .99},
            {"geo_index", .3, 1, .995, .995},
            {"prefix_index", .1, 4, .995, .995},
            {"shard_router", .1, 64, .995, .995},
            {"rabbitmq", .05, 1, .995, .999},
            {"cdc_connector", .1, 0, .99, .99},
        };
        for (const Row& row : rows) {
            const ComponentType& type = typeNamed(row.type);
            const ParameterView view(type.parameters, {});
            QVERIFY2(type.hasStation, row.type);
            QCOMPARE(view(keys::serviceTimeMs), row.serviceMs);
            QCOMPARE(view(keys::concurrency), row.concurrency);
            QCOMPARE(defaultOf(row.type, keys::availability), row.selfRun);
            QCOMPARE(defaultOf(row.type, keys::availability, true), row.managed);
        }
        for (const char* type :
             {"client", "dlq", "id_generator", "observability", "scheduler", "batch_job", "service_mesh",
              "email_provider", "sms_provider", "secrets_manager", "pubsub_topic", "schema_registry"})
            QVERIFY2(!typeNamed(type).hasStation, type);
        for (const char* type : {"kafka", "cassandra", "coordination", "elasticsearch"})
            QCOMPARE(ParameterView(typeNamed(type).parameters, {})(keys::instances), 3);
        QCOMPARE(ParameterView(typeNamed("service").parameters, {})(keys::instances), 2);
        QCOMPARE(ParameterView(typeNamed("service").parameters, {})(keys::threads), 200);
        QCOMPARE(ParameterView(typeNamed("stream_processor").parameters, {})(keys::parallelism), 4);
        QVERIFY(!ParameterView(typeNamed("client").parameters, {}).isSet("rate_rps"));
        QCOMPARE(palette().zoneAvailability, (std::map<std::string, double>{{"region", 0.99999}, {"zone", 0.9999}}));
    }

    void vendorProductsStartManagedAndElastic() {
        using Elastic = ComponentType::Elastic;
        const std::set<std::string> managed = {"dns",
                                               "cdn",
                                               "waf",
                                               "lb_l4",
                                               "lb_l7",
                                               "api_gateway",
                                               "dynamodb",
                                               "object_store",
                                               "dax",
                                               "data_warehouse",
                                               "sqs",
                                               "pubsub_topic",
                                               "serverless_fn",
                                               "push_provider",
                                               "auth_provider",
                                               "email_provider",
                                               "sms_provider",
                                               "payment_provider",
                                               "external_api",
                                               "saga_orchestrator",
                                               "secrets_manager"};
        const std::set<std::string> always = {"dns", "cdn", "waf"};
        const std::set<std::string> bounded = {"data_warehouse", "dax", "saga_orchestrator"};
        for (const ComponentType& type : palette().types) {
            QCOMPARE(ParameterView(type.parameters, {})(keys::managed), managed.contains(type.id));
            const Elastic expected = always.contains(type.id)                                  ? Elastic::always
                                     : managed.contains(type.id) && !bounded.contains(type.id) ? Elastic::managed
                                                                                               : Elastic::never;
            QVERIFY2(type.elastic == expected, type.id.c_str());
        }
    }

    void theMatrixDecidesWhatCanBeBuilt() {
        const Pair pairs[] = {
            {"client", "dns", Mode::sync, "dns", true},
            {"client", "lb_l7", Mode::sync, "https", true},
            {"client", "service", Mode::sync, "https", true},  // legal, and a finding of its own
            {"client", "postgres", Mode::sync, "sql", false},
            {"client", "object_store", Mode::sync, "https", true},
            {"client", "object_store", Mode::sync, "s3", false},
            {"client", "kafka", Mode::publish, "kafka", false},
            {"dns", "lb_l7", Mode::control, "dns", true},
            {"dns", "redis", Mode::control, "dns", false},
            {"cdn", "object_store", Mode::sync, "s3", true},
            {"lb_l7", "api_gateway", Mode::sync, "http", true},
            {"lb_l7", "postgres", Mode::sync, "sql", false},
            {"lb_l4", "postgres", Mode::sync, "tcp", true},
            {"api_gateway", "redis", Mode::sync, "resp", true},
            {"api_gateway", "kafka", Mode::publish, "kafka", true},
            {"service", "postgres", Mode::sync, "sql", true},
            {"service", "postgres", Mode::sync, "http", false},
            {"service", "cassandra", Mode::sync, "cql", true},
            {"service", "cassandra", Mode::sync, "es", false},
            {"service", "dynamodb", Mode::sync, "dynamo", true},
            {"service", "kafka", Mode::publish, "kafka", true},
            {"service", "kafka", Mode::publish, "sqs", false},
            {"service", "kafka", Mode::sync, "kafka", false},
            {"service", "id_generator", Mode::control, "internal", true},
            {"stream_processor", "data_warehouse", Mode::sync, "sql", true},
            {"redis", "postgres", Mode::sync, "sql", true},
            {"redis", "redis", Mode::replicate, "resp", true},
            {"pgbouncer", "postgres", Mode::sync, "sql", true},
            {"postgres", "postgres_replica", Mode::standby, "wal", true},
            {"postgres", "postgres_replica", Mode::replicate, "wal", true},
            {"postgres", "pgbouncer", Mode::replicate, "wal", false},
            {"postgres", "kafka", Mode::publish, "kafka", false},
            {"cassandra", "cassandra", Mode::replicate, "cql", true},
            {"dynamodb", "worker", Mode::consume, "dynamo", true},
            {"kafka", "worker", Mode::consume, "kafka", true},
            {"kafka", "worker", Mode::consume, "sqs", false},
            {"kafka", "dlq", Mode::consume, "kafka", true},
            {"sqs", "dlq", Mode::consume, "sqs", true},
            {"dlq", "worker", Mode::consume, "sqs", true},
            {"kafka", "data_warehouse", Mode::consume, "kafka", true},
            {"kafka", "sqs", Mode::consume, "kafka", false},
            {"service", "local_cache", Mode::sync, "internal", true},
            {"service", "dax", Mode::sync, "dynamo", true},
            {"dax", "dynamodb", Mode::sync, "dynamo", true},
            {"dax", "worker", Mode::consume, "dynamo", false},
            {"service", "mongodb", Mode::sync, "mongo", true},
            {"service", "neo4j", Mode::sync, "bolt", true},
            {"service", "timeseries_db", Mode::sync, "sql", true},
            {"service", "elasticsearch", Mode::sync, "es", true},
            {"service", "block_node", Mode::sync, "grpc", true},
            {"service", "geo_index", Mode::sync, "resp", true},
            {"service", "prefix_index", Mode::sync, "grpc", true},
            {"service", "shard_router", Mode::sync, "sql", true},
            {"shard_router", "postgres", Mode::sync, "sql", true},
            {"shard_router", "mongodb", Mode::sync, "mongo", true},
            {"service", "rabbitmq", Mode::publish, "amqp", true},
            {"rabbitmq", "worker", Mode::consume, "amqp", true},
            {"rabbitmq", "dlq", Mode::consume, "amqp", true},
            {"service", "pubsub_topic", Mode::publish, "pubsub", true},
            {"pubsub_topic", "sqs", Mode::consume, "pubsub", true},
            {"postgres", "cdc_connector", Mode::replicate, "wal", true},
            {"postgres", "cdc_connector", Mode::replicate, "binlog", true},
            {"cdc_connector", "kafka", Mode::publish, "kafka", true},
            {"cdc_connector", "schema_registry", Mode::control, "https", true},
            {"client", "mongodb", Mode::sync, "mongo", false},
        };
        for (const Pair& pair : pairs) {
            const QByteArray text = QByteArray(pair.from) + " to " + pair.to + " over " + pair.protocol;
            const Legality answer = palette().legality(pair.from, pair.mode, pair.to, pair.protocol);
            QVERIFY2(answer.legal == pair.legal, text.constData());
            QVERIFY2(answer.legal == answer.reason.empty(), text.constData());
        }
        QCOMPARE(palette().legality("client", Mode::sync, "postgres").reason.substr(0, 46),
                 std::string("clients must never reach a datastore directly:"));
        for (const ComponentType& type : palette().types)
            QVERIFY2(palette().legality(type.id, Mode::telemetry, "observability", "otlp").legal ==
                         (type.id != "service_mesh"),
                     type.id.c_str());
    }

    void everyRefusedPairIsExplained() {
        const std::string excuse = palette().refusals.back().reason;  // stands for pairs nobody thought of
        for (const ComponentType& from : palette().types)
            for (const ComponentType& to : palette().types) {
                if (!palette().modes(from.id, to.id).empty()) continue;
                const std::string reason = palette().legality(from.id, Mode::sync, to.id).reason;
                QVERIFY2(reason.size() > 30 && reason != excuse, (from.id + " to " + to.id).c_str());
            }
    }

    void protocolsAndGroupsOfTheMatrixAreUsed() {
        const std::set<std::string> known(palette().protocols.begin(), palette().protocols.end());
        std::set<std::string> spoken;
        for (const MatrixEntry& entry : palette().matrix) spoken.insert(entry.protocols.begin(), entry.protocols.end());
        QCOMPARE(spoken, known);
        std::set<std::string> groups;
        for (const ComponentType& type : palette().types) groups.insert(type.groups.begin(), type.groups.end());
        for (const char* group : {"compute", "cache", "sql", "nosql", "store", "broker", "platform", "lb_gw", "edge"})
            QVERIFY2(groups.contains(group), group);
    }
};

QTEST_APPLESS_MAIN(PaletteTest)
#include "palette.moc"
