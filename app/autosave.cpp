#include "autosave.h"

#include "json/design_json.h"
#include "qt_values.h"
#include "whole_file.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

#include <algorithm>

namespace loadpath {
namespace {

constexpr int delayMs = 400;  // after the first change that is not yet in the journal
constexpr qint64 sizeLimit = 256ll << 20;
const QString suffix = QStringLiteral(".journal");

QString lockPath(const QString& journal) { return journal + QStringLiteral(".lock"); }

/// Null when nobody may have it now.
std::unique_ptr<QLockFile> tryLock(const QString& journal) {
    auto lock = std::make_unique<QLockFile>(lockPath(journal));
    lock->setStaleLockTime(0);  // a lock is stale when its owner is gone, however old it is
    if (!lock->tryLock(0)) return nullptr;
    return lock;
}

std::optional<QJsonObject> readJournal(const QString& path) {
    QFile file(path);
    if (file.size() > sizeLimit || !file.open(QIODevice::ReadOnly)) return std::nullopt;
    const QJsonDocument json = QJsonDocument::fromJson(file.readAll());
    if (!json.isObject() || !json.object().value(QStringLiteral("design")).isString()) return std::nullopt;
    return json.object();
}

/// Empty when it worked, else why not.
QString writeJournal(const QString& path, const Design& design, const std::shared_ptr<const Catalog>& catalog,
                     QJsonObject about) {
    about.insert(QStringLiteral("design"), toQt(writeDesign(design, *catalog)));
    return writeWhole(path, QJsonDocument(about).toJson(QJsonDocument::Compact));
}

}  // namespace

Autosave::Autosave(Document* document, const QString& folder, QObject* parent)
    : QObject(parent), m_document(document), m_folder(folder), m_task(this, [this](const QString& problem) {
          if (!problem.isEmpty() && !m_failing) emit failed(problem);
          m_failing = !problem.isEmpty();
      }) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(delayMs);
    connect(&m_timer, &QTimer::timeout, this, &Autosave::write);
    connect(document, &Document::changed, this, &Autosave::onChanged);
    connect(document, &Document::modifiedChanged, this, &Autosave::onChanged);
}

Autosave::~Autosave() {
    m_timer.stop();
    remove();
}

void Autosave::onChanged() {
    if (!m_document->modified()) {
        m_timer.stop();
        remove();
    } else if (!m_timer.isActive()) {
        m_timer.start();
    }
}

bool Autosave::claim() {
    if (m_lock) return true;
    if (!QDir().mkpath(m_folder)) return false;
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_lock = tryLock(path(id));
    if (m_lock) m_id = id;
    return m_lock != nullptr;
}

void Autosave::write() {
    if (!m_document->modified()) return;
    if (!claim()) {
        if (!m_failing) emit failed(tr("%1 cannot be written").arg(QDir::toNativeSeparators(m_folder)));
        m_failing = true;
        return;
    }
    const QJsonObject about{{QStringLiteral("name"), m_document->title()},
                            {QStringLiteral("path"), m_document->filePath()},
                            {QStringLiteral("time"), QDateTime::currentDateTimeUtc().toString(Qt::ISODate)}};
    m_task.start([target = path(m_id), design = m_document->design(), catalog = m_document->catalog(),
                  about](const std::stop_token&) { return writeJournal(target, design, catalog, about); });
}

void Autosave::flush() {
    if (m_timer.isActive()) {
        m_timer.stop();
        write();
    }
    m_task.waitForIdle();
}

void Autosave::remove() {
    m_task.cancel();
    m_task.waitForIdle();
    if (!m_lock) return;
    QFile::remove(path(m_id));
    m_lock.reset();
    m_id.clear();
}

std::vector<AbandonedWork> Autosave::abandoned() const {
    std::vector<AbandonedWork> found;
    const QDir folder(m_folder);
    for (const QString& file : folder.entryList({u'*' + suffix}, QDir::Files)) {
        const QString id = file.chopped(suffix.size());
        if (id == m_id || !tryLock(path(id))) continue;
        const auto journal = readJournal(path(id));
        if (!journal) continue;
        found.push_back({id, journal->value(QStringLiteral("name")).toString(),
                         journal->value(QStringLiteral("path")).toString(),
                         QDateTime::fromString(journal->value(QStringLiteral("time")).toString(), Qt::ISODate)});
    }
    std::sort(found.begin(), found.end(),
              [](const AbandonedWork& a, const AbandonedWork& b) { return a.time > b.time; });
    return found;
}

bool Autosave::recover(const QString& id, QString& problem) {
    std::unique_ptr<QLockFile> lock = tryLock(path(id));
    const auto journal = lock ? readJournal(path(id)) : std::nullopt;
    if (!journal) {
        problem = tr("The journal cannot be read.");
        return false;
    }
    auto loaded = readDesign(journal->value(QStringLiteral("design")).toString().toStdString(), *m_document->catalog());
    if (!loaded) {
        problem = toQt(describe(loaded.error().front(), {}));
        return false;
    }
    remove();
    // The journal stays and is written on: there is no moment at which the work stands nowhere.
    m_lock = std::move(lock);
    m_id = id;
    m_document->load(std::move(loaded->design), Document::Origin::recovered,
                     journal->value(QStringLiteral("path")).toString());
    return true;
}

void Autosave::discard(const QString& id) {
    if (const auto lock = tryLock(path(id))) QFile::remove(path(id));
}

QString Autosave::path(const QString& id) const { return QDir(m_folder).filePath(id + suffix); }

}  // namespace loadpath
