// CanvasItem: mouse, wheel, touch and hover. A press chooses a tool, the rest is the tool's.
#include "canvas_item.h"

#include <QCursor>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPainter>

#include <cmath>

namespace loadpath {

Pointer CanvasItem::pointerAt(QPointF view, Qt::KeyboardModifiers modifiers) const {
    return {view, m_view.toCanvas(view), modifiers};
}

void CanvasItem::startTool(std::unique_ptr<Tool> tool) {
    m_tool = std::move(tool);
    m_animation.stop();
    showToolHint();
    updateCursor();
    update();
}

void CanvasItem::endTool() {
    if (!m_tool) return;
    m_tool.reset();
    m_scrollTimer.stop();
    m_button = Qt::NoButton;
    if (m_scene) m_scene->setDropTarget({});
    setKeepMouseGrab(false);
    showToolHint();
    updateCursor();
    update();
}

void CanvasItem::showToolHint() {
    const QString hint = m_tool ? m_tool->hint() : QString();
    if (hint == m_toolHint) return;
    m_toolHint = hint;
    emit toolHintChanged();
}

void CanvasItem::mousePressEvent(QMouseEvent* event) {
    forceActiveFocus(Qt::MouseFocusReason);
    if (m_tool && m_button == Qt::NoButton) {
        // Whoever takes the pointer has done with what the keyboard had begun.
        m_tool->cancel();
        endTool();
    }
    if (!m_document || m_tool) return;
    m_last = pointerAt(event->position(), event->modifiers());
    m_button = event->button();
    if (event->button() == Qt::MiddleButton || (m_spaceHeld && event->button() == Qt::LeftButton)) {
        setKeepMouseGrab(true);
        startTool(panTool(*this, m_last));
        return;
    }
    const Hit hit = m_scene->hit(m_last.canvas, m_view.zoom);
    const QString id = m_scene->idOf(hit);
    Selection& selection = *m_document->selection();
    if (event->button() == Qt::RightButton) {
        if (!id.isEmpty() && !selection.contains(id)) selection.select(id);
        if (id.isEmpty()) selection.clear();
        emit contextMenuRequested(id, event->position());
        m_button = Qt::NoButton;
        return;
    }
    setKeepMouseGrab(true);
    if (m_locked) {
        if (!id.isEmpty()) selection.select(id);
        startTool(panTool(*this, m_last));
        return;
    }
    const bool several = event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier);
    // The tip of a selected line is nearer to the hand than the port it lies on.
    if (const int line = selectedLineEndAt(m_last.view); line >= 0) {
        startTool(lineTool(*this, m_last, line));
        return;
    }
    switch (hit.kind) {
        case HitKind::port:
            startTool(connectTool(*this, m_last, hit.index, hit.side));
            return;
        case HitKind::zoneEdge:
            selection.select(id);
            startTool(resizeTool(*this, m_last, hit.index, hit.edges));
            return;
        case HitKind::nothing:
            startTool(marqueeTool(*this, m_last));
            return;
        case HitKind::line:
            several ? selection.toggle(id) : selection.select(id);
            if (!several) startTool(lineTool(*this, m_last, hit.index));
            return;
        case HitKind::card:
        case HitKind::note:
        case HitKind::zoneTitle:
            break;
    }
    if (several) {
        selection.toggle(id);
        return;
    }
    // A press on one of several keeps them all for a drag; a click without a drag leaves the one.
    const bool wasSelected = selection.contains(id);
    if (!wasSelected) selection.select(id);
    startTool(moveTool(*this, m_last, id, wasSelected && selection.count() > 1));
}

int CanvasItem::selectedLineEndAt(QPointF view) const {
    constexpr double reach = 10;
    if (m_document->selection()->count() != 1) return -1;
    const int index = m_scene->line({m_document->selection()->primaryId().toStdString()});
    if (index < 0 || m_scene->lines()[std::size_t(index)].points.size() < 2) return -1;
    const std::vector<QPointF>& points = m_scene->lines()[std::size_t(index)].points;
    // Not its start: whoever draws one line from a port is likely to draw the next.
    const QPointF d = m_view.toView(points.back()) - view;
    return std::hypot(d.x(), d.y()) <= reach ? index : -1;
}

void CanvasItem::mouseMoveEvent(QMouseEvent* event) {
    if (!m_tool) return;
    m_last = pointerAt(event->position(), event->modifiers());
    m_tool->move(m_last);
    const bool outside = !QRectF(0, 0, width(), height()).adjusted(8, 8, -8, -8).contains(m_last.view);
    if (outside && m_tool && m_tool->scrolls() && !m_scrollTimer.isActive()) m_scrollTimer.start();
    updateCursor();
    update();
}

void CanvasItem::scrollAtBorder() {
    const QRectF inner = QRectF(0, 0, width(), height()).adjusted(8, 8, -8, -8);
    if (!m_tool || inner.contains(m_last.view)) {
        m_scrollTimer.stop();
        return;
    }
    const auto pull = [](double at, double lo, double hi) {
        return at < lo ? std::min(18.0, (lo - at) / 2 + 2) : at > hi ? -std::min(18.0, (at - hi) / 2 + 2) : 0.0;
    };
    panBy({pull(m_last.view.x(), inner.left(), inner.right()), pull(m_last.view.y(), inner.top(), inner.bottom())});
    m_last.canvas = m_view.toCanvas(m_last.view);
    m_tool->move(m_last);
}

