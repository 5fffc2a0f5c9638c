#include "selection.h"

namespace loadpath {

ItemKind kindOf(const Design& design, const std::string& id) {
    if (design.components.contains({id})) return ItemKind::component;
    if (design.connections.contains({id})) return ItemKind::connection;
    if (design.zones.contains({id})) return ItemKind::zone;
    if (design.notes.contains({id})) return ItemKind::note;
    if (design.flows.contains({id})) return ItemKind::flow;
    if (design.scenarios.contains({id})) return ItemKind::scenario;
    return ItemKind::none;
}

Selection::Selection(const Design& design, QObject* parent) : QObject(parent), m_design(design) {}

QString Selection::kind() const {
    if (m_ids.isEmpty()) return QStringLiteral("none");
    if (m_ids.size() > 1) return QStringLiteral("multiple");
    switch (kindOf(m_ids.first())) {
        case ItemKind::component:
            return QStringLiteral("component");
        case ItemKind::connection:
            return QStringLiteral("connection");
        case ItemKind::zone:
            return QStringLiteral("zone");
        case ItemKind::note:
            return QStringLiteral("note");
        default:
            return QStringLiteral("none");
    }
}

void Selection::select(const QString& id) { selectMany({id}); }

void Selection::toggle(const QString& id) {
    QStringList ids = m_ids;
    if (!ids.removeOne(id)) ids.append(id);
    selectMany(ids);
}

void Selection::extend(const QStringList& ids) { selectMany(m_ids + ids); }

void Selection::selectMany(const QStringList& ids) {
    QStringList present;
    for (const QString& id : ids) {
        const ItemKind kind = kindOf(id);
        if (kind == ItemKind::component || kind == ItemKind::connection || kind == ItemKind::zone ||
            kind == ItemKind::note)
            present.append(id);
    }
    present.removeDuplicates();
    if (present == m_ids) return;
    m_ids = present;
    emit changed();
}

void Selection::prune() { selectMany(QStringList(m_ids)); }

}  // namespace loadpath
