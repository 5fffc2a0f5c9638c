// check with baselines, house rules and proofs; fix; the pages of rules.
#include "cli/command.h"

#include "json/value_json.h"

#include <QImage>
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

const QString naive = QStringLiteral("template:url-shortener-naive");

}  // namespace

class RuleCommandsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)); }
    static void write(const QString& path, const QByteArray& text) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    static QByteArray read(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void initTestCase() {
        QVERIFY(m_folder.isValid());
        write(path("shop.loadpath.json"),
              QByteArray::fromStdString(run({"templates", "show", "url-shortener-naive"}).out));
    }
    void fixMendsUntilNothingIsLeft() {
        QFile::remove(path("mended.json"));
        const Outcome outcome = run({"fix", naive, "-o", path("mended.json")});
        QCOMPARE(outcome.status, 0);
        QVERIFY(outcome.out.find("0 errors") != std::string::npos);
        QCOMPARE(run({"check", path("mended.json")}).status, 0);
        // Nothing is left to do: the same again changes no byte.
        const QByteArray before = read(path("mended.json"));
        QVERIFY(run({"fix", path("mended.json")}).out.find("Nothing to mend") == 0);
        QCOMPARE(read(path("mended.json")), before);
    }
    void safeFixesAddNothing() {
        const Outcome outcome = run({"fix", naive, "--safe", "-o", "-"});
        QCOMPARE(outcome.status, 0);
        const auto before = parseJson(run({"templates", "show", "url-shortener-naive"}).out),
                   after = parseJson(outcome.out);
        QVERIFY(before && after);
        QCOMPARE(after->find("components")->list()->size(), before->find("components")->list()->size());
        QVERIFY(outcome.err.find("no-timeout") != std::string::npos);
        QVERIFY(outcome.err.find("spof") == std::string::npos);
    }
    void fixKeepsToOneRuleAndToItsWord() {
        const Outcome dry = run({"fix", path("shop.loadpath.json"), "--rule", "spof", "--dry-run"});
        QVERIFY(dry.out.find("would be mended") != std::string::npos &&
                dry.out.find("no-timeout") == std::string::npos);
        QCOMPARE(run({"fix", naive}).status, 2);
        QCOMPARE(run({"fix", path("shop.loadpath.json"), "--rule", "no-such"}).status, 2);
        QCOMPARE(run({"check", path("shop.loadpath.json")}).status, 1);  // nothing was written
    }
    void theBaselineLeavesWhatIsNew() {
        const Outcome result = run({"check", naive, "--format", "json"});
        write(path("base.json"), QByteArray::fromStdString(result.out));
        for (const QString& base : {path("base.json"), path("shop.loadpath.json")}) {
            const Outcome same = run({"check", naive, "--baseline", base});
            QCOMPARE(same.status, 0);
            QVERIFY(same.out.find("nothing found") != std::string::npos);
            QVERIFY(same.out.find("more known from the baseline") != std::string::npos);
            const auto other =
                parseJson(run({"check", "template:chat-naive", "--baseline", base, "--format", "json"}).out);
            QVERIFY(other && !other->find("findings")->list()->empty());
        }
        QCOMPARE(run({"check", naive, "--baseline", path("none.json")}).status, 2);
        write(path("odd.json"), "{\"findings\": 1}");
        QCOMPARE(run({"check", naive, "--baseline", path("odd.json")}).status, 2);
    }
    void houseRulesAreFoundBesideTheDesignNamedOrGiven() {
        const QByteArray rules =
            "{\"format\": \"loadpath-rules\", \"version\": 1, \"rules\": [{\"id\": \"house\", \"title\": \"Ours\", "
            "\"why\": \"We said so.\", \"message\": \"{name} is ours\", \"severity\": \"error\", "
            "\"components\": {\"type\": \"service\"}}]}";
        write(path("given.json"), rules);
        QVERIFY(run({"check", naive, "--rules", path("given.json")}).out.find("Shortener is ours") !=
                std::string::npos);
        QVERIFY(run({"check", path("shop.loadpath.json")}).out.find("is ours") == std::string::npos);
        write(path("shop.rules.json"), rules);
        QVERIFY(run({"check", path("shop.loadpath.json")}).out.find("Shortener is ours") != std::string::npos);
        const auto json = parseJson(run({"check", path("shop.loadpath.json"), "--format", "json"}).out);
        QVERIFY(*json->find("findings")->list()->front().find("rule") == Value("house"));
        QVERIFY(*json->find("findings")->list()->front().find("why") == Value("We said so."));
        QVERIFY(run({"check", path("shop.loadpath.json"), "--format", "junit"}).out.find("house:s") !=
                std::string::npos);
        write(path("shop.rules.json"), "{\"format\": \"loadpath-rules\", \"version\": 1, \"rules\": [1]}");
        const Outcome broken = run({"check", path("shop.loadpath.json")});
        QCOMPARE(broken.status, 2);
        QVERIFY2(broken.err.find("shop.rules.json:1:54: must be an object") != std::string::npos, broken.err.c_str());
        QFile::remove(path("shop.rules.json"));

        QByteArray named = read(path("shop.loadpath.json"));
        named.insert(named.lastIndexOf('}'), ", \"house_rules\": \"given.json\"");
        write(path("named.json"), named);
        QVERIFY(run({"check", path("named.json")}).out.find("Shortener is ours") != std::string::npos);
        QFile::remove(path("given.json"));
        QCOMPARE(run({"check", path("named.json")}).status, 2);
    }
    void aFindingIsProven() {
        const Outcome text = run({"check", naive, "--prove", "spof:s"});
        QCOMPARE(text.status, 0);
        QVERIFY(text.out.find("An instance of Shortener fails for good") != std::string::npos);
        const auto json = parseJson(run({"check", naive, "--prove", "spof:s", "--format", "json"}).out);
        QVERIFY(json);
        QVERIFY(json->find("before")->find("failed_share")->number() > 0.4);
        QVERIFY(json->find("before")->find("values")->list()->size() == json->find("time_s")->list()->size());
        QCOMPARE(run({"check", naive, "--prove", "spof:none"}).status, 2);
        QVERIFY(run({"check", naive, "--prove", "slo-unreachable:c@read"}).err.find("cannot be shown") !=
                std::string::npos);
        QCOMPARE(run({"check", naive, naive, "--prove", "spof:s"}).status, 2);
    }
    void rulesTellTheirPage() {
        const Outcome page = run({"rules", "high-utilisation"});
        for (const char* words :
             {"Why", "How to mend it", "Example", "Prove it", "To set", "utilisation", "0.99", "Source:"})
            QVERIFY2(page.out.find(words) != std::string::npos, words);
        const auto json = parseJson(run({"rules", "spof", "--format", "json"}).out);
        QVERIFY(json && json->find("example")->find("fix")->text());
        const auto all = parseJson(run({"rules", "--format", "json"}).out);
        QVERIFY(all && all->list()->size() > 10);
        for (const Value& rule : *all->list()) {
            const auto one =
                parseJson(run({"rules", QString::fromStdString(*rule.find("rule")->text()), "--format", "json"}).out);
            QVERIFY2(one && one->find("example"), rule.find("rule")->text()->c_str());
        }
        QCOMPARE(run({"rules", "-o", path("x.png")}).status, 2);
        QCOMPARE(run({"rules", "spof", "-o", path("x.svg")}).status, 2);
        QCOMPARE(run({"rules", "spof", "-o", path("x.png")}).status, 0);
        QVERIFY(QImage(path("x.png")).width() > 300);
    }
};

QTEST_MAIN(RuleCommandsTest)
#include "rule_commands.moc"
