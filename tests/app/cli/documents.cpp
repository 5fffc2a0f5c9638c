#include "cli/command.h"

#include <QtTest>

#include <sstream>

using namespace loadpath;

namespace {

QString fileText(const char* path) {
    QFile file(QStringLiteral(LOADPATH_SOURCE_DIR "/") + QString::fromUtf8(path));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString output(const QStringList& arguments) {
    std::istringstream in;
    std::ostringstream out, err;
    cli::Console console{in, out, err};
    return cli::runCommandLine(arguments, console, {}) == 0 ? QString::fromStdString(out.str()) : QString();
}

}  // namespace

class DocumentsTest : public QObject {
    Q_OBJECT
private slots:
    void theManualPageNamesEveryCommandAndOption() {
        const QString page = fileText("packaging/loadpath.1").remove(u'\\');
        QVERIFY(!page.isEmpty());
        for (const cli::Command& command : cli::allCommands()) {
            QVERIFY2(page.contains(command.name), qPrintable(command.name));
            for (const cli::Option& option : command.options)
                QVERIFY2(page.contains((option.name.size() == 1 ? "-" : "--") + option.name),
                         qPrintable(command.name + ' ' + option.name));
        }
    }
    void packagedCompletionsAreThoseOfTheProgram() {
        QCOMPARE(fileText("packaging/completions/loadpath.bash"), output({"completion", "bash"}));
        QCOMPARE(fileText("packaging/completions/_loadpath"), output({"completion", "zsh"}));
        QCOMPARE(fileText("packaging/completions/loadpath.fish"), output({"completion", "fish"}));
        QVERIFY(output({"completion", "tcsh"}).isEmpty());
    }
    void bashCompletesCommandsOptionsAndValues() {
        if (QStandardPaths::findExecutable("bash").isEmpty()) QSKIP("bash is not here");
        const auto complete = [](const QStringList& words) {
            const QString script =
                output({"completion", "bash"}) +
                QStringLiteral("COMP_WORDS=(%1)\nCOMP_CWORD=%2\n_loadpath\necho \"${COMPREPLY[*]}\"\n")
                    .arg(words.join(u' '))
                    .arg(words.size() - 1);
            QProcess bash;
            bash.start("bash", {"--norc", "-c", script});
            bash.waitForFinished();
            return QString::fromUtf8(bash.readAllStandardOutput()).trimmed();
        };
        QCOMPARE(complete({"loadpath", "sche"}), "schema");
        QCOMPARE(complete({"loadpath", "check", "--fa"}), "--fail-on");
        QCOMPARE(complete({"loadpath", "check", "--fail-on", "w"}), "warning");
    }
};

QTEST_GUILESS_MAIN(DocumentsTest)
#include "documents.moc"
