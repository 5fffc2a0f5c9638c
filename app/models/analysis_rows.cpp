#include "analysis_rows.h"

#include "analysis/consistency.h"

#include "qt_values.h"
#include "quantity.h"
#include "support/index.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace loadpath {
namespace {

constexpr std::size_t mostRows = 60;
const QString cellOk = QStringLiteral("ok"), cellWarning = QStringLiteral("warning"),
              cellError = QStringLiteral("error"), cellMuted = QStringLiteral("muted");

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Analysis)
};

QString stateOfUse(double use) {
    if (std::isnan(use)) return {};
    return use >= 0.9 ? cellError : use >= 0.7 ? cellWarning : QString();
}

/// "component#2" and "zone:a" as people call them, and what they are on the canvas.
struct NamedUnit {
    QString name, item;
};
NamedUnit unitOf(const FlowGraph& graph, const std::string& unit) {
    if (unit.rfind("zone:", 0) == 0) {
        const std::string id = unit.substr(5);
        const auto known = graph.domainById.find(id);
        const QString name = known == graph.domainById.end() ? toQt(id) : toQt(graph.domains[at(known->second)].name);
        return {Words::tr("zone %1").arg(name), toQt(id)};
    }
    std::string id = unit, rest;
    if (const auto mark = unit.find_last_of("#:"); mark != std::string::npos) {
        id = unit.substr(0, mark);
        rest = unit.substr(mark + 1);
    }
    auto known = graph.nodeById.find(id);
    if (known == graph.nodeById.end()) {
        id = unit;
        rest.clear();
        known = graph.nodeById.find(id);
    }
    QString name = known == graph.nodeById.end() ? toQt(id) : toQt(graph.nodes[at(known->second)].name);
    if (rest == "failover")
        name = Words::tr("%1, taking over").arg(name);
    else if (!rest.empty())
        name = QStringLiteral("%1 #%2").arg(name).arg(QString::fromStdString(rest).toInt() + 1);
    return {name, toQt(id)};
}

std::vector<FigureRow> cut(std::vector<FigureRow> rows) {
    if (rows.size() <= mostRows) return rows;
    const auto more = static_cast<int>(rows.size() - mostRows);
    rows.resize(mostRows);
    rows.push_back({QStringLiteral("more"), {}, {{Words::tr("and %n more", nullptr, more), cellMuted}}});
    return rows;
}

const FlowAvailability* availabilityOf(const Report& report, int flow) {
    for (const FlowAvailability& one : report.availability.flows)
        if (one.flow == flow) return &one;
    return nullptr;
}

QString exactly(bool exact, double value) {
    return (exact ? QString() : QStringLiteral("≥ ")) + availabilityText(value);
}

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
                          {},
                          Words::tr("how long all of them are down together in a year")}},
                        items,
                        {}});
        if (rows.size() > mostRows * 4) break;
    }
    return cut(std::move(rows));
}

