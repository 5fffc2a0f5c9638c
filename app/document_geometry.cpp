// Document: intents that move things and place them in zones.
#include "document.h"
#include "placement.h"
#include "qt_values.h"

#include <algorithm>

namespace loadpath {
namespace {

constexpr qint64 quickSuccessionMs = 800;

bool putsComponent(const Edit& edit, const ComponentId& id) {
    const auto* put = std::get_if<Put<Component>>(&edit);
    return put && put->item.id == id;
}

}  // namespace

void Document::beginDrag() {
    if (m_drag) return;
    m_drag = Drag{m_design, 0, 0, {}};
    m_lastTyped.clear();
}

void Document::dragTo(Edits edits, const QString& text, bool commit) {
    // What an earlier step changed and this one does not goes back to how it was.
    for (const Edit& earlier : m_drag->last) {
        const auto* put = std::get_if<Put<Component>>(&earlier);
        if (!put) continue;
        const ComponentId& id = put->item.id;
        const Component* start = m_drag->start.components.find(id);
        if (start && std::none_of(edits.begin(), edits.end(), [&id](const Edit& e) { return putsComponent(e, id); }))
            edits.push_back(Put<Component>{*start, std::nullopt});
    }
    m_drag->last = edits;
    push(edits, text, QStringLiteral("drag#%1").arg(m_gesture));
    if (commit) m_drag.reset();
}

void Document::moveSelection(double dx, double dy, bool commit) {
    const QStringList ids = m_selection.ids();
    if (ids.isEmpty()) return;
    if (!m_drag) {
        const bool nudge = commit;  // a drag that is over with its first step
        const bool goesOn = nudge && m_sinceNudge.isValid() && m_sinceNudge.elapsed() < quickSuccessionMs;
        if (!goesOn) ++m_gesture;
        if (nudge)
            m_sinceNudge.restart();
        else
            m_sinceNudge.invalidate();
        beginDrag();
    }
    m_drag->dx += dx;
    m_drag->dy += dy;
    int movable = 0;
    for (const QString& id : ids) movable += m_selection.kindOf(id) == ItemKind::connection ? 0 : 1;
    const QString text = movable == 1 ? tr("Move %1").arg(nameOf(ids.last())) : tr("Move %1 items").arg(movable);
    dragTo(moveEdits(m_drag->start, toStd(ids), m_drag->dx, m_drag->dy), text, commit);
}

void Document::cancelMove() {
    if (!m_drag) return;
    Edits back;
    for (const Edit& edit : m_drag->last) {
        if (const auto* c = std::get_if<Put<Component>>(&edit)) {
            if (const Component* start = m_drag->start.components.find(c->item.id))
                back.push_back(Put<Component>{*start, std::nullopt});
        } else if (const auto* z = std::get_if<Put<Zone>>(&edit)) {
            if (const Zone* start = m_drag->start.zones.find(z->item.id))
                back.push_back(Put<Zone>{*start, std::nullopt});
        } else if (const auto* l = std::get_if<Put<Connection>>(&edit)) {
            if (const Connection* start = m_drag->start.connections.find(l->item.id))
                back.push_back(Put<Connection>{*start, std::nullopt});
        } else if (const auto* n = std::get_if<Put<Note>>(&edit)) {
            if (const Note* start = m_drag->start.notes.find(n->item.id))
                back.push_back(Put<Note>{*start, std::nullopt});
        }
    }
    // The step takes itself off the history once it has no effect left.
    push(back, m_undoStack.undoText(), QStringLiteral("drag#%1").arg(m_gesture));
    m_drag.reset();
}

void Document::setZoneFrame(const QString& id, double x, double y, double width, double height, bool commit) {
    if (!m_design.zones.contains({id.toStdString()})) return;
    if (!m_drag) {
        ++m_gesture;
        m_sinceNudge.invalidate();
        beginDrag();
    }
    const Frame frame{x, y, std::max(width, gridStep), std::max(height, gridStep)};
    dragTo(frameEdits(m_drag->start, {id.toStdString()}, frame), tr("Resize %1").arg(nameOf(id)), commit);
}

void Document::placeSelection(const QString& zoneId) {
    std::vector<ZoneId> zones;
    if (!zoneId.isEmpty()) zones.push_back({zoneId.toStdString()});
    Edits edits;
    for (const QString& id : m_selection.ids())
        for (Edit& edit : setZones(m_design, {id.toStdString()}, zones)) edits.push_back(std::move(edit));
    push(edits, zoneId.isEmpty() ? tr("Take out of zones") : tr("Place in %1").arg(nameOf(zoneId)));
}

}  // namespace loadpath
