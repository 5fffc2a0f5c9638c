#include "analysis_figures.h"

#include "analysis/capacity_explain.h"
#include "analysis/consistency.h"
#include "qt_values.h"

namespace loadpath {

AnalysisFigures::AnalysisFigures(QObject* parent)
    : QObject(parent),
      m_quick(this, [this](const Answer& answer) { accept(answer); }),
      m_deep(this, [this](const Answer& answer) { accept(answer); }) {
    for (const auto table :
         {AnalysisTable::flows, AnalysisTable::units, AnalysisTable::cutSets, AnalysisTable::improvements,
          AnalysisTable::partitions, AnalysisTable::async, AnalysisTable::retries, AnalysisTable::consistency,
          AnalysisTable::invisible, AnalysisTable::load, AnalysisTable::limits, AnalysisTable::growth,
          AnalysisTable::losses, AnalysisTable::cost, AnalysisTable::flowCost})
        m_tables.emplace(table, std::make_unique<FigureTable>(columnsOf(table)));
}

void AnalysisFigures::setAnalysis(AnalysisService* analysis) {
    if (analysis == m_analysis) return;
    if (m_analysis) m_analysis->disconnect(this);
    m_analysis = analysis;
    if (m_analysis) connect(m_analysis, &AnalysisService::reportChanged, this, &AnalysisFigures::follow);
    follow();
    emit analysisChanged();
}

void AnalysisFigures::setActive(bool active) {
    if (active == m_active) return;
    m_active = active;
    if (active)
        follow();
    else
        m_derivation.close();
    emit activeChanged();
}

void AnalysisFigures::setFlow(const QString& flow) {
    if (flow == m_flow) return;
    m_flow = flow;
    start();
    emit flowChanged();
}

int AnalysisFigures::flowIndex() const {
    if (!m_report) return -1;
    const auto& flows = m_report->snapshot->graph().flows;
    for (std::size_t i = 0; i < flows.size(); ++i)
        if (!flows[i].derived && toQt(flows[i].id.value) == m_flow) return static_cast<int>(i);
    return -1;
}

const FlowAvailability* AnalysisFigures::figuresOfFlow() const {
    const int flow = flowIndex();
    if (flow < 0) return nullptr;
    for (const FlowAvailability& one : m_report->availability.flows)
        if (one.flow == flow) return &one;
    return nullptr;
}

QString AnalysisFigures::flowName() const {
    const int flow = flowIndex();
    return flow < 0 ? QString() : toQt(m_report->snapshot->graph().flows[static_cast<std::size_t>(flow)].name);
}

QString AnalysisFigures::formula() const {
    const FlowAvailability* figures = figuresOfFlow();
    return figures ? toQt(figures->formula) : QString();
}

void AnalysisFigures::follow() {
    if (!m_active || !m_analysis || !m_analysis->report()) return;
    const bool isNew = m_report != m_analysis->report();
    m_report = m_analysis->report();
    if (flowIndex() < 0) {
        const AvailabilityReport& all = m_report->availability;
        m_flow =
            all.worstFlow < 0
                ? QString()
                : toQt(m_report->snapshot->graph()
                           .flows[static_cast<std::size_t>(all.flows[static_cast<std::size_t>(all.worstFlow)].flow)]
                           .id.value);
    }
    emit flowChanged();
    if (!isNew) return;
    start();
    // An open calculation follows the design.
    if (m_derivation.isOpen()) explain(m_derivation.key());
}

void AnalysisFigures::start() {
    if (!m_report) return;
    if (!m_busy) {
        m_busy = true;
        emit busyChanged();
    }
    m_quick.start([report = m_report, flow = flowIndex()](const std::stop_token&) {
        return Answer{reportRows(*report, flow), false};
    });
    m_deep.start([report = m_report, flow = flowIndex()](const std::stop_token& stop) {
        return Answer{deeperRows(*report, flow, stop), true};
    });
}

void AnalysisFigures::accept(const Answer& answer) {
    for (const auto& [kind, rows] : answer.rows) table(kind)->setRows(rows);
    if (!answer.last || !m_busy) return;
    m_busy = false;
    emit busyChanged();
}

void AnalysisFigures::waitForIdle() {
    m_quick.waitForIdle();
    m_deep.waitForIdle();
}

void AnalysisFigures::explain(const QString& key) {
    if (!m_report) return;
    const QString what = key.section(u':', 0, 0), about = key.section(u':', 1);
    const FlowGraph& graph = m_report->snapshot->graph();
    const auto known = graph.nodeById.find(about.toStdString());
    const int node = known == graph.nodeById.end() ? -1 : known->second;
    int flow = -1;
    for (std::size_t i = 0; i < graph.flows.size(); ++i)
        if (toQt(graph.flows[i].id.value) == about) flow = static_cast<int>(i);
    const auto report = m_report;
    const auto compute = [this, &key](std::function<Derivation()> job) {
        m_derivation.compute(key, [job = std::move(job)](const std::stop_token&) { return job(); });
    };
    if (what == u"availability" && flow >= 0) {
        // The short form at once, the long one when it is there.
        for (const FlowAvailability& one : report->availability.flows)
            if (one.flow == flow && m_derivation.key() != key && !one.derivation.steps.empty())
                m_derivation.show(key, one.derivation);
        compute([report, flow] { return explainAvailability(report->snapshot->graph(), flow); });
    } else if (what == u"unit" && node >= 0) {
        compute([report, node] { return explainUnit(report->snapshot->graph(), node); });
    } else if (what == u"consistency" && node >= 0) {
        compute([report, node] {
            for (StoreConsistency& store : analyseConsistency(*report->snapshot).stores)
                if (store.node == node) return store.derivation;
            return Derivation();
        });
    } else if (what == u"latency" && flow >= 0) {
        compute([report, flow] { return explainLatency(*report->snapshot, report->capacity, flow); });
    } else if (what == u"load" && node >= 0) {
        compute([report, node] { return explainLoad(*report->snapshot, report->capacity, node); });
    } else if (what == u"use" && node >= 0) {
        compute([report, node] { return explainUtilisation(*report->snapshot, report->capacity, node); });
    } else if (what == u"wait" && node >= 0) {
        compute([report, node] { return explainWait(*report->snapshot, report->capacity, node); });
    } else if (what == u"cost" && (node >= 0 || about.isEmpty())) {
        compute([report, node] {
            const CostReport cost = analyseCost(*report->snapshot);
            return node < 0 ? explainTotalCost(*report->snapshot, cost) : explainCost(*report->snapshot, cost, node);
        });
    } else if (what == u"limit") {
        compute([report, index = about.toUInt()]() -> Derivation {
            const LimitReport limits = analyseLimits(*report->snapshot, report->capacity);
            if (index >= limits.limits.size()) return {};
            return explainLimit(*report->snapshot, limits.limits[index]);
        });
    } else if (auto job = whatIfJob(what, about)) {
        compute(std::move(job));
    } else {
        m_derivation.close();
    }
}

}  // namespace loadpath
