#include "figure_table.h"

namespace loadpath {

FigureTable::FigureTable(std::vector<FigureColumn> columns, QObject* parent)
    : KeyedListModel(parent), m_columns(std::move(columns)) {}

QVariantList FigureTable::columns() const {
    QVariantList all;
    for (const FigureColumn& column : m_columns)
        all.append(QVariantMap{{QStringLiteral("title"), column.title},
                               {QStringLiteral("right"), column.align == FigureColumn::Align::right},
                               {QStringLiteral("share"), column.share},
                               {QStringLiteral("hint"), column.hint}});
    return all;
}

void FigureTable::setColumns(std::vector<FigureColumn> columns) {
    if (columns == m_columns) return;
    m_columns = std::move(columns);
    emit columnsChanged();
}

void FigureTable::setRows(std::vector<FigureRow> rows) {
    const int before = count();
    patch(std::move(rows));
    if (count() != before) emit countChanged();
}

QVariant FigureTable::data(const QModelIndex& index, int role) const {
    const FigureRow* row = rowAt(index);
    if (!row) return {};
    switch (role) {
        case KeyRole:
            return row->key;
        case SectionRole:
            return row->section;
        case Qt::DisplayRole:
            return row->cells.empty() ? row->key : row->cells.front().text;
        case CellsRole: {
            QVariantList cells;
            for (const FigureCell& cell : row->cells)
                cells.append(QVariantMap{{QStringLiteral("text"), cell.text},
                                         {QStringLiteral("state"), cell.state},
                                         {QStringLiteral("explain"), cell.explain},
                                         {QStringLiteral("hint"), cell.hint}});
            return cells;
        }
        case ItemsRole:
            return row->items;
        case HintRole:
            return row->hint;
        default:
            return {};
    }
}

QHash<int, QByteArray> FigureTable::roleNames() const {
    return {
        {KeyRole, "rowKey"}, {SectionRole, "section"}, {CellsRole, "cells"}, {ItemsRole, "items"}, {HintRole, "hint"}};
}

}  // namespace loadpath
