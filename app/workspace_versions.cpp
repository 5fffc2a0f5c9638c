// Workspace: earlier saves of the open file, what they are compared with, and files let go over the window.
#include "json/design_json.h"
#include "qt_values.h"
#include "workspace.h"

#include <QFile>
#include <QFileInfo>
#include <QLocale>

namespace loadpath {

void Workspace::keepVersion(const QString& path, const QByteArray& text, const QDateTime& time) {
    const QString problem = m_versions.keep(path, text, time);
    // Said once: the save itself went well, and saving again and again does not make it worse.
    if (!problem.isEmpty() && !m_versionsFail)
        emit notice(tr("Earlier versions of this file cannot be kept: %1").arg(problem));
    m_versionsFail = !problem.isEmpty();
    emit versionsChanged();
}

void Workspace::openDropped(const QList<QUrl>& files) {
    bool free = m_document.isEmpty() && !m_document.modified() && m_document.filePath().isEmpty();
    for (const QUrl& file : files) {
        if (!file.isLocalFile()) continue;
        if (free)
            openFile(file);
        else
            openInNewWindow(file.toLocalFile());
        free = false;
    }
}

QVariantList Workspace::versions() const {
    QVariantList rows;
    if (m_document.filePath().isEmpty()) return rows;
    for (const Version& version : m_versions.of(m_document.filePath()))
        rows.append(
            QVariantMap{{QStringLiteral("id"), version.id},
                        {QStringLiteral("time"), QLocale().toString(version.time.toLocalTime(), QLocale::ShortFormat)},
                        {QStringLiteral("size"), QLocale().formattedDataSize(version.bytes)},
                        {QStringLiteral("current"), rows.isEmpty()}});
    return rows;
}

bool Workspace::compareWithVersion(const QString& id) {
    const auto text = m_versions.text(m_document.filePath(), id);
    const QString title = tr("This version cannot be read");
    if (!text) return fail(title, tr("It is gone, or not what was kept."));
    auto loaded = readDesign(text->toStdString(), *m_catalog);
    if (!loaded) return fail(title, toQt(describe(loaded.error().front(), {})));
    QString time;
    for (const QVariant& row : versions())
        if (row.toMap().value(QStringLiteral("id")) == id) time = row.toMap().value(QStringLiteral("time")).toString();
    m_comparison.compareWith(std::move(loaded->design), tr("the version of %1").arg(time));
    return true;
}

bool Workspace::compareWithFile(const QUrl& url) {
    const QString name = QFileInfo(url.toLocalFile()).fileName(), title = tr("%1 cannot be opened").arg(name);
    QFile file(url.toLocalFile());
    if (!url.isLocalFile() || !file.open(QIODevice::ReadOnly)) return fail(title, file.errorString());
    auto loaded = readDesign(file.readAll().toStdString(), *m_catalog);
    if (!loaded) return fail(title, toQt(describe(loaded.error().front(), name.toStdString())));
    m_comparison.compareWith(std::move(loaded->design), name);
    return true;
}

}  // namespace loadpath