std::vector<FigureRow> asyncRows(const Report& report) {
    std::vector<FigureRow> rows;
    const FlowGraph& graph = report.snapshot->graph();
    const auto end = [&graph](const Subscription& subscription) {
        return std::pair(graph.nodes[at(subscription.broker)], graph.nodes[at(subscription.consumer)]);
    };
    for (const AsyncAvailability& async : report.availability.async) {
        const Subscription& subscription = graph.subscriptions[at(async.subscription)];
        const auto ends = end(subscription);
        rows.push_back({QString::number(async.subscription),
                        {},
                        {{QStringLiteral("%1 → %2").arg(toQt(ends.first.name), toQt(ends.second.name))},
                         {exactly(async.exact, async.availability)},
                         {downtimeText((1 - async.availability) * 525600)}},
                        {toQt(ends.first.id.value), toQt(ends.second.id.value)},
                        Words::tr("messages wait, they are not lost: never part of a flow's availability")});
    }
    for (const AsyncChain& chain : report.availability.chains) {
        QStringList names, items, key;
        for (const int index : chain.subscriptions) {
            const auto ends = end(graph.subscriptions[at(index)]);
            if (names.isEmpty()) names << toQt(ends.first.name);
            names << toQt(ends.second.name);
            items << toQt(ends.first.id.value) << toQt(ends.second.id.value);
            key << QString::number(index);
        }
        rows.push_back({QStringLiteral("chain:") + key.join(u','),
                        {},
                        {{names.join(QStringLiteral(" → "))},
                         {exactly(chain.exact, chain.availability)},
                         {downtimeText((1 - chain.availability) * 525600)}},
                        items,
                        Words::tr("every stage must work")});
    }
    return cut(std::move(rows));
}

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
            row.cells[3 + g] =
                std::isnan(broken.needed)
                    ? FigureCell{percentText(broken.use), cellError, {}, Words::tr("more of them do not help")}
                    : FigureCell{
                          compactText(broken.needed), {}, {}, Words::tr("%1 wanted, to stay at 70 %").arg(counted)};
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
        rows.push_back({(isZone ? QStringLiteral("zone:") : QStringLiteral("node:")) + id,
                        {},
                        {{name},
                         {failing.isEmpty() ? Words::tr("none") : failing.join(QStringLiteral(", ")),
                          failing.isEmpty() ? cellOk : cellError,
                          {},
                          failing.join(QStringLiteral(", "))},
                         {worst,
                          fits ? stateOfUse(loss.worstUtilisation) : cellError,
                          {},
                          Words::tr("the fullest component then")}},
                        items,
                        {}});
    };
    for (const LossCase& loss : whatIf.domains) add(loss);
    for (const LossCase& loss : whatIf.instances) add(loss);
    return cut(std::move(rows));
}

std::vector<FigureRow> improvementRows(const Report& report, int flow) {
    std::vector<FigureRow> rows;
    if (flow < 0) return rows;
    const FlowGraph& graph = report.snapshot->graph();
    for (const Improvement& improvement : improvementsOf(*report.snapshot, flow)) {
        if (!(improvement.minutesGainedYear > 0)) continue;
        const QString id = toQt(graph.nodes[at(improvement.node)].id.value);
        const QString kind = QString::number(static_cast<int>(improvement.kind));
        rows.push_back(
            {id + QLatin1Char('/') + kind,
             {},
             {{QStringLiteral("%1: %2").arg(toQt(graph.nodes[at(improvement.node)].name), toQt(improvement.change))},
              {availabilityText(improvement.availability)},
              {downtimeText(improvement.minutesGainedYear), cellOk}},
             {id},
             {}});
    }
    return cut(std::move(rows));
}

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

}  // namespace

