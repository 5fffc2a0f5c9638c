// What rows of several sections of the analysis share: states of cells, names of units, cutting long tables.
#pragma once

#include "analysis/consistency.h"
#include "analysis_rows.h"
#include "qt_values.h"
#include "quantity.h"
#include "support/index.h"

#include <QCoreApplication>

namespace loadpath::rows {

inline const QString cellOk = QStringLiteral("ok"), cellWarning = QStringLiteral("warning"),
                     cellError = QStringLiteral("error"), cellMuted = QStringLiteral("muted");

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Analysis)
};

QString stateOfUse(double use);

/// "component#2" and "zone:a" as people call them, and what they are on the canvas.
struct NamedUnit {
    QString name, item;
};
NamedUnit unitOf(const FlowGraph& graph, const std::string& unit);

/// So many rows as a reader bears, and how many more there are.
inline constexpr std::size_t mostRows = 60;
std::vector<FigureRow> cut(std::vector<FigureRow> rows);

const FlowAvailability* availabilityOf(const Report& report, int flow);
/// A figure, or the bound that stands for it.
QString exactly(bool exact, double value);

std::vector<FigureRow> flowRows(const Report& report);
std::vector<FigureRow> unitRows(const Report& report, int flow);
std::vector<FigureRow> cutSetRows(const Report& report, int flow);
std::vector<FigureRow> partitionRows(const Report& report);
std::vector<FigureRow> asyncRows(const Report& report);
std::vector<FigureRow> improvementRows(const Report& report, int flow, const std::stop_token& stop);

std::vector<FigureRow> loadRows(const Report& report);
std::vector<FigureRow> limitRows(const Report& report, const LimitReport& limits);
std::vector<FigureRow> growthRows(const Report& report, const LimitReport& limits, const WhatIf& whatIf);
std::vector<FigureRow> lossRows(const Report& report, const WhatIf& whatIf);
std::vector<FigureRow> retryRows(const Report& report, const WhatIf& whatIf);

std::vector<FigureRow> consistencyRows(const Report& report, const ConsistencyReport& consistency);
std::vector<FigureRow> invisibleRows(const Report& report, const ConsistencyReport& consistency);

}  // namespace loadpath::rows
