// Files: what is refused, what is never overwritten, what is remembered.
#include "workspace.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <csignal>

using namespace loadpath;

namespace {

QByteArray bytesOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

void write(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

}  // namespace

class FilesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<Workspace> m_workspace;

    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QUrl url(const char* name) const { return QUrl::fromLocalFile(path(name)); }
    Workspace::Folders folders() const { return {path("settings.ini"), path("recovery")}; }

private slots:
    void init() { m_workspace = std::make_unique<Workspace>(folders()); }
    void cleanup() { m_workspace.reset(); }

    void theLastTenSavesAreKeptAside() {
        Document* document = m_workspace->document();
        for (int i = 0; i < 13; ++i) {
            document->addComponent(QStringLiteral("service"), 240.0 * i, 0);
            QVERIFY(m_workspace->saveAs(url("shop.loadpath.json")));
        }
        const QVariantList versions = m_workspace->versions();
        QCOMPARE(versions.size(), qsizetype(10));
        // The newest is what stands in the file; the oldest has four components, of the fourth save.
        const QString newest = versions.first().toMap()[QStringLiteral("id")].toString();
        QVERIFY(m_workspace->compareWithVersion(newest));
        QVERIFY(m_workspace->comparison()->items().isEmpty());
        QVERIFY(m_workspace->compareWithVersion(versions.last().toMap()[QStringLiteral("id")].toString()));
        QCOMPARE(m_workspace->comparison()->added(), 9);
        // The same again is no version; another file has versions of its own.
        QVERIFY(m_workspace->saveAs(url("shop.loadpath.json")));
        QCOMPARE(m_workspace->versions().first().toMap()[QStringLiteral("id")].toString(), newest);
        QVERIFY(m_workspace->saveAs(url("other.loadpath.json")));
        QCOMPARE(m_workspace->versions().size(), qsizetype(1));
    }

    void whatStoodInAFileBeforeItsFirstSaveHereIsKept() {
        QVERIFY(m_workspace->openTemplate(QStringLiteral("url-shortener")));
        QVERIFY(m_workspace->saveAs(url("mine.loadpath.json")));
        QVERIFY(QDir(path("recovery") + QStringLiteral("/versions")).removeRecursively());
        Workspace later(folders());
        QVERIFY(later.openFile(url("mine.loadpath.json")));
        later.document()->addComponent(QStringLiteral("redis"), 0, 0);
        QVERIFY(later.save());
        QCOMPARE(later.versions().size(), qsizetype(2));
        QVERIFY(later.compareWithVersion(later.versions().last().toMap()[QStringLiteral("id")].toString()));
        QCOMPARE(later.comparison()->added(), 1);
    }

    void aVersionThatCannotBeKeptHarmsNothing() {
        Document* document = m_workspace->document();
        document->addComponent(QStringLiteral("service"), 0, 0);
        QVERIFY(m_workspace->saveAs(url("shop.loadpath.json")));
        const QVariantList before = m_workspace->versions();
        // No room for versions, but for the file: their folder cannot be written.
        const QString folder = path("recovery") + QStringLiteral("/versions");
        QVERIFY(QDir().rename(folder, folder + QStringLiteral(".away")));
        write(folder, "not a folder");
        QSignalSpy notices(m_workspace.get(), &Workspace::notice);
        for (int i = 1; i < 3; ++i) {
            document->addComponent(QStringLiteral("redis"), 240.0 * i, 0);
            QVERIFY(m_workspace->save());
        }
        QCOMPARE(notices.size(), 1);
        QVERIFY(QFile::remove(folder) && QDir().rename(folder + QStringLiteral(".away"), folder));
        QCOMPARE(m_workspace->versions(), before);
    }

    void savedAndOpenedIsTheSameToTheByte() {
        QVERIFY(m_workspace->openTemplate(QStringLiteral("url-shortener")));
        Document* document = m_workspace->document();
        QVERIFY(document->isTemplate());
        QVERIFY(!document->modified());
        document->addComponent(QStringLiteral("redis"), 0, 0);
        QVERIFY(m_workspace->needsSaving());
        QVERIFY(m_workspace->saveAs(url("shop.loadpath.json")));
        QVERIFY(!m_workspace->needsSaving());
        QVERIFY(!document->isTemplate());
        const Design design = document->design();
        const QByteArray bytes = bytesOf(path("shop.loadpath.json"));
        m_workspace->newDocument();
        QVERIFY(document->design() == Design{});
        QVERIFY(m_workspace->openFile(url("shop.loadpath.json")));
        QVERIFY(document->design() == design);
        QCOMPARE(document->filePath(), path("shop.loadpath.json"));
        QVERIFY(m_workspace->save());
        QCOMPARE(bytesOf(path("shop.loadpath.json")), bytes);
    }