std::vector<FigureColumn> columnsOf(AnalysisTable table) {
    using Align = FigureColumn::Align;
    switch (table) {
        case AnalysisTable::flows:
            return {{Words::tr("Flow"), Align::left, 1.6},
                    {Words::tr("Availability"), Align::right, 1.2},
                    {Words::tr("Downtime"), Align::right, 1.2},
                    {Words::tr("All calls"), Align::right, 1.1, Words::tr("With every probabilistic call made")},
                    {Words::tr("Latency"), Align::right, 0.9}};
        case AnalysisTable::units:
            return {
                {Words::tr("Unit"), Align::left, 2},
                {Words::tr("Availability"), Align::right, 1.1},
                {Words::tr("Importance")},
                {Words::tr("Costs"), Align::right, 1.2, Words::tr("Downtime of the flow that goes to its account")}};
        case AnalysisTable::cutSets:
            return {{Words::tr("Down together"), Align::left, 3.4},
                    {Words::tr("Order"), Align::right, 0.6},
                    {Words::tr("Happens"), Align::right, 1.1}};
        case AnalysisTable::improvements:
            return {{Words::tr("Change"), Align::left, 3},
                    {Words::tr("Availability"), Align::right, 1.2},
                    {Words::tr("Buys"), Align::right, 1.1, Words::tr("Downtime of the flow that goes away")}};
        case AnalysisTable::async:
            return {{Words::tr("Messages"), Align::left, 3},
                    {Words::tr("Availability"), Align::right, 1.2},
                    {Words::tr("Downtime"), Align::right, 1.1}};
        case AnalysisTable::load:
            return {{Words::tr("Component"), Align::left, 1.45},
                    {Words::tr("Load"), Align::right, 1.05},
                    {Words::tr("Capacity"), Align::right, 1.05},
                    {Words::tr("Used"), Align::right, 1.1, Words::tr("Utilisation ρ: load by capacity")},
                    {Words::tr("Wait"), Align::right, 1.05},
                    {Words::tr("Response"), Align::right, 1.05}};
        case AnalysisTable::limits:
            return {{Words::tr("Component"), Align::left, 1.7},
                    {Words::tr("Bound by"), Align::left, 1.6},
                    {Words::tr("Used / there is"), Align::right, 1.4},
                    {Words::tr("Use"), Align::right, 0.8}};
        case AnalysisTable::growth:
            return {{Words::tr("Component"), Align::left, 1.7},
                    {Words::tr("Limit"), Align::left, 1.5},
                    {Words::tr("Full at"), Align::right, 0.8},
                    {Words::tr("For 10×"), Align::right, 0.9},
                    {Words::tr("For 100×"), Align::right, 0.9}};
        case AnalysisTable::losses:
            return {{Words::tr("Lost"), Align::left, 1.8},
                    {Words::tr("Flows that fail"), Align::left, 1.4},
                    {Words::tr("Fullest then"), Align::right, 1.7}};
        case AnalysisTable::consistency:
            return {{Words::tr("Store"), Align::left, 1.6},   {Words::tr("CAP"), Align::right, 0.6},
                    {Words::tr("PACELC"), Align::right, 0.9}, {Words::tr("R+W / N"), Align::right, 0.9},
                    {Words::tr("Reads"), Align::right, 1.3},  {Words::tr("Isolation"), Align::right, 1.3}};
        case AnalysisTable::invisible:
            return {{Words::tr("Flow"), Align::left, 1.6},
                    {Words::tr("Reads from"), Align::left, 1.6},
                    {Words::tr("May not see it for"), Align::right, 1.2}};
        case AnalysisTable::cost:
            return {{Words::tr("Component"), Align::left, 1.8},
                    {Words::tr("A month"), Align::right, 1, Words::tr("Typical price times average load")},
                    {Words::tr("From – to"), Align::right, 1.4}};
        case AnalysisTable::flowCost:
            return {{Words::tr("Flow"), Align::left, 1.8}, {Words::tr("A million requests"), Align::right, 1.4}};
    }
    return {};
}

AnalysisRows reportRows(const Report& report, int flow) {
    AnalysisRows rows;
    rows[AnalysisTable::flows] = flowRows(report);
    rows[AnalysisTable::units] = unitRows(report, flow);
    rows[AnalysisTable::cutSets] = cutSetRows(report, flow);
    rows[AnalysisTable::async] = asyncRows(report);
    rows[AnalysisTable::load] = loadRows(report);
    return rows;
}

AnalysisRows deeperRows(const Report& report, int flow, const std::stop_token& stop) {
    AnalysisRows rows;
    const LimitReport limits = analyseLimits(*report.snapshot, report.capacity);
    rows[AnalysisTable::limits] = limitRows(report, limits);
    if (stop.stop_requested()) return rows;
    const WhatIf whatIf = analyseWhatIf(*report.snapshot, report.capacity, limits);
    rows[AnalysisTable::growth] = growthRows(report, limits, whatIf);
    rows[AnalysisTable::losses] = lossRows(report, whatIf);
    const ConsistencyReport consistency = analyseConsistency(*report.snapshot);
    rows[AnalysisTable::consistency] = consistencyRows(report, consistency);
    rows[AnalysisTable::invisible] = invisibleRows(report, consistency);
    const CostReport cost = analyseCost(*report.snapshot);
    rows[AnalysisTable::cost] = costRows(report, cost);
    rows[AnalysisTable::flowCost] = flowCostRows(report, cost);
    if (stop.stop_requested()) return rows;
    rows[AnalysisTable::improvements] = improvementRows(report, flow);
    return rows;
}

}  // namespace loadpath
