// Everything the engine knows of a design, in tables whose figures can be asked how they came about.
// Follows the analysis service while somebody looks; rows and derivations are made on a worker.
#pragma once

#include "analysis_rows.h"
#include "analysis_service.h"
#include "derivation_view.h"

#include <QPointer>

#include <functional>

namespace loadpath {

class AnalysisFigures : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(loadpath::AnalysisService* analysis READ analysis WRITE setAnalysis NOTIFY analysisChanged)
    Q_PROPERTY(bool active READ active WRITE setActive NOTIFY activeChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    /// The flow that units, cut sets and improvements are about: its id
    Q_PROPERTY(QString flow READ flow WRITE setFlow NOTIFY flowChanged)
    Q_PROPERTY(QString flowName READ flowName NOTIFY flowChanged)
    /// Its availability in series/parallel notation with the numbers put in; empty where there is none
    Q_PROPERTY(QString formula READ formula NOTIFY flowChanged)
    Q_PROPERTY(loadpath::FigureTable* flows READ flows CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* units READ units CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* cutSets READ cutSets CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* improvements READ improvements CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* partitions READ partitions CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* retries READ retries CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* async READ async CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* consistency READ consistency CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* invisible READ invisible CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* cost READ cost CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* flowCost READ flowCost CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* load READ load CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* limits READ limits CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* growth READ growth CONSTANT)
    Q_PROPERTY(loadpath::FigureTable* losses READ losses CONSTANT)
    Q_PROPERTY(loadpath::DerivationView* derivation READ derivation CONSTANT)

public:
    explicit AnalysisFigures(QObject* parent = nullptr);

    AnalysisService* analysis() const { return m_analysis; }
    void setAnalysis(AnalysisService* analysis);
    bool active() const { return m_active; }
    void setActive(bool active);
    bool busy() const { return m_busy; }
    QString flow() const { return m_flow; }
    void setFlow(const QString& flow);
    QString flowName() const;
    QString formula() const;
    FigureTable* flows() { return table(AnalysisTable::flows); }
    FigureTable* units() { return table(AnalysisTable::units); }
    FigureTable* cutSets() { return table(AnalysisTable::cutSets); }
    FigureTable* improvements() { return table(AnalysisTable::improvements); }
    FigureTable* partitions() { return table(AnalysisTable::partitions); }
    FigureTable* retries() { return table(AnalysisTable::retries); }
    FigureTable* async() { return table(AnalysisTable::async); }
    FigureTable* consistency() { return table(AnalysisTable::consistency); }
    FigureTable* invisible() { return table(AnalysisTable::invisible); }
    FigureTable* cost() { return table(AnalysisTable::cost); }
    FigureTable* flowCost() { return table(AnalysisTable::flowCost); }
    FigureTable* load() { return table(AnalysisTable::load); }
    FigureTable* limits() { return table(AnalysisTable::limits); }
    FigureTable* growth() { return table(AnalysisTable::growth); }
    FigureTable* losses() { return table(AnalysisTable::losses); }
    DerivationView* derivation() { return &m_derivation; }

    /// "availability:FLOW", "latency:FLOW", "unit:ID", "consistency:ID", "load:ID", "use:ID", "wait:ID", "limit:INDEX",
    /// "cost:ID", "cost:" for the total, "cut:UNIT+UNIT", "improvement:KIND/ID", "partitions:INDEX", "stage:FLOW",
    /// "chain:INDEX", "growth:FACTOR/LIMIT", "loss-zone:ID", "loss-node:ID", "retries:INDEX"
    Q_INVOKABLE void explain(const QString& key);
    /// Blocks until every table is of the latest report (tests, pictures).
    Q_INVOKABLE void waitForIdle();

signals:
    void analysisChanged();
    void activeChanged();
    void busyChanged();
    void flowChanged();

private:
    struct Answer {
        AnalysisRows rows;
        bool last = false;
    };
    FigureTable* table(AnalysisTable table) { return m_tables.at(table).get(); }
    void follow();
    void start();
    void accept(const Answer& answer);
    /// How a row about what may happen comes about; empty for keys that are none.
    std::function<Derivation()> whatIfJob(const QString& what, const QString& about) const;
    int flowIndex() const;
    const FlowAvailability* figuresOfFlow() const;

    QPointer<AnalysisService> m_analysis;
    bool m_active = false, m_busy = false;
    QString m_flow;
    std::shared_ptr<const Report> m_report;  // that the tables show
    std::map<AnalysisTable, std::unique_ptr<FigureTable>> m_tables;
    DerivationView m_derivation;
    BackgroundTask<Answer> m_quick, m_deep;
};

}  // namespace loadpath
