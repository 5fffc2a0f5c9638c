// The matrix of legal connections against the table of the catalogue document, cell by cell: what the
// table allows is legal, everything else is refused with a reason.
#include "support/catalog.h"

#include <QtTest>

#include <set>
#include <sstream>

using namespace loadpath;

namespace {

using Words = std::vector<std::string>;

Words words(const std::string& text) {
    std::istringstream in(text);
    return {std::istream_iterator<std::string>(in), {}};
}

const std::string edge = "cdn waf ", ws = "websocket_gateway sse_gateway ", cache = "redis local_cache dax ",
                  lbGw = "lb_l4 lb_l7 api_gateway grpc_web_proxy rate_limiter ",
                  compute =
                      "service monolith graphql_server worker serverless_fn scheduler stream_processor batch_job "
                      "transcoder saga_orchestrator ",
                  sqlNodes = "postgres postgres_replica ", sql = sqlNodes + "pgbouncer ",
                  nosql =
                      "cassandra mongodb dynamodb neo4j timeseries_db elasticsearch object_store block_node "
                      "data_warehouse geo_index prefix_index shard_router ",
                  broker = "kafka rabbitmq sqs pubsub_topic dlq ",
                  support = "auth_provider secrets_manager coordination schema_registry id_generator ",
                  providers = "push_provider email_provider sms_provider payment_provider external_api ",
                  platform = support + providers, cdc = "cdc_connector ",
                  all = "client dns " + edge + lbGw + ws + compute + cache + sql + nosql + broker + platform + cdc +
                        "observability ";

struct Cell {
    std::string from;
    Mode mode;
    std::string to, protocols;
};

const std::vector<Cell>& table() {
    const std::string resolved = "dns https http http2 grpc graphql ws wss tcp tls_tcp";
    const std::string callers = compute + cache, anyBroker = "kafka amqp sqs pubsub";
    static const std::vector<Cell> cells = {
        {"client", Mode::sync, "dns", "dns"},
        {"client", Mode::sync, edge, "https"},
        {"client", Mode::sync, lbGw, "https http http2 graphql grpc grpc_web wss ws tcp tls_tcp"},
        {"client", Mode::sync, compute, "https http grpc graphql wss ws"},
        {"client", Mode::sync, ws, "wss ws sse"},
        {"client", Mode::sync, "object_store " + platform, "https"},
        {"dns", Mode::control, edge + lbGw + compute + ws + "object_store", resolved},
        {"dns", Mode::sync, edge + lbGw + compute + ws + "object_store", resolved},
        {edge, Mode::sync, edge, "https"},
        {edge, Mode::sync, lbGw, "https http"},
        {edge, Mode::sync, compute, "https http graphql"},
        {edge, Mode::sync, ws, "wss"},
        {edge, Mode::sync, "object_store", "https s3"},
        {lbGw, Mode::sync, lbGw, "http https http2 grpc tcp wss"},
        {lbGw, Mode::sync, compute, "http https http2 grpc graphql tcp ws wss"},
        {lbGw, Mode::sync, ws, "ws wss http tcp"},
        {"api_gateway rate_limiter", Mode::sync, "redis", "resp"},
        {"lb_l4", Mode::sync, sql, "tcp sql"},
        {"lb_l4", Mode::sync, nosql + "kafka", "tcp"},
        {"api_gateway", Mode::sync, platform, "https"},
        {ws, Mode::sync, compute, "grpc http https ws"},
        {ws, Mode::sync, "redis", "resp"},
        {ws, Mode::publish, "kafka", "kafka"},
        {ws, Mode::publish, "rabbitmq", "amqp"},
        {compute, Mode::sync, edge, "https"},
        {compute, Mode::sync, lbGw, "http https grpc"},
        {compute, Mode::sync, compute, "http https http2 grpc graphql internal"},
        {compute, Mode::sync, ws, "grpc http"},
        {compute, Mode::sync, "redis", "resp"},
        {compute, Mode::sync, "local_cache", "internal"},
        {compute, Mode::sync, "dax", "dynamo"},
        {compute, Mode::sync, platform, "https grpc"},
        {compute, Mode::sync, "email_provider", "smtp"},
        {compute, Mode::sync, "push_provider", "push"},
        {compute, Mode::sync, "sms_provider", "sms"},
        {callers, Mode::sync, sql, "sql"},
        {callers, Mode::sync, "cassandra", "cql"},
        {callers, Mode::sync, "mongodb", "mongo"},
        {callers, Mode::sync, "dynamodb", "dynamo"},
        {callers, Mode::sync, "neo4j", "bolt"},
        {callers, Mode::sync, "elasticsearch", "es https"},
        {callers, Mode::sync, "object_store", "s3 https"},
        {callers, Mode::sync, "block_node timeseries_db prefix_index shard_router", "grpc tcp internal"},
        {callers, Mode::sync, "geo_index", "grpc tcp internal resp"},
        {callers, Mode::sync, "data_warehouse timeseries_db shard_router", "sql"},
        {callers, Mode::sync, "data_warehouse", "https"},
        {compute + "api_gateway", Mode::publish, "kafka", "kafka"},
        {compute + "api_gateway", Mode::publish, "rabbitmq", "amqp"},
        {compute + "api_gateway", Mode::publish, "sqs", "sqs"},
        {compute + "api_gateway", Mode::publish, "pubsub_topic", "pubsub"},
        {cache, Mode::sync, ws, "resp"},
        {"redis", Mode::replicate, "redis", "resp"},
        {"pgbouncer", Mode::sync, sql, "sql"},
        {sqlNodes, Mode::replicate, sqlNodes, "wal binlog"},
        {sqlNodes, Mode::standby, sqlNodes, "wal binlog"},
        {sqlNodes, Mode::replicate, cdc, "wal binlog"},
        {"dynamodb", Mode::consume, "serverless_fn worker", "dynamo"},
        {"mongodb", Mode::consume, "serverless_fn worker", "mongo"},
        {"object_store", Mode::consume, "serverless_fn worker", "s3"},
        {"kafka", Mode::consume, compute + ws + cache + sql + nosql + "kafka dlq", "kafka"},
        {"rabbitmq", Mode::consume, compute + ws + cache + sql + nosql + "rabbitmq dlq", "amqp"},
        {"sqs", Mode::consume, compute + ws + cache + sql + nosql + "sqs dlq", "sqs"},
        {"pubsub_topic", Mode::consume, compute + ws + cache + sql + nosql + "pubsub_topic dlq sqs", "pubsub"},
        {"pubsub_topic", Mode::consume, "push_provider sms_provider email_provider", "pubsub"},
        {"dlq", Mode::consume, compute + ws + cache + sql + nosql + "dlq", anyBroker},
        {cdc, Mode::publish, "kafka", "kafka"},
        {compute + lbGw + ws + cdc, Mode::control, support, "grpc https internal"},
        {compute + lbGw + ws + cdc, Mode::sync, support, "grpc https internal"},
        {"payment_provider external_api", Mode::sync, compute, "https"},
        {"coordination", Mode::control, compute, "internal"},
        {"auth_provider secrets_manager", Mode::sync, sql, "sql"},
        {"observability", Mode::sync, "object_store", "s3"},
        {"observability", Mode::sync, "elasticsearch", "es"},
        {all, Mode::telemetry, "observability", "otlp http syslog"},
    };
    return cells;
}

/// Cells that the table leaves to the product: replication among NoSQL stores, routers, change
/// streams into connectors and brokers, a dead-letter queue fed back to its source.
bool isLeftToTheProduct(const std::string& from, const std::string& to, Mode mode) {
    const Words stores = words(nosql), brokers = words(broker);
    const auto in = [](const Words& list, const std::string& id) {
        return std::find(list.begin(), list.end(), id) != list.end();
    };
    if (mode == Mode::replicate || mode == Mode::standby)
        return in(stores, from) && (in(stores, to) || to + ' ' == cdc);
    if (from == "shard_router" && mode == Mode::sync) return in(stores, to) || in(words(sql), to);
    if (mode == Mode::publish) return (in(stores, from) && in(brokers, to)) || to == "dlq";
    return from == "dlq" && in(brokers, to);
}

}  // namespace

