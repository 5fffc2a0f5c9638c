// Writing a file so that it appears whole or not at all. Knows nothing of what is in it.
#pragma once

#include <QByteArray>
#include <QSaveFile>
#include <QString>

namespace loadpath {

/// Empty when the bytes stand in the file, else why they do not; what stood there before stays.
inline QString writeWhole(const QString& path, const QByteArray& bytes) {
    QSaveFile file(path);
    // Unbuffered: QSaveFile does not notice when its last buffer finds no room on the disk.
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) return file.errorString();
    if (file.write(bytes) != bytes.size())
        return file.error() == QFileDevice::NoError ? QStringLiteral("There is no room for it") : file.errorString();
    return file.commit() ? QString() : file.errorString();
}

}  // namespace loadpath
