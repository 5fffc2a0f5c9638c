// The built-in designs, for the chooser.
#pragma once

#include "assets.h"

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>

namespace loadpath {

class TemplateModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The workspace has the templates")
    Q_PROPERTY(int count READ count CONSTANT)

public:
    enum Role { TemplateIdRole = Qt::UserRole + 1, NameRole, DescriptionRole, ComponentsRole, CountTextRole };

    explicit TemplateModel(std::vector<TemplateInfo> templates, QObject* parent = nullptr);

    int count() const { return rowCount(); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<TemplateInfo> m_templates;
};

}  // namespace loadpath
