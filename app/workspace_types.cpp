// Workspace: which types the user places, to offer them first.
#include "qt_values.h"
#include "workspace.h"

#include <QSettings>

#include <algorithm>

namespace loadpath {
namespace {

constexpr qsizetype recentTypeLimit = 8;
const QString recentTypesKey = QStringLiteral("recentTypes"), favouriteTypesKey = QStringLiteral("favouriteTypes");

}  // namespace

QVariantList Workspace::typesToPlace(const QString& words) const {
    const QStringList recent = m_settings->value(recentTypesKey).toStringList();
    const QStringList favourites = m_settings->value(favouriteTypesKey).toStringList();
    const QString wanted = words.trimmed();
    PaletteModel matching(m_catalog);
    matching.setFilter(wanted);
    struct Row {
        const ComponentType* type;
        qsizetype rank;
    };
    std::vector<Row> rows;
    for (int i = 0; i < matching.rowCount(); ++i) {
        const QString id = matching.data(matching.index(i), PaletteModel::TypeIdRole).toString();
        const ComponentType* type = m_catalog->find(id.toStdString());
        if (!type) continue;
        const bool begins = !wanted.isEmpty() && toQt(type->name).startsWith(wanted, Qt::CaseInsensitive);
        const qsizetype placed = recent.indexOf(id);
        // What begins with the words is meant before what is liked, and that before what was used last.
        const qsizetype rank = (begins ? 0 : 10000) + (favourites.contains(id) ? 0 : placed >= 0 ? 100 + placed : 1000);
        rows.push_back({type, rank});
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.rank < b.rank; });
    QVariantList list;
    for (const Row& row : rows) {
        const QString id = toQt(row.type->id);
        list.append(QVariantMap{
            {QStringLiteral("value"), id},
            {QStringLiteral("text"), toQt(row.type->name)},
            {QStringLiteral("keys"), recent.contains(id) && !favourites.contains(id) ? tr("recent") : QString()},
            {QStringLiteral("icon"), toQt(row.type->icon)},
            {QStringLiteral("category"), toQt(row.type->category)},
            {QStringLiteral("favourite"), favourites.contains(id)}});
    }
    return list;
}

void Workspace::noteType(const QString& type) {
    if (!m_catalog->find(type.toStdString())) return;
    QStringList recent = m_settings->value(recentTypesKey).toStringList();
    recent.removeAll(type);
    recent.prepend(type);
    m_settings->setValue(recentTypesKey, recent.mid(0, recentTypeLimit));
}

void Workspace::toggleFavourite(const QString& type) {
    QStringList favourites = m_settings->value(favouriteTypesKey).toStringList();
    if (!favourites.removeAll(type)) favourites.append(type);
    m_settings->setValue(favouriteTypesKey, favourites);
}

QVariantMap Workspace::typeInfo(const QString& typeId) const {
    const ComponentType* type = m_catalog->find(typeId.toStdString());
    if (!type) return {};
    QString category = toQt(type->category);
    for (const Category& c : m_catalog->categories)
        if (c.id == type->category) category = toQt(c.name);
    QVariantList topics, presets;
    for (const HandbookTopic& topic : type->handbook.topics)
        topics.append(QVariantMap{{QStringLiteral("title"), toQt(topic.title)},
                                  {QStringLiteral("text"), toQt(topic.text)},
                                  {QStringLiteral("points"), toQt(topic.points)}});
    for (const Preset& preset : type->presets)
        presets.append(QVariantMap{{QStringLiteral("id"), toQt(preset.id)},
                                   {QStringLiteral("name"), toQt(preset.name)},
                                   {QStringLiteral("source"), toQt(preset.source)}});
    return {{QStringLiteral("id"), typeId},
            {QStringLiteral("name"), toQt(type->name)},
            {QStringLiteral("category"), toQt(type->category)},
            {QStringLiteral("categoryName"), category},
            {QStringLiteral("summary"), toQt(type->summary)},
            {QStringLiteral("icon"), toQt(type->icon)},
            {QStringLiteral("what"), toQt(type->handbook.what)},
            {QStringLiteral("when"), toQt(type->handbook.when)},
            {QStringLiteral("scaling"), toQt(type->handbook.scaling)},
            {QStringLiteral("tradeoffs"), toQt(type->handbook.tradeoffs)},
            {QStringLiteral("breaks"), toQt(type->handbook.breaks)},
            {QStringLiteral("numbers"), toQt(type->handbook.numbers)},
            {QStringLiteral("topics"), topics},
            {QStringLiteral("presets"), presets}};
}

}  // namespace loadpath
