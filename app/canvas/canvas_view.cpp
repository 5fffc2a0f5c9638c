// CanvasItem: where the view stands. Zooming keeps the canvas point under the pointer in its place.
#include "canvas_item.h"

#include <cmath>

namespace loadpath {
namespace {

constexpr double leastZoom = 0.02, mostZoom = 4;

}  // namespace

void CanvasItem::setView(double zoom, QPointF origin) {
    zoom = std::clamp(zoom, leastZoom, mostZoom);
    if (zoom == m_view.zoom && origin == m_view.origin) return;
    if (zoom != m_view.zoom && m_painter.hasPictures()) {
        m_view.sketchy = true;
        m_sharpenTimer.start();
    }
    m_view.zoom = zoom;
    m_view.origin = origin;
    m_view.size = QSizeF(width(), height());
    update();
    emit viewChanged();
}

void CanvasItem::animateTo(double zoom, QPointF origin) {
    zoom = std::clamp(zoom, leastZoom, mostZoom);
    m_animation.stop();
    disconnect(&m_animation, nullptr, this, nullptr);
    if (!m_theme || m_theme->reducedMotion() || !isVisible()) {
        setView(zoom, origin);
        return;
    }
    const double fromZoom = m_view.zoom;
    const QPointF fromOrigin = m_view.origin;
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    connect(&m_animation, &QVariantAnimation::valueChanged, this,
            [this, fromZoom, fromOrigin, zoom, origin](const QVariant& value) {
                const double share = value.toDouble();
                if (share >= 1) {
                    setView(zoom, origin);
                    return;
                }
                // The middle of the view goes along a straight line while the zoom grows evenly.
                const double now = fromZoom * std::pow(zoom / fromZoom, share);
                const QPointF from = fromOrigin + center() / fromZoom, to = origin + center() / zoom;
                const double reach = zoom == fromZoom ? share : (1 / fromZoom - 1 / now) / (1 / fromZoom - 1 / zoom);
                setView(now, from + (to - from) * reach - center() / now);
            });
    m_animation.start();
}

void CanvasItem::zoomAround(QPointF viewPoint, double zoom, bool animated) {
    zoom = std::clamp(zoom, leastZoom, mostZoom);
    const QPointF kept = m_view.toCanvas(viewPoint);
    const QPointF origin = kept - viewPoint / zoom;
    m_animation.stop();
    if (animated)
        animateTo(zoom, origin);
    else
        setView(zoom, origin);
}

void CanvasItem::setZoom(double zoom) { zoomAround(center(), zoom, false); }

void CanvasItem::panBy(QPointF viewDelta) {
    m_animation.stop();
    setView(m_view.zoom, m_view.origin - viewDelta / m_view.zoom);
}

void CanvasItem::centreOn(QPointF designPoint) {
    m_animation.stop();
    setView(m_view.zoom, designPoint - center() / m_view.zoom);
}

void CanvasItem::showArea(const QRectF& area, double most) {
    if (area.isNull() || width() <= 0 || height() <= 0) return;
    const QRectF padded = area.adjusted(-40, -40, 40, 40);
    const double zoom = std::min({width() / padded.width(), height() / padded.height(), most});
    animateTo(zoom, padded.center() - center() / std::clamp(zoom, leastZoom, mostZoom));
}

void CanvasItem::fit() {
    if (m_scene) showArea(m_scene->bounds(), 1.25);
}

void CanvasItem::zoomToSelection() {
    if (!m_document) return;
    QRectF area;
    for (const QString& id : m_document->selection()->ids()) area = area.united(m_scene->rectOf(id));
    if (area.isNull())
        fit();
    else
        showArea(area, 1.5);
}

void CanvasItem::revealSelection() {
    if (!m_document) return;
    QRectF area;
    for (const QString& id : m_document->selection()->ids()) area = area.united(m_scene->rectOf(id));
    revealArea(area);
}

void CanvasItem::reveal(const QString& id) {
    if (m_scene) revealArea(m_scene->rectOf(id));
}

void CanvasItem::revealArea(const QRectF& area) {
    if (area.isNull()) return;
    const QRectF wanted = area.adjusted(-24, -24, 24, 24),
                 visible = QRectF(m_view.origin, QSizeF(width(), height()) / m_view.zoom);
    if (visible.contains(area)) return;
    if (wanted.width() > visible.width() || wanted.height() > visible.height()) {
        showArea(area, m_view.zoom);
        return;
    }
    QPointF origin = m_view.origin;
    origin.setX(std::clamp(origin.x(), wanted.right() - visible.width(), wanted.left()));
    origin.setY(std::clamp(origin.y(), wanted.bottom() - visible.height(), wanted.top()));
    animateTo(m_view.zoom, origin);
}

void CanvasItem::geometryChange(const QRectF& now, const QRectF& before) {
    QQuickPaintedItem::geometryChange(now, before);
    m_view.size = now.size();
    if (!m_fitted && m_scene && now.width() > 0 && now.height() > 0) followDocument();
    emit viewChanged();
    update();
}

void CanvasItem::itemChange(ItemChange change, const ItemChangeData& data) {
    QQuickPaintedItem::itemChange(change, data);
    if (change == ItemVisibleHasChanged || change == ItemDevicePixelRatioHasChanged) followStates();
}

}  // namespace loadpath
