#include "cli/command.h"
#include "cli/files.h"

#include "json/value_json.h"

#include <QtTest>

#include <sstream>

using namespace loadpath;

namespace {

struct Outcome {
    int status = -1;
    std::string out, err;
};

Outcome run(const QStringList& arguments, const std::string& input = {}) {
    std::istringstream in(input);
    std::ostringstream out, err;
    cli::Console console{in, out, err};
    const int status = cli::runCommandLine(arguments, console, {});
    return {status, out.str(), err.str()};
}

bool mentions(const std::string& text, const char* words) { return text.find(words) != std::string::npos; }

const std::string minimal =
    "{\"format\": \"loadpath-design\", \"version\": 1, \"name\": \"Small\",\n"
    " \"components\": [{\"id\": \"c\", \"type\": \"client\", \"properties\": {\"rate_rps\": 50}},\n"
    "  {\"id\": \"s\", \"type\": \"service\", \"properties\": {\"instances\": 2, \"service_time_ms\": 5}}],\n"
    " \"connections\": [{\"id\": \"e\", \"from\": \"c\", \"to\": \"s\", \"mode\": \"sync\", \"properties\": "
    "{\"timeout_ms\": 500}}],\n"
    " \"scenarios\": [{\"id\": \"calm\", \"name\": \"Calm\", \"duration_s\": 12, \"warmup_s\": 2, \"seed\": 5, "
    "\"load\": 1}]}\n";

QStringList keys(const Value& object) {
    QStringList all;
    for (const auto& member : *object.object()) all << QString::fromStdString(member.first);
    return all;
}

}  // namespace

class CommandsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)); }
    static void write(const QString& path, const std::string& text) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.data(), static_cast<qint64>(text.size()));
    }
    static QByteArray read(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void initTestCase() {
        write(path("small.json"), minimal);
        write(path("broken.json"),
              "{\n  \"format\": \"loadpath-design\",\n  \"version\": 1,\n  \"components\": 7\n}\n");
    }

    void everyLevelHasHelp() {
        const Outcome general = run({"--help"});
        QCOMPARE(general.status, 0);
        for (const cli::Command& command : cli::allCommands()) {
            QVERIFY(mentions(general.out, command.name.toUtf8().constData()));
            const Outcome own = run({command.name, "--help"});
            QCOMPARE(own.status, 0);
            QVERIFY(mentions(own.out, ("Usage: loadpath " + command.name.toStdString()).c_str()));
            for (const cli::Option& option : command.options)
                QVERIFY2(mentions(own.out, option.name.toUtf8().constData()),
                         qPrintable(command.name + ' ' + option.name));
        }
        QVERIFY(QString::fromStdString(run({"--version"}).out)
                    .contains(QRegularExpression("^loadpath \\d+\\.\\d+\\.\\d+\n$")));
    }
    void badUsageIsToldOnStandardErrorAndEndsWithTwo_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("says");
        const QString file = path("small.json");
        QTest::newRow("command") << QStringList{"frobnicate"} << "no command or file";
        QTest::newRow("global option") << QStringList{"--frobnicate"} << "unknown option";
        QTest::newRow("option") << QStringList{"check", file, "--frobnicate"} << "unknown option --frobnicate";
        QTest::newRow("no file") << QStringList{"check"} << "FILE… is missing";
        QTest::newRow("two files") << QStringList{"analyze", file, file} << "one argument too many";
        QTest::newRow("format") << QStringList{"check", file, "--format", "xml"}
                                << "must be one of text, json, sarif, junit";
        QTest::newRow("no value") << QStringList{"check", file, "--format"} << "needs a value";
        QTest::newRow("value of a flag") << QStringList{"export", file, "--transparent=yes", "-o", "x.png"}
                                         << "takes no value";
        QTest::newRow("number") << QStringList{"simulate", file, "--duration", "long"} << "must be a number";
        QTest::newRow("infinite") << QStringList{"simulate", file, "--duration", "inf"} << "must be a number";
        QTest::newRow("negative") << QStringList{"simulate", file, "--duration=-5"} << "must be a number from";
        QTest::newRow("warm-up") << QStringList{"simulate", file, "--duration", "5", "--warmup", "5"}
                                 << "must be shorter";
        QTest::newRow("scenario") << QStringList{"simulate", file, "--scenario", "storm"}
                                  << "no scenario \"storm\"; the design has calm";
        QTest::newRow("output") << QStringList{"export", file} << "-o OUT is missing";
        QTest::newRow("suffix") << QStringList{"export", file, "-o", "x.bmp"} << ".png, .svg or .pdf";
        QTest::newRow("report suffix") << QStringList{"report", file, "-o", "x.doc"} << ".html";
        QTest::newRow("template") << QStringList{"check", "template:none"} << "no template \"none\"";
        QTest::newRow("type") << QStringList{"components", "none"} << "no component type \"none\"";
        QTest::newRow("rule") << QStringList{"rules", "none"} << "no rule \"none\"";
        QTest::newRow("verb") << QStringList{"templates", "eat"} << "not one of list, show, new";
        QTest::newRow("size") << QStringList{"screenshot", "-o", "x.png", "--size", "9x9"} << "--size must be";
        QTest::newRow("no window") << QStringList{"screenshot", "-o", "x.png"} << "no window";
    }
    void badUsageIsToldOnStandardErrorAndEndsWithTwo() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, says);
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.status, 2);
        QVERIFY2(QString::fromStdString(outcome.err).contains(says), outcome.err.c_str());
        QCOMPARE(outcome.out, "");
    }
    void aBrokenFileIsNamedWithItsPlace() {
        const Outcome outcome = run({"check", path("broken.json")});
        QCOMPARE(outcome.status, 2);
        QCOMPARE(outcome.out, "");
        QCOMPARE(outcome.err,
                 path("broken.json").toStdString() + ":4:17: must be a list, not a number (at /components)\n");
    }
    void aMissingFileAndAFolderAreBadInput() {
        QCOMPARE(run({"check", path("gone.json")}).status, 2);
        QVERIFY(mentions(run({"check", path("gone.json")}).err, "cannot read"));
        QVERIFY(mentions(run({"check", m_folder.path()}).err, "is a folder"));
    }
    void oneBrokenFileAmongSeveralLeavesNothingWritten() {
        const Outcome outcome = run({"check", path("small.json"), path("broken.json")});
        QCOMPARE(outcome.status, 2);
        QCOMPARE(outcome.out, "");
    }
    void standardInputIsAFile() {
        const Outcome outcome = run({"check", "-", "--format", "json", "--fail-on", "never"}, minimal);
        QCOMPARE(outcome.status, 0);
        QVERIFY(*parseJson(outcome.out)->find("design") == Value("Small"));
    }
    void theFailLevelDecidesTheExitStatus() {
        // A service that gets far more than it can do: an error for certain.
        const std::string overloaded =
            QString::fromStdString(minimal)
                .replace("\"rate_rps\": 50", "\"rate_rps\": 1e7")
                .replace("\"service_time_ms\": 5", "\"service_time_ms\": 500, \"concurrency\": 1")
                .toStdString();
        QCOMPARE(run({"check", "-"}, overloaded).status, 1);
        QCOMPARE(run({"check", "-", "--fail-on", "warning"}, overloaded).status, 1);
        QCOMPARE(run({"check", "-", "--fail-on=never"}, overloaded).status, 0);
        const std::string empty = "{\"format\": \"loadpath-design\", \"version\": 1, \"name\": \"\"}";
        QCOMPARE(run({"check", "-", "--fail-on", "warning"}, empty).status, 0);
    }
    void checkWritesTheKeysOfTheContract() {
        const Outcome outcome = run({"check", path("small.json"), "--format", "json"});
        const auto result = parseJson(outcome.out);
        QVERIFY(result);
        QCOMPARE(keys(*result), QStringList({"counts", "design", "findings"}));
        QCOMPARE(keys(*result->find("counts")), QStringList({"error", "info", "warning"}));
        for (const Value& finding : *result->find("findings")->list())
            for (const char* key :
                 {"rule", "severity", "components", "connections", "zones", "message", "why", "key", "acknowledged"})
                QVERIFY2(finding.find(key), key);
        const auto both = parseJson(run({"check", path("small.json"), path("small.json"), "--format", "json"}).out);
        QCOMPARE(both->list()->size(), std::size_t(2));
    }
    void unknownKeysAreWarnedOf() {
        const std::string text = QString::fromStdString(minimal)
                                     .replace("\"name\": \"Small\"", "\"name\": \"Small\", \"mood\": 1")
                                     .toStdString();
        const Outcome outcome = run({"check", "-", "--format", "json", "--fail-on", "never"}, text);
        QCOMPARE(outcome.status, 0);
        QVERIFY(mentions(outcome.err, "<stdin>:1:"));
        QVERIFY(mentions(outcome.err, "warning: unknown key \"mood\" is kept (at /mood)"));
        const auto result = parseJson(outcome.out);
        QVERIFY(*result->find("warnings")->list()->front().find("pointer") == Value("/mood"));
    }
    void analyzeWritesTheKeysOfTheContract() {
        const Outcome outcome = run({"analyze", path("small.json"), "--format", "json"});
        QCOMPARE(outcome.status, 0);
        const auto result = parseJson(outcome.out);
        QVERIFY(result);
        QCOMPARE(keys(*result), QStringList({"async", "availability", "capacity", "consistency", "cost",
                                             "cost_usd_month", "derivations", "exact_budget", "flows", "headroom",
                                             "limits", "saturates_first", "what_if"}));
        QCOMPARE(keys(*result->find("availability")), QStringList({"weighted", "worst", "worst_flow"}));
        const Value& flow = result->find("flows")->list()->front();
        for (const char* key : {"flow", "availability", "strict_availability", "downtime_min_year", "spofs", "cut_sets",
                                "importance", "method"})
            QVERIFY2(flow.find(key), key);
        QCOMPARE(keys(result->find("capacity")->list()->front()),
                 QStringList({"arrival_rps", "capacity_rps", "component", "response_ms", "utilisation", "wait_ms"}));
        // What can be priced has a total, in one figure and as a range.
        const Value& cost = *result->find("cost");
        QVERIFY(result->find("cost_usd_month")->number() > 0);
        QCOMPARE(*result->find("cost_usd_month"), *cost.find("total")->find("typical"));
        for (const char* key : {"components", "flows", "prices_as_of", "unpriced"}) QVERIFY2(cost.find(key), key);
    }
    void estimateWritesFiguresWithTheirSteps() {
        const Outcome outcome = run({"estimate", path("small.json"), "--format", "json"});
        QCOMPARE(outcome.status, 0);
        const auto result = parseJson(outcome.out);
        QVERIFY(result);
        QCOMPARE(keys(*result),
                 QStringList({"attempts", "design", "downtime", "fan_out", "inputs", "latency", "sections"}));
        const Value& figure = result->find("sections")->list()->front().find("figures")->list()->front();
        for (const char* key : {"key", "name", "value", "rounded", "unit", "text", "rounded_text", "steps"})
            QVERIFY2(figure.find(key), key);
        const Outcome text = run({"estimate", path("small.json")});
        QVERIFY(mentions(text.out, "Requests, peak"));
        QVERIFY(mentions(run({"estimate", path("small.json"), "--steps"}).out, "seconds a day"));
    }
    void simulateWritesTheKeysOfTheContractAndTheSameBytesForTheSameSeed() {
        const QStringList command{"simulate", path("small.json"), "--scenario", "calm", "--format",
                                  "json",     "--series",         "2"};
        const auto stripped = [](std::string text) {
            return QString::fromStdString(text).remove(QRegularExpression("\"wall_s\": [^,]*,")).toStdString();
        };
        const Outcome outcome = run(command);
        QCOMPARE(outcome.status, 0);
        const auto result = parseJson(outcome.out);
        QVERIFY(result);
        QCOMPARE(keys(*result), QStringList({"components", "connections", "duration_s", "events", "flows", "load",
                                             "scenario", "seed", "series", "wall_s", "warmup_s"}));
        QVERIFY(*result->find("seed") == Value(5));
        QVERIFY(*result->find("duration_s") == Value(12));
        const Value& flow = result->find("flows")->list()->front();
        for (const char* key : {"flow", "offered", "completed", "failed", "timed_out", "rejected", "reasons",
                                "throughput_rps", "error_ratio", "latency_ms"})
            QVERIFY2(flow.find(key), key);
        QCOMPARE(keys(*flow.find("latency_ms")), QStringList({"max", "mean", "p50", "p90", "p95", "p99", "p999"}));
        QCOMPARE(result->find("series")->find("time_s")->list()->size(), std::size_t(6));
        QCOMPARE(stripped(run(command).out), stripped(outcome.out));
        QStringList other = command;
        other << "--seed"
              << "6";
        QVERIFY(stripped(run(other).out) != stripped(outcome.out));
        const auto without =
            parseJson(run({"simulate", path("small.json"), "--duration", "3", "--format", "json"}).out);
        QVERIFY(!without->find("series"));
    }
    void verifyChecksTheSimulator() {
        const Outcome outcome =
            run({"simulate", path("small.json"), "--duration", "20", "--verify", "--format", "json"});
        const auto tree = parseJson(outcome.out);
        QVERIFY(tree);
        QCOMPARE(outcome.status, 0);
        QVERIFY(*tree->find("passed")->boolean());
        QVERIFY(!tree->find("checks")->list()->empty());
        QCOMPARE(run({"simulate", path("small.json"), "--verify", "--replications", "2"}).status, 2);
    }
    void replicationsDoNotDependOnTheNumberOfThreads() {
        const auto figures = [this](const char* threads) {
            const Outcome outcome = run({"simulate", path("small.json"), "--duration", "5", "--replications", "5",
                                         "--format", "json", "--threads", threads});
            return QString::fromStdString(outcome.out).remove(QRegularExpression("\"wall_s\": [^,]*,"));
        };
        const QString one = figures("1");
        QVERIFY(one.contains("\"ci95\": {\"mean_ms\": "));
        QCOMPARE(figures("4"), one);
        const auto single = parseJson(run({"simulate", path("small.json"), "--duration", "5", "--format", "json"}).out);
        const auto five = parseJson(one.toStdString());
        QVERIFY(five->find("flows")->list()->front().find("offered")->number() >
                4 * single->find("flows")->list()->front().find("offered")->number());
    }
    void simulateWritesATable() {
        const Outcome outcome = run({"simulate", path("small.json"), "--duration", "6", "--format", "csv"});
        QCOMPARE(outcome.status, 0);
        const QStringList lines = QString::fromStdString(outcome.out).split('\n', Qt::SkipEmptyParts);
        const auto columns = lines.first().count(',');
        int flows = 0;
        for (const QString& line : lines) {
            QCOMPARE(line.count(','), columns);
            flows += line.contains(",flow,");
        }
        // A client without flows has two, of reads and of writes.
        QCOMPARE(flows, 2 * 6);
    }
    void diagramsAreWrittenInTheFormatOfTheirSuffix() {
        const std::pair<const char*, QByteArray> formats[] = {
            {"d.png", "\x89PNG"}, {"d.svg", "<?xml"}, {"d.pdf", "%PDF-"}};
        for (const auto& format : formats) {
            QCOMPARE(run({"export", path("small.json"), "-o", path(format.first)}).status, 0);
            QVERIFY2(read(path(format.first)).startsWith(format.second), format.first);
        }
        const Outcome piped = run({"export", path("small.json"), "-o", "-", "--format", "svg"});
        QCOMPARE(piped.status, 0);
        QVERIFY(mentions(piped.out, "<svg"));
    }
    void theReportNeedsNothingElse() {
        QCOMPARE(run({"report", path("small.json"), "-o", path("r.html")}).status, 0);
        const QString html = QString::fromUtf8(read(path("r.html")));
        for (const char* part :
             {"<h1>Small</h1>", "<h2>Findings</h2>", "<h2>Availability</h2>", "<h2>Capacity at peak</h2>",
              "<h2>Simulated run</h2>", "class=\"chart\"", "class=\"diagram\""})
            QVERIFY2(html.contains(part), part);
        QVERIFY(!html.contains(QRegularExpression("(src|href)=\"(?!#)")));
        QVERIFY(!html.contains("<script"));
    }
    void outputsAppearWholeOrNotAtAll() {
        write(path("kept.html"), "before");
        QCOMPARE(run({"report", path("broken.json"), "-o", path("kept.html")}).status, 2);
        QCOMPARE(read(path("kept.html")), QByteArray("before"));
        const Outcome nowhere = run({"export", path("small.json"), "-o", path("no/such/folder/d.svg")});
        QCOMPARE(nowhere.status, 2);
        QVERIFY(mentions(nowhere.err, "cannot write"));
        if (QFileInfo::exists("/dev/full")) {
            const Outcome full = run({"export", path("small.json"), "-o", "/dev/full", "--format", "svg"});
            QCOMPARE(full.status, 2);
            QVERIFY2(mentions(full.err, "No space left"), full.err.c_str());
            QVERIFY(!QFileInfo("/dev/full").isFile());
        }
        QCOMPARE(QDir(m_folder.path()).entryList({"*.html.*", "*.svg.*"}, QDir::Files).size(), 0);
    }
    void templatesAreListedShownAndCopied() {
        const Outcome list = run({"templates"});
        QCOMPARE(list.status, 0);
        QVERIFY(mentions(list.out, "url-shortener"));
        const Outcome shown = run({"templates", "show", "url-shortener"});
        QVERIFY(parseJson(shown.out));
        const QString copy = path("copy.json");
        QCOMPARE(run({"templates", "new", "url-shortener", "-o", copy}).status, 0);
        QCOMPARE(read(copy).toStdString(), shown.out);
        QCOMPARE(run({"templates", "new", "url-shortener", "-o", copy}).status, 2);
        QCOMPARE(run({"templates", "new", "url-shortener", "-o", copy, "--force"}).status, 0);
        QCOMPARE(run({"analyze", "template:url-shortener"}).status, 0);
    }
    void theLibraryIsListedAndTold() {
        QVERIFY(mentions(run({"components"}).out, "postgres_replica"));
        QVERIFY(mentions(run({"components", "redis"}).out, "hit_ratio"));
        QVERIFY(mentions(run({"components", "rate_limiter"}).out, "Sliding window log"));  // a topic
        QVERIFY(mentions(run({"components", "cdn"}).out, "Amazon CloudFront"));            // a product
        const auto types = parseJson(run({"components", "--format", "json"}).out);
        QVERIFY(types && types->find("types")->list()->size() > 50);
        const auto told = parseJson(run({"components", "cdn", "--format", "json"}).out);
        QVERIFY(told && *told->find("id") == Value("cdn"));
        QVERIFY(told->find("handbook")->find("topics")->list()->size() >= 4);
        const Value::List& products = *told->find("presets")->list();
        QVERIFY(*products.front().find("values")->find("availability") == Value(0.999));
        QVERIFY(mentions(run({"rules"}).out, "spof"));
        QVERIFY(mentions(run({"rules", "spof"}).out, "error"));
        QVERIFY(parseJson(run({"schema"}).out));
    }
    void coloursComeOnlyWhenAskedFor() {
        QVERIFY(!mentions(run({"check", path("small.json")}).out, "\033["));
        QVERIFY(mentions(run({"check", path("small.json"), "--color", "always"}).out, "\033["));
    }
    void aFileOpensTheWindowAndACommandDoesNot() {
        QVERIFY(cli::asksForWindow({}));
        QVERIFY(cli::asksForWindow({"shop.loadpath.json"}));
        QVERIFY(cli::asksForWindow({"template:chat"}));
        QVERIFY(!cli::asksForWindow({"check", "shop.loadpath.json"}));
        QVERIFY(!cli::asksForWindow({"--help"}));
        QVERIFY(!cli::asksForWindow({"frobnicate"}));
    }
};

QTEST_MAIN(CommandsTest)
#include "commands.moc"
