#include "workspace.h"

#include "json/design_json.h"
#include "qt_values.h"
#include "whole_file.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QStandardPaths>

namespace loadpath {
namespace {

constexpr qint64 fileLimit = 64ll << 20;  // of the format
constexpr int recentLimit = 10;
const QString designSuffix = QStringLiteral(".loadpath.json");

std::unique_ptr<QSettings> openSettings(const QString& file) {
    if (file.isEmpty()) return std::make_unique<QSettings>();
    return std::make_unique<QSettings>(file, QSettings::IniFormat);
}

QString recoveryFolder(const QString& folder) {
    if (!folder.isEmpty()) return folder;
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/recovery");
}

QByteArray digest(const QByteArray& text) { return QCryptographicHash::hash(text, QCryptographicHash::Sha256); }

/// The text of a regular file of bearable size; else the reason in `problem`.
std::optional<QByteArray> readText(const QString& path, QString& problem) {
    const QFileInfo info(path);
    if (!info.exists())
        problem = Workspace::tr("There is no such file.");
    else if (!info.isFile())
        problem = Workspace::tr("This is not a file.");
    else if (info.size() > fileLimit)
        problem = Workspace::tr("The file is larger than 64 MiB; no design is.");
    if (!problem.isEmpty()) return std::nullopt;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        problem = file.errorString();
        return std::nullopt;
    }
    return file.readAll();
}

QString describeAll(const Problems& problems, const QString& file) {
    QStringList lines;
    for (const Problem& problem : problems) lines.append(toQt(describe(problem, file.toStdString())));
    return lines.join(u'\n');
}

QString localPath(const QUrl& url) {
    return url.isLocalFile() ? url.toLocalFile() : url.scheme().isEmpty() ? url.path() : QString();
}

}  // namespace

Workspace::Workspace(const Folders& folders, QObject* parent)
    : QObject(parent),
      m_catalog(builtInCatalog()),
      m_settings(openSettings(folders.settingsFile)),
      m_document(m_catalog),
      m_analysis(&m_document),
      m_ruleDesk(&m_document, &m_analysis),
      m_simulation(&m_document),
      m_exports(&m_document),
      m_palette(m_catalog),
      m_templates(builtInTemplates()),
      m_comparison(&m_document),
      m_versions(recoveryFolder(folders.recovery) + QStringLiteral("/versions")),
      m_autosave(&m_document, recoveryFolder(folders.recovery)) {
    m_inspector.setDocument(&m_document);
    m_flows.setDocument(&m_document);
    m_history.setDocument(&m_document);
    connect(&m_document, &Document::originChanged, this, &Workspace::versionsChanged);
    connect(&m_autosave, &Autosave::failed, this,
            [this](const QString& reason) { emit failed(tr("Your work cannot be saved for recovery"), reason); });
    connect(&m_analysis, &AnalysisService::houseRulesRefused, this, &Workspace::notice);
    refreshRecoveries();
}

Workspace::~Workspace() = default;

bool Workspace::fail(const QString& title, const QString& text) {
    emit failed(title, text);
    return false;
}

void Workspace::newDocument() {
    m_simulation.stop();
    m_digestOnDisk.clear();
    m_document.load({}, Document::Origin::blank);
}

bool Workspace::openFile(const QUrl& url) {
    const QString path = QFileInfo(localPath(url)).absoluteFilePath();
    const QString title = tr("%1 cannot be opened").arg(QFileInfo(path).fileName());
    if (localPath(url).isEmpty()) return fail(title, tr("Only files of this computer can be opened."));
    QString problem;
    const auto text = readText(path, problem);
    if (!text) return fail(title, problem);
    auto loaded = readDesign(text->toStdString(), *m_catalog);
    if (!loaded) return fail(title, describeAll(loaded.error(), QFileInfo(path).fileName()));
    m_simulation.stop();
    m_digestOnDisk = digest(*text);
    m_document.load(std::move(loaded->design), Document::Origin::file, path);
    remember(path);
    if (!loaded->warnings.empty()) emit notice(describeAll(loaded->warnings, QFileInfo(path).fileName()));
    return true;
}

bool Workspace::openTemplate(const QString& id) {
    const auto text = templateText(id.toStdString());
    if (!text) return fail(tr("There is no template of that name"), id);
    auto loaded = readDesign(*text, *m_catalog);
    if (!loaded) return fail(tr("The template cannot be read"), describeAll(loaded.error(), id));
    m_simulation.stop();
    m_digestOnDisk.clear();
    m_document.load(std::move(loaded->design), Document::Origin::templateText);
    return true;
}

bool Workspace::save() {
    const QString path = m_document.filePath();
    if (path.isEmpty()) {
        emit pathNeeded();
        return false;
    }
    QString problem;
    const auto onDisk = QFileInfo::exists(path) ? readText(path, problem) : std::nullopt;
    if (onDisk && digest(*onDisk) != m_digestOnDisk) {
        emit changedOnDisk(path);
        return false;
    }
    return writeTo(path);
}

