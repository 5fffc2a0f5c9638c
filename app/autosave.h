// The journal that a crash is recovered from: at most a second after a change the document stands in
// a file of its own beside a lock. A file whose lock nobody holds was left by a crash.
#pragma once

#include "background_task.h"
#include "document.h"

#include <QDateTime>
#include <QLockFile>
#include <QTimer>

#include <memory>
#include <vector>

namespace loadpath {

/// A journal left behind by a program that did not end well.
struct AbandonedWork {
    QString id, name, filePath;
    QDateTime time;
};

class Autosave : public QObject {
    Q_OBJECT

public:
    Autosave(Document* document, const QString& folder, QObject* parent = nullptr);
    /// Ending in order leaves no journal.
    ~Autosave() override;

    /// Newest first. Those of running instances are left out.
    std::vector<AbandonedWork> abandoned() const;
    /// Loads it into the document and goes on journaling in its file; false (with the reason) when it
    /// cannot be read, and then it is left as it is.
    bool recover(const QString& id, QString& problem);
    void discard(const QString& id);
    /// Writes what is due now, and waits for it.
    void flush();

signals:
    /// The journal cannot be written; said once until it works again.
    void failed(const QString& reason);

private:
    void onChanged();
    void write();
    void remove();
    bool claim();
    QString path(const QString& id) const;

    Document* m_document;
    QString m_folder, m_id;
    std::unique_ptr<QLockFile> m_lock;
    QTimer m_timer;
    bool m_failing = false;
    BackgroundTask<QString> m_task;
};

}  // namespace loadpath
