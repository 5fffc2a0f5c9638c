// What designs cost: totals worked out by hand, prices of the design, budget, and what has no price.
#include "analysis/cost.h"
#include "json/design_json.h"
#include "support/draw.h"

#include <QTest>

#include <cmath>

using namespace loadpath;
using namespace loadpath::test;

namespace {

constexpr double month = 2'592'000;

bool near(double value, double expected) {
    return std::abs(value - expected) <= 1e-9 * std::max(1.0, std::abs(expected));
}

int nodeOf(const Snapshot& snapshot, const std::string& id) { return snapshot.graph().node({id}); }

const ComponentCost& costOf(const Snapshot& snapshot, const CostReport& report, const std::string& id) {
    const ComponentCost* cost = report.of(nodeOf(snapshot, id));
    if (!cost) qFatal("%s has no price", id.c_str());
    return *cost;
}

const CostItem& itemOf(const ComponentCost& cost, const std::string& priceClass) {
    for (const CostItem& item : cost.items)
        if (item.priceClass == priceClass) return item;
    qFatal("no item %s", priceClass.c_str());
}

PriceRange priceOf(const std::string& id) {
    const PriceClass* price = catalog()->prices.find(id);
    if (!price) qFatal("no price class %s", id.c_str());
    return price->usd;
}

/// Thirty requests a second on average (ninety at peak) to a service with a database behind it.
Drawing shop() {
    Drawing d;
    d.node("users", "client", {{"rate_rps", 90}, {"peak_factor", 3}});
    d.node("api", "service", {{"instances", 4}});
    d.node("db", "postgres", {{"storage_gb", 200}, {"instances", 2}});
    d.flow("read", "users", 0.9, Op::read).flow("write", "users", 0.1, Op::write);
    d.line("users", "api", {{"payload_kb", 20}}).line("api", "db");
    return d;
}

}  // namespace

class Cost : public QObject {
    Q_OBJECT

private slots:
    void aTotalWorkedOutByHand() {
        const auto snapshot = shop().snapshot();
        const CostReport report = analyseCost(*snapshot);
        const ComponentCost& api = costOf(*snapshot, report, "api");
        QVERIFY(near(itemOf(api, "app_instance").usd.typical, 4 * priceOf("app_instance").typical));
        // 30 requests a second, each answered with 20 kB, for 30 days: the average, not the peak.
        const double sentGb = 30 * 20e3 * month / 1e9;
        QVERIFY(near(itemOf(api, "internet_egress").quantity, sentGb));
        QVERIFY(near(itemOf(api, "internet_egress").usd.high, sentGb * priceOf("internet_egress").high));
        const ComponentCost& db = costOf(*snapshot, report, "db");
        QVERIFY(near(itemOf(db, "disk_gb").quantity, 400));
        QVERIFY(near(db.usd.low, 2 * priceOf("sql_instance").low + 400 * priceOf("disk_gb").low));
        QVERIFY(near(report.total.typical, api.usd.typical + db.usd.typical));
        QVERIFY(near(report.total.low, api.usd.low + db.usd.low));
        QVERIFY(near(report.total.high, api.usd.high + db.usd.high));
        QVERIFY(report.unpriced.empty());
        QCOMPARE(report.biggest.size(), std::size_t(2));
        QVERIFY(report.components[std::size_t(report.biggest[0])].usd.typical >=
                report.components[std::size_t(report.biggest[1])].usd.typical);
        QVERIFY(!report.pricesAsOf.empty());
    }

    void requestsAreChargedByTheMillionAtAverageLoad() {
        Drawing d;
        d.node("users", "client", {{"rate_rps", 300}, {"peak_factor", 2}});
        d.node("fn", "serverless_fn", {{"service_time_ms", 40}});
        d.node("table", "dynamodb", {{"item_bytes", 3000}, {"storage_gb", 50}, {"service_time_ms", 10}});
        d.flow("put", "users", 1, Op::write).line("users", "fn").line("fn", "table", {{"calls", 2}, {"latency_ms", 5}});
        const auto snapshot = d.snapshot();
        const CostReport report = analyseCost(*snapshot);
        const ComponentCost& fn = costOf(*snapshot, report, "fn");
        QVERIFY(near(itemOf(fn, "function_calls").quantity, 150 * month / 1e6));
        // Two calls in parallel take one round trip and one answer: 40 + 5 + 10 ms in progress each.
        QVERIFY(near(itemOf(fn, "function_hours").quantity, 150 * 0.055 * 720));
        const ComponentCost& table = costOf(*snapshot, report, "table");
        // 3,000 bytes are three write units.
        QVERIFY(near(itemOf(table, "table_writes").quantity, 300 * 3 * month / 1e6));
        QVERIFY(near(itemOf(table, "table_gb").quantity, 50));
        QCOMPARE(table.items.size(), std::size_t(2));  // nothing is read
        QVERIFY(near(report.flows.at(0).usdPerMillion, report.total.typical / (150 * month) * 1e6));
    }

