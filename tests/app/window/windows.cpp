// Several documents in windows of their own, and files let go over a window.
#include "windows.h"
#include "support/window_fixture.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>

using namespace loadpath;
using namespace loadpath::test;

class WindowsTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;

    Workspace::Folders folders() const { return {path("settings.ini"), path("recovery")}; }
    QString path(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    QString design(const char* name, const QString& from) const {
        Workspace workspace(folders());
        workspace.openTemplate(from);
        workspace.saveAs(QUrl::fromLocalFile(path(name)));
        return path(name);
    }
    static void drop(QQuickWindow* view, const QList<QUrl>& files) {
        QMimeData mime;
        mime.setUrls(files);
        const QPoint at(view->width() / 2, view->height() / 2);
        QDragEnterEvent enter(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(view, &enter);
        QDragMoveEvent move(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(view, &move);
        QDropEvent drop(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(view, &drop);
    }

private slots:
    void initTestCase() { prepareApplication(); }
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        QSettings(path("settings.ini"), QSettings::IniFormat).setValue(QStringLiteral("reducedMotion"), true);
    }

    void everyDocumentHasItsOwnHistory() {
        const Complaints complaints;
        const QString a = design("a.loadpath.json", QStringLiteral("url-shortener"));
        Windows windows(folders());
        QVERIFY(windows.open(a));
        QTRY_COMPARE(windows.workspace(0)->document()->filePath(), a);
        QVERIFY(QTest::qWaitForWindowActive(windows.view(0)));
        QTest::keyClick(windows.view(0), Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(windows.count(), 2);
        QVERIFY(QTest::qWaitForWindowExposed(windows.view(1)));
        Document& second = *windows.workspace(1)->document();
        QVERIFY(second.isEmpty());
        second.addComponent(QStringLiteral("client"), 0, 0);
        QVERIFY(!windows.workspace(0)->document()->canUndo());
        // What is being worked on in one window is no abandoned work to another.
        windows.workspace(1)->autosave()->flush();
        QVERIFY(!QDir(path("recovery")).entryList({QStringLiteral("*.journal")}).isEmpty());
        QVERIFY(!Workspace(folders()).recoveryAvailable());
        // The same file is not opened twice.
        QCOMPARE(windows.open(a), windows.view(0));
        QCOMPARE(windows.count(), 2);
        // What is set in one window holds in all.
        windows.workspace(1)->setThemeMode(QStringLiteral("dark"));
        QCOMPARE(windows.workspace(0)->themeMode(), QStringLiteral("dark"));
        windows.workspace(1)->setThemeMode(QStringLiteral("light"));
        // Closing one leaves the other.
        windows.view(0)->close();
        QTRY_COMPARE(windows.count(), 1);
        QCOMPARE(windows.workspace(0)->document()->componentCount(), 1);
        QStringList texts = complaints.texts();
        texts.removeAll(QStringLiteral("This plugin does not support raise()"));  // there is no desktop to do it
        QCOMPARE(texts, QStringList());
    }

    void droppedFilesOpenHereAndBeside() {
        const QString a = design("a.loadpath.json", QStringLiteral("url-shortener"));
        const QString b = design("b.loadpath.json", QStringLiteral("url-shortener-naive"));
        Windows windows(folders());
        QVERIFY(windows.open({}));
        QVERIFY(QTest::qWaitForWindowExposed(windows.view(0)));
        QTest::qWait(30);
        drop(windows.view(0), {QUrl::fromLocalFile(a), QUrl::fromLocalFile(b)});
        QTRY_COMPARE(windows.count(), 2);
        QCOMPARE(windows.workspace(0)->document()->filePath(), a);
        QTRY_COMPARE(windows.workspace(1)->document()->filePath(), b);
        QVERIFY(windows.workspace(0)->recentFiles().contains(a));
        // Over work that is open nothing is replaced.
        drop(windows.view(0), {QUrl::fromLocalFile(b)});
        QTest::qWait(60);
        QCOMPARE(windows.count(), 2);
        QCOMPARE(windows.workspace(0)->document()->filePath(), a);
    }
};

QTEST_MAIN(WindowsTest)
#include "windows.moc"
