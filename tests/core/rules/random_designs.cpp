// Designs that nobody would draw: findings and fixes hold their promises there too.
#include "support/random_design.h"
#include "support/rule_fixtures.h"

#include <QTest>

using namespace loadpath;
using namespace loadpath::test;

class RandomDesigns : public QObject {
    Q_OBJECT

private slots:
    void findingsNameWhatIsThere();
    void fixesRemoveTheirFindingAndCanBeUndone();
};

void RandomDesigns::findingsNameWhatIsThere() {
    for (unsigned seed = 1; seed <= 150; ++seed) {
        const Design design = RandomDesigner(seed).design(40 + int(seed % 60));
        const std::vector<Finding> findings = findingsOf(design);
        QCOMPARE(keysOf(findings).size(), findings.size());
        for (const Finding& finding : findings) {
            QVERIFY(findRule(finding.rule));
            for (const ComponentId& id : finding.components)
                QVERIFY2(design.components.contains(id), finding.key().c_str());
            for (const ConnectionId& id : finding.connections)
                QVERIFY2(design.connections.contains(id), finding.key().c_str());
            for (const ZoneId& id : finding.zones) QVERIFY2(design.zones.contains(id), finding.key().c_str());
        }
    }
}

void RandomDesigns::fixesRemoveTheirFindingAndCanBeUndone() {
    int applied = 0;
    for (unsigned seed = 1; seed <= 60; ++seed) {
        const Design design = RandomDesigner(seed).design(40 + int(seed % 60));
        for (const Finding& finding : findingsOf(design)) {
            if (!finding.fix) continue;
            Design mended = design;
            const Edits undo = applyEdits(mended, finding.fix->edits);
            const std::string what = "seed " + std::to_string(seed) + ", " + finding.key() + ": " + finding.fix->title;
            QVERIFY2(!keysOf(findingsOf(mended)).contains(finding.key()), what.c_str());
            applyEdits(mended, undo);
            QVERIFY2(mended == design, what.c_str());
            ++applied;
        }
    }
    QVERIFY(applied > 100);
}

QTEST_APPLESS_MAIN(RandomDesigns)
#include "random_designs.moc"
