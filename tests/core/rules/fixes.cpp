// What a quick fix promises: the finding is gone, nothing worse has come, and undo brings all back.
#include "model/edit.h"
#include "rules/placement.h"
#include "support/rule_fixtures.h"

#include <QTest>

using namespace loadpath;
using namespace loadpath::test;

namespace {

const std::vector<RuleFixture>& fixtures() {
    static const std::vector<RuleFixture> all = ruleFixtures();
    return all;
}

/// What becomes visible because a component now receives traffic was there before.
bool uncovers(const Finding& finding) {
    return finding.rule == "invalid-connection" || finding.rule == "unreachable-node" ||
           finding.rule == "unknown-type" || finding.rule == "write-to-replica";
}

std::set<std::string> idsOf(const Design& design) {
    std::set<std::string> ids;
    for (const Component& c : design.components) ids.insert(c.id.value);
    for (const Connection& c : design.connections) ids.insert(c.id.value);
    for (const Zone& z : design.zones) ids.insert(z.id.value);
    return ids;
}

bool namesOnlyOld(const Finding& finding, const std::set<std::string>& old) {
    return std::all_of(finding.components.begin(), finding.components.end(),
                       [&](const ComponentId& id) { return old.contains(id.value); }) &&
           std::all_of(finding.connections.begin(), finding.connections.end(),
                       [&](const ConnectionId& id) { return old.contains(id.value); });
}

bool overlaps(const Component& a, const Component& b) {
    return std::abs(a.position.x - b.position.x) < Placement::cardWidth &&
           std::abs(a.position.y - b.position.y) < Placement::cardHeight;
}

}  // namespace

class Fixes : public QObject {
    Q_OBJECT

private slots:
    void fixture_data();
    void removesItsFinding_data() { fixture_data(); }
    void removesItsFinding();
    void bringsNoNewError_data() { fixture_data(); }
    void bringsNoNewError();
    void undoRestores_data() { fixture_data(); }
    void undoRestores();
    void newCardsLieFree_data() { fixture_data(); }
    void newCardsLieFree();
    void comeToAnEnd_data() { fixture_data(); }
    void comeToAnEnd();
    void rulesOfferFixes();
};

void Fixes::fixture_data() {
    QTest::addColumn<int>("index");
    int index = 0;
    for (const RuleFixture& fixture : fixtures()) QTest::newRow(fixture.shown().c_str()) << index++;
}

void Fixes::removesItsFinding() {
    QFETCH(int, index);
    const RuleFixture& fixture = fixtures()[std::size_t(index)];
    for (const Finding& finding : findingsOf(fixture.design)) {
        if (!finding.fix) continue;
        QVERIFY2(!finding.fix->title.empty() && !finding.fix->edits.empty(), finding.key().c_str());
        Design mended = fixture.design;
        applyEdits(mended, finding.fix->edits);
        QVERIFY2(!(mended == fixture.design), finding.key().c_str());
        QVERIFY2(!keysOf(findingsOf(mended)).contains(finding.key()),
                 (finding.key() + " after: " + finding.fix->title).c_str());
    }
}

void Fixes::bringsNoNewError() {
    QFETCH(int, index);
    const RuleFixture& fixture = fixtures()[std::size_t(index)];
    const std::vector<Finding> before = findingsOf(fixture.design);
    const std::set<std::string> known = keysOf(before);
    const std::set<std::string> old = idsOf(fixture.design);
    for (const Finding& finding : before) {
        if (!finding.fix) continue;
        Design mended = fixture.design;
        applyEdits(mended, finding.fix->edits);
        for (const Finding& after : findingsOf(mended)) {
            if (after.severity != Severity::error || known.contains(after.key())) continue;
            if (uncovers(finding) && namesOnlyOld(after, old)) continue;
            QFAIL((finding.fix->title + " of " + finding.key() + " causes " + after.key() + ": " + after.message)
                      .c_str());
        }
    }
}

void Fixes::undoRestores() {
    QFETCH(int, index);
    const RuleFixture& fixture = fixtures()[std::size_t(index)];
    for (const Finding& finding : findingsOf(fixture.design)) {
        if (!finding.fix) continue;
        Design changed = fixture.design;
        const Edits undo = applyEdits(changed, finding.fix->edits);
        applyEdits(changed, undo);
        QVERIFY2(changed == fixture.design, finding.key().c_str());
    }
}

void Fixes::newCardsLieFree() {
    QFETCH(int, index);
    const RuleFixture& fixture = fixtures()[std::size_t(index)];
    for (const Finding& finding : findingsOf(fixture.design)) {
        if (!finding.fix) continue;
        Design mended = fixture.design;
        applyEdits(mended, finding.fix->edits);
        for (const Component& added : mended.components) {
            if (fixture.design.components.contains(added.id)) continue;
            QVERIFY(isWellFormedId(added.id.value));
            QCOMPARE(std::fmod(added.position.x, Placement::grid), 0.0);
            QCOMPARE(std::fmod(added.position.y, Placement::grid), 0.0);
            for (const Component& other : mended.components)
                QVERIFY2(other.id == added.id || !overlaps(added, other),
                         (finding.key() + " " + added.id.value).c_str());
        }
    }
}

void Fixes::comeToAnEnd() {
    QFETCH(int, index);
    Design design = fixtures()[std::size_t(index)].design;
    std::string applied;
    for (int step = 0; step < 40; ++step) {
        const std::vector<Finding> findings = findingsOf(design);
        const auto next =
            std::find_if(findings.begin(), findings.end(), [](const Finding& f) { return f.fix.has_value(); });
        if (next == findings.end()) return;
        applied += next->key() + ": " + next->fix->title + "; ";
        applyEdits(design, next->fix->edits);
    }
    QFAIL(applied.c_str());
}

void Fixes::rulesOfferFixes() {
    // What would mend these is for a designer to decide.
    static const std::set<std::string> without{
        "growth-10x",           "latency-budget",  "managed-ceiling", "premature-microservices",
        "requirements-missing", "shared-database", "slo-unreachable",
    };
    std::set<std::string> withFix;
    for (const RuleFixture& fixture : fixtures())
        for (const Finding& finding : findingsOf(fixture.design))
            if (finding.fix) withFix.insert(std::string(finding.rule));
    for (const Rule& rule : allRules())
        QCOMPARE(std::pair(std::string(rule.id), withFix.contains(std::string(rule.id))),
                 std::pair(std::string(rule.id), !without.contains(std::string(rule.id))));
}

QTEST_APPLESS_MAIN(Fixes)
#include "fixes.moc"
