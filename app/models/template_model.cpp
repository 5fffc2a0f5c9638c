#include "template_model.h"

#include "qt_values.h"

namespace loadpath {

TemplateModel::TemplateModel(std::vector<TemplateInfo> templates, QObject* parent)
    : QAbstractListModel(parent), m_templates(std::move(templates)) {}

int TemplateModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_templates.size());
}

QVariant TemplateModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const TemplateInfo& info = m_templates[std::size_t(index.row())];
    switch (role) {
        case TemplateIdRole:
            return toQt(info.id);
        case Qt::DisplayRole:
        case NameRole:
            return toQt(info.name);
        case DescriptionRole:
            return toQt(info.description);
        case ComponentsRole:
            return info.components;
        case CountTextRole:
            return info.components == 1 ? tr("1 component") : tr("%1 components").arg(info.components);
        default:
            return {};
    }
}

QHash<int, QByteArray> TemplateModel::roleNames() const {
    return {{TemplateIdRole, "templateId"},
            {NameRole, "name"},
            {DescriptionRole, "description"},
            {ComponentsRole, "components"},
            {CountTextRole, "countText"}};
}

}  // namespace loadpath
