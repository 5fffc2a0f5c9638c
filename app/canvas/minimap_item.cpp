#include "minimap_item.h"

#include <QMouseEvent>
#include <QPainter>

namespace loadpath {
namespace {

constexpr double inset = 6;

}  // namespace

MinimapItem::MinimapItem(QQuickItem* parent) : QQuickPaintedItem(parent) {
    setAcceptedMouseButtons(Qt::LeftButton);
    setCursor(Qt::PointingHandCursor);
}

void MinimapItem::setCanvas(CanvasItem* canvas) {
    if (canvas == m_canvas) return;
    if (m_canvas) disconnect(m_canvas, nullptr, this, nullptr);
    m_canvas = canvas;
    if (canvas) {
        connect(canvas, &CanvasItem::viewChanged, this, &MinimapItem::follow);
        connect(canvas, &CanvasItem::sceneChanged, this, &MinimapItem::follow);
    }
    follow();
    emit canvasChanged();
}

void MinimapItem::follow() {
    const bool useful = m_canvas && m_canvas->scene() && !m_canvas->scene()->bounds().isNull() &&
                        !m_canvas->view().visible().contains(m_canvas->scene()->bounds());
    if (useful != m_useful) {
        m_useful = useful;
        emit usefulChanged();
    }
    update();
}

void MinimapItem::paint(QPainter* painter) {
    if (!m_canvas || !m_canvas->scene()) return;
    const QRectF frame(0.5, 0.5, width() - 1, height() - 1);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QColor(m_canvas->colours().border));
    painter->setBrush(QColor(m_canvas->colours().raised));
    painter->drawRoundedRect(frame, radiusButton, radiusButton);
    m_canvas->painter().paintMinimap(*painter, *m_canvas->scene(), m_canvas->view().theme,
                                     frame.adjusted(inset, inset, -inset, -inset), m_canvas->view().visible());
}

void MinimapItem::moveView(QPointF at) {
    if (!m_canvas || !m_canvas->scene()) return;
    const QRectF area = QRectF(0, 0, width(), height()).adjusted(inset, inset, -inset, -inset);
    const QRectF all = m_canvas->scene()->bounds();
    if (all.isEmpty() || area.isEmpty()) return;
    const double scale = std::min(area.width() / all.width(), area.height() / all.height());
    m_canvas->centreOn(all.center() + (at - area.center()) / scale);
}

void MinimapItem::mousePressEvent(QMouseEvent* event) { moveView(event->position()); }

void MinimapItem::mouseMoveEvent(QMouseEvent* event) { moveView(event->position()); }

}  // namespace loadpath
