// The verdict follows the design, and quick fixes act on the design as it is.
#include "analysis_service.h"
#include "assets.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace loadpath;

namespace {

void open(Document& document, const char* id) {
    document.load(readDesign(*templateText(id), *builtInCatalog())->design, Document::Origin::templateText);
}

const Finding* fixable(const Report& report) {
    for (const Finding& finding : report.findings)
        if (finding.fix && !finding.acknowledged) return &finding;
    return nullptr;
}

QStringList keys(const FindingsModel& model) {
    QStringList list;
    for (const FindingRow& row : model.rows()) list.append(row.key);
    return list;
}

}  // namespace

class AnalysisTest : public QObject {
    Q_OBJECT
private slots:
    void theVerdictIsThatOfTheEngine() {
        Document document(builtInCatalog());
        AnalysisService analysis(&document);
        QCOMPARE(analysis.availabilityText(), QStringLiteral("–"));
        open(document, "url-shortener-naive");
        QVERIFY(analysis.busy());
        QTRY_VERIFY(!analysis.busy());
        const Report expected = evaluate(Snapshot::of(document.design(), builtInCatalog()));
        QCOMPARE(analysis.report()->availability.worst, expected.availability.worst);
        QCOMPARE(analysis.revision(), document.revision());
        int open = 0;
        for (const Finding& finding : expected.findings) open += finding.acknowledged ? 0 : 1;
        QCOMPARE(analysis.errors() + analysis.warnings() + analysis.infos(), open);
        QVERIFY(analysis.errors() > 0);
        QVERIFY(analysis.availabilityText().startsWith(QStringLiteral("99\u202f%")));
        QCOMPARE(analysis.flows().size(), qsizetype(expected.availability.flows.size()));
        QVERIFY(analysis.worstUnits()->count() > 0);
        QCOMPARE(analysis.worstUnits()->data(analysis.worstUnits()->index(0), WorstUnitsModel::ShareRole).toDouble(),
                 1.0);
    }

    void everyEditIsAnsweredByTheNewestDesign() {
        Document document(builtInCatalog());
        AnalysisService analysis(&document);
        open(document, "url-shortener");
        for (int i = 1; i <= 30; ++i) {
            document.addComponent(QStringLiteral("service"), i * 24, 900);
            QTest::qWait(i % 5);
        }
        QTRY_VERIFY(!analysis.busy());
        QCOMPARE(analysis.revision(), document.revision());
        QVERIFY(analysis.report()->snapshot->design() == document.design());
    }

    void movingACardAsksNothingOfTheEngine() {
        Document document(builtInCatalog());
        AnalysisService analysis(&document);
        open(document, "url-shortener");
        QTRY_VERIFY(!analysis.busy());
        document.selection()->select(QString::fromStdString(document.design().components[0].id.value));
        document.moveSelection(0, -200, true);
        QVERIFY(!analysis.busy());
    }