class MatrixTest : public QObject {
    Q_OBJECT
private slots:
    void everyCellIsAsTheDocumentSays() {
        const Catalog& catalog = *test::catalog();
        std::set<std::tuple<std::string, Mode, std::string, std::string>> allowed;
        for (const Cell& cell : table())
            for (const std::string& from : words(cell.from))
                for (const std::string& to : words(cell.to))
                    for (const std::string& protocol : words(cell.protocols))
                        allowed.emplace(from, cell.mode, to, protocol);
        QStringList wrong;
        int legal = 0, refused = 0;
        for (const ComponentType& from : catalog.types)
            for (const ComponentType& to : catalog.types)
                for (const Mode mode : {Mode::sync, Mode::publish, Mode::consume, Mode::replicate, Mode::standby,
                                        Mode::telemetry, Mode::control}) {
                    if (isLeftToTheProduct(from.id, to.id, mode)) continue;
                    for (const std::string& protocol : catalog.protocols) {
                        const bool expected = allowed.contains({from.id, mode, to.id, protocol});
                        const Legality answer = catalog.legality(from.id, mode, to.id, protocol);
                        ++(expected ? legal : refused);
                        if (answer.legal != expected || answer.reason.empty() != answer.legal)
                            wrong.append(QString::fromStdString(from.id + " → " + to.id + " " +
                                                                std::string(name(mode)) + " over " + protocol) +
                                         (expected ? " must be legal" : " must be refused"));
                    }
                }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
        QVERIFY(legal > 900 && refused > 50000);
    }

    void aServiceMeshTakesNoLines() {
        const Catalog& catalog = *test::catalog();
        for (const ComponentType& type : catalog.types) {
            QVERIFY2(catalog.modes("service_mesh", type.id).empty(), type.id.c_str());
            QVERIFY2(catalog.modes(type.id, "service_mesh").empty(), type.id.c_str());
        }
    }

    void everyProductOfATypeSetsWhatTheTypeHas() {
        int presets = 0;
        for (const ComponentType& type : test::catalog()->types)
            for (const Preset& preset : type.presets) {
                ++presets;
                const QByteArray where = QByteArray::fromStdString(type.id + "/" + preset.id);
                QVERIFY2(!preset.values.empty() && !preset.source.empty(), where.constData());
                for (const auto& value : preset.values) {
                    const ParameterSpec* spec = findSpec(type.parameters, value.first);
                    QVERIFY2(spec && complaint(*spec, value.second).empty(), where.constData());
                }
            }
        QVERIFY(presets > 60);
    }
};

QTEST_APPLESS_MAIN(MatrixTest)
#include "matrix.moc"
