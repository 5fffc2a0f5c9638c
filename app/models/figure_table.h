// Figures in rows and columns, as every table of the analysis shows them: each cell has its text, its
// state, and the key of the derivation that a click opens. Knows no engine.
#pragma once

#include "keyed_list_model.h"

#include <QtQml/qqmlregistration.h>
#include <QStringList>
#include <QVariantList>

namespace loadpath {

struct FigureCell {
    QString text;
    QString state = {};    // ok, warning, error, muted; empty: plain
    QString explain = {};  // of the derivation; empty: nothing to show
    QString hint = {};
    friend bool operator==(const FigureCell&, const FigureCell&) = default;
};

struct FigureRow {
    QString key, section;
    std::vector<FigureCell> cells;
    QStringList items = {};  // what it speaks of on the canvas
    QString hint = {};
    friend bool operator==(const FigureRow&, const FigureRow&) = default;
};

struct FigureColumn {
    QString title;
    enum class Align { left, right } align = Align::right;
    double share = 1;  // of the width
    QString hint = {};
    friend bool operator==(const FigureColumn&, const FigureColumn&) = default;
};

class FigureTable : public KeyedListModel<FigureRow> {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Tables come from the analysis and the estimates")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    /// {title, right, share, hint}
    Q_PROPERTY(QVariantList columns READ columns NOTIFY columnsChanged)

public:
    enum Role { KeyRole = Qt::UserRole + 1, SectionRole, CellsRole, ItemsRole, HintRole };

    explicit FigureTable(std::vector<FigureColumn> columns = {}, QObject* parent = nullptr);
    int count() const { return rowCount(); }
    QVariantList columns() const;
    void setColumns(std::vector<FigureColumn> columns);
    /// Keys must be unique.
    void setRows(std::vector<FigureRow> rows);
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void countChanged();
    void columnsChanged();

private:
    std::vector<FigureColumn> m_columns;
};

}  // namespace loadpath
