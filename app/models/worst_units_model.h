// What costs the worst flow most downtime, largest first.
#pragma once

#include "keyed_list_model.h"
#include "rules/report.h"

#include <QtQml/qqmlregistration.h>

namespace loadpath {

struct WorstUnitRow {
    QString key, name, downtimeText, itemId;
    double downtimeMinYear = 0, share = 0;
    friend bool operator==(const WorstUnitRow&, const WorstUnitRow&) = default;
};

class WorstUnitsModel : public KeyedListModel<WorstUnitRow> {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The analysis has the worst units")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        KeyRole = Qt::UserRole + 1,  // unit, as in results: "db#0"
        NameRole,                    // "Orders", "Orders, instance 2", "eu-west-1a"
        DowntimeTextRole,
        DowntimeRole,
        ShareRole,   // of the largest: length of a bar
        ItemIdRole,  // component or zone to select
    };

    using KeyedListModel::KeyedListModel;
    int count() const { return rowCount(); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    void setReport(const Report& report);

signals:
    void countChanged();
};

}  // namespace loadpath
