#include "template_model.h"

#include "qt_values.h"

#include <algorithm>

namespace loadpath {
namespace {

constexpr std::string_view attemptEnding = "-naive";

}  // namespace

TemplateModel::TemplateModel(const std::vector<TemplateInfo>& templates, QObject* parent) : QAbstractListModel(parent) {
    const auto isThere = [&templates](const std::string& id) {
        return std::any_of(templates.begin(), templates.end(), [&id](const TemplateInfo& t) { return t.id == id; });
    };
    for (const TemplateInfo& info : templates) {
        const std::string attempt = info.id + std::string(attemptEnding);
        const bool isAttempt =
            info.id.ends_with(attemptEnding) && isThere(info.id.substr(0, info.id.size() - attemptEnding.size()));
        if (!isAttempt) m_all.push_back({info, isThere(attempt) ? attempt : std::string()});
    }
    std::stable_sort(m_all.begin(), m_all.end(),
                     [](const Problem& a, const Problem& b) { return a.design.components < b.design.components; });
    m_shown = shown();
}

bool TemplateModel::matches(const Problem& problem) const {
    const QStringList words = m_filter.split(u' ', Qt::SkipEmptyParts);
    const QString text =
        toQt(problem.design.id) + u' ' + toQt(problem.design.name) + u' ' + toQt(problem.design.description);
    return std::all_of(words.begin(), words.end(),
                       [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

std::vector<std::size_t> TemplateModel::shown() const {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < m_all.size(); ++i)
        if (matches(m_all[i])) rows.push_back(i);
    return rows;
}

void TemplateModel::setFilter(const QString& filter) {
    if (filter == m_filter) return;
    m_filter = filter;
    emit filterChanged();
    std::vector<std::size_t> fresh = shown();
    if (fresh == m_shown) return;
    beginResetModel();
    m_shown = std::move(fresh);
    endResetModel();
    emit countChanged();
}

int TemplateModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant TemplateModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Problem& problem = m_all[m_shown[std::size_t(index.row())]];
    const TemplateInfo& info = problem.design;
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
        case FirstAttemptRole:
            return toQt(problem.firstAttempt);
        default:
            return {};
    }
}

QHash<int, QByteArray> TemplateModel::roleNames() const {
    return {{TemplateIdRole, "templateId"}, {NameRole, "name"},           {DescriptionRole, "description"},
            {ComponentsRole, "components"}, {CountTextRole, "countText"}, {FirstAttemptRole, "firstAttempt"}};
}

}  // namespace loadpath
