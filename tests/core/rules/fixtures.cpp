// Every rule against designs that must and must not make it fire.
#include "rules/checks.h"
#include "support/rule_fixtures.h"

#include <QTest>

using namespace loadpath;
using namespace loadpath::test;

namespace {

QString shown(const std::set<std::string>& keys) {
    QStringList list;
    for (const std::string& key : keys) list << QString::fromStdString(key);
    return list.join("  ");
}

std::string fileNameOf(std::string id) {
    std::replace(id.begin(), id.end(), '-', '_');
    return id;
}

}  // namespace

class Fixtures : public QObject {
    Q_OBJECT

private slots:
    void everyRuleHasItsOwnFile();
    void everyRuleExplainsItself();
    void everyRuleHasBadAndGoodDesigns();
    void firesExactlyWhereExpected_data();
    void firesExactlyWhereExpected();
    void findingsAreSorted();
};

void Fixtures::everyRuleHasItsOwnFile() {
    std::set<std::string> files, rules;
    const auto root = std::filesystem::path(LOADPATH_SOURCE_DIR) / "core/rules/checks";
    for (const auto& entry : std::filesystem::directory_iterator(root))
        if (entry.path().extension() == ".cpp") files.insert(entry.path().stem().string());
    for (const Rule& rule : allRules()) rules.insert(fileNameOf(std::string(rule.id)));
    QCOMPARE(shown(rules), shown(files));
    QCOMPARE(rules.size(), allRules().size());
#define RULE(name) QCOMPARE(fileNameOf(std::string(checks::name.id)), std::string(#name));
#include "rules/rules.def"
#undef RULE
}

void Fixtures::everyRuleExplainsItself() {
    for (const Rule& rule : allRules()) {
        const QByteArray id(rule.id.data(), qsizetype(rule.id.size()));
        QVERIFY2(!rule.title.empty() && !rule.source.empty(), id);
        QVERIFY2(rule.why.size() > 120 && rule.why.ends_with('.'), id);
        QCOMPARE(findRule(rule.id), &rule);
    }
    QCOMPARE(findRule("no-such-rule"), nullptr);
}

void Fixtures::everyRuleHasBadAndGoodDesigns() {
    std::map<std::string, std::pair<int, int>> counts;
    for (const RuleFixture& fixture : ruleFixtures()) {
        QVERIFY2(findRule(fixture.rule), fixture.shown().c_str());
        QVERIFY2(fixture.isBad() || fixture.name.starts_with("good-"), fixture.shown().c_str());
        QVERIFY2(fixture.design.header.extra.contains("expect"), fixture.shown().c_str());
        ++(fixture.isBad() ? counts[fixture.rule].first : counts[fixture.rule].second);
    }
    for (const Rule& rule : allRules()) {
        const auto [bad, good] = counts[std::string(rule.id)];
        QVERIFY2(bad > 0 && good > 0, std::string(rule.id).c_str());
    }
}

void Fixtures::firesExactlyWhereExpected_data() {
    QTest::addColumn<int>("index");
    int index = 0;
    for (const RuleFixture& fixture : ruleFixtures()) QTest::newRow(fixture.shown().c_str()) << index++;
}

void Fixtures::firesExactlyWhereExpected() {
    static const std::vector<RuleFixture> all = ruleFixtures();
    QFETCH(int, index);
    const RuleFixture& fixture = all[std::size_t(index)];
    const std::vector<Finding> findings = findingsOf(fixture.design);

    std::set<std::string> ofRule, expectedOfRule, keys;
    for (const Finding& finding : findings) {
        QVERIFY2(keys.insert(finding.key()).second, ("twice: " + finding.key()).c_str());
        QVERIFY2(!finding.message.empty(), finding.key().c_str());
        QVERIFY2(finding.message.find("{}") == std::string::npos, finding.message.c_str());
        QVERIFY2(finding.message.find("nan") == std::string::npos, finding.message.c_str());
        if (finding.rule == fixture.rule) ofRule.insert(finding.key());
    }
    for (const std::string& key : fixture.expected)
        if (key.starts_with(fixture.rule + ":"))
            expectedOfRule.insert(key);
        else
            QVERIFY2(keys.contains(key), ("missing " + key + " in " + shown(keys).toStdString()).c_str());
    QCOMPARE(fixture.isBad(), !expectedOfRule.empty());
    QCOMPARE(shown(ofRule), shown(expectedOfRule));
    for (const Finding& finding : findings)
        QVERIFY2(!fixture.absent.contains(finding.key()) && !fixture.absent.contains(std::string(finding.rule)),
                 finding.key().c_str());
}

void Fixtures::findingsAreSorted() {
    for (const RuleFixture& fixture : ruleFixtures()) {
        const std::vector<Finding> findings = findingsOf(fixture.design);
        QVERIFY2(std::is_sorted(findings.begin(), findings.end(),
                                [](const Finding& a, const Finding& b) {
                                    return std::tuple(a.severity, a.rule, a.key()) <
                                           std::tuple(b.severity, b.rule, b.key());
                                }),
                 fixture.shown().c_str());
    }
}

QTEST_APPLESS_MAIN(Fixtures)
#include "fixtures.moc"
