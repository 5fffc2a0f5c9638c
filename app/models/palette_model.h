// The types of the catalogue in palette order, narrowed by a search text.
#pragma once

#include "model/catalog.h"

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>

#include <memory>

namespace loadpath {

class PaletteModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The workspace has the palette")
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role { TypeIdRole = Qt::UserRole + 1, NameRole, CategoryRole, CategoryNameRole, IconRole, SummaryRole };

    explicit PaletteModel(std::shared_ptr<const Catalog> catalog, QObject* parent = nullptr);

    int count() const { return rowCount(); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    const QString& filter() const { return m_filter; }
    void setFilter(const QString& filter);
    /// The first match, for Enter in the search field; empty when there is none.
    Q_INVOKABLE QString firstMatch() const;
    Q_INVOKABLE int firstMatchRow() const;

signals:
    void filterChanged();
    void countChanged();

private:
    std::vector<const ComponentType*> matches() const;

    std::shared_ptr<const Catalog> m_catalog;
    QString m_filter;
    std::vector<const ComponentType*> m_types;  // that match
};

}  // namespace loadpath
