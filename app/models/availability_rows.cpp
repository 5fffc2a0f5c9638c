#include "row_parts.h"

namespace loadpath::rows {

std::vector<FigureRow> flowRows(const Report& report) {
    std::vector<FigureRow> rows;
    const FlowGraph& graph = report.snapshot->graph();
    for (const FlowAvailability& flow : report.availability.flows) {
        const FlowPath& path = graph.flows[at(flow.flow)];
        const QString id = toQt(path.id.value);
        QString state = cellOk;
        QString goal = Words::tr("no goal stated");
        if (path.availabilitySlo > 0) {
            state = flow.availability < path.availabilitySlo ? cellError : cellOk;
            goal = (state == cellOk ? Words::tr("goal %1 met") : Words::tr("goal %1 missed"))
                       .arg(availabilityText(path.availabilitySlo));
        } else {
            state.clear();
        }
        const double latency = at(flow.flow) < report.capacity.flowLatencyMs.size()
                                   ? report.capacity.flowLatencyMs[at(flow.flow)]
                                   : noFigure;
        FigureRow row{id, {}, {}, {toQt(graph.nodes[at(path.entry)].id.value)}, toQt(path.name)};
        row.cells = {{toQt(path.name)},
                     {exactly(flow.exact, flow.availability), state, QStringLiteral("availability:") + id, goal},
                     {downtimeText(flow.downtimeMinYear), {}, QStringLiteral("availability:") + id},
                     {exactly(flow.exact, flow.strict),
                      cellMuted,
                      {},
                      Words::tr("with every probabilistic call made: all features needed at once")},
                     {durationText(latency),
                      {},
                      QStringLiteral("latency:") + id,
                      Words::tr("mean over requests, a lower bound where branches run in parallel")}};
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<FigureRow> unitRows(const Report& report, int flow) {
    std::vector<FigureRow> rows;
    const FlowAvailability* figures = availabilityOf(report, flow);
    if (!figures) return rows;
    for (const UnitFigures& unit : figures->units) {
        if (unit.availability >= 1) continue;
        const NamedUnit named = unitOf(report.snapshot->graph(), unit.unit);
        const QString explain = unit.node >= 0 && !unit.window ? QStringLiteral("unit:") + named.item : QString();
        rows.push_back(
            {toQt(unit.unit),
             {},
             {{named.name},
              {availabilityText(unit.availability), {}, explain},
              {unit.birnbaum ? QLocale().toString(*unit.birnbaum, 'g', 3) : QStringLiteral("–"),
               {},
               {},
               Words::tr("Birnbaum importance: by how much the flow's availability falls when this is down")},
              {downtimeText(unit.downtimeMinYear),
               unit.impact >= 0.999 && !unit.managed ? cellError : QString(),
               {},
               unit.impact >= 0.999 ? Words::tr("alone takes the flow down") : QString()}},
             {named.item},
             {}});
    }
    return cut(std::move(rows));
}

std::vector<FigureRow> cutSetRows(const Report& report, int flow) {
    std::vector<FigureRow> rows;
    const FlowAvailability* figures = availabilityOf(report, flow);
    if (!figures) return rows;
    for (const auto& set : figures->cutSets) {
        QStringList names, items, key;
        double probability = 1;
        for (const std::string& unit : set) {
            const NamedUnit named = unitOf(report.snapshot->graph(), unit);
            names << named.name;
            items << named.item;
            key << toQt(unit);
            for (const UnitFigures& one : figures->units)
                if (one.unit == unit) probability *= 1 - one.availability;
        }
        items.removeDuplicates();
        rows.push_back({key.join(u'+'),
                        {},
                        {{names.join(QStringLiteral(" + ")), set.size() == 1 ? cellError : QString()},
                         {QString::number(set.size())},
                         {downtimeText(probability * 525600),
                          {},
                          QStringLiteral("cut:") + key.join(u'+'),
                          Words::tr("how long all of them are down together in a year")}},
                        items,
                        {}});
        if (rows.size() > mostRows * 4) break;
    }
    return cut(std::move(rows));
}

std::vector<FigureRow> partitionRows(const Report& report) {
    std::vector<FigureRow> rows;
    const FlowGraph& graph = report.snapshot->graph();
    const QString purposes[] = {Words::tr("reads"), Words::tr("writes"), Words::tr("publishing"),
                                Words::tr("consuming")};
    for (std::size_t i = 0; i < report.availability.partitions.size(); ++i) {
        const PartitionAvailability& store = report.availability.partitions[i];
        const Node& node = graph.nodes[at(store.node)];
        const QString key = QStringLiteral("partitions:%1").arg(i);
        QString what = purposes[static_cast<int>(store.purpose)];
        if (node.topics.size() > 1) what += QStringLiteral(" · ") + toQt(node.topics[at(store.topic)].name);
        rows.push_back({key,
                        {},
                        {{toQt(node.name)},
                         {what, cellMuted},
                         {QString::number(store.partitions)},
                         {availabilityText(store.one), {}, key},
                         {exactly(store.exact, store.all), {}, key}},
                        {toQt(node.id.value)},
                        {}});
    }
    return cut(std::move(rows));
}

std::vector<FigureRow> asyncRows(const Report& report) {
    std::vector<FigureRow> rows;
    const FlowGraph& graph = report.snapshot->graph();
    const auto nodeOf = [&graph](int node) -> const Node& { return graph.nodes[at(node)]; };
    for (const AsyncAvailability& async : report.availability.async) {
        const auto ends = stageEnds(graph, async.flow);
        const Node &source = nodeOf(ends.first), &consumer = nodeOf(ends.second);
        const QString key = QStringLiteral("stage:%1").arg(async.flow);
        rows.push_back({key,
                        {},
                        {{QStringLiteral("%1 → %2").arg(toQt(source.name), toQt(consumer.name))},
                         {exactly(async.exact, async.availability), {}, key},
                         {downtimeText((1 - async.availability) * 525600), {}, key}},
                        {toQt(source.id.value), toQt(consumer.id.value)},
                        Words::tr("messages wait, they are not lost: never part of a flow's availability")});
    }
    for (std::size_t i = 0; i < report.availability.chains.size(); ++i) {
        const AsyncChain& chain = report.availability.chains[i];
        QStringList names, items;
        for (const int stage : chain.stages) {
            const auto ends = stageEnds(graph, stage);
            if (names.isEmpty()) names << toQt(nodeOf(ends.first).name);
            names << toQt(nodeOf(ends.second).name);
            items << toQt(nodeOf(ends.first).id.value) << toQt(nodeOf(ends.second).id.value);
        }
        const QString key = QStringLiteral("chain:%1").arg(i);
        rows.push_back({key,
                        {},
                        {{names.join(QStringLiteral(" → "))},
                         {exactly(chain.exact, chain.availability), {}, key},
                         {downtimeText((1 - chain.availability) * 525600), {}, key}},
                        items,
                        Words::tr("every stage must work")});
    }
    return cut(std::move(rows));
}

std::vector<FigureRow> improvementRows(const Report& report, int flow, const std::stop_token& stop) {
    std::vector<FigureRow> rows;
    if (flow < 0 || stop.stop_requested()) return rows;
    const FlowGraph& graph = report.snapshot->graph();
    ImprovementScope scope;
    for (const Improvement& improvement : improvementsOf(*report.snapshot, flow, 20, {}, &scope)) {
        if (!(improvement.minutesGainedYear > 0)) continue;
        const QString id = toQt(graph.nodes[at(improvement.node)].id.value);
        const QString kind = QString::number(static_cast<int>(improvement.kind));
        const QString key = QStringLiteral("improvement:%1/%2").arg(kind, id);
        rows.push_back(
            {key,
             {},
             {{QStringLiteral("%1: %2").arg(toQt(graph.nodes[at(improvement.node)].name), toQt(improvement.change))},
              {availabilityText(improvement.availability), {}, key},
              {downtimeText(improvement.minutesGainedYear), cellOk, key}},
             {id},
             {}});
    }
    rows = cut(std::move(rows));
    if (scope.lookedAt < scope.costly)
        rows.push_back(
            {QStringLiteral("scope"),
             {},
             {{Words::tr("worked out for the %1 costliest of %2 components").arg(scope.lookedAt).arg(scope.costly),
               cellMuted}}});
    return rows;
}

}  // namespace loadpath::rows