    void reservedUnitsReplaceThoseOnDemand() {
        Drawing d;
        d.node("table", "dynamodb", {{"capacity", "provisioned"}, {"rcu", 100}, {"wcu", 20}});
        const auto snapshot = d.snapshot();
        const ComponentCost cost = costOf(*snapshot, analyseCost(*snapshot), "table");
        QCOMPARE(cost.items.size(), std::size_t(2));
        QVERIFY(near(cost.usd.typical,
                     100 * priceOf("table_read_unit").typical + 20 * priceOf("table_write_unit").typical));
    }

    void copiesAndShardsAreMachines() {
        Drawing d;
        d.node("r", "redis", {{"topology", "cluster"}, {"instances", 3}, {"replicas", 1}, {"memory_gb", 10}});
        d.node("single", "redis", {{"replicas", 1}, {"memory_gb", 10}});
        d.node("m", "mongodb", {{"replica_set", 3}, {"shards", 2}, {"storage_gb", 1}});
        d.node("es", "elasticsearch", {{"instances", 5}, {"master_nodes", 3}});
        const auto snapshot = d.snapshot();
        const CostReport report = analyseCost(*snapshot);
        QVERIFY(near(itemOf(costOf(*snapshot, report, "r"), "memory_gb").quantity, 60));
        QVERIFY(near(itemOf(costOf(*snapshot, report, "single"), "memory_gb").quantity, 10));
        QVERIFY(near(itemOf(costOf(*snapshot, report, "m"), "document_node").quantity, 6));
        QVERIFY(near(itemOf(costOf(*snapshot, report, "m"), "disk_gb").quantity, 6));
        QVERIFY(near(itemOf(costOf(*snapshot, report, "es"), "search_node").quantity, 5));
        QVERIFY(near(itemOf(costOf(*snapshot, report, "es"), "small_instance").quantity, 3));
    }

    void aStoreThatSaysNothingOfItsSizeHoldsWhatIsWritten() {
        Drawing d;
        d.design.header.requirements.horizonY = 2;
        d.node("users", "client", {{"rate_rps", 30}, {"peak_factor", 3}});
        d.node("api", "service").node("files", "object_store");
        d.flow("up", "users", 1, Op::write).line("users", "api").line("api", "files", {{"payload_kb", 500}});
        const auto snapshot = d.snapshot();
        const ComponentCost files = costOf(*snapshot, analyseCost(*snapshot), "files");
        // The provider's price includes its copies.
        QVERIFY(near(itemOf(files, "object_gb").quantity, 10 * 500e3 * 86400 * 365 * 2 / 1e9));
    }

    void aReplicaHasTheDiskOfItsPrimary() {
        Drawing d;
        d.node("db", "postgres", {{"storage_gb", 300}}).node("copy", "postgres_replica", {{"instances", 2}});
        d.line("db", "copy", {}, Mode::replicate);
        const auto snapshot = d.snapshot();
        QVERIFY(near(itemOf(costOf(*snapshot, analyseCost(*snapshot), "copy"), "disk_gb").quantity, 600));
    }

