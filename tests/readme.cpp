// README names no path that does not exist.
#include <QtTest>

#include <QDir>
#include <QRegularExpression>

class Readme : public QObject {
    Q_OBJECT

private slots:
    void everyPathExists() {
        QFile file(QStringLiteral(LOADPATH_SOURCE_DIR "/README.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        static const QRegularExpression path(
            "`((?:core|app|qml|palette|templates|tests|packaging|\\.ci)(?:/[\\w.-]+)*|LICENSE|dev)`|"
            "\\]\\(([\\w./-]+)\\)");
        int seen = 0;
        for (auto it = path.globalMatch(text); it.hasNext();) {
            const QRegularExpressionMatch match = it.next();
            const QString name = match.captured(1).isEmpty() ? match.captured(2) : match.captured(1);
            QVERIFY2(QFileInfo::exists(QStringLiteral(LOADPATH_SOURCE_DIR "/") + name), qPrintable(name));
            ++seen;
        }
        QVERIFY(seen > 20);
    }
};

QTEST_APPLESS_MAIN(Readme)
#include "readme.moc"