void CanvasItem::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_tool || event->button() != m_button) return;
    m_last = pointerAt(event->position(), event->modifiers());
    // The tool is gone before what it caused is followed, so that nothing can reach it half done.
    const std::unique_ptr<Tool> tool = std::move(m_tool);
    m_scrollTimer.stop();
    m_button = Qt::NoButton;
    setKeepMouseGrab(false);
    tool->release(m_last);
    m_scene->setDropTarget({});
    updateHover(m_last.view);
    update();
}

void CanvasItem::mouseUngrabEvent() {
    if (!m_tool) return;
    m_tool->cancel();
    endTool();
}

void CanvasItem::mouseDoubleClickEvent(QMouseEvent* event) {
    if (!m_document || event->button() != Qt::LeftButton) return;
    const QString id = m_scene->idOf(m_scene->hit(m_view.toCanvas(event->position()), m_view.zoom));
    emit activated(id);
    if (m_locked || m_document->selection()->kindOf(id) == ItemKind::connection) return;
    if (id.isEmpty())
        emit typeWanted(event->position());
    else
        rename(id);
}

void CanvasItem::wheelEvent(QWheelEvent* event) {
    const QPointF step = event->pixelDelta().isNull() ? QPointF(event->angleDelta()) / 2 : QPointF(event->pixelDelta());
    if (event->modifiers() & Qt::ControlModifier) {
        const double delta =
            event->pixelDelta().isNull() ? event->angleDelta().y() / 120.0 : event->pixelDelta().y() / 60.0;
        zoomAround(event->position(), m_view.zoom * std::pow(1.2, delta), false);
    } else if ((event->modifiers() & Qt::ShiftModifier) && step.x() == 0) {
        panBy({step.y(), 0});
    } else {
        panBy(step);
    }
    if (m_tool) m_tool->move(pointerAt(event->position(), event->modifiers()));
    event->accept();
}

bool CanvasItem::event(QEvent* event) {
    if (event->type() == QEvent::NativeGesture) {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomAround(gesture->position(), m_view.zoom * (1 + gesture->value()), false);
            return true;
        }
    }
    return QQuickPaintedItem::event(event);
}

void CanvasItem::touchEvent(QTouchEvent* event) {
    // One finger is a mouse; two pan and zoom.
    if (event->points().size() != 2) {
        m_touchDistance = 0;
        event->ignore();
        return;
    }
    const QPointF a = event->points()[0].position(), b = event->points()[1].position();
    const double distance = std::hypot(a.x() - b.x(), a.y() - b.y());
    const QPointF centre = (a + b) / 2;
    if (m_touchDistance > 0 && distance > 0) {
        panBy(centre - m_touchCentre);
        zoomAround(centre, m_view.zoom * distance / m_touchDistance, false);
    } else if (m_tool) {
        m_tool->cancel();
        endTool();
    }
    m_touchDistance = event->isEndEvent() ? 0 : distance;
    m_touchCentre = centre;
    event->accept();
}

void CanvasItem::updateHover(QPointF at) {
    if (!m_scene) return;
    const Hit hit = m_scene->hit(m_view.toCanvas(at), m_view.zoom);
    if (hit == m_hover && m_scene->idOf(hit) == m_hoveredId) return;
    m_hover = hit;
    const bool onCard = hit.kind == HitKind::card || hit.kind == HitKind::port;
    m_portsOf = onCard && m_view.zoom >= 0.4 ? hit.index : -1;
    m_view.hoveredLine = hit.kind == HitKind::line ? hit.index : -1;
    if (const QString id = m_scene->idOf(hit); id != m_hoveredId) {
        m_hoveredId = id;
        emit hoveredChanged();
    }
    updateCursor();
    update();
}

void CanvasItem::hoverMoveEvent(QHoverEvent* event) {
    m_pointerInside = true;
    m_pointerPlace = event->position();
    if (!m_tool) updateHover(event->position());
}

void CanvasItem::hoverLeaveEvent(QHoverEvent*) {
    m_pointerInside = false;
    m_hover = {};
    m_portsOf = -1;
    m_view.hoveredLine = -1;
    if (!m_hoveredId.isEmpty()) {
        m_hoveredId.clear();
        emit hoveredChanged();
    }
    update();
}

void CanvasItem::updateCursor() {
    if (m_tool) return setCursor(m_tool->cursor());
    if (m_spaceHeld) return setCursor(Qt::OpenHandCursor);
    if (m_locked) return setCursor(Qt::ArrowCursor);
    switch (m_hover.kind) {
        case HitKind::port:
            return setCursor(Qt::CrossCursor);
        case HitKind::card:
        case HitKind::note:
        case HitKind::zoneTitle:
            return setCursor(Qt::SizeAllCursor);
        case HitKind::line:
            return setCursor(Qt::PointingHandCursor);
        case HitKind::zoneEdge:
            switch (m_hover.edges) {
                case 1:
                case 4:
                    return setCursor(Qt::SizeHorCursor);
                case 2:
                case 8:
                    return setCursor(Qt::SizeVerCursor);
                case 3:
                case 12:
                    return setCursor(Qt::SizeFDiagCursor);
                default:
                    return setCursor(Qt::SizeBDiagCursor);
            }
        case HitKind::nothing:
            break;
    }
    setCursor(Qt::ArrowCursor);
}

}  // namespace loadpath