    void aStatedCostReplacesTheSum() {
        Drawing d = shop();
        d.node("own", "service", {{"instances", 3}, {"cost_usd_month", 70}});
        d.node("bought", "postgres", {{"managed", true}, {"instances", 2}, {"cost_usd_month", 900}});
        d.node("gift", "payment_provider", {{"cost_usd_month", 0}});
        const auto snapshot = d.snapshot();
        const CostReport report = analyseCost(*snapshot);
        const ComponentCost& own = costOf(*snapshot, report, "own");
        QVERIFY(own.isStated);
        QCOMPARE(own.usd, (PriceRange{210, 210, 210}));                                  // of one instance
        QCOMPARE(costOf(*snapshot, report, "bought").usd, (PriceRange{900, 900, 900}));  // of the service
        QCOMPARE(costOf(*snapshot, report, "gift").usd, PriceRange{});
        QVERIFY(report.unpriced.empty());
    }

    void aDesignHasPricesOfItsOwn() {
        Drawing d = shop();
        d.design.header.prices = {{"app_instance", 42.5}, {"disk_gb", 0}};
        const auto snapshot = d.snapshot();
        const CostReport report = analyseCost(*snapshot);
        const CostItem& server = itemOf(costOf(*snapshot, report, "api"), "app_instance");
        QVERIFY(server.isOverridden);
        QCOMPARE(server.usd, (PriceRange{170, 170, 170}));
        QCOMPARE(itemOf(costOf(*snapshot, report, "db"), "disk_gb").usd, PriceRange{});
        QVERIFY(!itemOf(costOf(*snapshot, report, "api"), "internet_egress").isOverridden);
    }

    void theBudgetIsHeldAgainstTheTotal() {
        Drawing d = shop();
        d.design.header.requirements.budgetUsdMonth = 100;
        const auto snapshot = d.snapshot();
        const CostReport report = analyseCost(*snapshot);
        QCOMPARE(report.budget, std::optional<double>(100));
        const Derivation total = explainTotalCost(*snapshot, report);
        QCOMPARE(total.steps.back().what, "Budget");
        QCOMPARE(total.steps.back().expression, "exceeded by " + usd(report.total.typical - 100));
        QCOMPARE(total.steps.front().what, snapshot->nameOf(nodeOf(*snapshot, "db")));
    }

    void aRequestCostsItsPartOfEveryComponentItUses() {
        Drawing d;
        d.node("users", "client", {{"rate_rps", 40}, {"peak_factor", 1}});
        d.node("a", "service", {{"cost_usd_month", 50}}).node("b", "service", {{"cost_usd_month", 10}});
        d.node("idle", "service", {{"cost_usd_month", 7}});
        d.flow("one", "users", 0.25, Op::read).flow("two", "users", 0.75, Op::read);
        d.line("users", "a").line("a", "b", {{"flows", Value::List{"two"}}});
        const auto snapshot = d.snapshot();
        const CostReport report = analyseCost(*snapshot);
        QCOMPARE(report.flows.size(), std::size_t(2));
        QVERIFY(near(report.flows[0].usdPerMillion, 100 * 0.25 / (10 * month) * 1e6));
        QVERIFY(near(report.flows[1].usdPerMillion, (100 * 0.75 + 20) / (30 * month) * 1e6));
        QVERIFY(near(report.unsharedUsd, 14));
    }

    void messagesAreChargedToTheFlowThatSendsThem() {
        Drawing d;
        d.node("users", "client", {{"rate_rps", 20}, {"peak_factor", 1}});
        d.node("api", "service").node("q", "sqs").node("w", "worker", {{"cost_usd_month", 60}});
        d.flow("send", "users", 0.5, Op::write).flow("look", "users", 0.5, Op::read);
        d.line("users", "api").line("api", "q", {{"flows", Value::List{"send"}}}, Mode::publish);
        d.line("q", "w", {}, Mode::consume);
        const auto snapshot = d.snapshot();
        const CostReport report = analyseCost(*snapshot);
        QVERIFY(near(itemOf(costOf(*snapshot, report, "q"), "queue_messages").quantity, 10 * month / 1e6));
        const double rest = costOf(*snapshot, report, "q").usd.typical + 60;
        QVERIFY(near(report.flows[0].usdPerMillion - report.flows[1].usdPerMillion, rest / (10 * month) * 1e6));
    }

    void nothingIsSentNothingIsPaidByUse() {
        Drawing d;
        d.node("users", "client", {{"rate_rps", 0}});
        d.node("fn", "serverless_fn").line("users", "fn");
        const auto snapshot = d.snapshot();
        const CostReport report = analyseCost(*snapshot);
        const ComponentCost& fn = costOf(*snapshot, report, "fn");
        QVERIFY(fn.items.empty() && !fn.remark.empty());
        QCOMPARE(report.total, PriceRange{});
        QVERIFY(report.isKnown() && report.flows.empty() && report.biggest.empty());
    }