bool Workspace::saveAs(const QUrl& url) {
    QString path = localPath(url);
    if (path.isEmpty())
        return fail(tr("The design cannot be saved"), tr("Only files of this computer can be written."));
    if (QFileInfo(path).suffix().isEmpty()) path += designSuffix;
    path = QFileInfo(path).absoluteFilePath();
    if (const QFileInfo info(path); info.exists()) {
        // Someone's other file is worth more than a name.
        QString problem;
        const auto text = readText(path, problem);
        const auto there = text ? readDesign(text->toStdString(), *m_catalog)
                                : Result<LoadedDesign>(unexpected(problem.toStdString()));
        if (!there && !(text && text->isEmpty()))
            return fail(tr("%1 is left as it is").arg(info.fileName()),
                        tr("The file that is there is no design that can be read, so it is not replaced. Choose "
                           "another name.\n%1")
                            .arg(describeAll(there.error(), info.fileName())));
    }
    return writeTo(path);
}

bool Workspace::writeTo(const QString& path) {
    const QByteArray text = QByteArray::fromStdString(writeDesign(m_document.design(), *m_catalog));
    QString unread;
    const QFileInfo before(path);
    if (const auto old = before.exists() ? readText(path, unread) : std::nullopt; old && !old->isEmpty())
        keepVersion(path, *old, before.lastModified());
    if (const QString problem = writeWhole(path, text); !problem.isEmpty())
        return fail(tr("%1 cannot be saved").arg(QFileInfo(path).fileName()), problem);
    m_digestOnDisk = digest(text);
    keepVersion(path, text, QDateTime::currentDateTimeUtc());
    m_document.markSaved(path);
    remember(path);
    emit saved(path);
    return true;
}

QUrl Workspace::suggestedUrl() const {
    if (!m_document.filePath().isEmpty()) return QUrl::fromLocalFile(m_document.filePath());
    QString name;
    for (const QChar c : m_document.title().toLower())
        name += c.isLetterOrNumber() ? c : name.endsWith(u'-') || name.isEmpty() ? QChar() : QChar(u'-');
    name.remove(QChar());
    while (name.endsWith(u'-')) name.chop(1);
    if (name.isEmpty()) name = QStringLiteral("design");
    const QStringList recent = recentFiles();
    const QString folder = recent.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)
                                            : QFileInfo(recent.first()).absolutePath();
    return QUrl::fromLocalFile(QDir(folder).filePath(name + designSuffix));
}

QStringList Workspace::recentFiles() const {
    QStringList present;
    for (const QString& path : m_settings->value(QStringLiteral("recentFiles")).toStringList())
        if (QFileInfo::exists(path)) present.append(path);
    return present;
}

void Workspace::remember(const QString& path) {
    QStringList recent = m_settings->value(QStringLiteral("recentFiles")).toStringList();
    recent.removeAll(path);
    recent.prepend(path);
    m_settings->setValue(QStringLiteral("recentFiles"), recent.mid(0, recentLimit));
    emit recentFilesChanged();
}

void Workspace::clearRecentFiles() {
    m_settings->remove(QStringLiteral("recentFiles"));
    emit recentFilesChanged();
}

void Workspace::refreshRecoveries() {
    m_recoveries = m_autosave.abandoned();
    emit recoveryChanged();
}

QString Workspace::recoveryText() const {
    if (m_recoveries.empty()) return {};
    const AbandonedWork& newest = m_recoveries.front();
    const QString when = QLocale().toString(newest.time.toLocalTime(), QLocale::ShortFormat);
    QString text = tr("%1, as of %2").arg(newest.name, when);
    if (!newest.filePath.isEmpty()) text += u'\n' + QDir::toNativeSeparators(newest.filePath);
    return text;
}

bool Workspace::recover() {
    if (m_recoveries.empty()) return false;
    const AbandonedWork newest = m_recoveries.front();
    QString problem;
    m_simulation.stop();
    const bool done = m_autosave.recover(newest.id, problem);
    if (done) {
        // What the file on disk is now is what saving will be compared with.
        const auto onDisk = newest.filePath.isEmpty() ? std::nullopt : readText(newest.filePath, problem);
        m_digestOnDisk = onDisk ? digest(*onDisk) : QByteArray();
    }
    m_recoveries.erase(m_recoveries.begin());
    emit recoveryChanged();
    return done || fail(tr("%1 cannot be recovered").arg(newest.name), problem);
}

void Workspace::discardRecovery() {
    if (m_recoveries.empty()) return;
    m_autosave.discard(m_recoveries.front().id);
    refreshRecoveries();
}

QString Workspace::themeMode() const {
    const QString mode = m_settings->value(QStringLiteral("themeMode")).toString();
    return mode == u"light" || mode == u"dark" ? mode : QStringLiteral("system");
}

void Workspace::setThemeMode(const QString& mode) {
    if (mode == themeMode()) return;
    m_settings->setValue(QStringLiteral("themeMode"), mode);
    emit themeModeChanged();
}

QSize Workspace::windowSize() const {
    return m_settings->value(QStringLiteral("windowSize"), QSize(1440, 900)).toSize().expandedTo(QSize(800, 500));
}

void Workspace::setWindowSize(const QSize& size) {
    if (size == windowSize()) return;
    m_settings->setValue(QStringLiteral("windowSize"), size);
    emit windowSizeChanged();
}

bool Workspace::reducedMotion() const { return m_settings->value(QStringLiteral("reducedMotion"), false).toBool(); }

void Workspace::setReducedMotion(bool reduced) {
    if (reduced == reducedMotion()) return;
    m_settings->setValue(QStringLiteral("reducedMotion"), reduced);
    emit reducedMotionChanged();
}

}  // namespace loadpath
