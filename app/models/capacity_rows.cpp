#include "row_parts.h"

#include <algorithm>
#include <cmath>

namespace loadpath::rows {

std::vector<FigureRow> loadRows(const Report& report) {
    std::vector<FigureRow> rows;
    const FlowGraph& graph = report.snapshot->graph();
    std::vector<int> order;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        if (graph.nodes[i].behaviour != Behaviour::client && !(report.capacity.nodes[i].arrivalRps == 0))
            order.push_back(static_cast<int>(i));
    const auto use = [&report](int node) {
        const double value = report.capacity.nodes[at(node)].utilisation;
        return std::isnan(value) ? -1 : value;
    };
    std::stable_sort(order.begin(), order.end(), [&use](int a, int b) { return use(a) > use(b); });
    for (const int index : order) {
        const ComponentLoad& load = report.capacity.nodes[at(index)];
        const QString id = toQt(graph.nodes[at(index)].id.value);
        const auto explained = [&id](const char* what, double value) {
            return std::isnan(value) ? QString() : QLatin1String(what) + id;
        };
        rows.push_back({id,
                        {},
                        {{toQt(graph.nodes[at(index)].name)},
                         {rateText(load.arrivalRps), {}, QStringLiteral("load:") + id},
                         {rateText(load.capacityRps), cellMuted},
                         {std::isnan(load.utilisation) ? noFigureText
                                                       : percentText(load.utilisation, load.utilisation < 0.1 ? 1 : 0),
                          stateOfUse(load.utilisation), explained("use:", load.utilisation)},
                         {durationText(load.waitMs), stateOfUse(load.utilisation), explained("wait:", load.waitMs)},
                         {durationText(load.responseMs), {}, explained("wait:", load.responseMs)}},
                        {id},
                        {}});
    }
    return rows;
}

std::vector<FigureRow> limitRows(const Report& report, const LimitReport& limits) {
    std::vector<FigureRow> rows;
    const FlowGraph& graph = report.snapshot->graph();
    std::vector<int> order;
    for (std::size_t i = 0; i < limits.binding.size(); ++i)
        if (limits.binding[i] >= 0) order.push_back(limits.binding[i]);
    std::stable_sort(order.begin(), order.end(),
                     [&limits](int a, int b) { return limits.limits[at(a)].use > limits.limits[at(b)].use; });
    for (const int index : order) {
        const Limit& limit = limits.limits[at(index)];
        const QString id = toQt(graph.nodes[at(limit.node)].id.value);
        rows.push_back({id,
                        {},
                        {{toQt(graph.nodes[at(limit.node)].name)},
                         {toQt(limit.name), cellMuted, {}, toQt(limit.suggestion)},
                         {QStringLiteral("%1 / %2").arg(compactText(limit.demand), compactText(limit.limit)),
                          {},
                          QStringLiteral("limit:%1").arg(index),
                          toQt(limit.unit)},
                         {percentText(limit.use, limit.use < 0.1 ? 1 : 0), stateOfUse(limit.use),
                          QStringLiteral("limit:%1").arg(index)}},
                        {id},
                        toQt(limit.suggestion)});
    }
    return cut(std::move(rows));
}

std::vector<FigureRow> growthRows(const Report& report, const LimitReport& limits, const WhatIf& whatIf) {
    std::map<int, FigureRow> byLimit;
    std::vector<int> order;
    const FlowGraph& graph = report.snapshot->graph();
    for (std::size_t g = 0; g < whatIf.growth.size() && g < 2; ++g)
        for (const Break& broken : whatIf.growth[g].breaks) {
            const Limit& limit = limits.limits[at(broken.limit)];
            const QString id = toQt(graph.nodes[at(limit.node)].id.value);
            const auto entry = byLimit.try_emplace(broken.limit);
            FigureRow& row = entry.first->second;
            if (entry.second) {
                order.push_back(broken.limit);
                row.key = QString::number(broken.limit);
                row.items = QStringList{id};
                const bool isNow = broken.atFactor <= 1;
                row.cells = {{toQt(graph.nodes[at(limit.node)].name), {}, {}, toQt(limit.name)},
                             {toQt(limit.name), cellMuted},
                             {isNow ? Words::tr("now") : factorText(broken.atFactor), isNow ? cellError : cellWarning,
                              QStringLiteral("limit:%1").arg(broken.limit)},
                             {noFigureText, cellMuted},
                             {noFigureText, cellMuted}};
            }
            const QString counted = toQt(limit.counted);
            const QString explain = QStringLiteral("growth:%1/%2").arg(whatIf.growth[g].factor).arg(broken.limit);
            row.cells[3 + g] =
                std::isnan(broken.needed)
                    ? FigureCell{percentText(broken.use), cellError, explain, Words::tr("more of them do not help")}
                    : FigureCell{compactText(broken.needed),
                                 {},
                                 explain,
                                 Words::tr("%1 wanted, to stay at 70 %").arg(counted)};
        }
    std::vector<FigureRow> rows;
    for (const int limit : order) rows.push_back(std::move(byLimit[limit]));
    return cut(std::move(rows));
}

std::vector<FigureRow> lossRows(const Report& report, const WhatIf& whatIf) {
    std::vector<FigureRow> rows;
    const FlowGraph& graph = report.snapshot->graph();
    const auto add = [&](const LossCase& loss) {
        const bool isZone = loss.domain >= 0;
        const QString id =
            isZone ? toQt(graph.domains[at(loss.domain)].id.value) : toQt(graph.nodes[at(loss.node)].id.value);
        const QString name = isZone ? Words::tr("zone %1").arg(toQt(graph.domains[at(loss.domain)].name))
                                    : Words::tr("one of %1").arg(toQt(graph.nodes[at(loss.node)].name));
        QStringList failing;
        for (const int flow : loss.failingFlows) failing << toQt(graph.flows[at(flow)].name);
        QStringList items{id};
        for (const int node : loss.down) items << toQt(graph.nodes[at(node)].id.value);
        const bool fits = !(loss.worstUtilisation >= 1);
        const QString worst = loss.worst < 0 ? noFigureText
                                             : QStringLiteral("%1 · %2").arg(toQt(graph.nodes[at(loss.worst)].name),
                                                                             percentText(loss.worstUtilisation));
        const QString explain = (isZone ? QStringLiteral("loss-zone:") : QStringLiteral("loss-node:")) + id;
        rows.push_back({explain,
                        {},
                        {{name},
                         {failing.isEmpty() ? Words::tr("none") : failing.join(QStringLiteral(", ")),
                          failing.isEmpty() ? cellOk : cellError, explain, failing.join(QStringLiteral(", "))},
                         {worst, fits ? stateOfUse(loss.worstUtilisation) : cellError, explain,
                          Words::tr("the fullest component then")}},
                        items,
                        {}});
    };
    for (const LossCase& loss : whatIf.domains) add(loss);
    for (const LossCase& loss : whatIf.instances) add(loss);
    return cut(std::move(rows));
}

std::vector<FigureRow> retryRows(const Report& report, const WhatIf& whatIf) {
    std::vector<FigureRow> rows;
    const FlowGraph& graph = report.snapshot->graph();
    for (std::size_t i = 0; i < whatIf.retries.size(); ++i) {
        const Amplification& retries = whatIf.retries[i];
        const QString key = QStringLiteral("retries:%1").arg(i);
        const auto text = [](double value) { return std::isinf(value) ? Words::tr("without end") : factorText(value); };
        rows.push_back({key,
                        {},
                        {{toQt(graph.flows[at(retries.flow)].name)},
                         {toQt(graph.nodes[at(retries.node)].name), cellMuted},
                         {text(retries.half), {}, key},
                         {text(retries.worst), retries.worst > 3 ? cellWarning : QString(), key}},
                        {toQt(graph.nodes[at(retries.node)].id.value)},
                        {}});
    }
    return cut(std::move(rows));
}

}  // namespace loadpath::rows