    void whatHasNoPriceIsSaidToHaveNone() {
        Drawing d;
        d.node("pay", "payment_provider").node("what", "no_such_type").node("users", "client");
        const auto snapshot = d.snapshot();
        const CostReport report = analyseCost(*snapshot);
        QCOMPARE(report.unpriced.size(), std::size_t(2));
        QVERIFY(!report.isKnown());
        QCOMPARE(explainCost(*snapshot, report, nodeOf(*snapshot, "pay")).result, "–");
        QCOMPARE(explainTotalCost(*snapshot, report).result, "–");
        QVERIFY(analyseCost(*Drawing().snapshot()).components.empty());
    }

    void loadWithoutEndHasNoPrice() {
        Drawing d;
        d.node("users", "client", {{"rate_rps", 1}});
        d.node("a", "serverless_fn").node("b", "service");
        d.line("users", "a").line("a", "b").line("b", "a");
        const auto snapshot = d.snapshot();
        const CostReport report = analyseCost(*snapshot);
        QVERIFY(!report.of(nodeOf(*snapshot, "a")));
        QVERIFY(report.of(nodeOf(*snapshot, "b")) && std::isfinite(report.total.high));
        QVERIFY(report.flows.empty());
    }

    void theDerivationSaysWhereTheFigureComesFrom() {
        const auto snapshot = shop().snapshot();
        const CostReport report = analyseCost(*snapshot);
        const Derivation cost = explainCost(*snapshot, report, nodeOf(*snapshot, "db"));
        QCOMPARE(cost.steps.size(), std::size_t(3));
        QCOMPARE(cost.steps[0].what, "SQL database server");
        QCOMPARE(cost.steps[0].expression, "2 · $400 (100 to 2000) per machine and month");
        QCOMPARE(cost.steps[0].result, "$800 ($200 to $4,000)");
        QCOMPARE(cost.steps[1].expression, "2 · 200 GB = 400 · $0.1 (0.04 to 0.2) per GB and month");
        QCOMPARE(cost.steps[0].components, std::vector<std::string>{"db"});
        QCOMPARE(cost.result, "$840 ($216 to $4,080) a month");
    }

    void amountsAsPeopleWriteThem() {
        QCOMPARE(usd(0), "$0");
        QCOMPARE(usd(0.25), "$0.25");
        QCOMPARE(usd(9.999), "$10");
        QCOMPARE(usd(12345.6), "$12,346");
        QCOMPARE(usd(2.5e6), "$2.5 M");
        QCOMPARE(usd(std::nan("")), "–");
    }

    void pricesOfTheFileAreReadWrittenAndChecked() {
        const auto text = [](const std::string& prices) {
            return R"({"format": "loadpath-design", "version": 1, "name": "x",
"prices": )" + prices +
                   "}";
        };
        const auto read = readDesign(text(R"({"disk_gb": 0.5, "gold": 3})"), *catalog());
        QVERIFY(read.has_value());
        QCOMPARE(read->design.header.prices, (std::map<std::string, double>{{"disk_gb", 0.5}, {"gold", 3}}));
        QCOMPARE(read->warnings.size(), std::size_t(1));  // kept, and told
        QCOMPARE(read->warnings[0].pointer, "/prices/gold");
        QCOMPARE(read->warnings[0].line, 2);
        const std::string written = writeDesign(read->design, *catalog());
        QVERIFY(written.find(R"("prices": {"disk_gb": 0.5, "gold": 3})") != std::string::npos);
        QCOMPARE(readDesign(written, *catalog())->design, read->design);
        for (const char* bad : {R"({"disk_gb": -1})", R"({"disk_gb": "x"})"}) {
            const auto refused = readDesign(text(bad), *catalog());
            QVERIFY(!refused.has_value());
            QCOMPARE(refused.error().front().pointer, "/prices/disk_gb");
        }
        QVERIFY(!readDesign(text("[1]"), *catalog()).has_value());
    }
};

QTEST_APPLESS_MAIN(Cost)
#include "cost.moc"
