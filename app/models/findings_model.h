// The findings of the latest analysis as rows that keep their identity from run to run.
#pragma once

#include "keyed_list_model.h"
#include "rules/report.h"

#include <QtQml/qqmlregistration.h>
#include <QStringList>

namespace loadpath {

struct FindingRow {
    QString key, rule, title, message, why, source, severity, flow, fixTitle, reason;
    QStringList components, connections, zones;
    bool acknowledged = false;
    friend bool operator==(const FindingRow&, const FindingRow&) = default;
};

class FindingsModel : public KeyedListModel<FindingRow> {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The analysis has the findings")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        KeyRole = Qt::UserRole + 1,
        RuleRole,
        TitleRole,
        MessageRole,
        WhyRole,
        SourceRole,
        SeverityRole,  // error, warning, info
        ComponentsRole,
        ConnectionsRole,
        ZonesRole,
        ItemsRole,  // ids of all three, to select
        FlowRole,
        FixTitleRole,  // empty: no quick fix
        AcknowledgedRole,
        ReasonRole,
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
