#include "palette_model.h"

#include "qt_values.h"

#include <algorithm>

namespace loadpath {

PaletteModel::PaletteModel(std::shared_ptr<const Catalog> catalog, QObject* parent)
    : QAbstractListModel(parent), m_catalog(std::move(catalog)), m_types(matches()) {}

int PaletteModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_types.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const ComponentType& type = *m_types[std::size_t(index.row())];
    switch (role) {
        case TypeIdRole:
            return toQt(type.id);
        case Qt::DisplayRole:
        case NameRole:
            return toQt(type.name);
        case CategoryRole:
            return toQt(type.category);
        case CategoryNameRole:
            for (const Category& category : m_catalog->categories)
                if (category.id == type.category) return toQt(category.name);
            return toQt(type.category);
        case IconRole:
            return toQt(type.icon);
        case SummaryRole:
            return toQt(type.summary);
        default:
            return {};
    }
}

QHash<int, QByteArray> PaletteModel::roleNames() const {
    return {{TypeIdRole, "typeId"},     {NameRole, "name"},
            {CategoryRole, "category"}, {CategoryNameRole, "categoryName"},
            {IconRole, "icon"},         {SummaryRole, "summary"}};
}

void PaletteModel::setFilter(const QString& filter) {
    if (filter == m_filter) return;
    m_filter = filter;
    emit filterChanged();
    std::vector<const ComponentType*> fresh = matches();
    if (fresh == m_types) return;
    beginResetModel();
    m_types = std::move(fresh);
    endResetModel();
    emit countChanged();
}

int PaletteModel::firstMatchRow() const {
    if (m_filter.trimmed().isEmpty() || m_types.empty()) return -1;
    // A name that begins with the text is meant before one that only mentions it, and the plain one first.
    int best = 0;
    qsizetype shortest = -1;
    for (std::size_t row = 0; row < m_types.size(); ++row) {
        const QString name = toQt(m_types[row]->name);
        if (!name.startsWith(m_filter.trimmed(), Qt::CaseInsensitive)) continue;
        if (shortest >= 0 && name.size() >= shortest) continue;
        best = static_cast<int>(row);
        shortest = name.size();
    }
    return best;
}

QString PaletteModel::firstMatch() const {
    const int row = firstMatchRow();
    return row < 0 ? QString() : toQt(m_types[std::size_t(row)]->id);
}

std::vector<const ComponentType*> PaletteModel::matches() const {
    const QStringList words = m_filter.split(u' ', Qt::SkipEmptyParts);
    const auto mentions = [](const std::string& text, const QString& word) {
        return toQt(text).contains(word, Qt::CaseInsensitive);
    };
    const auto fits = [&](const ComponentType& type) {
        return std::all_of(words.begin(), words.end(), [&](const QString& word) {
            return mentions(type.name, word) || mentions(type.id, word) || mentions(type.category, word) ||
                   std::any_of(type.aliases.begin(), type.aliases.end(),
                               [&](const std::string& alias) { return mentions(alias, word); });
        });
    };
    std::vector<const ComponentType*> found;
    for (const ComponentType& type : m_catalog->types)
        if (fits(type)) found.push_back(&type);
    return found;
}

}  // namespace loadpath
