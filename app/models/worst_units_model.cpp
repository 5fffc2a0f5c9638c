#include "worst_units_model.h"

#include "qt_values.h"
#include "quantity.h"

namespace loadpath {
namespace {

constexpr std::size_t shownUnits = 8;

WorstUnitRow rowOfUnit(const UnitFigures& unit, const FlowGraph& graph) {
    WorstUnitRow row;
    row.key = toQt(unit.unit);
    row.downtimeMinYear = unit.downtimeMinYear;
    row.downtimeText = downtimeText(unit.downtimeMinYear);
    if (unit.domain >= 0) {
        const Domain& domain = graph.domains[std::size_t(unit.domain)];
        row.name = toQt(domain.name.empty() ? domain.id.value : domain.name);
        row.itemId = toQt(domain.id.value);
        return row;
    }
    if (unit.node < 0) return row;
    const Node& node = graph.nodes[std::size_t(unit.node)];
    row.itemId = toQt(node.id.value);
    row.name = toQt(node.name);
    const auto hash = unit.unit.rfind('#');
    if (unit.window)
        row.name = WorstUnitsModel::tr("%1, takeover").arg(row.name);
    else if (!unit.managed && node.units > 1 && hash != std::string::npos)
        row.name = WorstUnitsModel::tr("%1, instance %2").arg(row.name).arg(std::stoi(unit.unit.substr(hash + 1)) + 1);
    return row;
}

}  // namespace

void WorstUnitsModel::setReport(const Report& report) {
    std::vector<WorstUnitRow> rows;
    if (report.availability.worstFlow >= 0) {
        const FlowAvailability& flow = report.availability.flows[std::size_t(report.availability.worstFlow)];
        for (const UnitFigures& unit : flow.units) {
            if (rows.size() == shownUnits || !(unit.downtimeMinYear > 0)) break;
            rows.push_back(rowOfUnit(unit, report.snapshot->graph()));
        }
        for (WorstUnitRow& row : rows) row.share = row.downtimeMinYear / rows.front().downtimeMinYear;
    }
    const int before = count();
    patch(std::move(rows));
    if (count() != before) emit countChanged();
}

QVariant WorstUnitsModel::data(const QModelIndex& index, int role) const {
    const WorstUnitRow* row = rowAt(index);
    if (!row) return {};
    switch (role) {
        case KeyRole:
            return row->key;
        case Qt::DisplayRole:
        case NameRole:
            return row->name;
        case DowntimeTextRole:
            return row->downtimeText;
        case DowntimeRole:
            return row->downtimeMinYear;
        case ShareRole:
            return row->share;
        case ItemIdRole:
            return row->itemId;
        default:
            return {};
    }
}

QHash<int, QByteArray> WorstUnitsModel::roleNames() const {
    return {{KeyRole, "key"},           {NameRole, "name"},   {DowntimeTextRole, "downtimeText"},
            {DowntimeRole, "downtime"}, {ShareRole, "share"}, {ItemIdRole, "itemId"}};
}

}  // namespace loadpath
