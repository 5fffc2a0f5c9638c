#include "analysis/cost.h"

#include "analysis_rows.h"
#include "qt_values.h"
#include "support/index.h"

#include <QCoreApplication>

namespace loadpath {

namespace {

struct CostWords {
    Q_DECLARE_TR_FUNCTIONS(Cost)
};

const QString totalKey = QStringLiteral("total"), overBudget = QStringLiteral("error"), aside = QStringLiteral("muted");

QString rangeText(const PriceRange& range) {
    return QStringLiteral("%1 – %2").arg(toQt(usd(range.low)), toQt(usd(range.high)));
}

}  // namespace

std::vector<FigureRow> costRows(const Report& report, const CostReport& cost) {
    std::vector<FigureRow> rows;
    if (!cost.isKnown()) return rows;
    const FlowGraph& graph = report.snapshot->graph();
    const bool over = cost.budget && cost.total.typical > *cost.budget;
    rows.push_back({totalKey,
                    {},
                    {{CostWords::tr("All together")},
                     {toQt(usd(cost.total.typical)), over ? overBudget : QString(), QStringLiteral("cost:")},
                     {rangeText(cost.total), aside}},
                    {},
                    cost.budget ? CostWords::tr("Budget: %1 a month").arg(toQt(usd(*cost.budget))) : QString()});
    for (const int index : cost.biggest) {
        const ComponentCost& one = cost.components[at(index)];
        const Node& node = graph.nodes[at(one.node)];
        const QString id = toQt(node.id.value);
        QStringList items;
        for (const CostItem& item : one.items)
            items << QStringLiteral("%1: %2").arg(toQt(item.name), toQt(usd(item.usd.typical)));
        rows.push_back({id,
                        {},
                        {{toQt(node.name)},
                         {toQt(usd(one.usd.typical)), {}, QStringLiteral("cost:") + id},
                         {one.isStated ? CostWords::tr("stated") : rangeText(one.usd), aside}},
                        {id},
                        items.join(u'\n')});
    }
    for (const UnpricedComponent& one : cost.unpriced) {
        const Node& node = graph.nodes[at(one.node)];
        const QString id = toQt(node.id.value);
        rows.push_back({id, {}, {{toQt(node.name)}, {CostWords::tr("no price"), aside}, {}}, {id}, toQt(one.reason)});
    }
    return rows;
}

std::vector<FigureRow> flowCostRows(const Report& report, const CostReport& cost) {
    std::vector<FigureRow> rows;
    const FlowGraph& graph = report.snapshot->graph();
    for (const FlowCost& one : cost.flows) {
        const FlowPath& flow = graph.flows[at(one.flow)];
        rows.push_back({toQt(flow.id.value), {}, {{toQt(flow.name)}, {toQt(usd(one.usdPerMillion))}}, {}, {}});
    }
    return rows;
}

}  // namespace loadpath
