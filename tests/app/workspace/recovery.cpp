// Killing the program loses at most the last second of work.
#include "workspace.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace loadpath;

namespace {

Workspace::Folders foldersIn(const QString& folder) {
    return {folder + QStringLiteral("/settings.ini"), folder + QStringLiteral("/recovery")};
}

/// The program that is going to be killed: edits, tells, and edits no more.
int work(const QString& folder) {
    Workspace workspace(foldersIn(folder));
    workspace.openFile(QUrl::fromLocalFile(folder + QStringLiteral("/design.loadpath.json")));
    workspace.document()->addComponent(QStringLiteral("kafka"), 240, 240);
    std::puts("edited");
    std::fflush(stdout);
    return QCoreApplication::exec();
}

}  // namespace

class RecoveryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString folder() const { return m_folder->path(); }
    QStringList journals() const {
        return QDir(folder() + QStringLiteral("/recovery")).entryList({QStringLiteral("*.journal")}, QDir::Files);
    }
    void startVictim(QProcess& victim) {
        victim.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--work-in"), folder()});
        QVERIFY(victim.waitForReadyRead(60000));
        QCOMPARE(victim.readAllStandardOutput().trimmed(), QByteArray("edited"));
    }

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        Workspace workspace(foldersIn(folder()));
        workspace.document()->addComponent(QStringLiteral("redis"), 0, 0);
        workspace.document()->setTitle(QStringLiteral("Shop"));
        QVERIFY(workspace.saveAs(QUrl::fromLocalFile(folder() + QStringLiteral("/design.loadpath.json"))));
    }

    void theWorkOfAKilledProgramIsOfferedAgain() {
        QProcess victim;
        startVictim(victim);
        QElapsedTimer sinceEdit;
        sinceEdit.start();
        QTRY_VERIFY_WITH_TIMEOUT(!journals().isEmpty(), 30000);
        qInfo("the journal stood after %lld ms", sinceEdit.elapsed());
        {
            // While it runs its journal is its own.
            Workspace other(foldersIn(folder()));
            QVERIFY(!other.recoveryAvailable());
            QVERIFY(!other.recover());
        }
        victim.kill();
        QVERIFY(victim.waitForFinished());
        const QString file = folder() + QStringLiteral("/design.loadpath.json");
        {
            Workspace workspace(foldersIn(folder()));
            QVERIFY(workspace.recoveryAvailable());
            QVERIFY(workspace.recoveryText().contains(QStringLiteral("Shop")));
            QVERIFY(workspace.recover());
            QVERIFY(!workspace.recoveryAvailable());
            const Design& design = workspace.document()->design();
            QVERIFY(design.components.contains({"kafka"}) && design.components.contains({"redis"}));
            QCOMPARE(workspace.document()->filePath(), file);
            QVERIFY(workspace.document()->modified());
            QVERIFY(workspace.needsSaving());
            QCOMPARE(journals().size(), 1);  // until it is saved, the journal stays
            QVERIFY(workspace.save());
            QVERIFY(journals().isEmpty());
        }
        Workspace after(foldersIn(folder()));
        QVERIFY(!after.recoveryAvailable());
        QVERIFY(after.openFile(QUrl::fromLocalFile(file)));
        QVERIFY(after.document()->design().components.contains({"kafka"}));
    }

    void aRecoveryCanBeDeclined() {
        QProcess victim;
        startVictim(victim);
        QTRY_VERIFY_WITH_TIMEOUT(!journals().isEmpty(), 30000);
        victim.kill();
        QVERIFY(victim.waitForFinished());
        Workspace workspace(foldersIn(folder()));
        QVERIFY(workspace.recoveryAvailable());
        workspace.discardRecovery();
        QVERIFY(!workspace.recoveryAvailable());
        QVERIFY(journals().isEmpty());
    }

    void aProgramThatEndsInOrderLeavesNothing() {
        {
            Workspace workspace(foldersIn(folder()));
            workspace.document()->addComponent(QStringLiteral("redis"), 0, 0);
            workspace.autosave()->flush();
            QCOMPARE(journals().size(), 1);
            workspace.document()->undo();
            QVERIFY(journals().isEmpty());  // nothing is unsaved any more
            workspace.document()->redo();
            workspace.autosave()->flush();
            QCOMPARE(journals().size(), 1);
        }
        QVERIFY(journals().isEmpty());
    }

    void theJournalFollowsEveryChange() {
        Workspace workspace(foldersIn(folder()));
        workspace.document()->addComponent(QStringLiteral("redis"), 0, 0);
        for (int i = 0; i < 8; ++i) {
            QTest::qWait(200);
            workspace.document()->addNote(i, i, QStringLiteral("note %1").arg(i));
        }
        // Changes that never pause do not put the journal off.
        QVERIFY(!journals().isEmpty());
        QFile journal(folder() + QStringLiteral("/recovery/") + journals().first());
        QVERIFY(journal.open(QIODevice::ReadOnly));
        QVERIFY(journal.readAll().contains("note 3"));
    }

    void aDamagedJournalIsNotOfferedAndNotRemoved() {
        QVERIFY(QDir().mkpath(folder() + QStringLiteral("/recovery")));
        QFile journal(folder() + QStringLiteral("/recovery/0.journal"));
        QVERIFY(journal.open(QIODevice::WriteOnly));
        journal.write("{\"design\": \"half");
        journal.close();
        QFile foreign(folder() + QStringLiteral("/recovery/1.journal"));
        QVERIFY(foreign.open(QIODevice::WriteOnly));
        foreign.write("{\"name\": \"x\", \"design\": \"{}\"}");
        foreign.close();
        Workspace workspace(foldersIn(folder()));
        QCOMPARE(workspace.recoveryAvailable(), true);
        QVERIFY(!workspace.recover());  // the one that parses holds no design
        QVERIFY(workspace.document()->design() == Design{});
        QCOMPARE(journals().size(), 2);
    }
};

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    if (const QStringList arguments = QCoreApplication::arguments(); arguments.value(1) == u"--work-in")
        return work(arguments.value(2));
    RecoveryTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "recovery.moc"
