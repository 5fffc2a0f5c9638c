// CanvasItem: component types that are dragged onto the canvas, by drag and drop or by the palette.
#include "canvas_item.h"

#include "draw/card_text.h"
#include "snapping.h"

#include <QMimeData>

#include <cmath>

namespace loadpath {
namespace {

const QString typeFormat = QStringLiteral("application/x-loadpath-type");

QString typeOf(const QMimeData* mime, const Catalog& catalog) {
    QString type = mime->hasFormat(typeFormat) ? QString::fromUtf8(mime->data(typeFormat)) : mime->text();
    return catalog.find(type.toStdString()) ? type : QString();
}

constexpr double ghostSnapReach = 7;  // px of the view

}  // namespace

/// The card around a pointer in its middle: in line with what stands around it, else on the grid.
QRectF CanvasItem::cardAround(QPointF centre, std::vector<QLineF>* guides) const {
    const QRectF wanted(centre - QPointF(cardWidth / 2, cardHeight / 2), QSizeF(cardWidth, cardHeight));
    std::vector<QRectF> others;
    for (const int index : m_scene->cardsIn(m_view.visible()))
        others.push_back(m_scene->cards()[std::size_t(index)].rect);
    const Snapped snapped = snap(wanted, others, ghostSnapReach / m_view.zoom, gridStep);
    if (guides) *guides = snapped.guides;
    return wanted.translated(snapped.shift);
}

void CanvasItem::showGhost(const QString& type, QPointF at) {
    if (!m_document || m_locked) return;
    const ComponentType* known = m_document->catalog()->find(type.toStdString());
    if (!known) return;
    if (!m_ghost || m_ghost->type != type) {
        m_ghost = std::make_unique<Ghost>();
        m_ghost->type = type;
        Component component;
        component.type = known->id;
        m_ghost->card.name = QString::fromStdString(known->name);
        m_ghost->card.line = QString::fromStdString(cardLine(*known, component));
        m_ghost->card.icon = QString::fromStdString(known->icon);
        m_ghost->card.category = QString::fromStdString(known->category);
    }
    const QPointF point = m_view.toCanvas(at);
    m_ghost->card.rect = cardAround(point, &m_ghost->guides);
    const Hit hit = m_scene->hit(point, m_view.zoom);
    m_ghost->line = hit.kind == HitKind::line ? hit.index : -1;
    const int zone = m_scene->framedZoneAt(m_ghost->card.rect.center());
    m_scene->setDropTarget(zone < 0 ? ZoneId{} : m_scene->containers()[std::size_t(zone)].id);
    update();
}

void CanvasItem::hideGhost() {
    m_ghost.reset();
    if (m_scene) m_scene->setDropTarget({});
    update();
}

QString CanvasItem::dropType(const QString& type, QPointF at) {
    hideGhost();
    if (!m_document || m_locked) return {};
    const QPointF point = m_view.toCanvas(at), corner = cardAround(point, nullptr).topLeft();
    const Hit hit = m_scene->hit(point, m_view.zoom);
    QString id;
    if (hit.kind == HitKind::line) id = m_document->insertInto(m_scene->idOf(hit), type, corner.x(), corner.y());
    if (id.isEmpty()) id = m_document->addComponent(type, corner.x(), corner.y());
    if (!id.isEmpty()) emit typeDropped(type, id);
    return id;
}

void CanvasItem::dragEnterEvent(QDragEnterEvent* event) {
    event->setAccepted(m_document && !m_locked && !typeOf(event->mimeData(), *m_document->catalog()).isEmpty());
}

void CanvasItem::dragMoveEvent(QDragMoveEvent* event) {
    if (!m_document) return event->ignore();
    showGhost(typeOf(event->mimeData(), *m_document->catalog()), event->position());
    event->accept();
}

void CanvasItem::dragLeaveEvent(QDragLeaveEvent*) { hideGhost(); }

void CanvasItem::dropEvent(QDropEvent* event) {
    if (!m_document) return event->ignore();
    const QString type = typeOf(event->mimeData(), *m_document->catalog());
    event->setAccepted(!dropType(type, event->position()).isEmpty());
}

}  // namespace loadpath
