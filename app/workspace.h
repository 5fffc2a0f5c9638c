// The program's one window of work: its document and what serves it, files, recent files, recovery
// and settings. QML gets this object and finds everything else in it.
#pragma once

#include "analysis_service.h"
#include "autosave.h"
#include "comparison.h"
#include "document.h"
#include "export_service.h"
#include "models/flows_model.h"
#include "models/history_model.h"
#include "models/inspector_model.h"
#include "models/palette_model.h"
#include "models/template_model.h"
#include "rule_desk.h"
#include "simulation_runner.h"
#include "versions.h"

#include <QSettings>
#include <QSize>
#include <QUrl>

namespace loadpath {

class Workspace : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program has the workspace")
    Q_PROPERTY(loadpath::Document* document READ document CONSTANT)
    Q_PROPERTY(loadpath::AnalysisService* analysis READ analysis CONSTANT)
    Q_PROPERTY(loadpath::RuleDesk* ruleDesk READ ruleDesk CONSTANT)
    Q_PROPERTY(loadpath::SimulationRunner* simulation READ simulation CONSTANT)
    Q_PROPERTY(loadpath::ExportService* exports READ exports CONSTANT)
    Q_PROPERTY(loadpath::InspectorModel* inspector READ inspector CONSTANT)
    Q_PROPERTY(loadpath::FlowsModel* flows READ flows CONSTANT)
    Q_PROPERTY(loadpath::PaletteModel* palette READ palette CONSTANT)
    Q_PROPERTY(loadpath::TemplateModel* templates READ templates CONSTANT)
    Q_PROPERTY(loadpath::HistoryModel* history READ history CONSTANT)
    Q_PROPERTY(loadpath::DesignComparison* comparison READ comparison CONSTANT)
    /// The last saves of the open file, newest first: id, time (as text), current
    Q_PROPERTY(QVariantList versions READ versions NOTIFY versionsChanged)
    Q_PROPERTY(QStringList recentFiles READ recentFiles NOTIFY recentFilesChanged)
    Q_PROPERTY(bool recoveryAvailable READ recoveryAvailable NOTIFY recoveryChanged)
    /// "Two-zone shop, from 21:04"
    Q_PROPERTY(QString recoveryText READ recoveryText NOTIFY recoveryChanged)
    Q_PROPERTY(QString themeMode READ themeMode WRITE setThemeMode NOTIFY themeModeChanged)  // system, light, dark
    Q_PROPERTY(QSize windowSize READ windowSize WRITE setWindowSize NOTIFY windowSizeChanged)
    Q_PROPERTY(bool reducedMotion READ reducedMotion WRITE setReducedMotion NOTIFY reducedMotionChanged)

public:
    /// Where settings and journals go; empty: the user's standard folders.
    struct Folders {
        QString settingsFile, recovery;
    };
    explicit Workspace(const Folders& folders, QObject* parent = nullptr);
    explicit Workspace(QObject* parent = nullptr) : Workspace(Folders{}, parent) {}
    ~Workspace() override;

    Document* document() { return &m_document; }
    AnalysisService* analysis() { return &m_analysis; }
    RuleDesk* ruleDesk() { return &m_ruleDesk; }
    SimulationRunner* simulation() { return &m_simulation; }
    ExportService* exports() { return &m_exports; }
    InspectorModel* inspector() { return &m_inspector; }
    FlowsModel* flows() { return &m_flows; }
    PaletteModel* palette() { return &m_palette; }
    TemplateModel* templates() { return &m_templates; }
    Autosave* autosave() { return &m_autosave; }
    HistoryModel* history() { return &m_history; }
    DesignComparison* comparison() { return &m_comparison; }
    QVariantList versions() const;

    QStringList recentFiles() const;
    bool recoveryAvailable() const { return !m_recoveries.empty(); }
    QString recoveryText() const;
    QString themeMode() const;
    void setThemeMode(const QString& mode);
    QSize windowSize() const;
    void setWindowSize(const QSize& size);
    bool reducedMotion() const;
    void setReducedMotion(bool reduced);

    /// There is work that closing would lose: ask before newDocument(), openFile(), openTemplate(), recover().
    Q_INVOKABLE bool needsSaving() const { return m_document.modified(); }
    Q_INVOKABLE void newDocument();
    Q_INVOKABLE bool openFile(const QUrl& url);
    Q_INVOKABLE bool openTemplate(const QString& id);
    /// Without a path of its own the document asks for one: pathNeeded(), and false.
    Q_INVOKABLE bool save();
    /// Replaces a design; a file that is none is left alone, and the reason told.
    Q_INVOKABLE bool saveAs(const QUrl& url);
    /// "" for a new design, a path, or "template:ID": in a window of its own.
    Q_INVOKABLE void openInNewWindow(const QString& design) { emit windowWanted(design); }
    /// Files let go over the window: the first here where nothing is lost by it, the others in their own.
    Q_INVOKABLE void openDropped(const QList<QUrl>& files);
    Q_INVOKABLE bool compareWithVersion(const QString& id);
    /// Any design file beside this one.
    Q_INVOKABLE bool compareWithFile(const QUrl& url);
    Q_INVOKABLE QUrl suggestedUrl() const;
    Q_INVOKABLE void clearRecentFiles();
    /// The newest abandoned journal.
    Q_INVOKABLE bool recover();
    Q_INVOKABLE void discardRecovery();
    /// Types that fit the words (all for none) as rows of text, detail, icon, category, value, favourite:
    /// favourites first, then those placed lately.
    Q_INVOKABLE QVariantList typesToPlace(const QString& words) const;
    Q_INVOKABLE void noteType(const QString& type);
    Q_INVOKABLE void toggleFavourite(const QString& type);
    /// name, category, summary, icon, what, when, scaling, tradeoffs, breaks, numbers
    Q_INVOKABLE QVariantMap typeInfo(const QString& type) const;

signals:
    void recentFilesChanged();
    void recoveryChanged();
    void versionsChanged();
    void themeModeChanged();
    void windowSizeChanged();
    void reducedMotionChanged();
    void pathNeeded();
    void windowWanted(const QString& design);
    /// The file was changed by someone else since it was read; saveAs() to its path goes on.
    void changedOnDisk(const QString& path);
    void saved(const QString& path);
    void failed(const QString& title, const QString& text);
    /// The file was read, but some of it is not understood: kept, and told.
    void notice(const QString& text);

private:
    bool writeTo(const QString& path);
    void remember(const QString& path);
    void refreshRecoveries();
    void keepVersion(const QString& path, const QByteArray& text, const QDateTime& time);
    bool fail(const QString& title, const QString& text);

    std::shared_ptr<const Catalog> m_catalog;
    std::unique_ptr<QSettings> m_settings;
    Document m_document;
    AnalysisService m_analysis;
    RuleDesk m_ruleDesk;
    SimulationRunner m_simulation;
    ExportService m_exports;
    InspectorModel m_inspector;
    FlowsModel m_flows;
    PaletteModel m_palette;
    TemplateModel m_templates;
    HistoryModel m_history;
    DesignComparison m_comparison;
    Versions m_versions;
    bool m_versionsFail = false;
    Autosave m_autosave;
    std::vector<AbandonedWork> m_recoveries;
    QByteArray m_digestOnDisk;  // of the file as read or written
};

}  // namespace loadpath
