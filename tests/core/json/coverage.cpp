// Every subject that the catalogue promises to teach is found in the text of the type where one would
// look for it.
#include "support/catalog.h"

#include <QtTest>

#include <set>

using namespace loadpath;

namespace {

struct Row {
    int number;  // of the coverage document
    const char *type, *term;
};

QString textOf(const ComponentType& type) {
    QStringList text{QString::fromStdString(type.name), QString::fromStdString(type.summary)};
    const auto add = [&text](const std::vector<std::string>& lines) {
        for (const std::string& line : lines) text.append(QString::fromStdString(line));
    };
    const Handbook& book = type.handbook;
    add({book.what, book.when, book.scaling});
    add(book.tradeoffs);
    add(book.breaks);
    add(book.numbers);
    add(type.aliases);
    for (const HandbookTopic& topic : book.topics) {
        add({topic.title, topic.text});
        add(topic.points);
    }
    for (const Preset& preset : type.presets) add({preset.name});
    for (const ParameterSpec& spec : type.parameters) {
        add({spec.key, spec.label, spec.help});
        add(spec.choices);
        for (const ParameterSpec& field : spec.fields) {
            add({field.key, field.label, field.help});
            add(field.choices);
        }
    }
    return text.join('\n');
}

const Row rows[] = {
    {1, "client", "client → DNS → CDN → load balancer → API gateway → service"},
    {2, "client", "gRPC-Web proxy"},
    {3, "dns", "nearest edge of a CDN"},
    {4, "cdn", "miss: the edge asks the origin"},
    {5, "lb_l4", "Layer 4 and layer 7"},
    {6, "api_gateway", "authn"},
    {7, "service", "service"},
    {7, "monolith", "monolith"},
    {11, "dns", "turns a name into addresses"},
    {12, "dns", "50 % after 150 s"},
    {13, "dns", "AAAA"},
    {13, "dns", "CNAME"},
    {13, "dns", "MX"},
    {14, "dns", "Round-robin"},
    {15, "dns", "Latency-based"},
    {16, "dns", "Geo-based"},
    {17, "dns", "70/30"},
    {18, "dns", "failover"},
    {19, "cdn", "Points of presence"},
    {20, "cdn", "static assets"},
    {21, "cdn", "Cache-Control"},
    {22, "cdn", "Push CDN"},
    {23, "cdn", "Pull CDN"},
    {24, "cdn", "Versioned URLs"},
    {24, "cdn", "Purge API"},
    {25, "cdn", "Amazon CloudFront"},
    {25, "cdn", "Akamai"},
    {25, "cdn", "Fastly"},
    {27, "lb_l4", "never looks into the payload"},
    {28, "lb_l7", "/api goes to one service"},
    {30, "lb_l7", "Weighted round-robin"},
    {31, "lb_l7", "Least connections"},
    {32, "lb_l4", "IP hash"},
    {33, "lb_l4", "Consistent hashing"},
    {34, "lb_l7", "Health checks"},
    {35, "lb_l7", "TLS termination"},
    {36, "lb_l7", "AWS Application Load Balancer"},
    {36, "lb_l7", "Envoy"},
    {36, "lb_l4", "AWS Network Load Balancer"},
    {38, "api_gateway", "JWT and OAuth"},
    {39, "rate_limiter", "before they cost anything"},
    {40, "api_gateway", "Routing and fan-out"},
    {41, "api_gateway", "Protocol translation"},
    {42, "api_gateway", "Transformation"},
    {43, "api_gateway", "API versioning"},
    {44, "api_gateway", "validation"},
    {45, "api_gateway", "circuit breaking"},
    {46, "api_gateway", "central logging and metrics"},
    {47, "api_gateway", "CORS"},
    {48, "api_gateway", "Kong"},
    {48, "api_gateway", "Apigee"},
    {49, "rate_limiter", "60 in the first second"},
    {50, "rate_limiter", "Sliding window log"},
    {51, "rate_limiter", "Sliding window counter"},
    {52, "rate_limiter", "twice the limit passes across the boundary"},
    {53, "api_gateway", "nouns"},
    {56, "api_gateway", "Filter and sort"},
    {57, "api_gateway", "kebab-case"},
    {58, "api_gateway", "neither safe nor idempotent"},
    {60, "api_gateway", "429 Too Many Requests"},
    {61, "api_gateway", "offset"},
    {62, "api_gateway", "Cursor"},
    {63, "api_gateway", "has_more"},
    {66, "payment_provider", "Idempotency-Key"},
    {67, "payment_provider", "three retries, one effect"},
    {68, "graphql_server", "names the fields it wants"},
    {69, "graphql_server", "POST /graphql"},
    {70, "graphql_server", "query"},
    {71, "graphql_server", "mutation"},
    {72, "graphql_server", "subscription"},
    {73, "graphql_server", "strongly typed schema"},
    {74, "graphql_server", "resolvers"},
    {75, "graphql_server", "DataLoader turns 51 calls into 2"},
    {76, "graphql_server", "GraphQL or REST"},
    {77, "grpc_web_proxy", "HTTP/2"},
    {78, "grpc_web_proxy", "protobuf"},
    {79, "grpc_web_proxy", "Bidirectional streaming"},
    {80, "grpc_web_proxy", "code generation"},
    {81, "grpc_web_proxy", "from service to service"},
    {82, "grpc_web_proxy", "gRPC-Web"},
    {83, "websocket_gateway", "full duplex"},
    {84, "websocket_gateway", "Upgrade: websocket"},
    {85, "websocket_gateway", "Chat"},
    {86, "websocket_gateway", "Sticky sessions"},
    {87, "sse_gateway", "reconnects by itself"},
    {241, "coordination", "Raft"},
    {241, "coordination", "CockroachDB"},
    {242, "coordination", "acceptors"},
    {243, "saga_orchestrator", "Two-phase commit"},
    {254, "service", "released alone"},
    {254, "monolith", "Monolith or microservices"},
    {244, "id_generator", "4,096"},
    {245, "id_generator", "UUIDv4"},
    {246, "id_generator", "UUIDv7"},
    {247, "id_generator", "Crockford Base32"},
    {252, "service", "Vertical"},
    {253, "service", "Horizontal"},
    {255, "service", "own their data"},
    {256, "service", "REST or gRPC"},
    {257, "monolith", "Network latency"},
    {258, "monolith", "Distributed transactions"},
    {259, "service_mesh", "Service discovery"},
    {260, "monolith", "Data consistency"},
    {261, "monolith", "Operational complexity"},
    {262, "saga_orchestrator", "compensations"},
    {263, "saga_orchestrator", "Choreography"},
    {264, "saga_orchestrator", "Orchestration"},
    {266, "service_mesh", "Closed: calls pass"},
    {267, "service_mesh", "Open: calls fail fast"},
    {268, "service_mesh", "Half-open"},
    {270, "service_mesh", "sidecar"},
    {270, "service_mesh", "Linkerd"},
    {271, "client", "86,400"},
    {271, "client", "31,536,000"},
    {272, "client", "decimal"},
    {273, "client", "11,574"},
    {274, "client", "36.5 PB"},
    {275, "client", "Round trip inside a data centre 0.5 ms"},
    {276, "service", "52.56 minutes"},
    {277, "service", "In series availabilities multiply"},
    {278, "service", "1 − (1 − 0.99)²"},
    {279, "observability", "Histogram"},
    {280, "observability", "utilisation, saturation, errors"},
    {281, "observability", "rate, errors, duration"},
    {282, "observability", "Prometheus and Grafana"},
    {282, "observability", "Amazon CloudWatch"},
    {283, "secrets_manager", "HTTPS everywhere"},
    {284, "secrets_manager", "Check all input"},
    {286, "secrets_manager", "injection"},
    {288, "secrets_manager", "Vault"},
    {289, "secrets_manager", "at rest and in transit"},
    {290, "secrets_manager", "Least privilege"},
    {291, "observability", "correlation id"},
    {292, "observability", "debug, info, warning, error"},
    {293, "observability", "Splunk"},
    {294, "observability", "trace_id"},
    {295, "observability", "span"},
    {296, "observability", "traceparent"},
    {297, "observability", "Jaeger"},
    {297, "observability", "AWS X-Ray"},
    {297, "observability", "OpenTelemetry"},
    {298, "observability", "symptoms"},
    {299, "observability", "Burn rate"},
    {300, "observability", "PagerDuty or OpsGenie"},
    {301, "auth_provider", "header.payload.signature"},
    {302, "auth_provider", "cannot be revoked"},
    {303, "auth_provider", "6. It calls the API"},
    {304, "auth_provider", "Delete the record and the user is out"},
    {305, "auth_provider", "RBAC"},
    {306, "auth_provider", "ABAC"},
    {307, "auth_provider", "ACL"},
    {308, "secrets_manager", "Security in short"},
    {309, "client", "Requirements"},
    {313, "client", "bottlenecks"},
    {322, "transcoder", "adaptive bit rate"},
};

}  // namespace

class CoverageTest : public QObject {
    Q_OBJECT
private slots:
    void everySubjectIsFoundWhereOneWouldLook() {
        QStringList missing;
        for (const Row& row : rows) {
            const ComponentType* type = test::catalog()->find(row.type);
            if (!type || !textOf(*type).contains(QString::fromUtf8(row.term), Qt::CaseInsensitive))
                missing.append(QString("%1: %2 in %3").arg(row.number).arg(QString::fromUtf8(row.term), row.type));
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join('\n')));
    }

    void noSectionOfAHandbookIsEmpty() {
        for (const ComponentType& type : test::catalog()->types) {
            std::set<std::string> titles;
            for (const HandbookTopic& topic : type.handbook.topics) {
                const QByteArray where = QByteArray::fromStdString(type.id + ": " + topic.title);
                QVERIFY2(titles.insert(topic.title).second, where.constData());
                QVERIFY2(topic.text.size() >= 15, where.constData());
                for (const std::string& point : topic.points) QVERIFY2(point.size() >= 10, where.constData());
            }
        }
    }
};

QTEST_APPLESS_MAIN(CoverageTest)
#include "coverage.moc"