    void rowsOfFindingsKeepTheirPlaceInTheModel() {
        Document document(builtInCatalog());
        AnalysisService analysis(&document);
        QAbstractItemModelTester tester(analysis.findings(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester units(analysis.worstUnits(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        open(document, "url-shortener-naive");
        analysis.evaluateNow();
        const QStringList before = keys(*analysis.findings());
        QVERIFY(before.size() > 1);
        QList<QPersistentModelIndex> held;
        for (int i = 0; i < before.size(); ++i) held.append(analysis.findings()->index(i));
        const Finding* finding = fixable(*analysis.report());
        QVERIFY(finding);
        const QString gone = QString::fromStdString(finding->key());
        QVERIFY(document.applyFix(gone));
        analysis.evaluateNow();
        const QStringList after = keys(*analysis.findings());
        QVERIFY(!after.contains(gone));
        for (int i = 0; i < before.size(); ++i) {
            QCOMPARE(held[i].isValid(), after.contains(before[i]));
            if (held[i].isValid()) QCOMPARE(held[i].data(FindingsModel::KeyRole).toString(), before[i]);
        }
        document.undo();
        analysis.evaluateNow();
        QCOMPARE(keys(*analysis.findings()), before);
    }

    void aFixSaysWhatItDoesBeforeItDoesIt() {
        Document document(builtInCatalog());
        AnalysisService analysis(&document);
        open(document, "url-shortener-naive");
        analysis.evaluateNow();
        const Finding* finding = fixable(*analysis.report());
        QVERIFY(finding);
        const QString key = QString::fromStdString(finding->key());
        const Design before = document.design();
        const QVariantMap preview = analysis.previewFix(key);
        QCOMPARE(preview[QStringLiteral("title")].toString(), QString::fromStdString(finding->fix->title));
        QVERIFY(!preview[QStringLiteral("changes")].toStringList().isEmpty());
        QVERIFY(!analysis.fixTargets(key).isEmpty());
        QVERIFY(document.design() == before);
        const int errorsAfter = preview[QStringLiteral("errorsAfter")].toInt();
        QVERIFY(document.applyFix(key));
        QCOMPARE(document.undoText(), preview[QStringLiteral("title")].toString());
        analysis.evaluateNow();
        QCOMPARE(analysis.errors(), errorsAfter);
        QVERIFY(!document.applyFix(QStringLiteral("no-such-rule:x")));
        QVERIFY(analysis.previewFix(QStringLiteral("no-such-rule:x")).isEmpty());
    }

    void aFixLeavesWhatWasEditedSince() {
        Document document(builtInCatalog());
        AnalysisService analysis(&document);
        open(document, "url-shortener-naive");
        analysis.evaluateNow();
        const Finding* finding = fixable(*analysis.report());
        QVERIFY(finding);
        const QString key = QString::fromStdString(finding->key());
        for (const Component& c : document.design().components)
            document.rename(QString::fromStdString(c.id.value), QStringLiteral("New name"));
        QVERIFY(document.applyFix(key));  // the report is of before the renaming
        for (const ComponentId& id : finding->components)
            QCOMPARE(document.design().components.find(id)->name, "New name");
    }

    void acknowledgedFindingsCountNoMore() {
        Document document(builtInCatalog());
        AnalysisService analysis(&document);
        open(document, "url-shortener-naive");
        analysis.evaluateNow();
        const int rows = analysis.findings()->count(),
                  open = analysis.errors() + analysis.warnings() + analysis.infos();
        const QModelIndex first = analysis.findings()->index(0);
        document.acknowledge(first.data(FindingsModel::KeyRole).toString(), QStringLiteral("It is a prototype"));
        analysis.evaluateNow();
        QCOMPARE(analysis.findings()->count(), rows);
        QCOMPARE(analysis.errors() + analysis.warnings() + analysis.infos(), open - 1);
        int acknowledged = 0;
        for (const FindingRow& row : analysis.findings()->rows())
            if (row.acknowledged) {
                ++acknowledged;
                QCOMPARE(row.reason, QStringLiteral("It is a prototype"));
            }
        QCOMPARE(acknowledged, 1);
        document.undo();
        analysis.evaluateNow();
        QCOMPARE(analysis.errors() + analysis.warnings() + analysis.infos(), open);
    }

    void theP99ComesOnceTheDesignRests() {
        Document document(builtInCatalog());
        AnalysisService analysis(&document);
        QCOMPARE(analysis.p99Text(), QStringLiteral("–"));
        open(document, "url-shortener");
        QTRY_VERIFY_WITH_TIMEOUT(analysis.p99Text() != QStringLiteral("–"), 60000);
        QVERIFY(analysis.p99Text().endsWith(QStringLiteral("ms")) || analysis.p99Text().endsWith(QStringLiteral("s")));
    }
};

QTEST_MAIN(AnalysisTest)
#include "analysis.moc"
