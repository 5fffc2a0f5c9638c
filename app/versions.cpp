#include "versions.h"

#include "whole_file.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>

#include <algorithm>

namespace loadpath {
namespace {

const QString versionSuffix = QStringLiteral(".loadpath.json");
const QString stampFormat = QStringLiteral("yyyyMMdd-HHmmss-zzz");
constexpr qsizetype stampLength = 19, digestLength = 12;

QString shortDigest(const QByteArray& text) {
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex().left(digestLength));
}

}  // namespace

QString Versions::folderOf(const QString& path) const { return QDir(m_folder).filePath(shortDigest(path.toUtf8())); }

std::vector<Version> Versions::of(const QString& path) const {
    std::vector<Version> found;
    const QDir folder(folderOf(path));
    for (const QFileInfo& file : folder.entryInfoList({u'*' + versionSuffix}, QDir::Files)) {
        const QString id = file.fileName().chopped(versionSuffix.size());
        QDateTime time = QDateTime::fromString(id.left(stampLength), stampFormat);
        time.setTimeSpec(Qt::UTC);
        if (time.isValid() && id.size() == stampLength + 1 + digestLength) found.push_back({id, time, file.size()});
    }
    std::sort(found.begin(), found.end(), [](const Version& a, const Version& b) { return a.id > b.id; });
    return found;
}

std::optional<QByteArray> Versions::text(const QString& path, const QString& id) const {
    if (id.contains(u'/') || id.contains(u'\\')) return std::nullopt;
    QFile file(QDir(folderOf(path)).filePath(id + versionSuffix));
    if (!file.open(QIODevice::ReadOnly)) return std::nullopt;
    QByteArray text = file.readAll();
    // What someone else wrote there is no version of ours.
    return shortDigest(text) == id.mid(stampLength + 1) ? std::optional(text) : std::nullopt;
}

QString Versions::keep(const QString& path, const QByteArray& text, const QDateTime& time) const {
    std::vector<Version> there = of(path);
    const QString digest = shortDigest(text);
    if (!there.empty() && there.front().id.endsWith(digest)) return {};
    const QString folder = folderOf(path);
    if (!QDir().mkpath(folder))
        return QCoreApplication::translate("Versions", "%1 cannot be written").arg(QDir::toNativeSeparators(folder));
    QDateTime stamp = time.toUTC();
    // Two saves within a millisecond, or a clock that was set back: newer is newer all the same.
    if (!there.empty() && stamp <= there.front().time) stamp = there.front().time.addMSecs(1);
    const QString id = stamp.toString(stampFormat) + u'-' + digest;
    if (QString problem = writeWhole(QDir(folder).filePath(id + versionSuffix), text); !problem.isEmpty())
        return problem;
    // Only once the new one stands do old ones go.
    for (std::size_t i = most - 1; i < there.size(); ++i)
        QFile::remove(QDir(folder).filePath(there[i].id + versionSuffix));
    return {};
}

}  // namespace loadpath
