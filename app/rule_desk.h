// What the window can do with findings beyond one click: the page of a rule, mending all that is safe, and
// proving a finding by a run. Long work happens on workers; nothing here knows the canvas.
#pragma once

#include "analysis_service.h"
#include "background_task.h"
#include "proof/proof.h"
#include "rules/fix_all.h"

#include <QPointF>
#include <QVariantMap>

namespace loadpath {

class RuleDesk : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The workspace has the rule desk")
    /// Findings that "Fix all safe ones" would start with
    Q_PROPERTY(int safeFixes READ safeFixes NOTIFY safeFixesChanged)
    Q_PROPERTY(bool fixing READ fixing NOTIFY fixingChanged)
    Q_PROPERTY(QString proofState READ proofState NOTIFY proofChanged)  // "", running, done
    Q_PROPERTY(double proofProgress READ proofProgress NOTIFY proofChanged)
    Q_PROPERTY(QString proofWhat READ proofWhat NOTIFY proofChanged)
    Q_PROPERTY(QString proofMeasure READ proofMeasure NOTIFY proofChanged)
    Q_PROPERTY(QString proofBefore READ proofBefore NOTIFY proofChanged)
    Q_PROPERTY(QString proofAfter READ proofAfter NOTIFY proofChanged)
    Q_PROPERTY(double proofPeak READ proofPeak NOTIFY proofChanged)
    Q_PROPERTY(double proofSeconds READ proofSeconds NOTIFY proofChanged)

public:
    RuleDesk(Document* document, AnalysisService* analysis, QObject* parent = nullptr);
    ~RuleDesk() override;

    int safeFixes() const { return m_safeFixes; }
    bool fixing() const { return m_fixing; }
    QString proofState() const { return m_proofState; }
    double proofProgress() const { return m_progress; }
    QString proofWhat() const;
    QString proofMeasure() const;
    QString proofBefore() const;
    QString proofAfter() const;
    double proofPeak() const;
    double proofSeconds() const { return m_plan ? m_plan->scenario.durationS : 0; }

    /// title, severity, why, source, mending, proving, example, pictures (whether there are some), thresholds (rows of
    /// key, value, range, meaning). Of a house rule: its own words.
    Q_INVOKABLE QVariantMap page(const QString& rule) const;
    /// Mends what is safe until nothing is left; one step to undo.
    Q_INVOKABLE void fixAllSafe();
    Q_INVOKABLE bool canProve(const QString& findingKey) const;
    Q_INVOKABLE void prove(const QString& findingKey);
    Q_INVOKABLE void cancelProof();
    /// Fills a line of a chart with the run before (or after) the fix.
    Q_INVOKABLE void fillCurve(QObject* series, bool mended) const;

signals:
    void safeFixesChanged();
    void fixingChanged();
    void proofChanged();
    /// How many findings were mended.
    void fixed(int count);

private:
    struct Mended {
        Edits edits;
        int count = 0, revision = 0;
    };
    struct Proven {
        std::optional<ProofPlan> plan;
        ProofResult result;
        bool complete = false;
    };
    const Finding* findingOf(const QString& key) const;
    void countSafe();
    void accept(const Mended& mended);
    void accept(Proven proven);

    Document* m_document;
    AnalysisService* m_analysis;
    int m_safeFixes = 0;
    bool m_fixing = false;
    QString m_proofState;
    double m_progress = 0;
    std::optional<ProofPlan> m_plan;
    ProofResult m_result;
    BackgroundTask<Mended> m_fixTask;
    BackgroundTask<Proven> m_proofTask;
};

}  // namespace loadpath
