// Back-of-the-envelope figures: the published ones of the ten reference designs come out, the sheet
// of a drawing follows from its properties, formulas mean what they say and refuse what they cannot.
#include "analysis/estimate.h"
#include "analysis/estimate_tables.h"
#include "json/design_json.h"
#include "support/draw.h"

#include <QtTest>

#include <cmath>
#include <map>

using namespace loadpath;
using loadpath::test::Drawing;

namespace {

double figureOf(const EstimateSheet& sheet, const char* key) {
    const EstimateLine* line = sheet.find(key);
    return line ? line->exact : std::nan("");
}

EstimateSheet sheetOf(const Design& design) { return estimate(*Snapshot::of(design, test::catalog())); }

/// The sheet of a design that ships.
const EstimateSheet& referenceSheet(const std::string& name) {
    static std::map<std::string, EstimateSheet> sheets;
    if (const auto known = sheets.find(name); known != sheets.end()) return known->second;
    const auto path = std::filesystem::path(LOADPATH_SOURCE_DIR) / "templates" / (name + ".json");
    auto design = readDesign(test::fileText(path), *test::catalog());
    if (!design) qFatal("%s", describe(design.error().front(), name).c_str());
    return sheets.emplace(name, sheetOf(design->design)).first->second;
}

Quantity stated(const char* id, double value) {
    Quantity quantity;
    quantity.id = {id};
    quantity.value = value;
    return quantity;
}
Quantity worked(const char* id, const char* formula) {
    Quantity quantity;
    quantity.id = {id};
    quantity.formula = formula;
    return quantity;
}

}  // namespace

