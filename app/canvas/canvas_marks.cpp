// CanvasItem: what a comparison found, over the picture of both designs. Colour, dashes and a sign.
#include "canvas_item.h"
#include "draw/fonts.h"

#include <QPainter>

namespace loadpath {
namespace {

QRgb markColour(const Tokens& t, Presence presence) {
    return presence == Presence::added ? t.ok : presence == Presence::removed ? t.error : t.warning;
}

void paintSign(QPainter& painter, QPointF centre, const Tokens& t, Presence presence) {
    constexpr double radius = 9;
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(markColour(t, presence)));
    painter.drawEllipse(centre, radius, radius);
    painter.setPen(QColor(presence == Presence::changed ? t.onWarning : t.onStatus));
    painter.setFont(uiFont(13, QFont::Bold));
    const QString sign = presence == Presence::added     ? QStringLiteral("+")
                         : presence == Presence::removed ? QStringLiteral("−")
                                                         : QStringLiteral("≠");
    painter.drawText(QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius), Qt::AlignCenter, sign);
}

QPen markPen(const Tokens& t, Presence presence) {
    QPen pen(QColor(markColour(t, presence)), 2.4);
    if (presence == Presence::removed) pen.setDashPattern({3, 2.2});
    return pen;
}

}  // namespace

void CanvasItem::setComparison(DesignComparison* comparison) {
    if (comparison == m_comparison) return;
    if (m_comparison) disconnect(m_comparison, nullptr, this, nullptr);
    m_comparison = comparison;
    if (comparison)
        connect(comparison, &DesignComparison::changed, this, [this] {
            endTool();
            if (m_scene) followDocument();
            update();
        });
    emit comparisonChanged();
}

bool CanvasItem::compares() const { return m_comparison && m_comparison->active(); }

void CanvasItem::paintMarks(QPainter& painter) const {
    if (!compares()) return;
    const Tokens& t = colours();
    const QRectF visible(0, 0, width(), height());
    for (const auto& mark : m_comparison->marks()) {
        const Presence presence = mark.second;
        if (const int index = m_scene->line({mark.first}); index >= 0) {
            const Line& line = m_scene->lines()[std::size_t(index)];
            if (line.points.size() < 2 || (line.kind == LineKind::telemetry && !m_view.telemetry)) continue;
            std::vector<QPointF> points;
            for (const QPointF& p : line.points) points.push_back(m_view.toView(p));
            painter.setPen(markPen(t, presence));
            painter.setBrush(Qt::NoBrush);
            painter.drawPath(roundedPath(points, connectionRadius * m_view.zoom));
            continue;
        }
        const QRectF rect = itemRect(QString::fromStdString(mark.first));
        if (rect.isEmpty() || !rect.intersects(visible)) continue;
        const bool isCard = m_scene->card({mark.first}) >= 0;
        const double radius = (isCard ? radiusCard : radiusZone) * m_view.zoom + 3;
        if (presence == Presence::removed && isCard) {
            QColor veil(t.canvas);
            veil.setAlphaF(0.5f);
            painter.setPen(Qt::NoPen);
            painter.setBrush(veil);
            painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), radius, radius);
        }
        painter.setPen(markPen(t, presence));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), radius, radius);
        paintSign(painter, rect.topLeft(), t, presence);
    }
}

}  // namespace loadpath
