// Keeps the analysis of a document current: after every change the engine runs on a worker over an
// immutable snapshot, and this hands its report to the window as plain figures, models and states.
#pragma once

#include "background_task.h"
#include "document.h"
#include "models/findings_model.h"
#include "models/worst_units_model.h"
#include "rules/report.h"

#include <QDateTime>
#include <QTimer>
#include <QVariantList>

namespace loadpath {

/// What the canvas shows on a card.
struct ComponentFigures {
    double utilisation = noFigure;
    int findings = 0;                 // that are not acknowledged
    Severity worst = Severity::info;  // meaningful when findings > 0
};

class AnalysisService : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The workspace has the analysis")
    /// Something changed and its answer is not there yet
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    Q_PROPERTY(bool hasFlows READ hasFlows NOTIFY reportChanged)
    Q_PROPERTY(QString availabilityText READ availabilityText NOTIFY reportChanged)
    Q_PROPERTY(QString availabilityState READ availabilityState NOTIFY reportChanged)  // ok, warning, error
    Q_PROPERTY(QString availabilityDetail READ availabilityDetail NOTIFY reportChanged)
    Q_PROPERTY(QString downtimeText READ downtimeText NOTIFY reportChanged)
    Q_PROPERTY(QString headroomText READ headroomText NOTIFY reportChanged)
    Q_PROPERTY(QString headroomState READ headroomState NOTIFY reportChanged)
    Q_PROPERTY(QString headroomDetail READ headroomDetail NOTIFY reportChanged)
    /// Simulated in the background once the design rests; "–" until then
    Q_PROPERTY(QString p99Text READ p99Text NOTIFY p99Changed)
    Q_PROPERTY(QString p99State READ p99State NOTIFY p99Changed)
    Q_PROPERTY(int errors READ errors NOTIFY reportChanged)
    Q_PROPERTY(int warnings READ warnings NOTIFY reportChanged)
    Q_PROPERTY(int infos READ infos NOTIFY reportChanged)
    Q_PROPERTY(loadpath::FindingsModel* findings READ findings CONSTANT)
    Q_PROPERTY(loadpath::WorstUnitsModel* worstUnits READ worstUnits CONSTANT)
    /// Per flow: name, availabilityText, downtimeText, formula, state, rateText, latencyText
    Q_PROPERTY(QVariantList flows READ flows NOTIFY reportChanged)

public:
    explicit AnalysisService(Document* document, QObject* parent = nullptr);
    ~AnalysisService() override;

    bool busy() const { return m_busy; }
    bool hasFlows() const;
    QString availabilityText() const;
    QString availabilityState() const;
    QString availabilityDetail() const;
    QString downtimeText() const;
    QString headroomText() const;
    QString headroomState() const;
    QString headroomDetail() const;
    QString p99Text() const;
    QString p99State() const;
    int errors() const { return m_counts[0]; }
    int warnings() const { return m_counts[1]; }
    int infos() const { return m_counts[2]; }
    FindingsModel* findings() { return &m_findings; }
    WorstUnitsModel* worstUnits() { return &m_worstUnits; }
    QVariantList flows() const;

    /// The latest report; null before the first. `revision` is that of the document it is about.
    const std::shared_ptr<const Report>& report() const { return m_report; }
    /// Of the file that goes with the document, read again when it changes; null: none, or not readable.
    std::shared_ptr<const HouseRules> houseRules();
    int revision() const { return m_reportRevision; }
    ComponentFigures figures(const ComponentId& id) const;
    /// Of the unacknowledged findings that name the connection; unset: none.
    std::optional<Severity> severity(const ConnectionId& id) const;

    /// Load, utilisation, wait, response of a component as rows {label, text}, for tooltips.
    Q_INVOKABLE QVariantList componentRows(const QString& id) const;
    /// What a quick fix would do: title, changes (texts), availabilityBefore/After, errorsBefore/After,
    /// warningsBefore/After. Empty when there is no such fix.
    Q_INVOKABLE QVariantMap previewFix(const QString& findingKey) const;
    /// Ids that the fix would add or change, for the canvas to mark.
    Q_INVOKABLE QStringList fixTargets(const QString& findingKey) const;
    /// Without waiting for the debounce (tests, screenshots); blocks until the report is there.
    void evaluateNow();

signals:
    void busyChanged();
    void reportChanged();
    void p99Changed();
    /// The file of house rules has mistakes: it does not count until it is mended.
    void houseRulesRefused(const QString& text);

private:
    struct Outcome {
        std::shared_ptr<const Report> report;
        int revision = 0;
    };
    struct Latency {
        double p99Ms = noFigure;
        bool overSlo = false;
    };
    void onChanged(const DesignChange& change);
    void run();
    void accept(Outcome outcome);
    void setBusy(bool busy);
    std::optional<Fix> currentFix(const QString& key) const;

    Document* m_document;
    FindingsModel m_findings;
    WorstUnitsModel m_worstUnits;
    std::shared_ptr<const Report> m_report;
    int m_reportRevision = -1;
    int m_counts[3] = {0, 0, 0};
    QHash<QString, ComponentFigures> m_figures;
    QHash<QString, Severity> m_connectionSeverity;
    Latency m_latency;
    QString m_housePath;
    QDateTime m_houseTime;
    std::shared_ptr<const HouseRules> m_houseRules;
    mutable QString m_fixInWait;  // key of a finding whose fix waits for the report of the design as it is now
    bool m_busy = false, m_running = false, m_dirty = false;
    QTimer m_debounce, m_rest;
    BackgroundTask<Outcome> m_task;
    BackgroundTask<Latency> m_latencyTask;
};

}  // namespace loadpath