class EstimatesTest : public QObject {
    Q_OBJECT

private slots:
    void referenceFiguresComeOut_data() {
        QTest::addColumn<QString>("design");
        QTest::addColumn<QString>("key");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* design, const char* key, double value, const char* text) {
            QTest::addRow("%s %s", design, key) << design << key << value << text;
        };
        row("url-shortener", "link_writes", 38.6, "38.6/s");
        row("url-shortener", "link_writes_peak", 116, "116/s");
        row("url-shortener", "link_reads", 3858, "3,858/s");
        row("url-shortener", "link_reads_peak", 11574, "11,574/s");
        row("url-shortener", "links", 6e9, "6 G");
        row("url-shortener", "link_storage", 3e12, "3 TB");
        row("url-shortener", "link_storage_copies", 9e12, "9 TB");
        row("url-shortener", "link_egress", 1.93e6, "1.929 MB/s");
        row("url-shortener", "link_cache", 33.3e9, "33.33 GB");
        row("url-shortener", "codes", 3.52e12, "3.522 T");
        row("url-shortener", "code_taken", 0.0017, "0.1704 %");
        row("chat", "messages_day", 2e9, "2 G/day");
        row("chat", "messages", 23148, "23,148/s");
        row("chat", "messages_peak", 69444, "69,444/s");
        row("chat", "deliveries", 34722, "34,722/s");
        row("chat", "deliveries_peak", 104167, "104,167/s");
        row("chat", "history_day", 400e9, "400 GB/day");
        row("chat", "history_year", 146e12, "146 TB/year");
        row("chat", "history_copies", 438e12, "438 TB/year");
        row("chat", "sockets", 1e7, "10 M");
        row("chat", "gateways", 100, "100");
        row("chat", "gateways_zone", 150, "150");
        row("chat", "heartbeats", 333e3, "333,333/s");
        row("chat", "presence_shards", 5, "5");
        row("chat", "replica_writes", 208e3, "208,333/s");
        row("chat", "history_nodes", 35, "35");
        row("news-feed", "feed_reads", 11574, "11,574/s");
        row("news-feed", "feed_reads_peak", 34722, "34,722/s");
        row("news-feed", "posts", 231, "231/s");
        row("news-feed", "posts_peak", 694, "694/s");
        row("news-feed", "fan_out", 46296, "46,296/s");
        row("news-feed", "fan_out_peak", 138889, "138,889/s");
        row("news-feed", "feed_memory", 3.2e12, "3.2 TB");
        row("news-feed", "posts_day", 2e7, "20 M/day");
        row("news-feed", "posts_year", 7.3e12, "7.3 TB/year");
        row("news-feed", "celebrity_s", 360, "6 min");
        row("notifications", "notices", 185, "185/s");
        row("notifications", "campaign_rps", 16667, "16,667/s");
        row("notifications", "status_year", 2.92e12, "2.92 TB/year");
        row("notifications", "push_s", 100, "100 s");
        row("rate-limiter", "store_ops", 1e4, "10,000/s");
        row("rate-limiter", "store_ops_most", 2e4, "20,000/s");
        row("rate-limiter", "counter_memory", 100e6, "100 MB");
        row("rate-limiter", "log_memory", 1.6e9, "1.6 GB");
        row("file-storage", "uploads", 231, "231/s");
        row("file-storage", "uploads_peak", 694, "694/s");
        row("file-storage", "downloads", 2315, "2,315/s");
        row("file-storage", "ingest_day", 100e12, "100 TB/day");
        row("file-storage", "ingest", 1.16e9, "1.157 GB/s");
        row("file-storage", "ingest_peak", 27.8e9, "27.78 Gbit/s");
        row("file-storage", "objects_year", 36.5e15, "36.5 PB/year");
        row("file-storage", "objects_three", 109.5e15, "109.5 PB/year");
        row("file-storage", "objects_rs63", 54.75e15, "54.75 PB/year");
        row("file-storage", "objects_rs104", 51.1e15, "51.1 PB/year");
        row("file-storage", "rows_year", 7.3e9, "7.3 G");
        row("file-storage", "metadata_year", 7.3e12, "7.3 TB/year");
        row("autocomplete", "suggests_day", 600e6, "600 M/day");
        row("autocomplete", "suggests", 6944, "6,944/s");
        row("autocomplete", "suggests_peak", 17361, "17,361/s");
        row("autocomplete", "suggests_origin", 10417, "10,417/s");
        row("autocomplete", "queries_raw", 2e9, "2 GB");
        row("ride-sharing", "locations", 250000, "250,000/s");
        row("ride-sharing", "locations_bytes", 16e6, "16 MB/s");
        row("ride-sharing", "locations_day", 1.38e12, "1.382 TB/day");
        row("ride-sharing", "trips", 231, "231/s");
        row("ride-sharing", "trips_peak", 694, "694/s");
        row("ride-sharing", "ride_gateways", 60, "60");
        row("ride-sharing", "ride_gateways_zone", 90, "90");
        row("ride-sharing", "geo_lookups", 256246, "256,250/s");
        row("video-streaming", "watching", 4.17e6, "4,166,667");
        row("video-streaming", "video_out", 12.5e12, "12.5 Tbit/s");
        row("video-streaming", "video_out_peak", 31.25e12, "31.25 Tbit/s");
        row("video-streaming", "segments", 694444, "694,444/s");
        row("video-streaming", "segments_peak", 1736111, "1,736,111/s");
        row("video-streaming", "origin_out", 625e9, "625 Gbit/s");
        row("video-streaming", "origin_out_5", 1563e9, "1.562 Tbit/s");
        row("video-streaming", "uploads", 11.6, "11.6/s");
        row("video-streaming", "raw_day", 300e12, "300 TB/day");
        row("video-streaming", "cores", 17361, "17,361");
        row("video-streaming", "cores_peak", 52083, "52,083");
        row("video-streaming", "views", 5787, "5,787/s");
        row("video-streaming", "views_peak", 17361, "17,361/s");
        row("checkout", "page_views", 2315, "2,315/s");
        row("checkout", "page_views_peak", 11574, "11,574/s");
        row("checkout", "orders", 11.6, "11.6/s");
        row("checkout", "orders_peak", 116, "116/s");
        row("checkout", "orders_year", 730e9, "730 GB/year");
        row("checkout", "order_events", 69.4, "69.4/s");
        row("checkout", "saga_success", 0.9605, "96.05 %");
        row("checkout", "saga_compensated", 0.0395, "3.95 %");
    }

    void referenceFiguresComeOut() {
        QFETCH(QString, design);
        QFETCH(QString, key);
        QFETCH(double, value);
        QFETCH(QString, text);
        const EstimateSheet& sheet = referenceSheet(design.toStdString());
        const EstimateLine* line = sheet.find(key.toStdString());
        QVERIFY(line);
        QVERIFY2(line->problem.empty(), line->problem.c_str());
        // The published figures carry three or four digits.
        QVERIFY2(std::abs(line->exact - value) <= 5e-3 * value, qPrintable(QString::number(line->exact, 'g', 12)));
        QCOMPARE(QString::fromStdString(exactFigure(line->exact, line->unit)), text);
        QVERIFY2(line->agreement != Agreement::differs && line->agreement != Agreement::tooLittle,
                 "the drawing does not carry what its own sheet estimates");
    }

    void theExampleOfTheReferenceTextStandsExactAndRound() {
        // 100 M users × 10 requests: 11,574/s exactly, 10 k/s as one says it; peak two to three times that.
        Design design;
        design.header.requirements.dau = 1e8;
        design.header.requirements.requestsPerUserDay = 10;
        const EstimateSheet sheet = sheetOf(design);
        QCOMPARE(figureOf(sheet, "requests_day"), 1e9);
        QCOMPARE(exactFigure(figureOf(sheet, "average_rps"), "1/s"), std::string("11,574/s"));
        QCOMPARE(roundFigure(sheet.find("average_rps")->rounded, "1/s"), std::string("10 k/s"));
        QCOMPARE(roundFigure(sheet.find("peak_rps")->rounded, "1/s"), std::string("30 k/s"));
        // A day has 86,400 seconds, a year 31,536,000.
        design.estimates.put(worked("seconds_of_a_day", "day"), std::nullopt);
        design.estimates.put(worked("seconds_of_a_year", "year"), std::nullopt);
        design.estimates.put(worked("profiles", "1e6 * KB"), std::nullopt);
        design.estimates.put(worked("media", "1e6 * MB"), std::nullopt);
        design.estimates.put(worked("messages", "1e9 * 100 * days_a_year"), std::nullopt);
        const EstimateSheet more = sheetOf(design);
        QCOMPARE(figureOf(more, "seconds_of_a_day"), 86400.0);
        QCOMPARE(figureOf(more, "seconds_of_a_year"), 31536000.0);
        QCOMPARE(more.find("seconds_of_a_day")->rounded, 1e5);
        QCOMPARE(exactFigure(figureOf(more, "profiles"), "B"), std::string("1 GB"));
        QCOMPARE(exactFigure(figureOf(more, "profiles"), "B", ByteUnits::binary), std::string("953.7 MiB"));
        QCOMPARE(exactFigure(figureOf(more, "media"), "B"), std::string("1 TB"));
        QCOMPARE(exactFigure(figureOf(more, "messages"), "B"), std::string("36.5 TB"));
    }

    void everyStepIsShownAndNamesItsComponents() {
        Drawing d;
        d.node("c", "client", {{"dau", 1000000}, {"requests_per_user_day", 86.4}, {"peak_factor", 2}});
        d.node("s", "service").line("c", "s").flow("read", "c", 1, Op::read);
        const EstimateSheet sheet = sheetOf(d.design);
        const auto at = static_cast<std::size_t>(sheet.byKey.at("peak_rps"));
        const Derivation steps = explain(sheet, at);
        QCOMPARE(steps.result, std::string("2,000/s"));
        QStringList lines;
        for (const DerivationStep& step : steps.steps)
            lines << QString::fromStdString(step.what + " | " + step.expression + " | " + step.result);
        QVERIFY2(lines.contains("Users a day | stated on c | 1,000,000"), qPrintable(lines.join('\n')));
        QVERIFY2(lines.contains("Requests, average | Requests a day ÷ seconds a day = 86.4 M/day ÷ 86,400 s | 1,000/s"),
                 qPrintable(lines.join('\n')));
        QVERIFY2(lines.contains("Requests, peak | Requests, average × Peak to average = 1,000/s × 2 | 2,000/s"),
                 qPrintable(lines.join('\n')));
        QCOMPARE(steps.steps.back().what, std::string("On the canvas"));
        QCOMPARE(steps.steps.back().components, std::vector<std::string>{"c"});
        QCOMPARE(sheet.lines[at].agreement, Agreement::agrees);
    }

    void aRateThatIsFarFromTheUsersDiffers() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 5000}}).node("s", "service").line("c", "s");
        d.design.header.requirements.dau = 1e7;
        d.design.header.requirements.requestsPerUserDay = 10;
        d.design.header.requirements.peakFactor = 10;
        const EstimateSheet sheet = sheetOf(d.design);
        QCOMPARE(sheet.find("peak_rps")->agreement, Agreement::differs);
        QCOMPARE(sheet.find("peak_rps")->onCanvas, 5000.0);
        QVERIFY(!sheet.find("peak_rps")->canvasWhere.empty());
        d.design.header.requirements.peakFactor = 4;  // 4,630 against 5,000
        QCOMPARE(sheetOf(d.design).find("peak_rps")->agreement, Agreement::agrees);
    }

    void storesGrowByWhatIsWritten() {
        // 10 writes a second of 2 kB for 2 years, three replicas, on three nodes.
        Drawing d;
        d.node("c", "client", {{"rate_rps", 30}, {"peak_factor", 3}}).node("s", "service");
        d.node("cas", "cassandra", {{"instances", 3}, {"rf", 3}, {"storage_gb", 100}});
        d.line("c", "s").line("s", "cas", {{"payload_kb", 2}}).flow("w", "c", 1, Op::write);
        d.design.header.requirements.horizonY = 2;
        const EstimateSheet sheet = sheetOf(d.design);
        const double bytes = 10.0 * 86400 * 365 * 2 * 2000;
        QVERIFY(std::abs(figureOf(sheet, "cas.bytes") - bytes) < 1e-6 * bytes);
        QVERIFY(std::abs(figureOf(sheet, "cas.bytes_copies") - 3 * bytes) < 1e-6 * bytes);
        QVERIFY(std::abs(figureOf(sheet, "cas.disk") - bytes * 1.3) < 1e-6 * bytes);
        QCOMPARE(sheet.find("cas.disk")->agreement, Agreement::tooLittle);
        QCOMPARE(sheet.find("cas.disk")->canvasComponents, std::vector<std::string>{"cas"});
        d.design.header.requirements.horizonY = 0.04;
        QCOMPARE(sheetOf(d.design).find("cas.disk")->agreement, Agreement::enough);
    }

    void cachesHoldAFifthOfADay() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 3000}, {"peak_factor", 3}, {"key_space", 1000000000}});
        d.node("s", "service").node("r", "redis", {{"value_bytes", 500}, {"memory_gb", 16}, {"instances", 1}});
        d.line("c", "s").line("s", "r").flow("read", "c", 1, Op::read);
        const EstimateSheet sheet = sheetOf(d.design);
        QCOMPARE(figureOf(sheet, "r.memory"), 0.2 * 1000 * 86400 * 500);
        QCOMPARE(sheet.find("r.memory")->agreement, Agreement::enough);
        applyEdits(d.design, loadpath::setProperty(d.design, ComponentId{"c"}, "key_space", Value(1000)));
        QCOMPARE(figureOf(sheetOf(d.design), "r.memory"), 1000.0 * 500);
    }

    void inputsAreChangedWhereTheyStand() {
        Drawing d;
        d.node("c", "client", {{"dau", 1000}}).node("s", "service").line("c", "s");
        EstimateSheet sheet = sheetOf(d.design);
        applyEdits(d.design, setEstimateInput(d.design, sheet, "dau", 5000));
        QCOMPARE(d.design.components.find({"c"})->properties.find("dau")->second, Value(5000));
        applyEdits(d.design, setEstimateInput(d.design, sheet, "horizon_y", 7));
        QCOMPARE(d.design.header.requirements.horizonY, std::optional<double>(7));
        applyEdits(d.design, setEstimateInput(d.design, sheet, "target_utilisation", 0.5));
        QCOMPARE(d.design.estimates.find({"target_utilisation"})->value, std::optional<double>(0.5));
        sheet = sheetOf(d.design);
        QCOMPARE(figureOf(sheet, "target_utilisation"), 0.5);
        QCOMPARE(sheet.find("target_utilisation")->origin, InputOrigin::sheet);
        applyEdits(d.design, setEstimateInput(d.design, sheet, "target_utilisation", std::nullopt));
        QVERIFY(d.design.estimates.empty());
        QVERIFY(setEstimateInput(d.design, sheet, "peak_rps", 3).empty());
        QVERIFY(setEstimateInput(d.design, sheet, "dau", std::nan("")).empty());
    }

    void ownFiguresMayNameTheCanvas() {
        Drawing d;
        d.node("c", "client", {{"rate_rps", 100}})
            .node("my-service", "service", {{"instances", 4}})
            .line("c", "my-service");
        d.design.estimates.put(worked("each", "{my-service.arrival_rps} / {my-service.instances}"), std::nullopt);
        Quantity sized = worked("wanted", "6");
        sized.compare = "<= {my-service.instances}";
        d.design.estimates.put(sized, std::nullopt);
        const EstimateSheet sheet = sheetOf(d.design);
        QCOMPARE(figureOf(sheet, "each"), 25.0);
        QCOMPARE(sheet.find("wanted")->agreement, Agreement::tooLittle);
        QCOMPARE(sheet.find("wanted")->canvasComponents, std::vector<std::string>{"my-service"});
    }

    void whatCannotBeWorkedOutSaysWhy() {
        Design design;
        design.estimates.put(worked("a", "b + 1"), std::nullopt);
        design.estimates.put(worked("b", "a * 2"), std::nullopt);
        design.estimates.put(worked("c", "nobody * 2"), std::nullopt);
        design.estimates.put(worked("d", "1 / (3 - 3)"), std::nullopt);
        design.estimates.put(worked("e", "2 *"), std::nullopt);
        design.estimates.put(worked("f", "c + 1"), std::nullopt);
        Quantity empty;
        empty.id = {"g"};
        design.estimates.put(empty, std::nullopt);
        const EstimateSheet sheet = sheetOf(design);
        QCOMPARE(sheet.find("a")->problem, std::string("the figure depends on itself"));
        QCOMPARE(sheet.find("b")->problem, std::string("the figure depends on itself"));
        QCOMPARE(sheet.find("c")->problem, std::string("there is no figure \"nobody\""));
        QCOMPARE(sheet.find("d")->problem, std::string("the formula divides by nothing"));
        QCOMPARE(sheet.find("e")->problem, std::string("the formula ends too early"));
        QCOMPARE(sheet.find("f")->problem, std::string("\"c\" is not known"));
        QVERIFY(!sheet.find("g")->problem.empty());
        for (std::size_t i = 0; i < sheet.lines.size(); ++i) explain(sheet, i);
    }

    void aLongChainOfFiguresIsNoTrouble() {
        Design design;
        design.estimates.put(stated("x0", 1), std::nullopt);
        for (int i = 1; i <= 20000; ++i)
            design.estimates.put(
                worked(("x" + std::to_string(i)).c_str(), ("x" + std::to_string(i - 1) + " + 1").c_str()),
                std::nullopt);
        const EstimateSheet sheet = sheetOf(design);
        QCOMPARE(figureOf(sheet, "x20000"), 20001.0);
        QVERIFY(explain(sheet, static_cast<std::size_t>(sheet.byKey.at("x20000"))).steps.size() < 100);
    }

    void anEmptyAndAnIdleDesignHaveASheet() {
        for (const EstimateLine& line : sheetOf({}).lines) QVERIFY(!std::isinf(line.exact));
        Drawing d;
        d.node("c", "client", {{"rate_rps", 0}})
            .node("s", "service")
            .node("db", "postgres")
            .line("c", "s")
            .line("s", "db");
        const EstimateSheet sheet = sheetOf(d.design);
        QCOMPARE(figureOf(sheet, "peak_rps"), 0.0);
        QCOMPARE(sheet.find("read_write_ratio")->problem, std::string("the formula divides by nothing"));
    }
};

QTEST_APPLESS_MAIN(EstimatesTest)
#include "estimates.moc"
