// The rule desk: pages, all safe fixes as one step, proofs off the window's thread.
#include "rule_desk.h"

#include "assets.h"

#include <QtTest>

using namespace loadpath;

namespace {

void open(Document& document, const std::string& id) {
    auto loaded = readDesign(*templateText(id), *builtInCatalog());
    document.load(std::move(loaded->design), Document::Origin::templateText);
}

}  // namespace

class RuleDeskTest : public QObject {
    Q_OBJECT

private slots:
    void pagesTellAndShow() {
        Document document(builtInCatalog());
        AnalysisService analysis(&document);
        RuleDesk desk(&document, &analysis);
        const QVariantMap page = desk.page(QStringLiteral("high-utilisation"));
        QVERIFY(!page[QStringLiteral("why")].toString().isEmpty());
        QVERIFY(page[QStringLiteral("pictures")].toBool());
        QCOMPARE(page[QStringLiteral("thresholds")].toList().size(), 1);
        QVERIFY(desk.page(QStringLiteral("no-such")).value(QStringLiteral("why")).toString().isEmpty());
    }
    void allSafeFixesAreOneStep() {
        Document document(builtInCatalog());
        AnalysisService analysis(&document);
        RuleDesk desk(&document, &analysis);
        open(document, "url-shortener-naive");
        analysis.evaluateNow();
        QVERIFY(desk.safeFixes() > 0);
        const Design before = document.design();
        QSignalSpy fixed(&desk, &RuleDesk::fixed);
        desk.fixAllSafe();
        QVERIFY(desk.fixing());
        QVERIFY(document.design() == before);  // worked out elsewhere
        QVERIFY(fixed.wait(30000));
        QVERIFY(fixed.front().front().toInt() > 0);
        QVERIFY(!desk.fixing());
        QCOMPARE(document.design().components.size(), before.components.size());
        QVERIFY(!(document.design() == before));
        analysis.evaluateNow();
        QCOMPARE(desk.safeFixes(), 0);
        document.undo();
        QVERIFY(document.design() == before);
        QVERIFY(!document.canUndo());
    }
    void whatIsEditedMeanwhileStays() {
        Document document(builtInCatalog());
        AnalysisService analysis(&document);
        RuleDesk desk(&document, &analysis);
        open(document, "url-shortener-naive");
        analysis.evaluateNow();
        QSignalSpy fixed(&desk, &RuleDesk::fixed);
        desk.fixAllSafe();
        document.rename(QStringLiteral("s"), QStringLiteral("New name"));
        QVERIFY(fixed.wait(30000));
        QCOMPARE(document.design().components.find({"s"})->name, "New name");
    }
    void aFindingIsProvenAndAProofIsStopped() {
        Document document(builtInCatalog());
        AnalysisService analysis(&document);
        RuleDesk desk(&document, &analysis);
        open(document, "url-shortener-naive");
        analysis.evaluateNow();
        QVERIFY(desk.canProve(QStringLiteral("spof:s")));
        QVERIFY(!desk.canProve(QStringLiteral("slo-unreachable:c@read")));
        QVERIFY(!desk.canProve(QStringLiteral("spof:none")));
        desk.prove(QStringLiteral("spof:s"));
        QCOMPARE(desk.proofState(), "running");
        QTRY_COMPARE_WITH_TIMEOUT(desk.proofState(), "done", 60000);
        QVERIFY(desk.proofPeak() > 0);
        QVERIFY(!desk.proofBefore().isEmpty() && desk.proofBefore() != desk.proofAfter());
        desk.prove(QStringLiteral("spof:s"));
        desk.cancelProof();
        QVERIFY(desk.proofState().isEmpty());
        QTest::qWait(50);
        QVERIFY(desk.proofState().isEmpty());
    }
    void houseRulesBesideTheDesignCount() {
        QTemporaryDir folder;
        const auto write = [&folder](const char* name, const QByteArray& text) {
            QFile file(folder.filePath(QString::fromUtf8(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        write("shop.rules.json",
              "{\"format\": \"loadpath-rules\", \"version\": 1, \"rules\": [{\"id\": \"house\", \"title\": \"Ours\", "
              "\"why\": \"We said so.\", \"message\": \"{name} is ours\", \"components\": {\"type\": \"service\"}}]}");
        Document document(builtInCatalog());
        AnalysisService analysis(&document);
        auto loaded = readDesign(*templateText("url-shortener-naive"), *builtInCatalog());
        document.load(std::move(loaded->design), Document::Origin::file,
                      folder.filePath(QStringLiteral("shop.loadpath.json")));
        analysis.evaluateNow();
        const auto titles = [&analysis] {
            QStringList all;
            for (const FindingRow& row : analysis.findings()->rows()) all << row.title;
            return all;
        };
        QVERIFY(titles().contains(QStringLiteral("Ours")));
        QSignalSpy refused(&analysis, &AnalysisService::houseRulesRefused);
        QTest::qWait(20);
        write("shop.rules.json", "{");
        analysis.evaluateNow();
        QCOMPARE(refused.count(), 1);
        QVERIFY(!titles().contains(QStringLiteral("Ours")));
        analysis.evaluateNow();
        QCOMPARE(refused.count(), 1);  // told once
    }
};

QTEST_MAIN(RuleDeskTest)
#include "rule_desk.moc"
