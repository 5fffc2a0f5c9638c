#include "row_parts.h"

#include <cmath>

namespace loadpath::rows {

QString stateOfUse(double use) {
    if (std::isnan(use)) return {};
    return use >= 0.9 ? cellError : use >= 0.7 ? cellWarning : QString();
}

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

}  // namespace loadpath::rows