    void aTemplateAsksForAPath() {
        QVERIFY(m_workspace->openTemplate(QStringLiteral("url-shortener")));
        QSignalSpy needed(m_workspace.get(), &Workspace::pathNeeded);
        QVERIFY(!m_workspace->save());
        QCOMPARE(needed.size(), 1);
        QVERIFY(m_workspace->suggestedUrl().toLocalFile().endsWith(QStringLiteral("url-shortener.loadpath.json")));
        QVERIFY(m_workspace->saveAs(url("no-suffix")));
        QVERIFY(QFile::exists(path("no-suffix.loadpath.json")));
        QVERIFY(!m_workspace->openTemplate(QStringLiteral("no-such-template")));
    }

    void aBrokenFileIsRefusedWithItsPlaceAndLeftAlone_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("place");
        QTest::newRow("empty") << QByteArray() << QString();
        QTest::newRow("prose") << QByteArray("My notes\n") << QStringLiteral(":1:1");
        QTest::newRow("binary") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0", 11) << QString();
        QTest::newRow("other JSON") << QByteArray("{\"name\": \"package\", \"version\": \"1.0.0\"}")
                                    << QStringLiteral("format");
        QTest::newRow("newer") << QByteArray("{\"format\": \"loadpath-design\", \"version\": 99}")
                               << QStringLiteral("/version");
        QTest::newRow("cut off") << QByteArray(
                                        "{\"format\": \"loadpath-design\",\n \"version\": 1, \"name\": \"a\", \"comp")
                                 << QStringLiteral(":2:");
        QTest::newRow("dangling")
            << QByteArray(
                   "{\"format\": \"loadpath-design\", \"version\": 1, \"name\": \"a\",\n \"connections\": [{\"id\": "
                   "\"c\", \"from\": \"x\", \"to\": \"y\", \"mode\": \"sync\"}]}")
            << QStringLiteral("/connections/0");
    }
    void aBrokenFileIsRefusedWithItsPlaceAndLeftAlone() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, place);
        write(path("broken.json"), bytes);
        m_workspace->document()->addComponent(QStringLiteral("redis"), 0, 0);
        const Design before = m_workspace->document()->design();
        QSignalSpy failed(m_workspace.get(), &Workspace::failed);
        QVERIFY(!m_workspace->openFile(url("broken.json")));
        QCOMPARE(failed.size(), 1);
        QVERIFY(failed[0][0].toString().contains(QStringLiteral("broken.json")));
        QVERIFY2(failed[0][1].toString().contains(place), qPrintable(failed[0][1].toString()));
        QVERIFY(m_workspace->document()->design() == before);
        QCOMPARE(m_workspace->document()->filePath(), QString());
        QVERIFY(!m_workspace->recentFiles().contains(path("broken.json")));
        if (!bytes.isEmpty()) {
            QVERIFY(!m_workspace->saveAs(url("broken.json")));
            QCOMPARE(failed.size(), 2);
        }
        QCOMPARE(bytesOf(path("broken.json")), bytes);
    }

    void whatIsNoFileIsRefused() {
        QSignalSpy failed(m_workspace.get(), &Workspace::failed);
        QVERIFY(!m_workspace->openFile(url("not-there.json")));
        QVERIFY(!m_workspace->openFile(QUrl::fromLocalFile(m_folder.path())));
        QVERIFY(!m_workspace->openFile(QUrl(QStringLiteral("https://example.org/design.json"))));
        QVERIFY(!m_workspace->saveAs(QUrl::fromLocalFile(path("no-such-folder/design.json"))));
        QCOMPARE(failed.size(), 4);
    }

    void aFileThatSomeoneElseChangedIsNotReplacedUnasked() {
        QVERIFY(m_workspace->saveAs(url("shared.loadpath.json")));
        const QByteArray theirs = bytesOf(path("shared.loadpath.json")).replace("\"version\"", " \"version\"");
        write(path("shared.loadpath.json"), theirs);
        m_workspace->document()->addComponent(QStringLiteral("redis"), 0, 0);
        QSignalSpy changed(m_workspace.get(), &Workspace::changedOnDisk);
        QVERIFY(!m_workspace->save());
        QCOMPARE(changed.size(), 1);
        QCOMPARE(bytesOf(path("shared.loadpath.json")), theirs);
        QVERIFY(m_workspace->saveAs(url("shared.loadpath.json")));
        QVERIFY(bytesOf(path("shared.loadpath.json")).contains("redis"));
        m_workspace->document()->addComponent(QStringLiteral("kafka"), 0, 0);
        QVERIFY(m_workspace->save());
    }

    void aFailedSaveLeavesTheOldFile() {
        QVERIFY(m_workspace->saveAs(url("full.loadpath.json")));
        const QByteArray before = bytesOf(path("full.loadpath.json"));
        m_workspace->document()->addComponent(QStringLiteral("redis"), 0, 0);
        // As on a full disk: no file may grow beyond 64 bytes.
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit usual{};
        getrlimit(RLIMIT_FSIZE, &usual);
        const rlimit tight{64, usual.rlim_max};
        setrlimit(RLIMIT_FSIZE, &tight);
        QSignalSpy failed(m_workspace.get(), &Workspace::failed);
        const bool done = m_workspace->save();
        setrlimit(RLIMIT_FSIZE, &usual);
        QVERIFY(!done);
        QCOMPARE(failed.size(), 1);
        QVERIFY(m_workspace->needsSaving());
        QCOMPARE(bytesOf(path("full.loadpath.json")), before);
        QVERIFY(m_workspace->save());
    }

    void recentFilesAreNewestFirstAndOutliveTheProgram() {
        m_workspace->clearRecentFiles();
        for (int i = 0; i < 12; ++i)
            QVERIFY(m_workspace->saveAs(QUrl::fromLocalFile(path("") + QStringLiteral("/r%1.json").arg(i))));
        QVERIFY(m_workspace->openFile(QUrl::fromLocalFile(path("r5.json"))));
        QStringList recent = m_workspace->recentFiles();
        QCOMPARE(recent.size(), 10);
        QCOMPARE(recent[0], path("r5.json"));
        QCOMPARE(recent[1], path("r11.json"));
        QCOMPARE(recent.count(path("r5.json")), 1);
        QFile::remove(path("r11.json"));
        m_workspace.reset();
        m_workspace = std::make_unique<Workspace>(folders());
        recent = m_workspace->recentFiles();
        QCOMPARE(recent.size(), 9);
        QCOMPARE(recent[1], path("r10.json"));
        m_workspace->clearRecentFiles();
        QVERIFY(m_workspace->recentFiles().isEmpty());
    }

    void settingsOutliveTheProgram() {
        m_workspace->setThemeMode(QStringLiteral("dark"));
        m_workspace->setWindowSize({1111, 777});
        m_workspace->setReducedMotion(true);
        m_workspace.reset();
        m_workspace = std::make_unique<Workspace>(folders());
        QCOMPARE(m_workspace->themeMode(), QStringLiteral("dark"));
        QCOMPARE(m_workspace->windowSize(), QSize(1111, 777));
        QVERIFY(m_workspace->reducedMotion());
    }

    void aTypeHasItsHandbook() {
        const QVariantMap info = m_workspace->typeInfo(QStringLiteral("redis"));
        QCOMPARE(info[QStringLiteral("name")].toString(), QStringLiteral("Redis"));
        QVERIFY(!info[QStringLiteral("what")].toString().isEmpty());
        QVERIFY(!info[QStringLiteral("breaks")].toStringList().isEmpty());
        QVERIFY(m_workspace->typeInfo(QStringLiteral("no_such_type")).isEmpty());
    }

    void pictureAndReportAreWrittenInTheBackground() {
        QVERIFY(m_workspace->openTemplate(QStringLiteral("url-shortener")));
        QSignalSpy finished(m_workspace->exports(), &ExportService::finished);
        QSignalSpy failed(m_workspace->exports(), &ExportService::failed);
        m_workspace->exports()->exportDiagram(url("out.svg"));
        QVERIFY(m_workspace->exports()->busy());
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60000);
        QVERIFY(!m_workspace->exports()->busy());
        QVERIFY(bytesOf(path("out.svg")).contains("<svg"));
        m_workspace->exports()->exportDiagram(url("no-such-folder/out.png"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 60000);
        m_workspace->exports()->exportReport(url("out.html"));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 120000);
        QVERIFY(bytesOf(path("out.html")).contains("</html>"));
    }
};

QTEST_MAIN(FilesTest)
#include "files.moc"
