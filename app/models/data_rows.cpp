#include "row_parts.h"

#include <cmath>

namespace loadpath::rows {

std::vector<FigureRow> consistencyRows(const Report& report, const ConsistencyReport& consistency) {
    std::vector<FigureRow> rows;
    const FlowGraph& graph = report.snapshot->graph();
    for (const StoreConsistency& store : consistency.stores) {
        const QString id = toQt(graph.nodes[at(store.node)].id.value);
        const QString explain = store.derivation.steps.empty() ? QString() : QStringLiteral("consistency:") + id;
        const QString reads = store.isStrong ? Words::tr("up to date")
                              : std::isnan(store.staleProbability)
                                  ? Words::tr("may be stale")
                                  : Words::tr("stale %1").arg(percentText(store.staleProbability, 1));
        QString quorum = store.replicas > 0
                             ? QStringLiteral("%1+%2 / %3").arg(store.readers).arg(store.writers).arg(store.replicas)
                             : noFigureText;
        QStringList anomalies;
        for (const std::string& anomaly : store.anomalies) anomalies << toQt(anomaly);
        rows.push_back(
            {id,
             {},
             {{toQt(graph.nodes[at(store.node)].name)},
              {toQt(store.cap), {}, {}, Words::tr("in a partition: C refuses, A goes on")},
              {toQt(store.pacelc), {}, {}, Words::tr("in a partition / else: latency or consistency")},
              {quorum, cellMuted, explain, Words::tr("replicas read and written, of all")},
              {reads, store.isStrong ? cellOk : cellWarning, explain, Words::tr("a read right after a write")},
              {store.isolation.empty() ? noFigureText : toQt(store.isolation).replace(u'_', u' '),
               cellMuted,
               {},
               anomalies.isEmpty() ? QString()
                                   : Words::tr("lets happen: %1").arg(anomalies.join(QStringLiteral(", ")))}},
             {id},
             {}});
    }
    return cut(std::move(rows));
}

std::vector<FigureRow> invisibleRows(const Report& report, const ConsistencyReport& consistency) {
    std::vector<FigureRow> rows;
    const FlowGraph& graph = report.snapshot->graph();
    for (const ReadYourWrites& one : consistency.invisible) {
        const auto flowName = [&graph](int flow) { return toQt(graph.flows[at(flow)].name); };
        rows.push_back(
            {QStringLiteral("%1/%2/%3/%4").arg(one.readFlow).arg(one.writeFlow).arg(one.source).arg(one.copy),
             {},
             {{Words::tr("%1 after %2").arg(flowName(one.readFlow), flowName(one.writeFlow))},
              {Words::tr("%1, not %2")
                   .arg(toQt(graph.nodes[at(one.copy)].name), toQt(graph.nodes[at(one.source)].name)),
               cellMuted},
              {durationText(one.lagMs), cellWarning}},
             {toQt(graph.nodes[at(one.copy)].id.value), toQt(graph.nodes[at(one.source)].id.value)},
             {}});
    }
    return cut(std::move(rows));
}

}  // namespace loadpath::rows
