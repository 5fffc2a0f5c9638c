// The last saves of every file, kept aside in a folder of the program. What cannot be kept is said and
// harms nothing: neither the save nor the versions that are there. Knows no document.
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>
#include <vector>

namespace loadpath {

struct Version {
    QString id;
    QDateTime time;
    qint64 bytes = 0;
};

class Versions {
public:
    static constexpr int most = 10;  // of one file

    explicit Versions(QString folder) : m_folder(std::move(folder)) {}

    /// Keeps what stands in the file since `time`; empty when it is kept (or was already), else why not.
    QString keep(const QString& path, const QByteArray& text, const QDateTime& time) const;
    /// Newest first.
    std::vector<Version> of(const QString& path) const;
    std::optional<QByteArray> text(const QString& path, const QString& id) const;

private:
    QString folderOf(const QString& path) const;

    QString m_folder;
};

}  // namespace loadpath
